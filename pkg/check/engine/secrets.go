package engine

import (
	"bytes"
	"maps"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxSecretDepth bounds the walk; the parser nests no deeper.
const maxSecretDepth = 1000

// collectSecrets adds the secrets that a tree spells out: strings at properties
// that Azure or their names mark as secret, values, defaults and allowed values
// of secure parameters, and those of the parameters that declared names.
// Expressions are not secrets, since they only name them; the literals and
// variables that they put a secret together from are. pieces are the texts of
// those, which may be ordinary words; see [reached].
func collectSecrets(tree *jsonc.Tree, declared map[string]bool, into *secret.Set) (pieces []string) {
	c := &secretCollector{declared: declared, into: into, seen: map[jsonc.Node]bool{}}
	c.walk(tree.Root, maxSecretDepth)
	return c.pieces
}

// SecretsOf are the secrets that a file spells out, a template, a parameter file
// or an exported resource, as far as the file alone shows, and the templates that
// a parameter file is for.
func SecretsOf(tree *jsonc.Tree, templates ...*jsonc.Tree) *secret.Set {
	declared := map[string]bool{}
	secrets := new(secret.Set)
	var of *arm.Template
	for _, t := range append(templates, tree) {
		if arm.IsTemplate(t) {
			parsed := arm.ParseTemplate(t)
			maps.Copy(declared, secureParameters(parsed))
			if t == tree {
				hideDeclared(parsed, secrets)
			}
			if of == nil && t != tree {
				of = parsed
			}
		}
	}
	if arm.IsParameterFile(tree) || of != nil && !arm.IsTemplate(tree) {
		tree = hideParameterFile(tree, of, secrets)
	}
	collectSecrets(tree, declared, secrets)
	return secrets
}

// secureParameters are the lower-case names of the parameters of a template
// whose values are secret.
func secureParameters(t *arm.Template) map[string]bool {
	names := map[string]bool{}
	for name, p := range t.Parameters.All() {
		if p.Secure() {
			names[fold.Lower(name)] = true
		}
	}
	return names
}

type secretCollector struct {
	declared map[string]bool
	into     *secret.Set
	// variables lists the variables of the enclosing templates, innermost last.
	variables []*jsonc.Object
	seen      map[jsonc.Node]bool // variables that were followed
	pieces    []string
	tags      int // how many objects of tags are around
}

// likely reports a name that may be that of a secret. Tags are shown by every
// tool, and their names are anybody's.
func (c *secretCollector) likely(name string) bool {
	return c.tags == 0 && arm.MayNameSecret(name) || arm.SecretProperty(name)
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
		if variables, ok := memberOf[*jsonc.Object](n, "variables"); ok {
			c.variables = append(c.variables, variables)
			defer func() { c.variables = c.variables[:len(c.variables)-1] }()
		}
		c.resource(n)
		c.passed(n)
		c.named(n)
		for _, m := range n.Members {
			c.member(m)
			if fold.Equal(m.Key.Value, "tags") {
				c.tags++
				c.walk(m.Value, depth-1)
				c.tags--
				continue
			}
			c.walk(m.Value, depth-1)
		}
	}
}

// resource hides what Azure marks as secret in a resource of its type.
func (c *secretCollector) resource(o *jsonc.Object) {
	kind, _ := memberOf[*jsonc.String](o, "type")
	switch {
	case kind == nil:
	case strings.Contains(kind.Value, "/"):
		c.marked(o, arm.SecretTreeOf(kind.Value), maxSecretDepth)
	case fold.Equal(kind.Value, "secrets"): // a child of a vault
		c.marked(o, arm.SecretTreeOf("Microsoft.KeyVault/vaults/secrets"), maxSecretDepth)
	}
}

func (c *secretCollector) marked(n jsonc.Node, t *arm.SecretTree, depth int) {
	switch {
	case t == nil || depth == 0:
		return
	case t.Secret:
		c.hide(n, maxSecretDepth)
		return
	}
	switch n := n.(type) {
	case *jsonc.Object:
		for _, m := range n.Members {
			c.marked(m.Value, t.Member(m.Key.Value), depth-1)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			c.marked(e, t.Item(), depth-1)
		}
	}
}

