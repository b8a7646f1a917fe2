package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// partsKey identifies the parts of one kind of a resource: properties.KIND.
type partsKey struct {
	resource *expand.Resource
	kind     string // lower case
}

// parts has the parts of one kind of a resource by their names.
type parts struct {
	byName map[string]*expand.Node // lower case, with symbols
	// symbolic are the names that contain symbols; unknown is set if some part
	// has an unknown name.
	symbolic []string
	unknown  bool
}

// partsOf returns the parts of a kind, read on first use; it is safe for
// concurrent use.
func (d *Deployment) partsOf(r *expand.Resource, kind string) *parts {
	d.reading.Lock()
	defer d.reading.Unlock()
	key := partsKey{r, fold.Lower(kind)}
	p := d.parts[key]
	if p == nil {
		p = d.readParts(r, kind)
		d.parts[key] = p
	}
	return p
}

func (d *Deployment) readParts(r *expand.Resource, kind string) *parts {
	all := list(r.Body, func(n *expand.Node) *expand.Node { return n }, "properties", kind)
	p := &parts{byName: make(map[string]*expand.Node, len(all.Items)), unknown: all.State == Unknown}
	for _, n := range all.Items {
		at := present(n.Get("name"))
		if at == nil {
			p.unknown = p.unknown || !n.Known()
			continue
		}
		name, ok := d.symbols.text(at.Value)
		if !ok {
			p.unknown = true
			continue
		}
		name = fold.Lower(name)
		p.byName[name] = n
		if strings.ContainsRune(name, '{') {
			p.symbolic = append(p.symbolic, name)
		}
	}
	return p
}

// maxSymbolic limits the names with symbols that are compared; no realistic
// resource has more.
const maxSymbolic = 500

// find returns the part with a name. missing is set only if all parts of the
// kind certainly have other names.
func (p *parts) find(name string) (part *expand.Node, missing bool) {
	name = fold.Lower(name)
	if part := p.byName[name]; part != nil {
		return part, false
	}
	if p.unknown || len(p.symbolic) > maxSymbolic {
		return nil, false
	}
	others := p.symbolic
	if strings.ContainsRune(name, '{') {
		if len(p.byName) > maxSymbolic {
			return nil, false
		}
		others = make([]string, 0, len(p.byName))
		for other := range p.byName {
			others = append(others, other)
		}
	}
	for _, other := range others {
		if !differ(name, other) {
			return nil, false
		}
	}
	return nil, true
}
