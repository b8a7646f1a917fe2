package render

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/fatih/color"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Styles are the colours of one writer; none of them touches the package-wide
// switches of the colour library.
type Styles struct {
	Severity                           [3]*color.Color
	Place, Code, Gutter, Hint, Unknown *color.Color
}

// NewStyles chooses from the basic colours only, which every theme makes
// readable on its own background; blue is not among them, which consoles that
// have no theme show as nearly black on black.
func NewStyles(on bool) *Styles {
	return &Styles{
		Severity: [3]*color.Color{
			diag.Info:    Paint(on, color.FgCyan, color.Bold),
			diag.Warning: Paint(on, color.FgYellow, color.Bold),
			diag.Error:   Paint(on, color.FgRed, color.Bold),
		},
		Place:   Paint(on, color.Bold),
		Code:    Paint(on, color.Faint),
		Gutter:  Paint(on, color.Faint),
		Hint:    Paint(on, color.Faint),
		Unknown: Paint(on, color.FgMagenta),
	}
}

// Paint returns a colour that is on or off by itself, whatever the library thinks
// of the terminal.
func Paint(on bool, attributes ...color.Attribute) *color.Color {
	c := color.New(attributes...)
	if on {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c
}

// A Writer writes text for people: coloured, wrapped, without secrets.
type Writer struct {
	*bufio.Writer
	*Styles
	Width   int
	all     *secret.Set // of everything that is written
	secrets *secret.Set // of what is written now
	// Indent comes before the lines of paragraphs.
	Indent string
}

// NewWriter writes lines of a width; 0 means 80, and below 40 nothing is
// readable.
func NewWriter(w io.Writer, color bool, width int, secrets *secret.Set) *Writer {
	if width <= 0 {
		width = 80
	}
	return &Writer{bufio.NewWriter(w), NewStyles(color), max(width, 40), secrets, secrets, ""}
}

// Printf writes a format of ours. Texts among its arguments are those of an input:
// secrets in them are masked, and they are neutral.
func (w *Writer) Printf(format literal, args ...any) {
	fmt.Fprintf(w.Writer, string(format), w.arguments(args)...)
}

// Styled is [Writer.Printf] in a colour.
func (w *Writer) Styled(c *color.Color, format literal, args ...any) {
	c.Fprintf(w.Writer, string(format), w.arguments(args)...)
}

func (w *Writer) arguments(args []any) []any {
	out := slices.Clone(args)
	for i, a := range out {
		if text, ok := a.(string); ok {
			out[i] = w.Redact(text)
		}
	}
	return neutralized(out)
}

// Paragraph writes wrapped text, indented by two columns and by [Writer.Indent].
func (w *Writer) Paragraph(text string) {
	for _, line := range Wrap(w.Redact(text), w.Width-2-len(w.Indent)) {
		fmt.Fprintf(w, "%s  %s\n", w.Indent, line)
	}
}

// About says that what follows is about a file, whose secrets it must not show.
func (w *Writer) About(file *source.File) { w.secrets = w.all.For(file) }

// Redact masks the secrets in a text.
func (w *Writer) Redact(text string) string { return w.secrets.Redact(text) }
