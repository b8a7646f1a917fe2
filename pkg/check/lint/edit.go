package lint

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// Written is the JSON of the template that a value is written as. It is nil
// when the value came through an expression, a variable, a parameter or another
// file: to change it there may change more than the value.
func (p *Pass) Written(at Placer) jsonc.Node {
	n := at.Place()
	tree := p.Template.Tree
	if n == nil || n.Written.IsZero() || n.Written != n.At() || n.Written.File != tree.File {
		return nil
	}
	found := tree.NodeAt(n.Written)
	if s, ok := found.(*jsonc.String); ok && expr.IsExpression(s.Value) {
		return nil
	}
	return found
}

// Removal are the edits that take a value away together with its name or its
// comma; none when the object or array that holds it is not written out.
func (p *Pass) Removal(at Placer) []diag.Edit {
	n := at.Place()
	if n == nil || n.Parent() == nil {
		return nil
	}
	switch parent := p.Written(n.Parent()).(type) {
	case *jsonc.Object:
		if i := memberAt(parent, n); i >= 0 {
			return p.Template.Tree.RemoveMember(parent, i)
		}
	case *jsonc.Array:
		for i, e := range parent.Elements {
			if e.Range() == n.Written {
				return p.Template.Tree.RemoveElement(parent, i)
			}
		}
	}
	return nil
}

// Insert are the edits that write a new member, value in JSON, at the end of an
// object; none when the object is not written out.
func (p *Pass) Insert(at Placer, name, value string) []diag.Edit {
	o, ok := p.Written(at).(*jsonc.Object)
	if !ok {
		return nil
	}
	return p.Template.Tree.InsertMember(o, len(o.Members), name, value)
}

func memberAt(o *jsonc.Object, n *expand.Node) int {
	for i, m := range o.Members {
		if m.Key.At == n.KeyAt() {
			return i
		}
	}
	return -1
}

// Remove attaches the removal of a value as a fix; nothing where it is not
// written out in the template.
func (f *Finding) Remove(message string, at Placer) *Finding {
	if edits := f.pass.Removal(at); edits != nil {
		return f.Fix(message, edits...)
	}
	return f
}

// Write attaches the fix that writes text (JSON) in place of a value. It is a
// choice where an expression, a variable or a parameter gives the value, since
// others may use that.
func (f *Finding) Write(message string, at Placer, text string) *Finding {
	n := at.Place()
	switch {
	case n == nil || n.At().IsZero():
		return f
	case f.pass.Written(n) == nil:
		return f.Choice(message, Replace(n, text))
	}
	return f.Fix(message, Replace(n, text))
}

// Assumed reports whether a text contains an assumed name, such as that of the
// resource group, or a placeholder that is replaced before the deployment: a check
// of the text would check a value that is never deployed. Names are recognised in any
// case and without their hyphens.
func (p *Pass) Assumed(text string) bool {
	if p.shared == nil {
		return p.assumed(text)
	}
	// Rules ask about the same few texts again and again.
	is, known := p.shared.assumed[text]
	if !known {
		is = p.assumed(text)
		if p.shared.assumed == nil {
			p.shared.assumed = map[string]bool{}
		}
		p.shared.assumed[text] = is
	}
	return is
}

func (p *Pass) assumed(text string) bool {
	if isScript(text) {
		return false
	}
	if arm.IsPlaceholder(text) || strings.Contains(text, "##") || strings.Contains(text, "#_") || encloses(text, '<', '>') || encloses(text, '{', '}') {
		return true
	}
	text = letters(text)
	if strings.HasPrefix(text, "your") {
		return true
	}
	if slices.ContainsFunc(p.assumedParts(), func(part string) bool { return strings.Contains(text, part) }) {
		return true
	}
	for _, name := range placeholders {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// isScript reports a script or another document, such as custom data: a bracket
// in it is its own.
func isScript(text string) bool {
	text = strings.TrimSpace(text)
	return strings.ContainsRune(text, '\n') || strings.HasPrefix(text, "#!") || strings.HasPrefix(text, "#cloud-config") || strings.HasPrefix(text, `{"`)
}

// encloses reports a part of a text in brackets.
func encloses(text string, open, end byte) bool {
	i := strings.IndexByte(text, open)
	return i >= 0 && strings.IndexByte(text[i:], end) > 0
}

// placeholders lists what public templates write in parameter files for a value
// that their build puts in, as letters gives them: GEN-UNIQUE, GEN-PASSWORD.
var placeholders = [...]string{"genuniq", "genpass", "genssh", "genguid", "genkeyvault", "gencustom", "gensfcert", "changeme", "replaceme"}

// assumedPart is how much of an assumed name shows that it is in a text: enough
// not to be there by chance, little enough to be left by a substring().
const assumedPart = 5

// assumedParts returns the beginnings of the assumed names.
func (p *Pass) assumedParts() []string {
	if p.shared != nil && p.shared.assumedParts != nil {
		return p.shared.assumedParts
	}
	parts := make([]string, 0, len(p.Template.Assumed))
	for _, name := range p.Template.Assumed {
		if name = letters(name); len(name) >= assumedPart {
			parts = append(parts, name[:assumedPart])
		}
	}
	if p.shared != nil {
		p.shared.assumedParts = parts
	}
	return parts
}

// letters returns the letters and digits of a text, in lower case.
func letters(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b.WriteByte(c)
		case 'A' <= c && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		}
	}
	return b.String()
}
