package eval

// A Search looks for an origin among the inputs of a value. It caches its
// results, so that a value that uses another one many times costs no more than
// one that uses it once: the variables of a template of a few kilobytes can
// have more paths than can be walked.
type Search struct {
	match func(*Origin) bool
	found map[*Origin]bool // nil until a value with several inputs is searched
}

// NewSearch returns a search for an origin for which match returns true.
func NewSearch(match func(*Origin) bool) *Search {
	return &Search{match: match}
}

// Any reports whether o, or any origin that it depends on, matches.
func (s *Search) Any(o *Origin) bool {
	for o != nil && len(o.Parts) == 0 { // most values have one input at each step
		if s.match(o) {
			return true
		}
		o = o.From
	}
	if o == nil {
		return false
	}
	if s.found == nil {
		s.found = map[*Origin]bool{}
	}
	stack := []*Origin{o}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		if _, seen := s.found[top]; !seen {
			// False until it is known to be true; origins form no cycle.
			if s.found[top] = s.match(top); !s.found[top] {
				n := len(stack)
				top.sources(func(from *Origin) bool {
					if _, seen := s.found[from]; !seen {
						stack = append(stack, from)
					}
					return true
				})
				if len(stack) > n {
					continue
				}
			}
		}
		stack = stack[:len(stack)-1]
		top.sources(func(from *Origin) bool {
			if s.found[from] {
				s.found[top] = true
			}
			return !s.found[top]
		})
	}
	return s.found[o]
}

// sources calls visit for the origins that o depends on, until it returns
// false.
func (o *Origin) sources(visit func(*Origin) bool) {
	if o.From != nil && !visit(o.From) {
		return
	}
	for _, part := range o.Parts {
		if part != nil && !visit(part) {
			return
		}
	}
}
