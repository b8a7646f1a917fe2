package expand

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A mismatch describes why a value does not have a type.
type mismatch struct {
	code    diag.Code
	path    string // below the value, such as ".disks[2].lun"
	at      source.Range
	summary string // follows the name of the value
	detail  string
}

// A checker compares values with types.
type checker struct {
	strict bool // integers must fit 64 bits, as the validation of the deployment service requires
	secret bool // messages must not show values
	typeOf diag.Code
}

// conform returns the first reason why n does not have the type, or nil.
// Unknown values have every type.
func (c checker) conform(n *Node, ty *arm.Type, path string) *mismatch {
	ty, nullable := ty.Resolve()
	c.secret = c.secret || ty.Kind.Secure()
	switch v := n.Value.(type) {
	case value.Unknown:
		if want := kindName(ty.Kind); v.Kind != "" && want != "" && v.Kind != want {
			return c.wrongKind(n, ty, path)
		}
		return nil
	case value.Null:
		if nullable || ty.Kind == arm.AnyKind {
			return nil
		}
		return c.wrongKind(n, ty, path)
	default:
		if !hasKind(v, ty.Kind) {
			return c.wrongKind(n, ty, path)
		}
		if _, big := v.(value.Number); big && c.strict && ty.Kind == arm.IntKind {
			return &mismatch{code: CodeConstraint, path: path, at: n.At(), summary: "must be an integer of 64 bits, which " + c.show(v) + " is not"}
		}
	}
	if m := c.allowed(n, ty, path); m != nil {
		return m
	}
	if m := c.bounds(n, ty, path); m != nil {
		return m
	}
	switch {
	case n.Members != nil || ty.Discriminator != nil:
		return c.members(n, ty, path)
	case n.Items != nil:
		return c.items(n, ty, path)
	}
	return nil
}

func (c checker) wrongKind(n *Node, ty *arm.Type, path string) *mismatch {
	return &mismatch{code: c.typeOf, path: path, at: n.At(),
		summary: "must be of type " + ty.Kind.String() + ", not " + c.show(n.Value), detail: kindHint(ty.Kind, n.Value)}
}

// hasKind reports whether a known value other than null has a kind. Nothing is
// converted: 1.0 is not an int.
func hasKind(v value.Value, kind arm.Kind) bool {
	switch kind {
	case arm.StringKind, arm.SecureStringKind:
		_, ok := v.(value.String)
		return ok
	case arm.IntKind:
		if n, ok := v.(value.Number); ok { // more than 64 bits: the deployment service keeps such integers
			return !strings.ContainsAny(n.Text, ".eE")
		}
		_, ok := v.(value.Int)
		return ok
	case arm.BoolKind:
		_, ok := v.(value.Bool)
		return ok
	case arm.ArrayKind:
		_, ok := v.(value.Array)
		return ok
	case arm.ObjectKind, arm.SecureObjectKind:
		_, ok := v.(*value.Object)
		return ok
	}
	return true
}

// kindHint describes how to write the value so that it has the type.
func kindHint(want arm.Kind, got value.Value) string {
	s, isText := got.(value.String)
	if _, unknown := got.(value.Unknown); unknown {
		return ""
	}
	switch {
	case want == arm.IntKind && isText, want == arm.BoolKind && isText:
		if _, err := strconv.Atoi(string(s)); err == nil || strings.EqualFold(string(s), "true") || strings.EqualFold(string(s), "false") {
			return "Azure converts nothing: write the value without quotes."
		}
	case want == arm.StringKind && (isArray(got) || isRecord(got)):
		return "Azure converts nothing: change the type, or use string()."
	case (want == arm.StringKind || want == arm.SecureStringKind) && !isText:
		return "Azure converts nothing: write the value in quotes, or use string()."
	}
	return ""
}

func isArray(v value.Value) bool {
	_, ok := v.(value.Array)
	return ok
}

func isRecord(v value.Value) bool {
	_, ok := v.(*value.Object)
	return ok
}

