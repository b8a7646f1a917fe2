package schema

import (
	"encoding/json"
	"strconv"

	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/schemas"
)

// batches holds the resources that the walk could not prove clean, by type and
// version, so that each schema is projected and compiled once a run.
type batches struct {
	order []*batch
	byKey map[batchKey]*batch
}

type batchKey struct {
	doc     *schemas.Document
	version int
}

type batch struct {
	batchKey
	subjects []*subject
	used     *use
}

func newBatches() *batches { return &batches{byKey: map[batchKey]*batch{}} }

func (b *batches) add(s *subject) {
	key := batchKey{s.doc, s.version.index}
	one := b.byKey[key]
	if one == nil {
		one = &batch{batchKey: key, used: &use{def: s.doc.Root}}
		b.byKey[key] = one
		b.order = append(b.order, one)
	}
	one.subjects = append(one.subjects, s)
	one.used.merge(s.item)
}

func (b *batches) judge(r *report) {
	for _, one := range b.order {
		compiled, err := compile(one.used.project(one.version, schemas.Facet{Kind: schemas.Object}))
		if err != nil {
			// Every document compiles, says a test of this package; without a
			// schema there is no verdict.
			continue
		}
		for _, s := range one.subjects {
			result, err := compiled.Validate(gojsonschema.NewRawLoader(s.item.json()))
			if err != nil {
				continue
			}
			r.verdicts(s, result.Errors())
		}
	}
}

func compile(schema map[string]any) (*gojsonschema.Schema, error) {
	loader := gojsonschema.NewSchemaLoader()
	loader.Draft, loader.AutoDetect, loader.Validate = gojsonschema.Draft7, false, false
	return loader.Compile(gojsonschema.NewRawLoader(schema))
}

// A use is the part of a document that resources use. A schema of that part
// gives the same verdict as one of the whole: a name that no resource has
// cannot be wrong, and what is required is always part of it.
type use struct {
	def           *schemas.Property
	members       map[string]*use
	items, values *use
}

func (u *use) merge(it *item) {
	for name, m := range it.members() {
		if m.def == nil || !m.has {
			continue
		}
		if m.def == u.def.Values {
			u.values = u.values.of(m)
			continue
		}
		if u.members == nil {
			u.members = map[string]*use{}
		}
		u.members[name] = u.members[name].of(m)
	}
	for i := range it.items {
		if m := &it.items[i]; m.has {
			u.items = u.items.of(m)
		}
	}
}

func (u *use) of(it *item) *use {
	if u == nil {
		u = &use{def: it.def}
	}
	u.merge(it)
	return u
}

// project makes the JSON Schema of one API version. Null is allowed everywhere:
// services take it as absent, and unknown values are shown to the validator as null.
func (u *use) project(version int, f schemas.Facet) map[string]any {
	if f.Kind == schemas.Any {
		return map[string]any{}
	}
	s := map[string]any{"type": []any{string(f.Kind), "null"}}
	if len(f.Enum) > 0 {
		s["enum"] = enumOf(f.Enum)
	}
	limit(s, "minimum", f.Minimum)
	limit(s, "maximum", f.Maximum)
	limit(s, "minLength", f.MinLength)
	limit(s, "maxLength", f.MaxLength)
	limit(s, "minItems", f.MinItems)
	if f.Pattern != "" {
		s["pattern"] = f.Pattern
	}
	switch f.Kind {
	case schemas.Object:
		u.projectObject(s, version, f)
	case schemas.Array:
		if u.items != nil {
			s["items"] = u.items.at(version)
		}
	}
	return s
}

func (u *use) projectObject(s map[string]any, version int, f schemas.Facet) {
	properties := make(map[string]any, len(u.members))
	var required []any
	for _, p := range u.def.Properties {
		if m := u.members[p.Name]; m != nil {
			properties[p.Name] = m.at(version)
		}
		if pf, ok := p.At(version); ok && pf.Required {
			required = append(required, p.Name)
		}
	}
	s["properties"] = properties
	if required != nil {
		s["required"] = required
	}
	switch {
	case u.values != nil:
		s["additionalProperties"] = u.values.at(version)
	case f.Open || u.def.Values != nil && u.def.Values.Has(version):
	default:
		s["additionalProperties"] = false
	}
}

func (u *use) at(version int) map[string]any {
	f, ok := u.def.At(version)
	if !ok {
		return map[string]any{}
	}
	return u.project(version, f)
}

func enumOf(values []string) []any {
	list := make([]any, 0, len(values)+1)
	for _, v := range values {
		list = append(list, v)
	}
	return append(list, nil)
}

func limit(s map[string]any, name, text string) {
	if text == "" {
		return
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		s[name] = json.Number(strconv.FormatInt(i, 10))
		return
	}
	s[name] = json.Number(text)
}
