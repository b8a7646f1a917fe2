package requirements

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Statement is a requirement as the description of a property shows it.
type Statement struct {
	Code   diag.Code // of the rule
	Text   string    // one sentence
	Sure   Evidence
	Source string // URL of the documentation page, specification or report
}

// About returns the requirements of a property of a resource type, the surest first. path
// leads from the resource to the property, with dots, as in
// "properties.upgradePolicy.mode"; it skips the items of arrays. Names are
// case-insensitive. Advice is left out.
func About(resourceType, path string) (all []Statement) {
	for i := range families {
		f := &families[i]
		for j := range f.Rows {
			r := &f.Rows[j]
			said := func(s Statement) bool { return s.Text == r.Why }
			if r.isAbout(resourceType, path) && !slices.ContainsFunc(all, said) {
				all = append(all, Statement{f.Code, r.Why, r.Sure, r.Source})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Statement) int { return int(a.Sure) - int(b.Sure) })
	return all
}

// isAbout reports whether a row is about a property: the one that its Must names, or the
// one that its When makes the place of the finding.
func (r *Row) isAbout(resourceType, path string) bool {
	for _, place := range r.Places {
		if !strings.EqualFold(place.Type, resourceType) {
			continue
		}
		for _, full := range r.properties(place.Path, path[strings.LastIndexByte(path, '.')+1:]) {
			if strings.EqualFold(full, path) {
				return true
			}
		}
	}
	return false
}

// properties returns the paths from the resource of what a row is about at a place, of
// the clauses that contain a name.
func (r *Row) properties(place, name string) (all []string) {
	for _, text := range append(strings.Split(r.When, ";"), r.Must) {
		text = strings.TrimSpace(text)
		if text != r.Must && !strings.HasPrefix(text, "!") || !strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
			continue
		}
		c, err := parseClause(text)
		if err != nil {
			continue
		}
		for _, p := range c.paths {
			if full, ok := p.within(place, r.At); ok {
				all = append(all, full)
			}
		}
	}
	return all
}

// within returns the path from the resource of a clause of a row, without the items of
// arrays; ok is false if the clause is about another resource or climbs.
func (p path) within(place, at string) (full string, ok bool) {
	var steps []step
	switch p.from {
	case fromItem:
		steps = append(pathSteps(place), pathSteps(at)...)
	case fromPlace:
		steps = pathSteps(place)
	case fromResource:
	default:
		return "", false
	}
	var names []string
	for _, s := range append(steps, p.steps...) {
		switch s.kind {
		case member:
			names = append(names, s.name)
		case follow:
			return "", false
		}
	}
	return strings.Join(names, "."), p.up == 0
}
