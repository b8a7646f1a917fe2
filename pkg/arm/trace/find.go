package trace

import (
	"path"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Place is a position in a file in the form path:line or path:line:col.
type Place struct {
	Path         string
	Line, Column int
}

// ParsePlace parses path:line or path:line:col; ok is false for text of another
// form.
func ParsePlace(text string) (p Place, ok bool) {
	rest, last, found := cutLast(text)
	n, err := strconv.Atoi(last)
	if !found || err != nil || n < 1 {
		return p, false
	}
	p = Place{Path: rest, Line: n, Column: 0}
	if before, line, found := cutLast(rest); found {
		if l, err := strconv.Atoi(line); err == nil && l > 0 {
			p = Place{Path: before, Line: l, Column: n}
		}
	}
	return p, p.Path != ""
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// span returns the range of the place in a file: a point, or the line.
func (p Place) span(f *source.File) (start, end int) {
	if p.Column > 0 {
		at := f.Offset(p.Line, p.Column)
		return at, at
	}
	_, line := f.Line(p.Line)
	return line.Start, line.End
}

func (p Place) inFile(f *source.File) bool {
	return f != nil && (f.Path() == p.Path || path.Clean(f.Path()) == path.Clean(strings.ReplaceAll(p.Path, `\`, "/")))
}

// ByPointer traces the values at a JSON pointer: the pointer of the declared
// resource in its template, followed by the path in the expanded one, ignoring
// case. A resource in a loop has one for each iteration.
func ByPointer(d *expand.Deployment, pointer string) []Trace {
	var all []Trace
	Walk(d, func(v Visited) bool {
		at := v.Node.Pointer()
		if strings.EqualFold(at, pointer) {
			all = append(all, v.trace())
			return false
		}
		return len(at) < len(pointer) && strings.EqualFold(at, pointer[:len(at)])
	})
	return all
}

// ByPlace traces the values that are written at a place or, if there are none,
// those that passed through it: a default, a parameter file, a variable. A
// place without a value, such as a name, means its line.
func ByPlace(d *expand.Deployment, p Place) []Trace {
	all := byPlace(d, p)
	if len(all) == 0 && p.Column > 0 {
		p.Column = 0
		all = byPlace(d, p)
	}
	return all
}

func byPlace(d *expand.Deployment, p Place) []Trace {
	var best, through []Visited
	size := -1
	came := eval.NewSearch(func(o *eval.Origin) bool {
		return covers(o.Hop.Place, p) || covers(o.At, p) && len(o.Members) == 0 && len(o.Items) == 0
	})
	Walk(d, func(v Visited) bool {
		n := v.Node
		if covers(n.Written, p) {
			length := n.Written.End - n.Written.Start
			if leaf(n) && (size < 0 || length < size) {
				best, size = best[:0], length
			}
			if leaf(n) && length == size {
				best = append(best, v)
			}
		} else if leaf(n) && came.Any(n.Origin()) {
			through = append(through, v)
		}
		return true
	})
	if len(best) == 0 {
		best = through
	}
	var all []Trace
	for _, v := range best {
		all = append(all, v.trace())
	}
	return all
}

func leaf(n *expand.Node) bool { return len(n.Members) == 0 && len(n.Items) == 0 }

func covers(r source.Range, p Place) bool {
	if r.IsZero() || !p.inFile(r.File) {
		return false
	}
	start, end := p.span(r.File)
	if p.Column == 0 {
		return r.Start >= start && r.Start < max(end, start+1)
	}
	return r.Start <= start && start <= r.End
}

// A Visited is a value and the resource or output that it belongs to.
type Visited struct {
	Node     *expand.Node
	Resource *expand.Resource
	Output   string
}

func (v Visited) trace() Trace {
	t := Of(v.Node)
	t.Resource, t.Output = v.Resource, v.Output
	return t
}

// Walk calls visit for all values of resources and outputs, parents before
// their parts, and skips the parts of a value for which visit returns false.
func Walk(d *expand.Deployment, visit func(Visited) bool) {
	for _, r := range d.Resources {
		walk(Visited{r.Body, r, ""}, visit)
	}
	for _, o := range d.Outputs {
		walk(Visited{o.Node, nil, o.Name}, visit)
	}
}

func walk(v Visited, visit func(Visited) bool) {
	if v.Node == nil || !visit(v) {
		return
	}
	for _, m := range v.Node.Members {
		walk(Visited{m.Node, v.Resource, v.Output}, visit)
	}
	for _, i := range v.Node.Items {
		walk(Visited{i, v.Resource, v.Output}, visit)
	}
}
