package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// originOf returns the origin of the result v of a function that returns parts
// of its arguments; nil for all others, whose result is new.
func originOf(function string, c *expr.Call, args []Placed, v value.Value) *Origin {
	switch function {
	case "createArray":
		return &Origin{At: c.At, Items: origins(c, args)}
	case "createObject":
		return objectOrigin(c, args)
	case "first":
		return elementOrigin(args, 0)
	case "last":
		return elementOrigin(args, length(args[0])-1)
	case "indexFromEnd", "tryIndexFromEnd":
		if i, ok := args[1].Value.(value.Int); ok {
			return elementOrigin(args, length(args[0])-int(i))
		}
	case "skip":
		if a, ok := v.(value.Array); ok {
			return sliceOrigin(c, args[0], length(args[0])-len(a), len(a))
		}
	case "take":
		if a, ok := v.(value.Array); ok {
			return sliceOrigin(c, args[0], 0, len(a))
		}
	case "concat":
		return concatOrigin(c, args, v)
	case "union":
		return unionOrigin(c, args, v)
	case "array":
		return arrayOrigin(c, args[0])
	}
	return nil
}

// place returns the origin of argument i: its own, or its range in the call.
func place(c *expr.Call, args []Placed, i int) *Origin {
	return args[i].placed(c.Args[i])
}

// partsOf returns the origins of the arguments, at most maxParts, so that
// trails stay short.
func partsOf(args []Placed) (parts []*Origin) {
	const maxParts = 100
	for i := range args {
		if o := args[i].Origin; o != nil {
			parts = append(parts, o)
		} else {
			parts = append(parts, args[i].Parts...)
		}
	}
	return parts[:min(len(parts), maxParts)]
}

func (p Placed) parts() []*Origin {
	if p.Origin != nil {
		return []*Origin{p.Origin}
	}
	return p.Parts
}

func origins(c *expr.Call, args []Placed) []*Origin {
	items := make([]*Origin, len(args))
	for i := range args {
		items[i] = place(c, args, i)
	}
	return items
}

func objectOrigin(c *expr.Call, args []Placed) *Origin {
	members := make(map[string]*Origin, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].Value.(value.String); ok {
			o := *place(c, args, i+1)
			if o.Key.IsZero() {
				o.Key = keyRange(c.Args[i])
			}
			members[fold.Lower(string(name))] = &o
		}
	}
	return &Origin{At: c.At, Members: members}
}

// keyRange returns the range of a name that is written as a literal.
func keyRange(n expr.Node) (r source.Range) {
	if s, ok := n.(*expr.String); ok {
		r = s.At
	}
	return r
}

func length(p Placed) int {
	a, _ := p.Value.(value.Array)
	return len(a)
}

func elementOrigin(args []Placed, i int) *Origin {
	if i < 0 || i >= length(args[0]) {
		return nil
	}
	return args[0].Origin.Item(i)
}

func sliceOrigin(c *expr.Call, from Placed, start, n int) *Origin {
	if from.Origin == nil || from.Origin.Items == nil {
		return nil
	}
	o := &Origin{At: c.At, Items: make([]*Origin, n)}
	for i := range o.Items {
		o.Items[i] = from.Origin.Item(start + i)
	}
	return o
}

// concatOrigin joins the items of arrays; text has no parts.
func concatOrigin(c *expr.Call, args []Placed, v value.Value) *Origin {
	whole, ok := v.(value.Array)
	if !ok {
		return nil
	}
	o := &Origin{At: c.At, Items: make([]*Origin, 0, len(whole))}
	for i, a := range args {
		at := place(c, args, i)
		for j := range length(a) {
			o.Items = append(o.Items, at.Item(j))
		}
	}
	return o
}

// unionOrigin uses the members of the last object that has them, and the items
// of arrays if none was removed.
func unionOrigin(c *expr.Call, args []Placed, v value.Value) *Origin {
	switch v := v.(type) {
	case value.Array:
		if o := concatOrigin(c, args, v); len(o.Items) == len(v) {
			return o
		}
	case *value.Object:
		o := &Origin{At: c.At, Members: make(map[string]*Origin, v.Len())}
		for i, a := range args {
			object, ok := a.Value.(*value.Object)
			if !ok {
				return nil
			}
			at := place(c, args, i)
			for _, m := range object.Members() {
				if got, _ := v.Get(m.Name); same(got, m.Value) {
					o.Members[fold.Lower(m.Name)] = at.Member(m.Name)
				}
			}
		}
		return o
	}
	return nil
}

// same reports whether a value was returned unchanged, as far as that is cheap
// to check: merged objects are not checked.
func same(a, b value.Value) bool {
	equal, known := value.Equal(a, b)
	return equal && known
}

func arrayOrigin(c *expr.Call, from Placed) *Origin {
	if _, ok := from.Value.(value.Array); ok || from.Origin == nil {
		return from.Origin
	}
	return &Origin{At: c.At, Items: []*Origin{from.Origin}}
}
