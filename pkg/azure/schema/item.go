package schema

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// An item is one value of a resource in the spelling of the schema, with its
// place in the source.
type item struct {
	name   string       // as written; "" for an item of an array
	key    source.Range // of the name
	node   *expand.Node
	parent *item
	index  int // in an array

	def   *schemas.Property // nil if the schema does not have the property
	facet schemas.Facet
	has   bool // the version has the property: facet is set

	// fits is set if the walk has found the value right, with all that it holds: the
	// validator sees null, which matches anything.
	fits bool

	value  any  // of values that are not objects or arrays
	object bool // the value is an object that was walked
	fields []field
	items  []item // nil for values that are not arrays
}

// A field is a member of an object under the spelling of the schema.
type field struct {
	name string
	item *item
}

// members returns the fields by name.
func (it *item) members() map[string]*item {
	named := make(map[string]*item, len(it.fields))
	for _, f := range it.fields {
		named[f.name] = f.item
	}
	return named
}

// json returns the value for gojsonschema.
func (it *item) json() any {
	switch {
	case it.fits:
		return nil
	case it.object:
		values := make(map[string]any, len(it.fields))
		for _, f := range it.fields {
			values[f.name] = f.item.json()
		}
		return values
	case it.items != nil:
		values := make([]any, len(it.items))
		for i := range it.items {
			values[i] = it.items[i].json()
		}
		return values
	}
	return it.value
}

// A walker converts a resource to items, and reports spellings that the service
// converts. Most values evidently fit their schema: they have the type, an allowed
// value or the required members, and no limit. The walk notes that, so that the
// validator judges the other values only.
type walker struct {
	subject *subject
	report  *report
	room    *itemMemory
}

// itemMemory is memory for the items of the resources of a template. It is reused
// for the next template, because findings refer to ranges and texts only.
type itemMemory struct {
	items  []item
	fields []field
}

var itemMemories = sync.Pool{New: func() any { return new(itemMemory) }}

// maxKeptItems limits the items whose memory is kept for the next template, and of
// the resources that are walked before they are judged.
const maxKeptItems = 4096

// isFull reports whether the resources so far should be judged.
func (r *itemMemory) isFull() bool {
	return len(r.items) >= maxKeptItems || len(r.fields) >= maxKeptItems
}

// take returns a piece of a slab, and allocates a larger slab if it is full.
func take[T any](slab *[]T, n int) []T {
	if *slab == nil || len(*slab)+n > cap(*slab) {
		*slab = make([]T, 0, max(64, 2*cap(*slab), n)) // earlier pieces keep the old slab
	}
	at := len(*slab)
	*slab = (*slab)[:at+n]
	return (*slab)[at : at+n : at+n]
}

// release resets the memory for the next template.
func (r *itemMemory) release() {
	if cap(r.items) > maxKeptItems || cap(r.fields) > maxKeptItems {
		return
	}
	clear(r.items)
	clear(r.fields)
	r.items, r.fields = r.items[:0], r.fields[:0]
	itemMemories.Put(r)
}

// envelope are the members that the deployment service accepts in any resource
// of a template and uses itself.
const envelope = "|id|type|name|apiversion|dependson|condition|copy|comments|scope|metadata|resources|asserts|existing|import|extension|"

var inEnvelope = fold.Answers[bool]{Ask: func(name string) bool { return inSet(envelope, name) }}

// passedOn are the optional members that are passed on to the resource
// provider; not every type has them. The deployment service rejects every other
// name at the top level of a resource.
const passedOn = "|location|tags|sku|kind|plan|zones|identity|managedby|managedbyextended|extendedlocation|scale|etag|placement|properties|"

// inSet reports whether a set, in lower case and with a bar before and after
// each name, contains a name.
func inSet(set, name string) bool {
	for rest := set[1:]; rest != ""; {
		end := strings.IndexByte(rest, '|')
		if end == len(name) && fold.Equal(rest[:end], name) {
			return true
		}
		rest = rest[end+1:]
	}
	return false
}

func (w *walker) resource() *item {
	if w.subject.language {
		return w.whole()
	}
	top := &item{node: w.subject.res.Body, def: w.subject.doc.Root, has: true, facet: schemas.Facet{Kind: schemas.Object}}
	w.object(top, inEnvelope.Of)
	return top
}

