package engine

// passOverLinked drops the templates of folders that another template of the
// run links to: they are checked there, with the values that they get, which
// says more than a check alone with none. A template that the user named, or
// that has a parameter file of its own, is meant to be deployed alone as well.
func passOverLinked(targets []target, done []outcome) {
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
		for _, tree := range o.template.linked {
			if k, ok := index[tree.File.Path()]; ok && k != i {
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
		alone := targets[i].named || done[i].template != nil && hasParameterFile(done[i].template)
		switch {
		case !linked[i] || alone:
		case reached[i]:
			done[i] = outcome{}
		default: // in a circle that nothing else links to: its first is the parent
			keep(i)
		}
	}
}

func hasParameterFile(t *Template) bool {
	for _, r := range t.Runs {
		if r.ParameterFile != "" {
			return true
		}
	}
	return false
}
