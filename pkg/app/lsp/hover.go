package lsp

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// longestValue is how many bytes of a value a hover shows.
const longestValue = 600

// hover describes what is at a position: a function, a name, the value of an
// expression and how it was computed, or a member. It returns nil if there is nothing
// to say.
func (s *server) hover(p positionParams) *hover {
	c, ok := s.at(p)
	if !ok {
		return nil
	}
	n, ok := c.text()
	if !ok {
		switch v := c.node.(type) {
		case *jsonc.Number, *jsonc.Bool, *jsonc.Null:
			if h := s.hoverMember(c, v.Range()); h != nil {
				return h
			}
		}
		return s.hoverValue(c)
	}
	for _, call := range c.calls(n) {
		if at := call.NameAt; at.Start <= c.offset && c.offset <= at.End && call.Namespace == "" {
			if h := hoverFunction(call, at); h != nil {
				h.Contents.Value = paragraphs(h.Contents.Value, s.wholeExpression(c))
				return h
			}
		}
	}
	about := s.hoverSymbol(p, c)
	if isKey(c.tree, n) {
		return cmp.Or(about, s.hoverMember(c, n.At))
	}
	if !expr.IsExpression(n.Value) && c.template() != nil && about == nil {
		return s.hoverText(c, n)
	}
	evaluates := s.hoverValue(c)
	if evaluates == nil || about == nil {
		return cmp.Or(evaluates, about)
	}
	about.Contents.Value = evaluates.Contents.Value + "\n\n---\n\n" + about.Contents.Value
	return about
}

func hoverFunction(call *expr.Call, at source.Range) *hover {
	f, ok := funcs.Lookup(call.Name)
	if !ok {
		return nil
	}
	r := rangeOf(at)
	text := fmt.Sprintf("```\n%s\n```\n%s", signature(f), f.Doc)
	if f.Source != "" {
		text += fmt.Sprintf("\n\n[documentation](%s)", f.Source)
	}
	return &hover{Contents: markup{"markdown", text}, Range: &r}
}

// signature returns the function as documentation writes it.
func signature(f *funcs.Func) string {
	var b strings.Builder
	b.WriteString(f.Name + "(")
	for i, p := range f.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		text := p.Name + " " + p.Type
		if i >= f.Min {
			text = "[" + text + "]"
		}
		b.WriteString(text)
	}
	if f.Variadic {
		b.WriteString(", ...")
	}
	return b.String() + ")"
}

// isKey reports whether the string is a name of an object, not a value.
func isKey(tree *jsonc.Tree, n *jsonc.String) bool {
	found := false
	jsonc.Walk(tree.Root, func(v jsonc.Node) bool {
		if o, ok := v.(*jsonc.Object); ok {
			for _, m := range o.Members {
				found = found || m.Key == n
			}
		}
		r := v.Range()
		return !found && r.Start <= n.At.Start && n.At.End <= r.End
	})
	return found
}

// hoverText describes a string that is not an expression: a resource type, an
// API version, or a value of its member.
func (s *server) hoverText(c cursor, n *jsonc.String) *hover {
	k := placeAt(c.tree, c.pointer)
	if k.resource != nil {
		switch strings.ToLower(k.path) {
		case "type":
			return hoverType(k, n)
		case "apiversion":
			return hoverVersion(c, k, n)
		}
	}
	member := s.hoverMember(c, n.At)
	about := s.aboutValue(k, n.Value)
	switch {
	case about == "":
		return member
	case member == nil:
		r := rangeOf(n.At)
		return &hover{Contents: markup{"markdown", about}, Range: &r}
	}
	member.Contents.Value = about + "\n\n---\n\n" + member.Contents.Value
	return member
}

// describe returns a line of Markdown about a property.
func describe(p *schema.Shape) string {
	text := fmt.Sprintf("**%s** %s", p.Name, p.Type)
	for _, fact := range []struct {
		holds bool
		text  string
	}{
		{p.Required, "required"},
		{p.ReadOnly, "read only"},
		{p.Limits != "", p.Limits},
		{len(p.Values) > 0, "one of `" + strings.Join(p.Values, "`, `") + "`"},
		{p.Since != "", "since " + p.Since},
		{p.Until != "", "until " + p.Until},
	} {
		if fact.holds {
			text += " · " + fact.text
		}
	}
	return text
}

// hoverValue shows the value of the expression at the cursor and how it was computed.
func (s *server) hoverValue(c cursor) *hover {
	n := c.evaluated(s.run(c))
	if n == nil {
		return nil
	}
	text := inCode(s.show(c, n))
	for _, step := range n.Trail() {
		if step.Place.IsZero() {
			continue
		}
		text += fmt.Sprintf("\n- %s (%s)", escaped(c.checked.secrets.Redact(trail.Sentence(step))), s.placeLink(step.Place))
	}
	text = paragraphs(text, escaped(c.checked.secrets.Redact(newAssumptions().of(c, n))))
	r := rangeOf(n.Written)
	return &hover{Contents: markup{"markdown", text}, Range: &r}
}

// wholeExpression says what the expression at the cursor evaluates to; "" if that is
// not known.
func (s *server) wholeExpression(c cursor) string {
	n := c.evaluated(s.run(c))
	if n == nil || !n.Known() {
		return ""
	}
	return paragraphs("---", "The expression evaluates to "+inCode(s.show(c, n))+".", escaped(c.checked.secrets.Redact(newAssumptions().of(c, n))))
}

// placeLink returns a link that opens a file at a position. It names the file as
// it is called in its folder of the workspace.
func (s *server) placeLink(at source.Range) string {
	name, p := clean(at.File.Path()), at.StartPosition()
	shown := path.Base(name)
	if folder, ok := s.folderOf(name); ok {
		shown = strings.TrimPrefix(name, strings.TrimSuffix(folder, "/")+"/")
	}
	target := strings.NewReplacer("(", "%28", ")", "%29").Replace(s.files.uriOf(at.File.Path()))
	return fmt.Sprintf("[%s:%d:%d](%s#L%d,%d)", escaped(shown), p.Line, p.Column, target, p.Line, p.Column)
}

// show returns a value as JSON text: secrets are masked, long values truncated.
func (s *server) show(c cursor, n *expand.Node) string {
	if u, ok := n.Value.(value.Unknown); ok {
		return c.checked.secrets.Redact("[" + u.Residual + "]")
	}
	text := c.checked.secrets.Redact(value.JSON(n.Value))
	if len(text) > longestValue {
		text = strings.ToValidUTF8(text[:longestValue], "") + "..."
	}
	return text
}

// evaluated returns the smallest expanded value that is written at the cursor.
func (c cursor) evaluated(run *engine.Run) (best *expand.Node) {
	if run == nil {
		return nil
	}
	walkValues(run.Deployment, func(n *expand.Node) {
		if w := n.Written; !w.IsZero() && clean(w.File.Path()) == c.name && w.Start <= c.offset && c.offset <= w.End {
			if _, isObject := n.Value.(*value.Object); !isObject && (best == nil || w.End-w.Start <= best.Written.End-best.Written.Start) {
				best = n
			}
		}
	})
	return best
}
