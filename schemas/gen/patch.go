package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/schemas"
)

// A patch corrects the facts. Type and Path are globs as in path.Match; Path is
// matched segment by segment ("**" matches any number of them).
type patch struct {
	Type   string `json:"type"`
	Path   string `json:"path"`
	Reason string `json:"reason"`

	Open     bool     `json:"open,omitempty"`     // everything below accepts any value
	AnyValue bool     `json:"anyValue,omitempty"` // there are other allowed values
	Optional bool     `json:"optional,omitempty"` // not required
	NoLimits bool     `json:"noLimits,omitempty"` // no minimum, maximum, length or pattern
	Kind     string   `json:"kind,omitempty"`     // has this type
	Values   []string `json:"values,omitempty"`   // these are allowed too
	Required bool     `json:"required,omitempty"` // required since Since
	Always   bool     `json:"always,omitempty"`   // every version accepts it
	Add      string   `json:"add,omitempty"`      // adds a property of this type
	Since    string   `json:"since,omitempty"`    // of Add and Required: the first version, else the oldest
	Until    string   `json:"until,omitempty"`    // of Add: the last version, else the newest
	Quiet    bool     `json:"quiet,omitempty"`    // of Add: read-only
	// beside, for Add, adds the property only if the parent object has other
	// properties, and does not report a parent without any.
	beside bool
	used   bool
}

type patchList []*patch

func readPatches(folder, alsoAccepted, readOnly string) (patchList, error) {
	list, err := readAccepted(alsoAccepted)
	if err != nil {
		return nil, err
	}
	answered, err := readReadOnly(readOnly)
	if err != nil {
		return nil, err
	}
	list = append(list, answered...)
	names, _ := filepath.Glob(filepath.Join(folder, "*.json"))
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		d := json.NewDecoder(strings.NewReader(string(raw)))
		d.DisallowUnknownFields()
		var some patchList
		if err := d.Decode(&some); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, p := range some {
			if p.Reason == "" {
				return nil, fmt.Errorf("%s: the patch of %s %s has no reason", name, p.Type, p.Path)
			}
		}
		list = append(list, some...)
	}
	return list, nil
}

// readAccepted reads the properties that a second source accepts and the tables
// lack; most are read-only.
func readAccepted(name string) (patchList, error) {
	var file struct {
		About string                               `json:"about"`
		Types map[string]map[string]map[string]any `json:"types"`
	}
	if err := readJSON(name, &file); err != nil {
		return nil, err
	}
	var list patchList
	for typ, paths := range file.Types {
		for p, span := range paths {
			since, _ := span["since"].(string)
			until, _ := span["until"].(string)
			list = append(list, &patch{Type: typ, Path: p, Reason: file.About, Add: "any", Since: since, Until: until, Quiet: true})
		}
	}
	slices.SortFunc(list, func(a, b *patch) int { return strings.Compare(a.Type+" "+a.Path, b.Type+" "+b.Path) })
	return list, nil
}

// readReadOnly reads the members that only the service writes. Exported
// templates and response bodies contain them, often with another API version
// than the one that is named, so every version accepts them. Members of the
// resource itself are left out: Resource Manager checks those.
func readReadOnly(name string) (patchList, error) {
	var types map[string]map[string]string
	if err := readJSON(name, &types); err != nil {
		return nil, err
	}
	var list patchList
	for typ, paths := range types {
		for p := range paths {
			if strings.ContainsAny(p, ".[{") {
				list = append(list, &patch{Type: typ, Path: p, Reason: "read-only", Add: "any", Quiet: true, beside: true, used: true})
			}
		}
	}
	slices.SortFunc(list, func(a, b *patch) int { return strings.Compare(a.Type+" "+a.Path, b.Type+" "+b.Path) })
	return list, nil
}

func (l patchList) apply(d *document) error {
	for _, p := range l {
		ok, err := path.Match(flat(p.Type), flat(d.name))
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if p.Add != "" {
			if err := p.add(d); err != nil {
				return err
			}
			continue
		}
		d.root.each(nil, func(n *node, way []string) {
			if match(steps(p.Path), way) {
				p.change(n, d.versions)
			}
		})
	}
	return nil
}