// show returns the kind of a value and, if it is short and not a secret, the
// value.
func (c checker) show(v value.Value) string {
	switch v := v.(type) {
	case value.String, value.Int, value.Bool, value.Number:
		text := value.JSON(v)
		if s, ok := v.(value.String); ok {
			text = "'" + string(s) + "'"
		}
		if !c.secret && len(text) <= 60 {
			return "the " + value.KindName(v) + " " + text
		}
	case value.Null:
		return "null"
	}
	return "a value of type " + value.KindName(v)
}

// allowed checks allowedValues, which are case-sensitive; an array may also
// contain some of them.
func (c checker) allowed(n *Node, ty *arm.Type, path string) *mismatch {
	if ty.AllowedValues == nil {
		return nil
	}
	if oneOf(n.Value, ty.AllowedValues) {
		return nil
	}
	if n.Items != nil || ty.Kind == arm.ArrayKind {
		for i, item := range n.Items {
			if _, unknown := item.Value.(value.Unknown); !unknown && !oneOf(item.Value, ty.AllowedValues) {
				return c.notAllowed(item, ty, path+"["+strconv.Itoa(i)+"]")
			}
		}
		return nil
	}
	return c.notAllowed(n, ty, path)
}

func oneOf(v value.Value, allowed *jsonc.Array) bool {
	for _, e := range allowed.Elements {
		if equal, known := value.Equal(v, literalValue(e)); equal || !known {
			return true
		}
	}
	return false
}

func (c checker) notAllowed(n *Node, ty *arm.Type, path string) *mismatch {
	if c.secret || ty.HasSecureParts() {
		return &mismatch{code: CodeConstraint, path: path, at: n.At(), summary: "may not be " + c.show(n.Value),
			detail: "It is not one of the allowedValues; upper and lower case differ."}
	}
	names := make([]string, 0, len(ty.AllowedValues.Elements))
	for _, e := range ty.AllowedValues.Elements {
		if s, ok := literalValue(e).(value.String); ok {
			names = append(names, string(s))
		} else {
			names = append(names, value.JSON(literalValue(e)))
		}
	}
	m := &mismatch{code: CodeConstraint, path: path, at: n.At(), summary: "may not be " + c.show(n.Value)}
	const most = 20 // number of names that fit on a few lines
	m.detail = "Allowed are " + strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		m.detail += " and " + strconv.Itoa(len(names)-most) + " more"
	}
	m.detail += "; upper and lower case differ."
	if s, ok := n.Value.(value.String); ok {
		if hint := nearest.Question(string(s), names); hint != "" {
			m.detail += " " + hint
		}
	}
	return m
}

