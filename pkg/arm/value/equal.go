package value

// Equal reports whether a and b are deeply equal, as the equals() function of
// the deployment service does: types matter (1 is not 1.0), strings and member
// names are case-sensitive, and the order of members does not matter.
//
// known is false if the result depends on an unknown part.
func Equal(a, b Value) (equal, known bool) {
	if isUnknown(a) || isUnknown(b) {
		return false, false
	}
	switch a := a.(type) {
	case Array:
		b, ok := b.(Array)
		if !ok || len(a) != len(b) {
			return false, true
		}
		return equalArrays(a, b)
	case *Object:
		b, ok := b.(*Object)
		if !ok || a.Len() != b.Len() {
			return false, true
		}
		return equalObjects(a, b)
	case Number:
		b, ok := b.(Number)
		return ok && equalNumbers(a, b), true
	}
	switch b.(type) {
	case Array, *Object: // not comparable with ==
		return false, true
	}
	return a == b, true
}

func isUnknown(v Value) bool {
	_, ok := v.(Unknown)
	return ok
}

func equalArrays(a, b Array) (equal, known bool) {
	known = true
	for i := range a {
		eq, k := Equal(a[i], b[i])
		if k && !eq {
			return false, true
		}
		known = known && k
	}
	return known, known
}

func equalObjects(a, b *Object) (equal, known bool) {
	known = true
	for _, m := range a.members {
		other, ok := b.exact(m.Name)
		if !ok {
			return false, true
		}
		eq, k := Equal(m.Value, other)
		if k && !eq {
			return false, true
		}
		known = known && k
	}
	return known, known
}

func equalNumbers(a, b Number) bool {
	if a.Text == b.Text {
		return true
	}
	if a.isInteger() || b.isInteger() {
		return false // integers are exact, and never equal a fraction
	}
	x, okX := a.Float()
	y, okY := b.Float()
	return okX && okY && x == y
}
