package lint

// Once returns what compute makes of the template, which is computed once for
// all rules. The key is a value of a type of the caller's own, so that no other
// package has the same.
func Once[T any](p *Pass, key any, compute func() T) T {
	if p.shared == nil {
		return compute()
	}
	if value, ok := p.shared.once[key].(T); ok {
		return value
	}
	value := compute()
	if p.shared.once == nil {
		p.shared.once = map[any]any{}
	}
	p.shared.once[key] = value
	return value
}
