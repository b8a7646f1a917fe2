package eval

// A Search looks for an origin among those that a value was made from. It
// remembers its answers, so that a value that is made from another one many
// times over costs no more than one that is made from it once: a template of a
// few kilobytes can make more paths through its variables than anybody can walk.
type Search struct {
	match func(*Origin) bool
	found map[*Origin]bool
}

// NewSearch returns a search for an origin of which match is true.
func NewSearch(match func(*Origin) bool) *Search {
	return &Search{match: match, found: map[*Origin]bool{}}
}

// Any reports whether o, or an origin that it came from or was made of, matches.
func (s *Search) Any(o *Origin) bool {
	if o == nil {
		return false
	}
	stack := []*Origin{o}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		if _, seen := s.found[top]; !seen {
			// False until it is known to be true; origins form no circle.
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

// sources calls visit for what o came from and was made of, until it is false.
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
