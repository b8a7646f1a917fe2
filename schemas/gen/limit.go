package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/schemas"
)

// limits are the limits of values, by resource type in lower case and path.
type limits map[string]map[string]limit

// A limit is one line of constraints.json.
type limit struct {
	Min, Max             json.Number
	MinLength, MaxLength json.Number
	MinItems, MaxItems   json.Number
	Pattern              string
	Versions             string // the first and the last, or all
}

func readLimits(name string) (limits, error) {
	var types map[string]map[string]limit
	if err := readJSON(name, &types); err != nil {
		return nil, err
	}
	all := limits{}
	for t, paths := range types {
		all[strings.ToLower(t)] = paths
	}
	return all, nil
}

// apply adds the limits to the properties that have none in the tables. A path
// that is not in the tables is ignored.
func (l limits) apply(d *document) error {
	for path, limit := range l[strings.ToLower(d.name)] {
		n := d.root.find(steps(path))
		if n == nil {
			continue
		}
		if _, err := regexp.Compile(limit.Pattern); err != nil {
			return fmt.Errorf("%s %s: %w", d.name, path, err)
		}
		since, until := limit.span(d.versions)
		var facets []schemas.Facet
		for _, f := range n.facets {
			facets = append(facets, limit.split(f, since, until)...)
		}
		n.facets = facets
	}
	return nil
}

// span returns the indices of the first and the last version with the limit.
func (l limit) span(versions []string) (since, until int) {
	if l.Versions == "" {
		return 0, len(versions) - 1
	}
	first, last, _ := strings.Cut(l.Versions, "..")
	since = slices.IndexFunc(versions, func(v string) bool { return v >= first })
	if since < 0 {
		return len(versions), -1
	}
	for i, v := range versions {
		if v <= last {
			until = i
		}
	}
	return since, until
}

// split splits a facet into the parts before, within and after the versions
// with the limit.
func (l limit) split(f schemas.Facet, since, until int) []schemas.Facet {
	from, to := max(f.Since, since), min(f.Until, until)
	if from > to || f.Kind == schemas.Any {
		return []schemas.Facet{f}
	}
	var parts []schemas.Facet
	if f.Since < from {
		before := f
		before.Until = from - 1
		parts = append(parts, before)
	}
	within := f
	within.Since, within.Until = from, to
	l.set(&within)
	parts = append(parts, within)
	if to < f.Until {
		after := f
		after.Since = to + 1
		parts = append(parts, after)
	}
	return parts
}

func (l limit) set(f *schemas.Facet) {
	add := func(to *string, text string) {
		if *to == "" {
			*to = text
		}
	}
	switch f.Kind {
	case schemas.Integer, schemas.Number:
		add(&f.Minimum, l.Min.String())
		add(&f.Maximum, l.Max.String())
	case schemas.String:
		add(&f.MinLength, l.MinLength.String())
		add(&f.MaxLength, l.MaxLength.String())
		add(&f.Pattern, l.Pattern)
	case schemas.Array:
		add(&f.MinItems, l.MinItems.String())
		add(&f.MaxItems, l.MaxItems.String())
	}
}

// find returns the node at a path, ignoring case; nil if there is none.
func (n *node) find(path []string) *node {
	if len(path) == 0 {
		return n
	}
	for _, c := range n.children {
		if strings.EqualFold(c.name, path[0]) {
			return c.find(path[1:])
		}
	}
	return nil
}
