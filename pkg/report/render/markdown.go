package render

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Markdown escapes text of the input: markup, HTML and the bars of tables.
func Markdown(s string) string {
	return mdEscaper.Get().Replace(Neutral(s))
}

var mdEscaper = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`, "@", "&#64;", "!", `\!`,
	)
}}

// A MarkdownWriter writes Markdown. Texts among the arguments of its formats are
// those of an input: secrets in them are masked, and nothing in them is markup.
type MarkdownWriter struct {
	out     *bufio.Writer
	secrets *secret.Set
}

// NewMarkdownWriter returns a writer to w; the caller flushes it.
func NewMarkdownWriter(w io.Writer, secrets *secret.Set) *MarkdownWriter {
	return &MarkdownWriter{bufio.NewWriter(w), secrets}
}

// Code returns text between backticks, which is also safe in a table.
type Code string

// CodeLine returns text for a line of its own in a block of code.
type CodeLine string

// Printf writes a format of ours.
func (w *MarkdownWriter) Printf(format literal, args ...any) {
	out := slices.Clone(args)
	for i, a := range out {
		switch a := a.(type) {
		case string:
			out[i] = Markdown(w.secrets.Redact(a))
		case Code:
			out[i] = codeEscaper.Get().Replace(Neutral(w.secrets.Redact(string(a))))
		case CodeLine:
			out[i] = Neutral(w.secrets.Redact(string(a)))
		}
	}
	fmt.Fprintf(w.out, string(format), out...)
}

// Flush writes what is buffered and returns the first error of the writer.
func (w *MarkdownWriter) Flush() error { return w.out.Flush() }

var codeEscaper = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer { return strings.NewReplacer("`", "'", "|", `\|`) }}
