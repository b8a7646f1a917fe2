package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/schemas"
)

// A table is one file of facts.
type table struct {
	Type       string            `json:"type"`
	Versions   []string          `json:"apiVersions"`
	Properties map[string][]fact `json:"properties"`
}

type fact struct {
	Since     string      `json:"since"`
	Until     string      `json:"until"`
	Type      string      `json:"type"`
	Required  bool        `json:"required"`
	Open      bool        `json:"open"`
	Enum      []string    `json:"enum"`
	Minimum   json.Number `json:"minimum"`
	Maximum   json.Number `json:"maximum"`
	MinLength json.Number `json:"minLength"`
	MaxLength json.Number `json:"maxLength"`
	MinItems  json.Number `json:"minItems"`
	Pattern   string      `json:"pattern"`
}

func readTables(folder string) ([]*table, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no facts in %s (%v)", folder, err)
	}
	var tables []*table
	for _, name := range names {
		t := new(table)
		if err := readJSON(name, t); err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func readJSON(name string, into any) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// A document is a resource type as a tree that patches can change.
type document struct {
	name     string
	versions []string
	root     *node
}

type node struct {
	name     string
	facets   []schemas.Facet // in order of versions, without overlap
	children []*node         // sorted; "[]" and "{}" among them
}

var step = regexp.MustCompile(`\[\]|\{\}|(?:\\.|[^.\[\]{}\\])+`)

// steps returns the names of a path; a dot in a name is escaped by a backslash,
// as in criteria.odata\.type.
func steps(path string) []string {
	all := step.FindAllString(path, -1)
	for i, name := range all {
		all[i] = strings.ReplaceAll(name, `\.`, ".")
	}
	return all
}

func (t *table) document() (*document, error) {
	d := &document{t.Type, t.Versions, &node{}}
	for path, facts := range t.Properties {
		n := d.root.make(steps(path))
		for _, f := range facts {
			facet, err := f.facet(t.Versions)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", t.Type, path, err)
			}
			n.facets = append(n.facets, facet)
		}
	}
	return d, nil
}

func (f fact) facet(versions []string) (schemas.Facet, error) {
	since, until := slices.Index(versions, f.Since), slices.Index(versions, f.Until)
	if since < 0 || until < since {
		return schemas.Facet{}, fmt.Errorf("bad versions %s to %s", f.Since, f.Until)
	}
	kind := f.Type
	if kind == "any|string" { // a union of suggestions and any text
		kind, f.Enum = "string", nil
	}
	return schemas.Facet{
		Since: since, Until: until, Kind: schemas.Kind(kind), Required: f.Required, Open: f.Open, Enum: f.Enum,
		Minimum: f.Minimum.String(), Maximum: f.Maximum.String(),
		MinLength: f.MinLength.String(), MaxLength: f.MaxLength.String(),
		MinItems: f.MinItems.String(), Pattern: f.Pattern,
	}, nil
}

// make returns the node at a path, which it creates if necessary.
func (n *node) make(path []string) *node {
	if len(path) == 0 {
		return n
	}
	i, found := slices.BinarySearchFunc(n.children, path[0], func(c *node, name string) int { return strings.Compare(c.name, name) })
	if !found {
		n.children = slices.Insert(n.children, i, &node{name: path[0]})
	}
	return n.children[i].make(path[1:])
}

// settle makes the tree consistent after the patches: facets are sorted and
// merged, small gaps closed, truncated objects opened, and nodes without facets
// removed.
func (d *document) settle() { d.root.settle(d.versions) }

func (n *node) settle(versions []string) {
	n.children = slices.DeleteFunc(n.children, func(c *node) bool {
		c.settle(versions)
		return len(c.facets) == 0
	})
	slices.SortStableFunc(n.facets, func(a, b schemas.Facet) int { return a.Since - b.Since })
	n.facets = merge(closeHoles(n.facets))
	for i := range n.facets {
		// The tables stop at some depth: an object without any known property
		// was truncated.
		if f := &n.facets[i]; f.Kind == schemas.Object && !n.hasChildren(f.Since, f.Until) {
			f.Open = true
		}
	}
}

// maxHole is the largest number of versions that may lack a property between
// versions that have it. Old tables have such gaps where a version was written
// by hand (Microsoft.Compute 2015-08-01) or was a preview that branched off
// earlier; services keep the property.
const maxHole = 2

func closeHoles(facets []schemas.Facet) []schemas.Facet {
	var out []schemas.Facet
	for _, f := range facets {
		if n := len(out); n > 0 {
			last := out[n-1]
			if hole := f.Since - last.Until - 1; hole > 0 && hole <= maxHole {
				last.Since, last.Until, last.Required = last.Until+1, f.Since-1, false
				out = append(out, last)
			}
		}
		out = append(out, f)
	}
	return out
}

func merge(facets []schemas.Facet) []schemas.Facet {
	var out []schemas.Facet
	for _, f := range facets {
		if n := len(out); n > 0 && out[n-1].Same(f) && out[n-1].Until+1 == f.Since {
			out[n-1].Until = f.Until
			continue
		}
		out = append(out, f)
	}
	return out
}

func (n *node) hasChildren(since, until int) bool {
	return slices.ContainsFunc(n.children, func(c *node) bool {
		return slices.ContainsFunc(c.facets, func(f schemas.Facet) bool { return f.Since <= until && f.Until >= since })
	})
}

// text returns the document in the form that package schemas reads.
func (d *document) text() (string, error) {
	var b strings.Builder
	b.WriteString(d.name + "\n" + strings.Join(d.versions, " ") + "\n")
	for _, c := range d.root.children {
		if err := c.write(&b, 0); err != nil {
			return "", fmt.Errorf("%s: %w", d.name, err)
		}
	}
	return b.String(), nil
}

func (n *node) write(b *strings.Builder, depth int) error {
	if strings.ContainsAny(n.name, "\t\n ") {
		return fmt.Errorf("the name %q cannot be written", n.name)
	}
	b.WriteString(strings.Repeat(" ", depth) + n.name)
	for _, f := range n.facets {
		if strings.ContainsAny(strings.Join(f.Enum, ""), "\t\n;|") || strings.ContainsAny(f.Pattern, "\t\n") {
			return fmt.Errorf("a value or the pattern of %s cannot be written", n.name)
		}
		if _, err := regexp.Compile(f.Pattern); err != nil {
			return fmt.Errorf("%s: %w", n.name, err)
		}
		b.WriteString("\t" + f.String())
	}
	b.WriteString("\n")
	for _, c := range n.children {
		if err := c.write(b, depth+1); err != nil {
			return err
		}
	}
	return nil
}
