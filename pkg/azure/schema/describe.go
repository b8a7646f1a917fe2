package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/schemas"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A Description says what a resource type has at one path.
type Description struct {
	Type string `json:"type"`
	// APIVersion is the version described; empty when all are.
	APIVersion string `json:"apiVersion,omitempty"`
	// Note says when the version asked for is not known and another stands for it.
	Note string `json:"note,omitempty"`
	// APIVersions are all known versions, from the oldest to the newest.
	APIVersions []string `json:"apiVersions"`
	// Path is in the spelling of the schema, with [] for items and {} for the
	// values of a map; empty for the resource itself.
	Path string `json:"path"`
	// Value is the value at the path; nil for the resource itself and for a
	// type that has no document.
	Value *Shape `json:"value,omitempty"`
	// Properties are those of the object at the path.
	Properties []Shape `json:"properties"`
}

// A Shape is one property in the versions described.
type Shape struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"` // such as "array of object"
	Required bool     `json:"required,omitempty"`
	ReadOnly bool     `json:"readOnly,omitempty"`
	Open     bool     `json:"open,omitempty"` // has further, free properties
	Values   []string `json:"values,omitempty"`
	Limits   string   `json:"limits,omitempty"`
	// Since and Until are the first and last version that have it; Until is
	// empty when the newest does.
	Since string `json:"since"`
	Until string `json:"until,omitempty"`
}

// Describe tells what a resource type has at a path such as "sku" or
// "properties.virtualMachineProfile.networkProfile", in one API version, or in
// all where version is empty. Arrays and maps on the way need not be marked;
// names compare case-insensitively, and the provider may be left out of a type whose
// name is clear. The error names the nearest right name.
func Describe(resourceType, version, path string) (*Description, error) {
	resourceType, err := fullType(resourceType)
	if err != nil {
		return nil, err
	}
	doc, err := schemas.Load(resourceType)
	if errors.Is(err, schemas.ErrNoDocument) {
		known, _ := schemas.FindType(resourceType)
		d := &Description{Type: known.Type, APIVersions: known.Versions, Properties: []Shape{}, Note: "Only the API versions of this type are known, not its properties."}
		if path != "" {
			return nil, fmt.Errorf("the properties of %s are not known", known.Type)
		}
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	d := &Description{Type: doc.Type, APIVersions: doc.Versions}
	at := -1
	if version != "" {
		v := resolve(doc, version)
		at, d.APIVersion = v.index, v.judged(doc)
		if !v.exact {
			d.Note = fmt.Sprintf("%s is not a known API version; this is %s.", cut(version), d.APIVersion)
		}
	}
	return d, d.follow(doc, at, path)
}

// fullType completes and spells a resource type.
func fullType(written string) (string, error) {
	if known, ok := schemas.FindType(written); ok {
		return known.Type, nil
	}
	var all, last []string
	for _, t := range schemas.Types() {
		_, name, _ := strings.Cut(t, "/")
		all, last = append(all, t), append(last, name)
		if strings.EqualFold(name, written) || strings.EqualFold(t, written) {
			return t, nil
		}
	}
	if near := nearest.InCatalog(written, append(all, last...)); near != "" {
		return "", fmt.Errorf("%s is not a known resource type; did you mean %s?", cut(written), near)
	}
	return "", fmt.Errorf("%s is not a known resource type", cut(written))
}

// follow walks the path, through items and map values, and describes its end.
func (d *Description) follow(doc *schemas.Document, version int, path string) error {
	p := doc.Root
	for name := range strings.SplitSeq(strings.NewReplacer("[]", "", "[*]", "", "{}", "", "/", ".").Replace(path), ".") {
		if name == "" {
			continue
		}
		p = d.descend(p)
		next := p.Property(name)
		if next == nil {
			var names []string
			for _, c := range p.Properties {
				names = append(names, c.Name)
			}
			return fmt.Errorf("%s has no property %s%s", d.place(), cut(name), didYouMean(nearest.Name(name, names)))
		}
		p = next
		d.Path = strings.TrimPrefix(d.Path+"."+p.Name, ".")
	}
	if p != doc.Root {
		shape := shapeOf(doc, p, version)
		d.Value = &shape
	}
	p = d.descend(p)
	d.Properties = []Shape{}
	for _, c := range p.Properties {
		if version < 0 || c.Has(version) {
			d.Properties = append(d.Properties, shapeOf(doc, c, version))
		}
	}
	return nil
}

func (d *Description) place() string {
	if d.Path == "" {
		return d.Type
	}
	return d.Type + " " + d.Path
}

// descend goes from arrays and maps to what they hold.
func (d *Description) descend(p *schemas.Property) *schemas.Property {
	for len(p.Properties) == 0 && (p.Items != nil || p.Values != nil) {
		if p.Items != nil {
			p, d.Path = p.Items, d.Path+"[]"
		} else {
			p, d.Path = p.Values, d.Path+"{}"
		}
	}
	return p
}

// shapeOf describes a property in one version, or as its newest one has it.
func shapeOf(doc *schemas.Document, p *schemas.Property, version int) Shape {
	facets := p.Facets()
	newest := facets[len(facets)-1]
	f, ok := p.At(version)
	if !ok {
		f = newest
	}
	s := Shape{
		Name: p.Name, Type: typeName(p, f, version), Required: f.Required, ReadOnly: f.Quiet, Open: f.Open,
		Values: slices.Clone(f.Enum), Limits: limitsOf(f), Since: doc.Versions[facets[0].Since],
	}
	if inner, ok := innermost(p).At(f.Until); ok && len(s.Values) == 0 {
		s.Values = slices.Clone(inner.Enum)
	}
	if newest.Until < len(doc.Versions)-1 {
		s.Until = doc.Versions[newest.Until]
	}
	return s
}

func innermost(p *schemas.Property) *schemas.Property {
	for p.Items != nil {
		p = p.Items
	}
	return p
}

func typeName(p *schemas.Property, f schemas.Facet, version int) string {
	inner := p.Items
	word := "array of "
	if f.Kind == schemas.Object && p.Values != nil && len(p.Properties) == 0 {
		inner, word = p.Values, "map of "
	}
	if inner == nil {
		return string(f.Kind)
	}
	g, ok := inner.At(version)
	if !ok {
		all := inner.Facets()
		g = all[len(all)-1]
	}
	return word + typeName(inner, g, version)
}

// limitsOf is the limits of a facet in words, without its type and values.
func limitsOf(f schemas.Facet) string {
	kind := article(string(f.Kind))
	f.Enum = nil
	return strings.TrimSpace(strings.TrimPrefix(describeFacet(f), kind))
}