// flat lets a star in the glob of a type match the slashes of the type.
func flat(resourceType string) string { return strings.ReplaceAll(resourceType, "/", ".") }

func (l patchList) unused() error {
	var err error
	for _, p := range l {
		if !p.used {
			err = errors.Join(err, fmt.Errorf("the patch of %s %s changes nothing", p.Type, p.Path))
		}
	}
	return err
}

func (n *node) each(way []string, yield func(*node, []string)) {
	for _, c := range slices.Clone(n.children) {
		below := append(slices.Clip(way), c.name)
		yield(c, below)
		c.each(below, yield)
	}
}

func match(glob, way []string) bool {
	switch {
	case len(glob) == 0:
		return len(way) == 0
	case glob[0] == "**":
		return match(glob[1:], way) || len(way) > 0 && match(glob, way[1:])
	case len(way) == 0:
		return false
	}
	if glob[0] != way[0] {
		if ok, _ := path.Match(glob[0], way[0]); !ok {
			return false
		}
	}
	return match(glob[1:], way[1:])
}

func (p *patch) change(n *node, versions []string) {
	if p.Always {
		n.cover(0, len(versions)-1, n.facets[0].Kind, p)
	}
	for i := range n.facets {
		f := &n.facets[i]
		before := f.String()
		if p.Open {
			f.Open, f.Enum = f.Kind == schemas.Object, nil
		}
		if p.AnyValue {
			f.Enum = nil
		}
		if p.Optional {
			f.Required = false
		}
		if p.NoLimits {
			f.Minimum, f.Maximum, f.MinLength, f.MaxLength, f.MinItems, f.Pattern = "", "", "", "", "", ""
		}
		if p.Required && f.Since >= slices.Index(versions, p.Since) {
			f.Required = true
		}
		if p.Kind != "" {
			f.Kind = schemas.Kind(p.Kind)
		}
		for _, v := range p.Values {
			if len(f.Enum) > 0 && !slices.Contains(f.Enum, v) {
				f.Enum = append(slices.Clip(f.Enum), v)
				slices.Sort(f.Enum)
			}
		}
		p.used = p.used || f.String() != before
	}
	if p.Open && len(n.children) > 0 {
		n.children, p.used = nil, true
	}
}

// add adds the property to the versions that lack it.
func (p *patch) add(d *document) error {
	since, until := 0, len(d.versions)-1
	if p.Since != "" {
		since = slices.Index(d.versions, p.Since)
	}
	if p.Until != "" {
		until = slices.Index(d.versions, p.Until)
	}
	if since < 0 || until < since {
		return fmt.Errorf("the patch of %s %s: no such versions", p.Type, p.Path)
	}
	way := steps(p.Path)
	if !p.beside {
		d.root.make(way).cover(since, until, schemas.Kind(p.Add), p)
		return nil
	}
	around := d.root.find(way[:len(way)-1])
	if around == nil {
		return nil
	}
	for v := since; v <= until; v++ {
		if around.closed(v) {
			around.make(way[len(way)-1:]).cover(v, v, schemas.Kind(p.Add), p)
		}
	}
	return nil
}

// closed reports whether the node is an object without additional properties in
// a version.
func (n *node) closed(v int) bool {
	return slices.ContainsFunc(n.facets, func(f schemas.Facet) bool {
		return f.Since <= v && v <= f.Until && f.Kind == schemas.Object && !f.Open
	}) && n.hasChildren(v, v)
}

// cover adds the property to the versions in the span that lack it.
func (n *node) cover(since, until int, kind schemas.Kind, p *patch) {
	for v := since; v <= until; v++ {
		if !slices.ContainsFunc(n.facets, func(f schemas.Facet) bool { return f.Since <= v && v <= f.Until }) {
			n.facets = append(n.facets, schemas.Facet{Since: v, Until: v, Kind: kind, Quiet: p.Quiet})
			p.used = true
		}
	}
}
