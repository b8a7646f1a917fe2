// Package parameters writes parameter files for templates.
package parameters

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Options choose what a parameter file has.
type Options struct {
	// Values are taken over, but not those of secrets; nil has none.
	Values *arm.ParameterFile
	// Required leaves out parameters that have a default, unless Values has them.
	Required bool
	// Plain leaves out the comments: some tools read only JSON.
	Plain bool
}

// File returns a parameter file for the template, as JSON with comments that
// give the type, the constraints and the default of each parameter.
//
// A value is that of Options.Values, or the default, or the first allowed value,
// or a placeholder such as <name>. A secret is a reference to a key vault with
// placeholders, or the reference of Options.Values: no secret is written. A
// default that is an expression stays in the template, because a parameter file
// cannot have expressions.
func File(t *arm.Template, o Options) []byte {
	w := &writer{options: o}
	w.text.WriteString("{\n\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\",\n\"contentVersion\": \"1.0.0.0\",\n\"parameters\": {\n")
	for _, p := range t.Parameters.All() {
		w.parameter(p)
	}
	if w.any {
		w.text.WriteString("\n")
	}
	for _, line := range w.pending {
		w.comment(line)
	}
	w.text.WriteString("}\n}\n")
	return jsonc.Format(jsonc.Parse(source.NewFile("", []byte(w.text.String()))), jsonc.Options{})
}

type writer struct {
	options Options
	text    strings.Builder
	any     bool
	pending []string // comments on parameters that are left out, which come before the next one
}

func (w *writer) parameter(p *arm.Parameter) {
	value, why := w.value(p)
	if value == "" {
		if why != "" {
			w.pending = append(w.pending, p.Name()+": "+why)
		}
		return
	}
	if w.any {
		w.text.WriteString(",\n")
	}
	w.any = true
	for _, line := range w.pending {
		w.comment(line)
	}
	w.pending = nil
	for _, line := range about(p) {
		w.comment(line)
	}
	w.text.WriteString(jsonc.Quote(p.Name()) + ": {" + value + "}")
}

func (w *writer) comment(line string) {
	if !w.options.Plain {
		w.text.WriteString("// " + strings.TrimRight(strings.Map(printable, line), " ") + "\n")
	}
}

// printable replaces what could end a comment or change how it looks: line ends,
// other controls, marks of direction.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}

// value returns the members of the entry of a parameter, or why it has none.
func (w *writer) value(p *arm.Parameter) (members, why string) {
	var given *arm.ParameterValue
	if w.options.Values != nil {
		given, _ = w.options.Values.Values.Get(p.Name())
	}
	switch {
	case given != nil && given.Reference != nil:
		return `"reference": ` + written(given.Reference.Node), ""
	case given != nil && given.Value != nil && !p.Secure() && !countsAsNone(p, given.Value):
		return `"value": ` + written(given.Value), ""
	case p.Default != nil && w.options.Required:
		return "", ""
	case p.Secure():
		if p.Default != nil {
			return "", "a secret, which has a default"
		}
		return `"reference": {"keyVault": {"id": "/subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/Microsoft.KeyVault/vaults/<vault>"}, "secretName": ` +
			jsonc.Quote(secretName(p.Name())) + `}`, ""
	case p.Default != nil:
		if text, ok := literal(p.Default); ok {
			return `"value": ` + text, ""
		}
		return "", "default " + short(written(p.Default))
	}
	return `"value": ` + sample(&p.Type, p.Name(), maxDepth), ""
}

// countsAsNone reports null for a parameter that cannot be null.
func countsAsNone(p *arm.Parameter, n jsonc.Node) bool {
	_, null := n.(*jsonc.Null)
	_, nullable := p.Resolve()
	return null && !nullable
}

// maxDepth bounds the nesting of objects that a sample has: a type can contain
// itself.
const maxDepth = 4