// whole walks a value without an envelope: a part of the language.
func (w *walker) whole() *item {
	top := &item{node: w.subject.res.Body, def: w.subject.doc.Root, has: true, facet: schemas.Facet{Kind: schemas.Object}}
	w.object(top, nil)
	return top
}

// fill sets the value of an item and of the items below.
func (w *walker) fill(it *item) {
	n, f := it.node, &it.facet
	switch {
	case !it.has || f.Kind == schemas.Any || !n.Known() || isNull(n):
		it.fits = true // any value, unknown, or omitted: services treat null as absent
		return
	case f.Kind == schemas.Object && value.IsObject(n.Value):
		w.object(it, nil)
	case f.Kind == schemas.Array && value.IsArray(n.Value):
		w.array(it)
	default:
		it.value, it.fits = w.scalar(it)
	}
	it.fits = it.fits && !f.HasLimits()
}

func (w *walker) object(it *item, skip func(string) bool) {
	it.object = true
	it.fields = take(&w.room.fields, len(it.node.Members))[:0]
	children := take(&w.room.items, len(it.node.Members))
	fits, version := len(it.facet.Enum) == 0, w.subject.version.index
	for i, m := range it.node.Members {
		if m.Node == nil || skip != nil && skip(m.Name) {
			continue
		}
		child := &children[i]
		child.name, child.key, child.node, child.parent = m.Name, m.Key, m.Node, it
		name := m.Name
		if it.def.Values != nil && len(it.def.Properties) == 0 {
			child.def = it.def.Values
		} else if child.def = w.lookup(it.def, m.Name); child.def != nil {
			name = child.def.Name
		} else if it.def.Values != nil && it.def.Values.Has(version) {
			child.def = it.def.Values
		}
		if child.def != nil {
			child.facet, child.has = child.def.At(version)
		}
		if child.has && name != m.Name && name == child.def.Name {
			w.report.nameCase(w.subject, child)
		}
		w.fill(child)
		fits = fits && child.fits && (child.has || it.isOpen(version))
		it.fields = append(it.fields, field{name, child})
	}
	it.fits = fits && it.isComplete(version)
}

// isOpen reports whether an object accepts members that its schema does not list.
func (it *item) isOpen(version int) bool {
	return it.facet.Open || it.def.Values != nil && it.def.Values.Has(version)
}

// isComplete reports whether an object has all required members.
func (it *item) isComplete(version int) bool {
	for name := range it.def.Required(version) {
		if !slices.ContainsFunc(it.fields, func(f field) bool { return f.name == name }) {
			return false
		}
	}
	return true
}

func (w *walker) array(it *item) {
	it.items = take(&w.room.items, len(it.node.Items))
	fits := len(it.facet.Enum) == 0
	for i, n := range it.node.Items {
		child := &it.items[i]
		child.node, child.parent, child.index, child.def = n, it, i, it.def.Items
		if child.def != nil {
			child.facet, child.has = child.def.At(w.subject.version.index)
		}
		w.fill(child)
		fits = fits && child.fits
	}
	it.fits = fits
}

// lookup returns the property with a name, ignoring case. Of two spellings, the
// one in the checked version is preferred.
func (w *walker) lookup(def *schemas.Property, name string) *schemas.Property {
	var found *schemas.Property
	for _, p := range def.Properties {
		if len(p.Name) != len(name) || !fold.Equal(p.Name, name) {
			continue
		}
		has := p.Has(w.subject.version.index)
		if has && p.Name == name {
			return p
		}
		if found == nil || has && !found.Has(w.subject.version.index) {
			found = p
		}
	}
	return found
}

// scalar returns the value for the validator, as the service would read it if
// possible, otherwise as written. fits is set if its type is right and it is one of
// the allowed values.
func (w *walker) scalar(it *item) (v any, fits bool) {
	f := &it.facet
	got := plain(it.node)
	converted, ok := convert(got, f.Kind)
	if !ok {
		return got, false
	}
	if isText(converted) != isText(got) {
		w.report.converted(w.subject, it)
	}
	if len(f.Enum) > 0 {
		return w.allowed(it, converted)
	}
	n, number := converted.(json.Number)
	return converted, !number || n != "" && '0' <= n[len(n)-1] && n[len(n)-1] <= '9' // "-.0" is one for strconv only
}

