package comparisons

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

// treeLines is how many lines of a nested value a text shows.
const treeLines = 20

// nested returns the side of a change that is an object or a list and too long for a
// line: it is shown as a tree. nil for other changes.
func (c Comparison) nested(change *diff.Change) *expand.Node {
	if render.Hidden(change.Path) {
		return nil
	}
	there := change.New
	if there == nil {
		there = change.Old
	}
	if there == nil || change.Old != nil && change.New != nil {
		return nil
	}
	switch there.Value.(type) {
	case *value.Object, value.Array:
		if len(value.JSON(there.Value)) > render.ValueMax/2 {
			return there
		}
	}
	return nil
}

// tree writes a nested value, a member a line, items of lists by their names.
// Secrets are masked.
func (w *comparisonWriter) tree(v value.Value) {
	left := treeLines
	w.branch(render.MaskSecrets(v), 3, &left)
	if left < 0 {
		w.faint.Fprint(w, "      ...")
		w.WriteByte('\n')
	}
}

func (w *comparisonWriter) branch(v value.Value, depth int, left *int) {
	each := func(name string, held value.Value) {
		if *left--; *left < 0 {
			return
		}
		fmt.Fprintf(w, "%s%s:", strings.Repeat("  ", depth), render.Neutral(w.Redact(name)))
		switch held.(type) {
		case *value.Object, value.Array:
			w.WriteByte('\n')
			w.branch(held, depth+1, left)
		default:
			fmt.Fprintf(w, " %s\n", render.Neutral(w.Redact(render.Clip(leaf(held), render.ValueMax))))
		}
	}
	switch v := v.(type) {
	case *value.Object:
		for _, m := range v.Members() {
			each(m.Name, m.Value)
		}
	case value.Array:
		for i, item := range v {
			each(itemName(item, i), item)
		}
	}
}

func leaf(v value.Value) string {
	if u, ok := v.(value.Unknown); ok {
		return "[" + u.Residual + "]"
	}
	return value.JSON(v)
}

// itemName returns what an item of a list is called: by its name, else by its place.
func itemName(v value.Value, i int) string {
	if o, ok := v.(*value.Object); ok {
		if name, ok := o.Get("name"); ok {
			if text, ok := name.(value.String); ok {
				return string(text)
			}
		}
	}
	return strconv.Itoa(i)
}
