package arm

import (
	"math"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Kind is the base type of a parameter, an output or a definition.
type Kind int

// The kinds. AnyKind is a declaration without a type, or with an unknown one:
// it accepts any value.
const (
	AnyKind Kind = iota
	StringKind
	SecureStringKind
	IntKind
	BoolKind
	ArrayKind
	ObjectKind
	SecureObjectKind
)

var kindNames = [...]string{"any", "string", "securestring", "int", "bool", "array", "object", "secureObject"}

// String returns the name as templates write it.
func (k Kind) String() string { return kindNames[k] }

// Secure reports whether values of the kind are secrets.
func (k Kind) Secure() bool { return k == SecureStringKind || k == SecureObjectKind }

// kindByName returns the kind with a name, ignoring case, as the deployment
// service does.
func kindByName(name string) (Kind, bool) {
	for k := StringKind; k <= SecureObjectKind; k++ {
		if strings.EqualFold(kindNames[k], name) {
			return k, true
		}
	}
	return AnyKind, false
}

// A Type is a type with its constraints, as parameters, outputs and definitions
// declare it. Members that are absent are nil.
type Type struct {
	Node *jsonc.Object
	Kind Kind
	// KindNode is the value of "type"; nil when absent.
	KindNode jsonc.Node
	// Ref is the value of "$ref"; Target is the type that it refers to, or nil
	// if there is none.
	Ref    *jsonc.String
	Target *Type

	Nullable                                 bool
	AllowedValues                            *jsonc.Array
	MinLength, MaxLength, MinValue, MaxValue *jsonc.Number

	Properties Table[*Type]
	// Sealed is set if an object cannot have other properties
	// ("additionalProperties": false); Additional is the type of other
	// properties.
	Sealed     bool
	Additional *Type
	Items      *Type
	// ItemsSealed is set if an array cannot have items beyond PrefixItems.
	ItemsSealed   bool
	PrefixItems   []*Type
	Discriminator *Discriminator
	Metadata      *jsonc.Member
}

// A Discriminator selects the type of an object by one of its properties.
type Discriminator struct {
	Node         *jsonc.Object
	PropertyName string
	Mapping      Table[*Type] // by value of the property
}

// Resolve follows $ref and returns the type at its end. A type whose $ref leads
// nowhere resolves to itself. nullable is set if the type or one of the
// references accepts null.
func (t *Type) Resolve() (resolved *Type, nullable bool) {
	nullable = t.Nullable
	for range maxReferences {
		if t.Target == nil {
			return t, nullable
		}
		t = t.Target
		nullable = nullable || t.Nullable
	}
	return t, nullable
}

// maxReferences limits chains of $ref; a longer one was reported as a cycle.
const maxReferences = 64

// Secure reports whether values of the type are secrets.
func (t *Type) Secure() bool {
	r, _ := t.Resolve()
	return r.Kind.Secure()
}

// Member returns the type of a member of an object of type t, or nil if t does
// not declare it. n is the object, whose discriminator may select the type; it
// may be nil.
func (t *Type) Member(n *jsonc.Object, name string) *Type {
	tag := ""
	if r, _ := t.Resolve(); r.Discriminator != nil && n != nil {
		tag, _ = n.Text(r.Discriminator.PropertyName)
	}
	return t.MemberFor(tag, name)
}

// MemberFor is Member for an object whose discriminator has the value tag.
func (t *Type) MemberFor(tag, name string) *Type {
	r, _ := t.Resolve()
	if m, ok := r.Properties.Get(name); ok {
		return m
	}
	if r.Discriminator != nil {
		if variant, ok := r.Discriminator.Mapping.Get(tag); ok && variant != t {
			v, _ := variant.Resolve()
			if m, ok := v.Properties.Get(name); ok {
				return m
			}
			return v.Additional
		}
	}
	return r.Additional
}

// Item returns the type of the i-th item of an array of type t, or nil if t
// does not declare it.
func (t *Type) Item(i int) *Type {
	r, _ := t.Resolve()
	if i < len(r.PrefixItems) {
		return r.PrefixItems[i]
	}
	return r.Items
}

// HasSecureParts reports whether the type or any part of it is secure.
func (t *Type) HasSecureParts() bool { return t.hasSecureParts(map[*Type]bool{}) }

func (t *Type) hasSecureParts(seen map[*Type]bool) bool {
	if t == nil {
		return false
	}
	t, _ = t.Resolve()
	if seen[t] {
		return false
	}
	seen[t] = true
	if t.Kind.Secure() || t.Additional.hasSecureParts(seen) || t.Items.hasSecureParts(seen) {
		return true
	}
	for _, p := range t.Properties.All() {
		if p.hasSecureParts(seen) {
			return true
		}
	}
	for _, p := range t.PrefixItems {
		if p.hasSecureParts(seen) {
			return true
		}
	}
	if t.Discriminator != nil {
		for _, p := range t.Discriminator.Mapping.All() {
			if p.hasSecureParts(seen) {
				return true
			}
		}
	}
	return false
}

// SecretParts calls visit for each part of a value that the type marks as
// secret: the value itself, or members and items of secure types.
func (t *Type) SecretParts(n jsonc.Node, visit func(jsonc.Node)) {
	t.secretParts(n, visit, maxSecretParts)
}

// maxSecretParts limits the depth of a value; package jsonc limits the nesting
// before.
const maxSecretParts = 1000

func (t *Type) secretParts(n jsonc.Node, visit func(jsonc.Node), depth int) {
	if t == nil || n == nil || depth == 0 {
		return
	}
	if t.Secure() {
		visit(n)
		return
	}
	switch n := n.(type) {
	case *jsonc.Object:
		for _, m := range n.Members {
			t.Member(n, m.Key.Value).secretParts(m.Value, visit, depth-1)
		}
	case *jsonc.Array:
		for i, item := range n.Elements {
			t.Item(i).secretParts(item, visit, depth-1)
		}
	}
}

// typeMember reads one member of a type.
func (t *Template) typeMember(ty *Type, m *jsonc.Member) {
	switch strings.ToLower(m.Key.Value) {
	case "type":
		ty.KindNode = m.Value
	case "$ref":
		ty.Ref, _ = m.Value.(*jsonc.String)
	case "metadata":
		ty.Metadata = m
	case "nullable":
		b, _ := m.Value.(*jsonc.Bool)
		ty.Nullable = b != nil && b.Value
	case "allowedvalues":
		ty.AllowedValues, _ = m.Value.(*jsonc.Array)
		if ty.AllowedValues != nil && len(ty.AllowedValues.Elements) == 0 {
			ty.AllowedValues = nil // an empty list allows every value
		}
	case "minlength":
		ty.MinLength = t.number(m)
	case "maxlength":
		ty.MaxLength = t.number(m)
	case "minvalue":
		ty.MinValue = t.number(m)
	case "maxvalue":
		ty.MaxValue = t.number(m)
	default:
		t.aggregateMember(ty, m)
	}
}

// aggregateMember reads the members that exist since language version 2.0.
func (t *Template) aggregateMember(ty *Type, m *jsonc.Member) {
	switch strings.ToLower(m.Key.Value) {
	case "properties":
		t.typeTable(&ty.Properties, m)
	case "additionalproperties":
		ty.Additional, ty.Sealed = t.typeOrFalse(m)
	case "items":
		ty.Items, ty.ItemsSealed = t.typeOrFalse(m)
	case "prefixitems":
		if a, ok := m.Value.(*jsonc.Array); ok {
			for _, e := range a.Elements {
				ty.PrefixItems = append(ty.PrefixItems, t.parseType(e, m.Key.Value))
			}
		}
	case "discriminator":
		ty.Discriminator = t.discriminator(m)
	}
}

func (t *Template) number(m *jsonc.Member) *jsonc.Number {
	if s, ok := m.Value.(*jsonc.String); ok {
		if _, err := strconv.ParseInt(s.Value, 10, 64); err == nil {
			d := t.Diagnostics.Warningf(CodeWrongType, Rule, s.At, "'%s' should be an integer, not a string", m.Key.Value)
			d.Detail = "Write it without quotes. Azure converts it."
			return &jsonc.Number{Text: s.Value, At: s.At}
		}
	}
	switch n := m.Value.(type) {
	case *jsonc.Number:
		if f, err := strconv.ParseFloat(n.Text, 64); err == nil && strings.ContainsAny(n.Text, ".eE") { // rounded
			return &jsonc.Number{Text: strconv.FormatFloat(math.RoundToEven(f), 'f', 0, 64), At: n.At}
		}
		return n
	case *jsonc.Bool: // read as a number
		text := "0"
		if n.Value {
			text = "1"
		}
		return &jsonc.Number{Text: text, At: n.At}
	}
	return nil
}

func isNull(n jsonc.Node) bool {
	_, ok := n.(*jsonc.Null)
	return ok
}

func (t *Template) typeTable(table *Table[*Type], m *jsonc.Member) {
	if o := object(m); o != nil {
		for _, p := range o.Members {
			table.put(p.Key.Value, t.parseType(p.Value, p.Key.Value))
		}
	}
}

func (t *Template) typeOrFalse(m *jsonc.Member) (ty *Type, sealed bool) {
	if b, ok := m.Value.(*jsonc.Bool); ok {
		return nil, !b.Value
	}
	return t.parseType(m.Value, m.Key.Value), false
}

func (t *Template) discriminator(m *jsonc.Member) *Discriminator {
	o := object(m)
	if o == nil {
		return nil
	}
	d := &Discriminator{Node: o}
	if name := o.Get("propertyName"); name != nil {
		if s, ok := name.Value.(*jsonc.String); ok {
			d.PropertyName = s.Value
		}
	}
	if mapping := o.Get("mapping"); mapping != nil {
		t.typeTable(&d.Mapping, mapping)
	}
	return d
}

// parseType reads a type that is not part of a parameter or output: a
// definition, a property, an item.
func (t *Template) parseType(n jsonc.Node, name string) *Type {
	ty := &Type{}
	o, ok := n.(*jsonc.Object)
	if !ok {
		return ty
	}
	ty.Node = o
	for _, m := range o.Members {
		t.typeMember(ty, m)
	}
	t.finishType(ty, name)
	return ty
}

// finishType reads the kind and checks that the constraints apply to it.
func (t *Template) finishType(ty *Type, name string) {
	if ty.KindNode == nil {
		return
	}
	if n, ok := ty.KindNode.(*jsonc.Number); ok { // Azure accepts the number of the type too
		if k, err := strconv.Atoi(n.Text); err == nil && k > 0 && k < len(kindNames) {
			ty.Kind = Kind(k)
			t.checkConstraints(ty, name)
		}
		return
	}
	s, ok := ty.KindNode.(*jsonc.String)
	if !ok {
		return
	}
	if ty.Kind, ok = kindByName(strings.TrimSpace(s.Value)); !ok {
		return
	}
	t.checkConstraints(ty, name)
}

func (t *Template) checkConstraints(ty *Type, name string) {
	if ty.Kind != IntKind {
		t.unfit(ty.MinValue, "minValue", name, ty.Kind, "an int")
		t.unfit(ty.MaxValue, "maxValue", name, ty.Kind, "an int")
	}
	switch ty.Kind {
	case StringKind, SecureStringKind, ArrayKind:
	default:
		t.unfit(ty.MinLength, "minLength", name, ty.Kind, "a string or an array")
		t.unfit(ty.MaxLength, "maxLength", name, ty.Kind, "a string or an array")
	}
}

func (t *Template) unfit(n *jsonc.Number, constraint, name string, kind Kind, want string) {
	if n != nil {
		t.errorf(CodeConstraint, n.At, "'%s' is not allowed for '%s' of type %s, only for %s", constraint, name, kind, want)
	}
}

func (t *Template) parseDefinitions(sections []*jsonc.Member) {
	for _, s := range sections {
		t.typeTable(&t.Definitions, s)
	}
	for _, ty := range t.Definitions.All() {
		t.resolve(ty)
	}
}

// resolve binds every $ref of a type and of its parts.
func (t *Template) resolve(ty *Type) {
	if ty == nil {
		return
	}
	if ty.Ref != nil && ty.Target == nil {
		t.bind(ty)
	}
	for _, p := range ty.Properties.All() {
		t.resolve(p)
	}
	t.resolve(ty.Additional)
	t.resolve(ty.Items)
	for _, p := range ty.PrefixItems {
		t.resolve(p)
	}
	if ty.Discriminator != nil {
		for _, p := range ty.Discriminator.Mapping.All() {
			t.resolve(p)
		}
	}
}

const definitionPrefix = "#/definitions/"

func (t *Template) bind(ty *Type) {
	name, ok := strings.CutPrefix(ty.Ref.Value, definitionPrefix)
	if !ok {
		t.errorf(CodeReference, ty.Ref.At, "$ref '%s' does not begin with '%s'", ty.Ref.Value, definitionPrefix)
		return
	}
	target := t.definition(name)
	if target == nil {
		d := t.errorf(CodeReference, ty.Ref.At, "$ref '%s' is not a known definition", ty.Ref.Value)
		d.Detail = nearest.Question(pointerName(name), t.Definitions.names)
		return
	}
	for r, steps := target, 0; r != nil; r, steps = r.Target, steps+1 {
		if r == ty || steps > maxReferences {
			t.errorf(CodeReference, ty.Ref.At, "$ref '%s' refers to itself", ty.Ref.Value)
			return
		}
	}
	ty.Target = target
}

// definition returns the type that a reference refers to, without its prefix: a
// definition, or a part of one, as Bicep refers to foo/properties/bar and to
// tuple/prefixItems/1. It returns nil if there is none.
func (t *Template) definition(path string) *Type {
	if ty, ok := t.Definitions.Get(pointerName(path)); ok {
		return ty
	}
	name, rest, _ := strings.Cut(path, "/")
	ty, ok := t.Definitions.Get(pointerName(name))
	for ok && ty != nil && rest != "" {
		var keyword string
		keyword, rest, _ = strings.Cut(rest, "/")
		switch keyword {
		case "items":
			ty = ty.Items
		case "additionalProperties":
			ty = ty.Additional
		case "properties":
			name, rest, _ = strings.Cut(rest, "/")
			ty, ok = ty.Properties.Get(pointerName(name))
		case "prefixItems":
			name, rest, _ = strings.Cut(rest, "/")
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(ty.PrefixItems) {
				return nil
			}
			ty = ty.PrefixItems[i]
		case "discriminator":
			name, rest, _ = strings.Cut(strings.TrimPrefix(rest, "mapping/"), "/")
			if ty.Discriminator == nil {
				return nil
			}
			ty, ok = ty.Discriminator.Mapping.Get(pointerName(name))
		default:
			return nil
		}
	}
	if !ok {
		return nil
	}
	return ty
}

// pointerName decodes a token of a JSON pointer in a URI.
func pointerName(token string) string {
	if !strings.ContainsAny(token, "~%") {
		return token
	}
	return strings.NewReplacer("~1", "/", "~0", "~", "%7E", "~").Replace(token)
}

// Description returns the text of metadata.description, or "".
func (t *Type) Description() string {
	if t.Metadata == nil {
		return ""
	}
	o, ok := t.Metadata.Value.(*jsonc.Object)
	if !ok {
		return ""
	}
	if m := o.Get("description"); m != nil {
		if s, ok := m.Value.(*jsonc.String); ok {
			return s.Value
		}
	}
	return ""
}