// bounds checks minLength, maxLength, minValue and maxValue.
func (c checker) bounds(n *Node, ty *arm.Type, path string) *mismatch {
	switch v := n.Value.(type) {
	case value.String:
		return c.within(n, path, int64(utf16Len(string(v))), ty.MinLength, ty.MaxLength, "character")
	case value.Array:
		return c.within(n, path, int64(len(v)), ty.MinLength, ty.MaxLength, "element")
	case value.Int:
		return c.within(n, path, int64(v), ty.MinValue, ty.MaxValue, "")
	}
	return nil
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func (c checker) within(n *Node, path string, got int64, least, most *jsonc.Number, unit string) *mismatch {
	m := &mismatch{code: CodeConstraint, path: path, at: n.At()}
	shown := strconv.FormatInt(got, 10)
	if unit == "" && c.secret {
		shown = "the given value"
	}
	if b, ok := bound(least); ok && got < b {
		m.summary = "must be at least " + strconv.FormatInt(b, 10) + ", not " + shown
		if unit != "" {
			m.summary = "must have at least " + amount(b, unit) + ", not " + shown
		}
		return m
	}
	if b, ok := bound(most); ok && got > b {
		m.summary = "may be at most " + strconv.FormatInt(b, 10) + ", not " + shown
		if unit != "" {
			m.summary = "may have at most " + amount(b, unit) + ", not " + shown
		}
		return m
	}
	return nil
}

// amount returns a number with its unit.
func amount(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.FormatInt(n, 10) + " " + unit + "s"
}

func bound(n *jsonc.Number) (int64, bool) {
	if n == nil {
		return 0, false
	}
	i, ok := numberValue(n).(value.Int)
	return int64(i), ok
}

// members checks the properties of an object.
func (c checker) members(n *Node, ty *arm.Type, path string) *mismatch {
	if ty.Discriminator != nil {
		variant, m := c.variant(n, ty.Discriminator, path)
		if m != nil || variant == nil {
			return m
		}
		return c.conform(n, variant, path)
	}
	for name, property := range ty.Properties.All() {
		child := n.Get(name)
		if child == nil {
			if _, nullable := property.Resolve(); !nullable {
				return &mismatch{code: CodeConstraint, path: path, at: n.At(), summary: "has no property '" + name + "', which its type requires"}
			}
			continue
		}
		if m := c.conform(child, property, path+"."+name); m != nil {
			return m
		}
	}
	return c.otherMembers(n, ty, path)
}

func (c checker) otherMembers(n *Node, ty *arm.Type, path string) *mismatch {
	if !ty.Sealed && ty.Additional == nil {
		return nil
	}
	for _, member := range n.Members {
		if _, declared := ty.Properties.Get(member.Name); declared {
			continue
		}
		if ty.Sealed {
			return &mismatch{code: CodeConstraint, path: path, at: member.Node.KeyAt(),
				summary: "has the property '" + member.Name + "', which its type does not allow", detail: suggestProperty(member.Name, ty)}
		}
		if m := c.conform(member.Node, ty.Additional, path+"."+member.Name); m != nil {
			return m
		}
	}
	return nil
}

func suggestProperty(name string, ty *arm.Type) string {
	if near := ty.Properties.Nearest(name); near != "" {
		return "Did you mean '" + near + "'?"
	}
	return ""
}

// variant returns the type that the discriminator selects, or nil if it is
// unknown.
func (c checker) variant(n *Node, d *arm.Discriminator, path string) (*arm.Type, *mismatch) {
	tag := n.Get(d.PropertyName)
	if tag == nil {
		return nil, &mismatch{code: CodeConstraint, path: path, at: n.At(),
			summary: "has no property '" + d.PropertyName + "', which distinguishes its variants"}
	}
	if !tag.Known() {
		return nil, nil
	}
	s, _ := tag.Text()
	variant, ok := d.Mapping.Exact(s)
	if ok {
		return variant, nil
	}
	var names []string
	for name := range d.Mapping.All() {
		names = append(names, name)
	}
	return nil, &mismatch{code: CodeConstraint, path: path + "." + d.PropertyName, at: tag.At(),
		summary: "may not be " + c.show(tag.Value), detail: strings.TrimSpace("Variants are " + strings.Join(names, ", ") + ". " + nearest.Question(s, names))}
}

// items checks the elements of an array.
func (c checker) items(n *Node, ty *arm.Type, path string) *mismatch {
	for i, item := range n.Items {
		at := path + "[" + strconv.Itoa(i) + "]"
		var m *mismatch
		switch {
		case i < len(ty.PrefixItems):
			m = c.conform(item, ty.PrefixItems[i], at)
		case ty.ItemsSealed:
			m = &mismatch{code: CodeConstraint, path: path, at: item.At(),
				summary: "must have " + amount(int64(len(ty.PrefixItems)), "element") + ", not " + strconv.Itoa(len(n.Items))}
		case ty.Items != nil:
			m = c.conform(item, ty.Items, at)
		}
		if m != nil {
			return m
		}
	}
	if len(n.Items) < len(ty.PrefixItems) {
		return &mismatch{code: CodeConstraint, path: path, at: n.At(),
			summary: "must have " + amount(int64(len(ty.PrefixItems)), "element") + ", not " + strconv.Itoa(len(n.Items))}
	}
	return nil
}

// literalValue returns the value of a node without expressions.
func literalValue(n jsonc.Node) value.Value {
	switch n := n.(type) {
	case *jsonc.String:
		return value.String(n.Value)
	case *jsonc.Number:
		return numberValue(n)
	case *jsonc.Bool:
		return value.Bool(n.Value)
	case *jsonc.Array:
		a := make(value.Array, len(n.Elements))
		for i, e := range n.Elements {
			a[i] = literalValue(e)
		}
		return a
	case *jsonc.Object:
		members := make([]value.Member, len(n.Members))
		for i, m := range n.Members {
			members[i] = value.Member{Name: m.Key.Value, Value: literalValue(m.Value)}
		}
		return value.NewObject(members...)
	}
	return value.Null{}
}