// allowed returns the allowed value that a text matches: ignoring case and
// blanks around commas, and part by part if several values are joined.
func (w *walker) allowed(it *item, got any) (v any, ok bool) {
	text, _ := got.(string)
	if text == "" {
		return nil, true // services treat an empty text as absent
	}
	meant, ok := meaning(text, it.facet.Enum)
	if !ok {
		return got, false
	}
	if meant != text && fold.Equal(meant, text) {
		w.report.valueCase(w.subject, it, text, meant)
	}
	return meant, true
}

func meaning(text string, allowed []string) (string, bool) {
	for _, a := range allowed {
		if a == text {
			return a, true
		}
	}
	for _, a := range allowed {
		if fold.Equal(unspaced(a), unspaced(text)) {
			return a, true
		}
	}
	if !strings.Contains(text, ",") {
		return "", false
	}
	for part := range strings.SplitSeq(text, ",") {
		if _, ok := meaning(strings.TrimSpace(part), allowed); !ok {
			return "", false
		}
	}
	return allowed[0], true
}

func unspaced(s string) string { return strings.ReplaceAll(s, " ", "") }

// plain converts a value for gojsonschema; the parts of an object or array do
// not matter to the callers.
func plain(n *expand.Node) any {
	switch v := n.Value.(type) {
	case value.Bool:
		return bool(v)
	case value.Int:
		return json.Number(strconv.FormatInt(int64(v), 10))
	case value.Number:
		return number(v)
	case value.String:
		return string(v)
	case value.Array:
		return []any{}
	case *value.Object:
		return map[string]any{}
	}
	return nil
}

// number avoids the large rational number that the validator would make of a
// hostile exponent.
func number(v value.Number) any {
	if len(v.Text) <= 32 && !strings.ContainsAny(v.Text, "eE") {
		return json.Number(v.Text)
	}
	f, ok := v.Float()
	if !ok || f > 1e300 || f < -1e300 {
		return nil
	}
	return json.Number(strconv.FormatFloat(f, 'f', -1, 64))
}

// convert converts a value as services do: text that spells a number or boolean
// to that value, and the other way round.
func convert(got any, want schemas.Kind) (any, bool) {
	switch want {
	case schemas.Boolean:
		if s, ok := got.(string); ok {
			switch fold.Lower(strings.TrimSpace(s)) {
			case "true":
				return true, true
			case "false":
				return false, true
			}
		}
		_, ok := got.(bool)
		return got, ok
	case schemas.Integer, schemas.Number:
		if s, ok := got.(string); ok {
			got = spelledNumber(s)
		}
		n, ok := got.(json.Number)
		if ok && want == schemas.Integer {
			n, ok = wholeNumber(n)
		}
		if !ok {
			return got, false
		}
		return n, true
	case schemas.String:
		switch v := got.(type) {
		case string:
			return got, true // unchanged: another interface value would be another allocation
		case bool:
			return strconv.FormatBool(v), true
		case json.Number:
			return string(v), true
		}
	}
	return got, got == nil
}

func spelledNumber(s string) any {
	s = strings.TrimSpace(s)
	if f, err := strconv.ParseFloat(s, 64); err != nil || len(s) > 32 || f > 1e300 || f < -1e300 || strings.ContainsAny(s, "xXpP_iInN") {
		return s
	}
	return number(value.Number{Text: strings.TrimPrefix(s, "+")})
}

// wholeNumber converts 1.0 to 1.
func wholeNumber(n json.Number) (json.Number, bool) {
	whole, fraction, _ := strings.Cut(string(n), ".")
	return json.Number(whole), strings.Trim(fraction, "0") == ""
}

func isText(v any) bool { _, ok := v.(string); return ok }

func isNull(n *expand.Node) bool { return n.Value == nil || value.IsNull(n.Value) }

// resourceName returns the name of a resource in findings; "" for a template or
// a parameter file.
func resourceName(r *expand.Resource) string {
	if r.Type == "" {
		return ""
	}
	return r.Type + "/" + r.Name
}
