package engine

import (
	"maps"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// maxSecretDepth bounds the walk; the parser nests no deeper.
const maxSecretDepth = 512

// collectSecrets adds the secrets that a tree spells out: strings under names
// that say so, values and defaults of parameters with such names, defaults
// of secure types, and values of the parameters that declared names. Expressions
// are no secrets: they only name them.
func collectSecrets(tree *jsonc.Tree, declared map[string]bool, into *secret.Set) {
	c := secretCollector{declared: declared, into: into}
	c.walk(tree.Root, maxSecretDepth)
}

// SecretsOf are the secrets that a file spells out, a template or a parameter
// file, as far as the file alone tells, and the templates that a parameter
// file is for.
func SecretsOf(tree *jsonc.Tree, templates ...*jsonc.Tree) *secret.Set {
	declared := map[string]bool{}
	for _, t := range append(templates, tree) {
		if arm.IsTemplate(t) {
			maps.Copy(declared, secureParameters(arm.ParseTemplate(t)))
		}
	}
	secrets := new(secret.Set)
	collectSecrets(tree, declared, secrets)
	return secrets
}

// secureParameters are the lower-case names of the parameters of a template
// whose values are secret.
func secureParameters(t *arm.Template) map[string]bool {
	names := map[string]bool{}
	for name, p := range t.Parameters.All() {
		if p.Secure() {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}

type secretCollector struct {
	declared map[string]bool
	into     *secret.Set
}

func (c *secretCollector) walk(n jsonc.Node, depth int) {
	if depth == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.Array:
		for _, e := range n.Elements {
			c.walk(e, depth-1)
		}
	case *jsonc.Object:
		c.vaultSecret(n)
		c.passed(n)
		for _, m := range n.Members {
			c.member(m)
			c.walk(m.Value, depth-1)
		}
	}
}

// vaultSecret hides the value of a secret of a key vault.
func (c *secretCollector) vaultSecret(resource *jsonc.Object) {
	kind, _ := memberOf[*jsonc.String](resource, "type")
	properties, ok := memberOf[*jsonc.Object](resource, "properties")
	if kind == nil || !ok || !strings.HasSuffix(strings.ToLower(kind.Value), "/secrets") && !strings.EqualFold(kind.Value, "secrets") {
		return
	}
	if held := properties.Get("value"); held != nil {
		c.hide(held.Value, maxSecretDepth)
	}
}

// passed hides what a nested deployment passes for the secure parameters of
// the template that stands in it.
func (c *secretCollector) passed(deployment *jsonc.Object) {
	values, ok := memberOf[*jsonc.Object](deployment, "parameters")
	template, nested := memberOf[*jsonc.Object](deployment, "template")
	if !ok || !nested {
		return
	}
	declared, _ := memberOf[*jsonc.Object](template, "parameters")
	if declared == nil {
		return
	}
	for _, m := range declared.Members {
		declaration, ok := m.Value.(*jsonc.Object)
		if !ok || !hasSecureType(declaration) {
			continue
		}
		if given, ok := memberOf[*jsonc.Object](values, m.Key.Value); ok {
			if held := given.Get("value"); held != nil {
				c.hide(held.Value, maxSecretDepth)
			}
		}
	}
}

// memberOf is a member of an object, when it is of the kind T.
func memberOf[T jsonc.Node](o *jsonc.Object, name string) (T, bool) {
	var none T
	m := o.Get(name)
	if m == nil {
		return none, false
	}
	v, ok := m.Value.(T)
	return v, ok
}

func (c *secretCollector) member(m *jsonc.Member) {
	switch v := m.Value.(type) {
	case *jsonc.String, *jsonc.Number, *jsonc.Invalid:
		if arm.SecretProperty(m.Key.Value) {
			c.hide(v, 1)
		}
	case *jsonc.Object:
		if strings.EqualFold(m.Key.Value, "protectedSettings") {
			c.hideWritten(v, maxSecretDepth)
		}
		c.parameter(m.Key.Value, v)
	}
}

// parameter hides what a parameter holds, when it is secure.
func (c *secretCollector) parameter(name string, o *jsonc.Object) {
	value, preset := o.Get("value"), o.Get("defaultValue")
	if value == nil && preset == nil || !arm.NamesSecret(name) && !c.declared[strings.ToLower(name)] && !hasSecureType(o) {
		return
	}
	for _, held := range []*jsonc.Member{value, preset} {
		if held != nil {
			c.hide(held.Value, maxSecretDepth)
		}
	}
}

func hasSecureType(o *jsonc.Object) bool {
	m := o.Get("type")
	if m == nil {
		return false
	}
	s, ok := m.Value.(*jsonc.String)
	return ok && (strings.EqualFold(s.Value, "securestring") || strings.EqualFold(s.Value, "secureobject"))
}

// hide hides every literal in n; what an object calls its members is no secret.
func (c *secretCollector) hide(n jsonc.Node, depth int) {
	if depth == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		if isExpression(n.Value) || arm.IsPlaceholderText(n.Value) {
			return
		}
		c.into.AddRange(n.At)
		c.into.AddText(n.Value)
	case *jsonc.Number:
		c.into.AddRange(n.At)
	case *jsonc.Invalid: // such as one without its quotes
		c.into.AddRange(n.At)
		c.into.AddText(n.At.Text())
	case *jsonc.Array:
		for _, e := range n.Elements {
			c.hide(e, depth-1)
		}
	case *jsonc.Object:
		for _, m := range n.Members {
			c.hide(m.Value, depth-1)
		}
	}
}

// longEnough is the length in bytes from which a text in protectedSettings is
// taken for a secret wherever it stands. They also hold ordinary words, such as
// the name of a region, which must not be blotted out of all messages.
const longEnough = 8

// hideWritten hides every literal in n where it is written.
func (c *secretCollector) hideWritten(n jsonc.Node, depth int) {
	if depth == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		switch {
		case isExpression(n.Value):
		case len(n.Value) >= longEnough:
			c.hide(n, 1)
		default:
			c.into.AddRange(n.At)
		}
	case *jsonc.Invalid:
		c.into.AddRange(n.At)
		if text := n.At.Text(); len(text) >= longEnough {
			c.into.AddText(text)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			c.hideWritten(e, depth-1)
		}
	case *jsonc.Object:
		for _, m := range n.Members {
			c.hideWritten(m.Value, depth-1)
		}
	}
}

