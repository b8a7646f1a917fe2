package render

import (
	"bufio"
	"fmt"
	"io"
	"slices"
)

// A literal is a text of ours. Outside of this package only constants are literals:
// a text of an input cannot be passed as one by mistake.
type literal string

// A Printer writes a format in which texts need an escape of their own. Every text
// among the arguments is made neutral and escaped here, so that callers cannot forget it.
type Printer struct {
	out    *bufio.Writer
	escape func(string) string
}

// NewPrinter returns a printer to w; the caller flushes it.
func NewPrinter(w io.Writer, escape func(string) string) *Printer {
	return &Printer{bufio.NewWriter(w), escape}
}

// Printf writes a format of ours.
func (p *Printer) Printf(format literal, args ...any) {
	out := slices.Clone(args)
	for i, a := range out {
		if text, ok := a.(string); ok {
			out[i] = p.escape(Neutral(text))
		}
	}
	fmt.Fprintf(p.out, string(format), out...)
}

// Flush writes what is buffered and returns the first error of the writer.
func (p *Printer) Flush() error { return p.out.Flush() }
