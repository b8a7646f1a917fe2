package lsp

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// longestDescription is how many bytes of a description a hover shows.
const longestDescription = 2000

// hoverSymbol says what the name at the cursor declares: its type, its
// description, its limits, and how often it is used. nil where nothing is named,
// or where the value of an expression says more.
func (s *server) hoverSymbol(p positionParams, c cursor) *hover {
	n, ok := s.symbolAt(p)
	if !ok || n.symbol.Kind == symbols.Resource || n.symbol.Kind == symbols.Output {
		return nil
	}
	text := fmt.Sprintf("**%s** %s", escaped(n.symbol.Name), n.symbol.Kind)
	if n.symbol.Kind == symbols.Function {
		if f, ok := n.symbol.Template.Functions.Get(n.symbol.Detail + "." + n.symbol.Name); ok {
			text = inCode(signatureOf(f).Label) + "\n\nA function of this template."
		}
	}
	if parameter := n.symbol.Parameter; parameter != nil {
		text += aboutParameter(parameter, c.checked.secrets != nil)
	}
	uses := 0
	for _, o := range n.index.Of(n.symbol) {
		if !o.Declares {
			uses++
		}
	}
	text += "\n\n" + counted(uses, "use")
	r := rangeOf(n.at)
	return &hover{Contents: markup{"markdown", c.checked.secrets.Redact(text)}, Range: &r}
}

// aboutParameter says of a parameter what its declaration says. Its default is
// shown only where secrets are known and it is not one.
func aboutParameter(p *arm.Parameter, shown bool) string {
	if p.Node == nil {
		return ""
	}
	var facts []string
	if kind, ok := p.Node.Text("type"); ok {
		facts = append(facts, escaped(kind))
	}
	for _, name := range [...]string{"minValue", "maxValue", "minLength", "maxLength"} {
		if m := p.Node.Get(name); m != nil {
			if n, ok := m.Value.(*jsonc.Number); ok {
				facts = append(facts, name+" "+escaped(n.Text))
			}
		}
	}
	shown = shown && !p.Secure() && !arm.MayNameSecret(p.Name())
	if p.AllowedValues != nil && shown {
		facts = append(facts, "one of "+inCode(p.AllowedValues.At.Text()))
	}
	switch p.Default.(type) {
	case nil:
		facts = append(facts, "required")
	case *jsonc.String, *jsonc.Number, *jsonc.Bool:
		if shown {
			facts = append(facts, "default "+inCode(p.Default.Range().Text()))
		}
	}
	text := ""
	if len(facts) > 0 {
		text = " · " + strings.Join(facts, " · ")
	}
	if p.Metadata != nil {
		if o, ok := p.Metadata.Value.(*jsonc.Object); ok {
			if description, ok := o.Text("description"); ok {
				text += "\n\n" + escaped(cut(description, longestDescription))
			}
		}
	}
	return text
}

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

// inCode returns a text of a template between backticks, on one line.
func inCode(text string) string {
	return "`" + codeSigns.Get().Replace(render.Neutral(oneLine(cut(text, longestValue)))) + "`"
}

// A backtick ends code, and nothing escapes it.
var codeSigns = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer { return strings.NewReplacer("`", "'") }}

// oneLine joins the lines of a text; what indents them goes with their ends.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	var lines []string
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\r' || r == '\n' }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}

// escaped returns a text of a template in which nothing is markup, on one line.
func escaped(text string) string { return render.Markdown(oneLine(text)) }
