package schema

import (
	"cmp"
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/scaleset/scaleset/schemas"
)

// A mistake is what the schema says against an item.
type mistake struct {
	item     *item
	kind     mistakeKind
	property string // of an object: the one that is absent or strange
}

type mistakeKind uint8

// The kinds, in the order in which the first of many are shown.
const (
	strangeProperty mistakeKind = iota
	tooManyItems
	tooFewItems
	otherValue
	otherType
	tooSmall
	tooLarge
	otherForm // does not match the pattern
	absentProperty
	tooShort
	tooLong
)

// A validator judges items by the facets of their properties, as JSON Schema
// does by type, enum, properties, required, additionalProperties, items and the
// limits. Null is allowed everywhere: services take it as absent, and unknown
// values have it.
type validator struct {
	version  int
	mistakes []mistake
}

func (v *validator) say(it *item, kind mistakeKind, property string) {
	v.mistakes = append(v.mistakes, mistake{it, kind, property})
}

func (v *validator) item(it *item) {
	switch {
	case it.facet.Kind == schemas.Any:
	case it.object:
		v.object(it)
	case it.items != nil:
		v.array(it)
	case it.value != nil:
		v.scalar(it)
	}
}

func (v *validator) object(it *item) {
	for _, p := range it.def.Properties {
		if p.EverRequired() && !it.hasField(p.Name) {
			if f, ok := p.At(v.version); ok && f.Required {
				v.say(it, absentProperty, p.Name)
			}
		}
	}
	open := it.facet.Open || it.def.Values != nil && it.def.Values.Has(v.version)
	last := it.lastFields()
	for i, f := range it.fields {
		switch {
		case last != nil && last[f.name] != i:
		case f.item.has:
			v.item(f.item)
		case !open:
			v.say(it, strangeProperty, f.name)
		}
	}
}

func (it *item) hasField(name string) bool {
	return slices.ContainsFunc(it.fields, func(f field) bool { return f.name == name })
}

// lastFields are the indices of the last field of each name, which counts where
// a name is there more than once; nil when none is.
func (it *item) lastFields() map[string]int {
	if len(it.fields) <= 24 { // as nearly all objects
		twice := false
		for i, f := range it.fields {
			twice = twice || slices.ContainsFunc(it.fields[:i], func(before field) bool { return before.name == f.name })
		}
		if !twice {
			return nil
		}
	}
	last := make(map[string]int, len(it.fields))
	for i, f := range it.fields {
		last[f.name] = i
	}
	return last
}

func (v *validator) array(it *item) {
	for i := range it.items {
		if child := &it.items[i]; child.has {
			v.item(child)
		}
	}
	n := len(it.items)
	if f := &it.facet; below(n, f.MinItems) {
		v.say(it, tooFewItems, "")
	} else if above(n, f.MaxItems) {
		v.say(it, tooManyItems, "")
	}
}

func (v *validator) scalar(it *item) {
	f := &it.facet
	switch value := it.value.(type) {
	case string:
		if f.Kind != schemas.String {
			break
		}
		if len(f.Enum) > 0 && !slices.Contains(f.Enum, value) {
			v.say(it, otherValue, "")
		}
		if f.MinLength != "" || f.MaxLength != "" {
			n := utf8.RuneCountInString(value)
			if below(n, f.MinLength) {
				v.say(it, tooShort, "")
			}
			if above(n, f.MaxLength) {
				v.say(it, tooLong, "")
			}
		}
		if f.Pattern != "" && !matches(f.Pattern, value) {
			v.say(it, otherForm, "")
		}
		return
	case bool:
		if f.Kind == schemas.Boolean {
			return
		}
	case json.Number:
		n, ok := new(big.Rat).SetString(string(value))
		if !ok || f.Kind != schemas.Number && (f.Kind != schemas.Integer || !n.IsInt()) {
			break
		}
		if least, ok := new(big.Rat).SetString(f.Minimum); ok && n.Cmp(least) < 0 {
			v.say(it, tooSmall, "")
		}
		if most, ok := new(big.Rat).SetString(f.Maximum); ok && n.Cmp(most) > 0 {
			v.say(it, tooLarge, "")
		}
		return
	}
	v.say(it, otherType, "")
}

func below(n int, limit string) bool {
	least, err := strconv.Atoi(limit)
	return err == nil && n < least
}

func above(n int, limit string) bool {
	most, err := strconv.Atoi(limit)
	return err == nil && n > most
}

// forms are the patterns of documents, compiled.
var forms sync.Map

func matches(pattern, text string) bool {
	known, ok := forms.Load(pattern)
	if !ok {
		form, err := regexp.Compile(pattern)
		if err != nil {
			return true // a test of this package compiles every pattern
		}
		known, _ = forms.LoadOrStore(pattern, form)
	}
	return known.(*regexp.Regexp).MatchString(text)
}

// mistakes are what the schema says against a resource.
func (s *subject) mistakes() []mistake {
	v := validator{version: s.version.index}
	v.item(s.item)
	return v.mistakes
}

// inOrder sorts mistakes: those at the top of the resource first.
func inOrder(mistakes []mistake) {
	type placed struct {
		depth int
		way   string
		mistake
	}
	all := make([]placed, len(mistakes))
	for i, m := range mistakes {
		depth, way := m.item.way()
		all[i] = placed{depth, way, m}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.depth, b.depth), strings.Compare(a.way, b.way), cmp.Compare(a.kind, b.kind), strings.Compare(a.property, b.property))
	})
	for i, p := range all {
		mistakes[i] = p.mistake
	}
}

// way is how to get to an item in the spelling of the schema.
func (it *item) way() (depth int, way string) {
	var names []string
	for ; it.parent != nil; it = it.parent {
		name := it.name
		switch {
		case it.parent.items != nil:
			name = strconv.Itoa(it.index)
		case it.def != nil && it.def != it.parent.def.Values:
			name = it.def.Name
		}
		names = append(names, name)
	}
	slices.Reverse(names)
	return len(names), strings.Join(names, "\x00")
}
