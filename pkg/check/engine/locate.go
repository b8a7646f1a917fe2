package engine

import (
	"sort"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// locate fills in the JSON pointer and the resource of findings that only say
// where in a file they are. A pointer follows from the place and the tree of
// its file, and a resource from the declarations around the place, so that what
// reports about the language needs to know neither.
func (t *Template) locate(found diag.List) {
	for i := range found {
		d := &found[i]
		if d.Pointer == "" {
			d.Pointer = t.pointerAt(d.Subject)
		}
		if d.Resource == "" {
			d.Resource = t.resourceAt(d.Subject)
		}
		if d.Symbol == "" {
			d.Symbol = t.symbolAt(d.Subject)
		}
	}
}

// pointerAt is the JSON pointer of the value at a place; "" for the root, and
// for a place in a file that was not parsed.
func (t *Template) pointerAt(at source.Range) string {
	if at.File == nil {
		return ""
	}
	if t.trees == nil {
		t.trees = map[*source.File]*jsonc.Tree{}
		for _, tree := range treesOf([]*Template{t}) {
			t.trees[tree.File] = tree
		}
	}
	tree := t.trees[at.File]
	if tree == nil || at.Start == at.End && at.Start == 0 {
		return ""
	}
	pointer, _ := tree.PointerAt(at.Start)
	return pointer
}

// resourceAt is "type/name" of the innermost resource that is declared around a
// place, as the first run gives it; "" outside of resources.
func (t *Template) resourceAt(at source.Range) string {
	if t.ARM == nil || at.File == nil {
		return ""
	}
	r := declaredAt(t.ARM.Resources, at)
	if r == nil && at.File != t.ARM.File {
		for _, run := range t.Runs {
			for _, n := range run.Deployment.Nested {
				if n.Template != nil && n.Template.File == at.File && r == nil {
					r = declaredAt(n.Template.Resources, at)
				}
			}
		}
	}
	if r == nil {
		return ""
	}
	if t.names == nil {
		t.names = t.namesOfResources()
	}
	if name := t.names[r]; name != "" {
		return name
	}
	return writtenName(r)
}

// symbolAt is the symbolic name of the innermost resource that is declared
// around a place; "" if it has none.
func (t *Template) symbolAt(at source.Range) string {
	if t.ARM == nil || at.File != t.ARM.File || len(t.ARM.Resources) == 0 || t.ARM.Resources[0].Symbol == nil {
		return ""
	}
	r := declaredAt(t.ARM.Resources, at)
	if r == nil || r.Symbol == nil {
		return ""
	}
	return r.Symbol.Value
}

// declaredAt is the innermost resource of a list, or of what its resources hold,
// whose text is around a place.
func declaredAt(list []*arm.Resource, at source.Range) *arm.Resource {
	i := sort.Search(len(list), func(i int) bool { return list[i].Node.At.End >= at.End })
	if i == len(list) || !list[i].Node.At.Contains(at) {
		return nil
	}
	r := list[i]
	if child := declaredAt(r.Children, at); child != nil {
		return child
	}
	if inner := r.InlineTemplate(); inner != nil {
		if deeper := declaredAt(inner.Resources, at); deeper != nil {
			return deeper
		}
	}
	return r
}

// namesOfResources are the names of what each declaration deploys first.
func (t *Template) namesOfResources() map[*arm.Resource]string {
	names := map[*arm.Resource]string{}
	for _, run := range t.Runs {
		for _, r := range run.Deployment.Resources {
			if names[r.Source] == "" {
				names[r.Source] = r.Type + "/" + r.Name
			}
		}
		for _, n := range run.Deployment.Nested {
			if names[n.Declared] == "" {
				names[n.Declared] = n.Declared.Type + "/" + n.Name
			}
		}
	}
	return names
}

// writtenName is a name for a resource that no run deploys: its type, and the
// name as it is written.
func writtenName(r *arm.Resource) string {
	name := ""
	if s, ok := r.Name.(*jsonc.String); ok {
		name = "/" + s.Value
	}
	return r.Type + name
}
