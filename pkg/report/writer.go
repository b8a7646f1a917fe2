package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/fatih/color"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// styles are the colours of one writer; none of them touches the package-wide
// switches of the colour library.
type styles struct {
	severity                                 [3]*color.Color
	place, code, gutter, mark, hint, unknown *color.Color
}

// newStyles chooses from the basic colours only, which every theme makes
// readable on its own background; blue is not among them, which consoles that
// have no theme show as nearly black on black.
func newStyles(on bool) *styles {
	return &styles{
		severity: [3]*color.Color{
			diag.Info:    paint(on, color.FgCyan, color.Bold),
			diag.Warning: paint(on, color.FgYellow, color.Bold),
			diag.Error:   paint(on, color.FgRed, color.Bold),
		},
		place:   paint(on, color.Bold),
		code:    paint(on, color.Faint),
		gutter:  paint(on, color.Faint),
		mark:    paint(on, color.FgRed),
		hint:    paint(on, color.Faint),
		unknown: paint(on, color.FgMagenta),
	}
}

// paint is a colour that is on or off by itself, whatever the library thinks
// of the terminal.
func paint(on bool, attributes ...color.Attribute) *color.Color {
	c := color.New(attributes...)
	if on {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c
}

// A textWriter writes text for people: coloured, wrapped, without secrets.
type textWriter struct {
	*bufio.Writer
	*styles
	width   int
	secrets *secret.Set
}

// newTextWriter writes lines of a width; 0 means 80, and below 40 nothing is
// readable.
func newTextWriter(w io.Writer, color bool, width int, secrets *secret.Set) *textWriter {
	if width <= 0 {
		width = 80
	}
	return &textWriter{bufio.NewWriter(w), newStyles(color), max(width, 40), secrets}
}

// paragraph writes wrapped text, indented by two columns.
func (w *textWriter) paragraph(text string) {
	for _, line := range wrap(w.redact(text), w.width-2) {
		fmt.Fprintf(w, "  %s\n", line)
	}
}

// redact masks the secrets in a text.
func (w *textWriter) redact(text string) string { return w.secrets.Redact(text) }
