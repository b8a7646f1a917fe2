package engine

// passOverLinked drops the templates of folders that another template of the
// run links to: they are checked there, with the values that they get, which
// says more than a check alone, also one with a parameter file that happens to
// lie beside it. A template that the user named, or to which the configuration
// gives parameters, is checked alone as well.
func (e *Engine) passOverLinked(targets []target, done []outcome) {
	index := map[string]int{}
	for i, o := range done {
		if o.template != nil {
			index[o.template.Path] = i
		}
	}
	children := make([][]int, len(done))
	linked := make([]bool, len(done))
	for i, o := range done {
		if o.template == nil {
			continue
		}
		for _, name := range o.template.linkedPaths() {
			if k, ok := index[name]; ok && k != i {
				children[i] = append(children[i], k)
				linked[k] = true
			}
		}
	}
	reached := make([]bool, len(done))
	keep := func(i int) {
		for todo := []int{i}; len(todo) > 0; {
			last := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, k := range children[last] {
				if !reached[k] && k != i {
					reached[k] = true
					todo = append(todo, k)
				}
			}
		}
	}
	for i := range done {
		if !linked[i] {
			keep(i)
		}
	}
	for i := range done {
		switch {
		case !linked[i] || targets[i].named || e.hasParameters(targets[i].path):
		case reached[i]:
			done[i] = outcome{}
		default: // in a circle that nothing else links to: its first is the parent
			keep(i)
		}
	}
}

// hasParameters reports whether the configuration names parameter files for
// this very template.
func (e *Engine) hasParameters(path string) bool {
	return e.config.For != nil && len(e.config.For(path).Parameters) > 0
}
