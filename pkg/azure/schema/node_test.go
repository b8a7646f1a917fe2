package schema

import (
	"strconv"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// resourcesOf reads resources that are already expanded, as `expand --format
// json` prints them: text in brackets is unknown.
func resourcesOf(t testing.TB, path, text string) *expand.Deployment {
	t.Helper()
	tree := jsonc.Parse(source.NewFile(path, []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatalf("%s: %v", path, tree.Diagnostics)
	}
	list, ok := tree.Root.(*jsonc.Array)
	if !ok {
		m := tree.Root.(*jsonc.Object).Get("resources")
		if m == nil {
			return &expand.Deployment{}
		}
		list = m.Value.(*jsonc.Array)
	}
	dep := &expand.Deployment{}
	for _, e := range list.Elements {
		body := nodeOf(e)
		text := func(name string) string { s, _ := body.Get(name).Text(); return s }
		dep.Resources = append(dep.Resources, &expand.Resource{
			Type: text("type"), Name: text("name"), APIVersion: text("apiVersion"), Body: body, Declared: e.Range(),
		})
	}
	return dep
}

func nodeOf(j jsonc.Node) *expand.Node {
	n := &expand.Node{Written: j.Range()}
	switch j := j.(type) {
	case *jsonc.Object:
		var members []value.Member
		for _, m := range j.Members {
			child := nodeOf(m.Value)
			n.Members = append(n.Members, expand.Member{Name: m.Key.Value, Key: m.Key.At, Node: child})
			members = append(members, value.Member{Name: m.Key.Value, Value: child.Value})
		}
		n.Value = value.NewObject(members...)
	case *jsonc.Array:
		list := value.Array{}
		for _, e := range j.Elements {
			child := nodeOf(e)
			n.Items = append(n.Items, child)
			list = append(list, child.Value)
		}
		n.Value = list
	case *jsonc.String:
		n.Value = value.String(j.Value)
		if len(j.Value) > 1 && j.Value[0] == '[' && j.Value[1] != '[' && j.Value[len(j.Value)-1] == ']' {
			n.Value = value.Unknown{Residual: j.Value[1 : len(j.Value)-1]}
		}
	case *jsonc.Number:
		if i, err := strconv.ParseInt(j.Text, 10, 64); err == nil {
			n.Value = value.Int(i)
		} else {
			n.Value = value.Number{Text: j.Text}
		}
	case *jsonc.Bool:
		n.Value = value.Bool(j.Value)
	default:
		n.Value = value.Null{}
	}
	return n
}