func isExpression(s string) bool {
	return strings.HasPrefix(s, "[") && !strings.HasPrefix(s, "[[") && strings.HasSuffix(s, "]")
}

// hideReached hides what reaches a property whose name says that it is a secret,
// wherever it was written: a variable, or a parameter whose name says nothing.
func hideReached(d *expand.Deployment, into *secret.Set) {
	for _, r := range d.Resources {
		hideMembers(r.Body, into, maxSecretDepth)
	}
}

func hideMembers(n *expand.Node, into *secret.Set, depth int) {
	if n == nil || depth == 0 {
		return
	}
	for _, item := range n.Items {
		hideMembers(item, into, depth-1)
	}
	for _, m := range n.Members {
		if text, ok := m.Node.Text(); ok && text != "" && !arm.IsPlaceholderText(text) && arm.NamesSecret(m.Name) {
			into.AddText(text)
			if at := m.Node.At(); !at.IsZero() && !strings.HasPrefix(at.Text(), `"[`) {
				into.AddRange(at)
			}
		}
		hideMembers(m.Node, into, depth-1)
	}
}

// meantAsParameters reports whether a file is meant as a parameter file of a
// template: it says so, or it gives a value to a parameter of the template. One
// that is not may be anything, so that no word of it may be shown.
func meantAsParameters(tree *jsonc.Tree, t *arm.Template) bool {
	if Recognizable(tree.File) {
		return true
	}
	root, ok := tree.Root.(*jsonc.Object)
	if !ok {
		return false
	}
	for _, m := range root.Members {
		if _, declared := t.Parameters.Get(m.Key.Value); declared {
			return true
		}
	}
	return false
}

// hideParameterFile hides what a parameter file holds and no plain parameter of
// the template takes. Of a file that cannot be read as JSON it gives a tree whose
// findings quote nothing.
func hideParameterFile(tree *jsonc.Tree, t *arm.Template, into *secret.Set) *jsonc.Tree {
	if tree.Diagnostics.HasErrors() {
		tree = jsonc.ParseQuietly(tree.File)
	}
	return tree
}