// sample returns a value to start from.
func sample(t *arm.Type, name string, depth int) string {
	r, _ := t.Resolve()
	if r.AllowedValues != nil {
		first := written(r.AllowedValues.Elements[0])
		if _, ok := r.AllowedValues.Elements[0].(*jsonc.Array); r.Kind == arm.ArrayKind && !ok {
			first = "[" + first + "]"
		}
		return first
	}
	if r.Kind == arm.ObjectKind && r.Properties.Len() > 0 && depth > 0 {
		var members []string
		for property, ty := range r.Properties.All() {
			if _, nullable := ty.Resolve(); !nullable {
				members = append(members, jsonc.Quote(property)+": "+sample(ty, property, depth-1))
			}
		}
		return "{" + strings.Join(members, ", ") + "}"
	}
	if r.Kind == arm.ArrayKind && r.Items != nil && depth > 0 {
		return "[" + sample(r.Items, "item", depth-1) + "]"
	}
	return jsonc.Quote("<" + name + ">")
}

// about describes a parameter, one line each.
func about(p *arm.Parameter) []string {
	ty, nullable := p.Resolve()
	var lines []string
	if d := strings.Join(strings.Fields(p.Description()), " "); d != "" {
		lines = append(lines, wrap(d)...)
	}
	facts := ty.Kind.String()
	if ty.AllowedValues != nil {
		var all []string
		for _, v := range ty.AllowedValues.Elements {
			all = append(all, short(written(v)))
		}
		const most = 8
		more := ""
		if len(all) > most {
			more = fmt.Sprintf(" and %d more", len(all)-most)
			all = all[:most]
		}
		facts += ", one of " + strings.Join(all, ", ") + more
		if ty.Kind == arm.ArrayKind {
			facts = strings.Replace(facts, ", one of ", " of ", 1)
		}
	}
	facts += between("from", ty.MinValue, ty.MaxValue, "")
	facts += between("with", ty.MinLength, ty.MaxLength, unit(ty.Kind))
	switch {
	case p.Default != nil && !p.Secure():
		facts += "; default " + short(written(p.Default))
	case nullable:
		facts += "; can be null"
	case p.Default == nil:
		facts += "; required"
	}
	return append(lines, wrap(facts)...)
}

func unit(k arm.Kind) string {
	if k == arm.ArrayKind {
		return " element"
	}
	return " character"
}

func between(word string, low, high *jsonc.Number, unit string) string {
	switch {
	case low != nil && high != nil:
		return ", " + word + " " + low.Text + " to " + high.Text + plural(high, unit)
	case low != nil:
		return ", at least " + low.Text + plural(low, unit)
	case high != nil:
		return ", at most " + high.Text + plural(high, unit)
	}
	return ""
}

func plural(n *jsonc.Number, unit string) string {
	if n.Text == "1" || unit == "" {
		return unit
	}
	return unit + "s"
}

// written returns the text of a value as the file has it.
func written(n jsonc.Node) string {
	at := n.Range()
	return string(at.File.Bytes()[at.Start:at.End])
}

// literal returns a value of a template as a parameter file has it, where "[[" is not
// an escaped bracket; false if a part of it is an expression or an escape.
func literal(n jsonc.Node) (string, bool) {
	if s, ok := n.(*jsonc.String); ok && strings.HasPrefix(s.Value, "[[") {
		return jsonc.Quote(s.Value[1:]), true
	}
	plain := true
	jsonc.Walk(n, func(n jsonc.Node) bool {
		if s, ok := n.(*jsonc.String); ok && strings.HasPrefix(s.Value, "[") {
			plain = plain && !expr.IsExpression(s.Value) && !strings.HasPrefix(s.Value, "[[")
		}
		return plain
	})
	return written(n), plain
}

// short returns a text of at most 60 characters, on one line.
func short(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// wrap breaks a text into lines for comments.
func wrap(s string) (lines []string) {
	const width = 90
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// secretName returns a name that a secret in a key vault can have: letters, digits
// and hyphens
// (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault).
func secretName(parameter string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, parameter), "-")
}
