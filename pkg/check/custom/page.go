package custom

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/settings"
)

// sentence says what a rule is about: its text about, or else its message.
func sentence(c settings.Custom) string {
	if c.About != "" {
		return c.About
	}
	var b strings.Builder
	rest := c.Message.Text
	for {
		before, after, found := strings.Cut(rest, "{{")
		b.WriteString(before)
		if !found {
			break
		}
		inside, behind, _ := strings.Cut(after, "}}")
		b.WriteString("{" + strings.TrimSpace(inside) + "}")
		rest = behind
	}
	return strings.TrimSuffix(b.String(), ".")
}

// page is the page of a rule, as [lint.ParsePage] begins to read it: title and
// sentence, then what the project declares.
func page(c settings.Custom) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s.\n\n## Rule\n\n", c.Code, c.Name, plain(sentence(c)))
	fmt.Fprintf(&b, "    for: %s\n", subjectText(c.For))
	for _, part := range []struct {
		key  string
		text settings.Scalar
	}{{"when", c.When}, {"assert", c.Assert}, {"at", c.Point}, {"message", c.Message}} {
		switch {
		case !part.text.IsSet():
		case strings.Contains(part.text.Text, "\n"):
			fmt.Fprintf(&b, "    %s: |\n      %s\n", part.key, strings.ReplaceAll(part.text.Text, "\n", "\n      "))
		default:
			fmt.Fprintf(&b, "    %s: %s\n", part.key, part.text.Text)
		}
	}
	if c.Remedy.Text != "" {
		fmt.Fprintf(&b, "\n## How to fix\n\n%s\n", plain(c.Remedy.Text))
	}
	if c.Link.Text != "" {
		fmt.Fprintf(&b, "\n## Why\n\n%s\n", c.Link.Text)
	}
	return b.String()
}

func subjectText(s settings.Subject) string {
	what := "every resource"
	switch {
	case s.ScaleSets:
		what = "scale-sets"
	case s.Deployment:
		what = "deployment"
	case len(s.Types) > 0:
		what = strings.Join(s.Types, ", ")
	}
	if s.From != "" {
		what += ", from API version " + s.From
	}
	if s.To != "" {
		what += ", to API version " + s.To
	}
	return what
}

// plain is a text of the project in Markdown: it makes no link, no picture and no
// HTML.
func plain(text string) string {
	return strings.NewReplacer("<", `\<`, "[", `\[`).Replace(text)
}
