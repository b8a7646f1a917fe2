package network

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// partNames finds the names of parts that a reference could have meant.
type partNames struct {
	deployment *vmss.Deployment
	found      map[string][]string // by the parent and kind
}

// mostNames is how many names are compared with one that is not there.
const mostNames = 100

// of are the names of the parts of the kind that the resource has, those
// written on their own included.
func (n *partNames) of(ref vmss.Ref) []string {
	parent, _ := ref.Path().Parent()
	key := parent.String() + "|" + fold.Lower(ref.Path().Kind())
	if names, ok := n.found[key]; ok {
		return names
	}
	names := n.read(ref)
	if n.found == nil {
		n.found = map[string][]string{}
	}
	n.found[key] = names[:min(len(names), mostNames)]
	return n.found[key]
}

func (n *partNames) read(ref vmss.Ref) (names []string) {
	if parts := ref.Resource.Body.Get("properties", ref.Path().Kind()); parts != nil {
		for _, item := range parts.Items {
			if name, ok := item.Get("name").Text(); ok {
				names = append(names, name)
			}
		}
	}
	for _, r := range n.deployment.OfType(ref.Path().Type) {
		if parent, name, ok := strings.Cut(r.Name, "/"); ok && r.NameKnown && fold.Equal(parent, ref.Resource.Name) {
			names = append(names, name)
		}
	}
	return names
}

// spelled is where a name is in a text as a whole word, once only.
func spelled(at source.Range, name string) (source.Range, bool) {
	text := at.Text()
	i := strings.Index(text, name)
	if i < 0 || strings.LastIndex(text, name) != i || i == 0 || i+len(name) >= len(text) {
		return source.Range{}, false
	}
	if !strings.ContainsRune("/'\"", rune(text[i-1])) || !strings.ContainsRune("/'\"", rune(text[i+len(name)])) {
		return source.Range{}, false
	}
	return at.File.Range(at.Start+i, at.Start+i+len(name)), true
}
