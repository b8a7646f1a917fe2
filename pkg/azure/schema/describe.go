package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/schemas"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A Description describes a resource type at one path.
type Description struct {
	Type string `json:"type"`
	// APIVersion is the described version; empty for all versions.
	APIVersion string `json:"apiVersion,omitempty"`
	// Note says that the requested version is unknown and which one is
	// described instead.
	Note string `json:"note,omitempty"`
	// APIVersions are all known versions, the oldest first.
	APIVersions []string `json:"apiVersions"`
	// Path is in the spelling of the schema, with [] for items and {} for the
	// values of a map; empty for the resource itself.
	Path string `json:"path"`
	// Value describes the value at the path; nil for the resource itself and
	// for a type without a document.
	Value *Shape `json:"value,omitempty"`
	// Properties describes the properties of the object at the path.
	Properties []Shape `json:"properties"`
}

// A Shape describes a property in the described versions.
type Shape struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"` // such as "array of object"
	Required bool     `json:"required,omitempty"`
	ReadOnly bool     `json:"readOnly,omitempty"`
	Open     bool     `json:"open,omitempty"` // accepts additional properties
	Values   []string `json:"values,omitempty"`
	Limits   string   `json:"limits,omitempty"`
	// Since and Until are the first and the last version that have it; Until is
	// empty if the newest version has it.
	Since string `json:"since"`
	Until string `json:"until,omitempty"`
}

// Describe returns a description of a resource type at a path such as "sku" or
// "properties.virtualMachineProfile.networkProfile", in one API version, or in
// all versions if version is empty. Arrays and maps on the path need not be
// marked; names are case-insensitive, and the provider of a type can be left
// out if the name is unambiguous. The error names the closest known name.
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

// fullType returns the full name of a resource type in its known spelling.
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

// follow follows the path through items and map values, and describes its end.
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

// descend returns the element type of arrays and maps.
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

// shapeOf describes a property in one version, or in the newest one that has
// it.
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

// limitsOf returns the limits of a facet in words, without its type and values.
func limitsOf(f schemas.Facet) string {
	kind := article(string(f.Kind))
	f.Enum = nil
	return strings.TrimSpace(strings.TrimPrefix(describeFacet(f), kind))
}