// passed hides what a nested deployment passes for the secure parameters of
// the template that is written in it.
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
		for _, given := range values.Members {
			if entry, ok := given.Value.(*jsonc.Object); ok && fold.Equal(given.Key.Value, m.Key.Value) {
				c.heldBy(entry, "value")
			}
		}
	}
}

// named hides the value of a pair of name and value, as environment variables
// and application settings are written, when the name is that of a secret.
func (c *secretCollector) named(o *jsonc.Object) {
	name, ok := memberOf[*jsonc.String](o, "name")
	if ok && arm.MayNameSecret(name.Value) {
		c.heldBy(o, "value")
	}
}

// heldBy hides the members of a name: the last one counts, and all are written.
func (c *secretCollector) heldBy(o *jsonc.Object, name string) {
	for _, m := range o.Members {
		if fold.Equal(m.Key.Value, name) {
			c.hide(m.Value, maxSecretDepth)
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
	name := m.Key.Value
	switch v := m.Value.(type) {
	case *jsonc.String:
		if fold.Equal(name, "protectedSettings") {
			c.hideWritten(v, maxSecretDepth)
		} else if c.likely(name) {
			c.hide(v, 1)
		}
	case *jsonc.Number, *jsonc.Invalid:
		if c.likely(name) {
			c.hide(v, 1)
		}
	case *jsonc.Object:
		if fold.Equal(name, "protectedSettings") {
			c.hideWritten(v, maxSecretDepth)
		}
		c.parameter(name, v)
	}
}

// parameter hides what a parameter holds, when it is secure.
func (c *secretCollector) parameter(name string, o *jsonc.Object) {
	secure := len(c.declared) > 0 && c.declared[fold.Lower(name)] || hasSecureType(o)
	if !secure && !arm.MayNameSecret(name) {
		return
	}
	choice := o.Get("allowedValues") != nil && !arm.NamesSecret(name) // sku or kind of a secret
	if !secure && choice {
		return
	}
	for _, held := range []string{"value", "defaultValue", "allowedValues"} {
		c.heldBy(o, held)
	}
}

func hasSecureType(o *jsonc.Object) bool {
	m := o.Get("type")
	if m == nil {
		return false
	}
	s, ok := m.Value.(*jsonc.String)
	return ok && (fold.Equal(s.Value, "securestring") || fold.Equal(s.Value, "secureobject"))
}

// hide hides every literal in n; what an object calls its members is not secret.
func (c *secretCollector) hide(n jsonc.Node, depth int) {
	if depth == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		if expr.IsExpression(n.Value) {
			c.expression(n, maxFollowed)
			return
		}
		if arm.IsPlaceholderText(n.Value) {
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
// taken for a secret wherever it is repeated. They also hold ordinary words, such
// as the name of a region, which must not be blotted out of all messages.
const longEnough = 8

// hideWritten hides every literal in n where it is written.
func (c *secretCollector) hideWritten(n jsonc.Node, depth int) {
	if depth == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		switch {
		case expr.IsExpression(n.Value):
			c.expression(n, maxFollowed)
		default:
			c.into.AddRange(n.At)
			if len(n.Value) >= longEnough {
				c.pieces = append(c.pieces, n.Value)
			}
		}
	case *jsonc.Number:
		c.into.AddRange(n.At)
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

// maxFollowed bounds how many variables in variables are followed.
const maxFollowed = 16

// expression hides the literals that the expression of a secret is put together
// from, and those of the variables in it.
func (c *secretCollector) expression(s *jsonc.String, depth int) {
	if depth == 0 || c.seen[s] {
		return
	}
	c.seen[s] = true
	node, _ := expr.Parse(s.Value, s.Map())
	c.from(node, nil, depth)
}

func (c *secretCollector) from(n expr.Node, path []string, depth int) {
	switch n := n.(type) {
	case *expr.String:
		if isPunctuation(n.Value) {
			return
		}
		c.into.AddRange(n.At)
		c.pieces = append(c.pieces, n.Value)
	case *expr.Property:
		c.from(n.Target, append([]string{n.Name}, path...), depth)
	case *expr.Index:
		name, _ := arm.NamePrefix(n.Key)
		c.from(n.Target, append([]string{name}, path...), depth)
	case *expr.Call:
		c.fromCall(n, path, depth)
	}
}

func (c *secretCollector) fromCall(n *expr.Call, path []string, depth int) {
	name, args := fold.Lower(n.Name), n.Args
	switch {
	case n.Namespace != "":
	case name == "variables":
		if len(args) == 1 {
			c.variable(args[0], path, depth)
		}
		return
	case name == "parameters", name == "environment", name == "deployer", name == "copyindex", strings.HasPrefix(name, "list"), arm.HidesArguments(name):
		return
	case name == "if" && len(args) == 3:
		args = args[1:]
	}
	for _, a := range args {
		c.from(a, nil, depth)
	}
}

// variable hides the part of a variable that path leads to.
func (c *secretCollector) variable(nameOf expr.Node, path []string, depth int) {
	name, exact := arm.NamePrefix(nameOf)
	if !exact {
		return
	}
	for i := len(c.variables) - 1; i >= 0; i-- {
		m := c.variables[i].Get(name)
		if m == nil {
			continue
		}
		held := m.Value
		for _, step := range path {
			o, ok := held.(*jsonc.Object)
			if !ok || step == "" || o.Get(step) == nil {
				break
			}
			held = o.Get(step).Value
		}
		c.piece(held, depth-1, maxSecretDepth)
		return
	}
}

// piece hides what a variable brings into a secret.
func (c *secretCollector) piece(n jsonc.Node, depth, levels int) {
	if depth <= 0 || levels == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		if expr.IsExpression(n.Value) {
			c.expression(n, depth)
		} else if !isPunctuation(n.Value) && !arm.IsPlaceholderText(n.Value) {
			c.into.AddRange(n.At)
			c.pieces = append(c.pieces, n.Value)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			c.piece(e, depth, levels-1)
		}
	case *jsonc.Object:
		for _, m := range n.Members {
			c.piece(m.Value, depth, levels-1)
		}
	}
}

// isPunctuation reports a piece of a secret that reveals nothing: separators,
// and the names of the parts of a connection string.
func isPunctuation(text string) bool {
	trimmed := strings.Trim(text, " \t\r\n.,:;=-_/|&?!#@+*()[]{}0123456789")
	return trimmed == "" || strings.HasSuffix(text, "=") && !secret.HasForm(text)
}

// meantAsParameters reports whether a file is meant as a parameter file of a
// template: it says so, or it gives a value to a parameter of the template. One
// that is not may be anything, so that no word of it may be shown.
func meantAsParameters(tree *jsonc.Tree, t *arm.Template) bool {
	if recognizable(tree.File) {
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
// the template takes: values of secure parameters, of misspelled and undeclared
// ones, members that are not "value", comments. t is nil if the
// template is unknown, and then everything is hidden. Of a file that cannot be read as JSON it
// gives a tree whose findings quote nothing, and hides what was not understood.
func hideParameterFile(tree *jsonc.Tree, t *arm.Template, into *secret.Set) *jsonc.Tree {
	h := &fileHider{t: t, into: into, broken: tree.Diagnostics.HasErrors()}
	if h.broken {
		tree = jsonc.ParseQuietly(tree.File)
	}
	if root, ok := tree.Root.(*jsonc.Object); ok {
		h.root(root)
	} else {
		h.hide(tree.Root, false)
	}
	h.gaps(tree)
	return tree
}

type fileHider struct {
	t      *arm.Template
	into   *secret.Set
	broken bool
}

func (h *fileHider) root(root *jsonc.Object) {
	if root.Get("parameters") == nil && root.Get("$schema") == nil && root.Get("contentVersion") == nil {
		h.table(root)
		return
	}
	for _, m := range root.Members {
		switch fold.Lower(m.Key.Value) {
		case "$schema", "contentversion":
		case "parameters":
			if table, ok := m.Value.(*jsonc.Object); ok {
				h.table(table)
			} else {
				h.hide(m.Value, true)
			}
		default:
			h.key(m.Key)
			h.hide(m.Value, arm.MayNameSecret(m.Key.Value))
		}
	}
}

func (h *fileHider) table(table *jsonc.Object) {
	for _, m := range table.Members {
		name := m.Key.Value
		var p *arm.Parameter
		if h.t != nil {
			p, _ = h.t.Parameters.Get(name)
		}
		if p == nil {
			h.key(m.Key)
		}
		named := arm.MayNameSecret(name) || p == nil && h.meantSecure(name) || p != nil && p.Secure()
		plain := p != nil && !named
		entry, ok := m.Value.(*jsonc.Object)
		if !ok {
			h.hide(m.Value, named)
			continue
		}
		for _, e := range entry.Members {
			switch fold.Lower(e.Key.Value) {
			case "value":
				if plain {
					p.SecretParts(e.Value, func(n jsonc.Node) { h.hide(n, true) })
				} else {
					h.hide(e.Value, named)
				}
			case "reference":
				if reference, ok := e.Value.(*jsonc.Object); ok {
					h.reference(reference, named)
				} else {
					h.hide(e.Value, named)
				}
			case "metadata":
				h.hide(e.Value, named)
			default:
				h.member(e.Key)
				h.hide(e.Value, named)
			}
		}
	}
}

// meantSecure reports a name that is nearly that of a secure parameter.
func (h *fileHider) meantSecure(name string) bool {
	if h.t == nil {
		return false
	}
	for declared, p := range h.t.Parameters.All() {
		if (p.Secure() || arm.MayNameSecret(declared)) && nearest.Hint(name, []string{declared}) != "" {
			return true
		}
	}
	return false
}

// reference hides what is not part of the reference to a secret of a key vault.
func (h *fileHider) reference(o *jsonc.Object, named bool) {
	for _, m := range o.Members {
		switch fold.Lower(m.Key.Value) {
		case "keyvault", "secretname", "secretversion":
		default:
			h.member(m.Key)
			h.hide(m.Value, named)
		}
	}
}

// hide hides all values in n. Their texts are hidden elsewhere too when it is
// likely that they are secrets; otherwise it is unknown.
func (h *fileHider) hide(n jsonc.Node, texts bool) {
	jsonc.Walk(n, func(n jsonc.Node) bool {
		switch n := n.(type) {
		case *jsonc.String:
			if arm.IsPlaceholderText(n.Value) {
				return true
			}
			h.into.AddRange(n.At)
			if texts || h.onlyHere(n.Value) {
				h.into.AddText(n.Value)
			}
		case *jsonc.Number:
			h.into.AddRange(n.At)
		case *jsonc.Invalid:
			h.into.AddRange(n.At)
			if texts {
				h.into.AddText(n.At.Text())
			}
		}
		return true
	})
}

// onlyHere reports whether only the parameter file can contain a text: what
// the template spells out is an ordinary word, such as the name of a size.
func (h *fileHider) onlyHere(text string) bool {
	return len(text) >= leastPiece && (h.t == nil || !bytes.Contains(h.t.File.Bytes(), []byte(text)))
}

// member hides the name of a member that an entry does not have: it may be part
// of a value that lost its quotes.
func (h *fileHider) member(k *jsonc.String) {
	h.into.AddRange(k.At)
	h.into.AddText(k.Value)
}

// key hides the name of an unknown member, in a file whose structure is
// not known either.
func (h *fileHider) key(k *jsonc.String) {
	if h.broken {
		h.member(k)
	}
}

// gaps hides the text between the values of a file that is not punctuation:
// comments, and what the parser could not read.
func (h *fileHider) gaps(tree *jsonc.Tree) {
	at := 0
	gap := func(to int) {
		if to > at {
			text := tree.File.Bytes()[at:to]
			first, last := -1, -1
			for i, c := range text {
				if c >= 0x80 || c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' {
					if first < 0 {
						first = i
					}
					last = i
				}
			}
			if first >= 0 {
				h.into.AddRange(tree.File.Range(at+first, at+last+1))
			}
		}
		at = max(at, to)
	}
	var walk func(n jsonc.Node, depth int)
	walk = func(n jsonc.Node, depth int) {
		switch n := n.(type) {
		case *jsonc.Object:
			gap(n.At.Start)
			for _, m := range n.Members {
				gap(m.Key.At.Start)
				at = max(at, m.Key.At.End)
				if depth > 0 {
					walk(m.Value, depth-1)
				}
			}
		case *jsonc.Array:
			gap(n.At.Start)
			for _, e := range n.Elements {
				if depth > 0 {
					walk(e, depth-1)
				}
			}
		default:
			r := n.Range()
			gap(r.Start)
			at = max(at, r.End)
		}
	}
	walk(tree.Root, maxSecretDepth)
	gap(tree.File.Len())
}

// reached hides what reaches a secret property, wherever it was written: a
// variable, or a parameter whose name says nothing. Of the pieces that secrets
// are put together from it hides those that are seen nowhere else.
type reached struct {
	into    *secret.Set
	pieces  map[string]bool
	visible map[string]bool // pieces that are part of a value that is not secret
	looking bool            // for pieces, in a second walk that hides nothing
}

func hideReached(deployments []*expand.Deployment, pieces []string, into *secret.Set) {
	r := &reached{into: into, pieces: map[string]bool{}, visible: map[string]bool{}}
	for _, p := range pieces {
		if len(p) >= leastPiece && len(r.pieces) < maxPieces {
			r.pieces[p] = true
		}
	}
	r.walk(deployments)
	if len(r.pieces) > 0 {
		r.looking = true
		r.walk(deployments)
	}
	for p := range r.pieces {
		if !r.visible[p] {
			into.AddText(p)
		}
	}
}

func (r *reached) walk(deployments []*expand.Deployment) {
	for _, d := range deployments {
		for _, resource := range d.Resources {
			r.node(resource.Body, arm.SecretTreeOf(resource.Type), maxSecretDepth)
		}
	}
}

const (
	// leastPiece is the length in bytes from which a piece of a secret is hidden
	// wherever it is repeated.
	leastPiece = 6
	// maxPieces bounds how many pieces are looked for in all values.
	maxPieces = 64
)

func (r *reached) node(n *expand.Node, t *arm.SecretTree, depth int) {
	if n == nil || depth == 0 {
		return
	}
	if t != nil && t.Secret {
		r.hide(n, depth, 0)
		return
	}
	for _, item := range n.Items {
		r.node(item, t.Item(), depth-1)
	}
	named := func() bool { // a pair of name and value
		name, _ := n.Get("name").Text()
		return arm.MayNameSecret(name)
	}
	for _, m := range n.Members {
		switch {
		case fold.Equal(m.Name, "protectedSettings"):
			r.hide(m.Node, depth, longEnough)
		case !n.IsMember("tags") && arm.MayNameSecret(m.Name), arm.SecretProperty(m.Name), fold.Equal(m.Name, "value") && named():
			if _, text := m.Node.Text(); text {
				r.hide(m.Node, depth, 0)
			} else {
				r.node(m.Node, t.Member(m.Name), depth-1)
			}
		default:
			r.node(m.Node, t.Member(m.Name), depth-1)
		}
	}
	if text, ok := n.Text(); ok && r.looking {
		for p := range r.pieces {
			if strings.Contains(text, p) {
				r.visible[p] = true
			}
		}
	}
}

// hide hides all texts in a value. With least, they may be ordinary words: those
// that are as long as that are pieces, the others are hidden only where they are
// written.
func (r *reached) hide(n *expand.Node, depth, least int) {
	if n == nil || depth == 0 || r.looking {
		return
	}
	for _, item := range n.Items {
		r.hide(item, depth-1, least)
	}
	for _, m := range n.Members {
		if arm.MayNameSecret(m.Name) {
			r.hide(m.Node, depth-1, 0)
			continue
		}
		r.hide(m.Node, depth-1, least)
	}
	text, ok := n.Text()
	if !ok || text == "" || arm.IsPlaceholderText(text) {
		return
	}
	switch {
	case least == 0:
		r.into.AddText(text)
	case len(text) >= least && len(r.pieces) < maxPieces:
		r.pieces[text] = true
	}
	if at := n.At(); !at.IsZero() && !strings.HasPrefix(at.Text(), `"[`) {
		r.into.AddRange(at)
	}
}

// hideGiven hides the text of a value that is given for a parameter by itself.
func hideGiven(name, text string, t *arm.Template, into *secret.Set) {
	p, declared := t.Parameters.Get(name)
	tree := jsonc.Parse(source.NewFile("value of "+name, []byte(text)))
	whole := declared && p.Secure() || arm.MayNameSecret(name)
	if whole {
		into.AddText(text)
	}
	if tree.Diagnostics.HasErrors() {
		return // plain text
	}
	add := func(n jsonc.Node) {
		jsonc.Walk(n, func(n jsonc.Node) bool {
			if s, ok := n.(*jsonc.String); ok {
				into.AddText(s.Value)
			}
			return true
		})
	}
	switch {
	case whole:
		add(tree.Root)
	case declared:
		p.SecretParts(tree.Root, add)
	}
	collectSecrets(tree, nil, into)
}
