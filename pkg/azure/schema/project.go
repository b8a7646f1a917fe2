package schema

import (
	"encoding/json"
	"strconv"
	"sync"

	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/schemas"
)

// batches groups the resources of a template by type and version, so that the
// used parts of a schema are collected before it is compiled.
type batches struct {
	order  []*batch
	byKey  map[schemaKey]*batch
	memory *itemMemory // of the items of all subjects
}

// A schemaKey identifies a schema: a document and the index of an API version.
type schemaKey struct {
	doc     *schemas.Document
	version int
}

type batch struct {
	schemaKey
	subjects []*subject
}

// add walks a subject; the findings of the walk go to the report. If more than the
// walk has to judge it, it goes to its batch. It judges the batches first when they are large, so that memory does not grow with the template.
func (c *Checker) add(b *batches, s *subject, r *report) {
	if b.memory != nil && b.memory.isFull() {
		c.judge(b, r)
	}
	if b.memory == nil {
		b.memory = itemMemories.Get().(*itemMemory)
	}
	s.item = (&walker{subject: s, report: r, room: b.memory}).resource()
	if s.item.fits {
		c.judged(s)
		return
	}
	key := schemaKey{s.doc, s.version.index}
	one := b.byKey[key]
	if one == nil {
		one = &batch{schemaKey: key}
		if b.byKey == nil {
			b.byKey = map[schemaKey]*batch{}
		}
		b.byKey[key] = one
		b.order = append(b.order, one)
	}
	one.subjects = append(one.subjects, s)
}

// judge reports the errors of the validator for the subjects of all batches, and
// empties the batches.
func (c *Checker) judge(b *batches, r *report) {
	for _, one := range b.order {
		schema := c.schema(one)
		if schema == nil {
			continue
		}
		for _, s := range one.subjects {
			if result, err := schema.Validate(gojsonschema.NewRawLoader(s.item.json())); err == nil {
				r.verdicts(s, result.Errors())
				c.judged(s)
			}
		}
	}
	if b.memory != nil {
		b.memory.release()
	}
	*b = batches{}
}

// A compiled schema covers the part of a document that has been used so far.
type compiled struct {
	mu     sync.Mutex
	used   *use
	schema *gojsonschema.Schema
}

// schema returns a schema that covers what the subjects of a batch use; nil if
// it does not compile, which a test of this package excludes for every
// document.
func (c *Checker) schema(b *batch) *gojsonschema.Schema {
	c.mu.Lock()
	known := c.schemas[b.schemaKey]
	if known == nil {
		known = &compiled{used: &use{def: b.doc.Root}}
		if c.schemas == nil {
			c.schemas = map[schemaKey]*compiled{}
		}
		c.schemas[b.schemaKey] = known
	}
	c.mu.Unlock()

	known.mu.Lock()
	defer known.mu.Unlock()
	grown := known.schema == nil
	for _, s := range b.subjects {
		grown = known.used.merge(s.item) || grown
	}
	if grown {
		known.schema, _ = compile(known.used.project(b.version, schemas.Facet{Kind: schemas.Object}))
	}
	return known.schema
}

func compile(schema map[string]any) (*gojsonschema.Schema, error) {
	loader := gojsonschema.NewSchemaLoader()
	loader.Draft, loader.AutoDetect, loader.Validate = gojsonschema.Draft7, false, false
	return loader.Compile(gojsonschema.NewRawLoader(schema))
}

// A use is the part of a document that resources use. A schema of that part
// gives the same result as one of the whole: a name that no resource has cannot
// be wrong, and required properties are always part of it. Of values that fit, only
// the names are used.
type use struct {
	def           *schemas.Property
	members       map[string]*use
	items, values *use
}

// merge adds the properties that an item uses, and reports whether any of them
// is new.
func (u *use) merge(it *item) (grown bool) {
	for _, f := range it.fields {
		m := f.item
		switch {
		case m.def == nil || !m.has:
		case m.def == u.def.Values:
			grown = add(&u.values, m) || grown
		default:
			known := u.members[f.name]
			if add(&known, m) {
				grown = true
				if u.members == nil {
					u.members = map[string]*use{}
				}
				u.members[f.name] = known
			}
		}
	}
	for i := range it.items {
		if m := &it.items[i]; m.has {
			grown = add(&u.items, m) || grown
		}
	}
	return grown
}

func add(u **use, it *item) (grown bool) {
	if *u == nil {
		*u, grown = &use{def: it.def}, true
	}
	return !it.fits && (*u).merge(it) || grown
}

// project returns the JSON Schema of one API version. Null is allowed
// everywhere: services treat it as absent, and the validator sees unknown
// values as null.
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
	limit(s, "maxItems", f.MaxItems)
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
	for name, m := range u.members {
		properties[name] = m.at(version)
	}
	var required []any
	for name := range u.def.Required(version) {
		required = append(required, name)
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
