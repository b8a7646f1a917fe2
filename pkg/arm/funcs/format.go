package funcs

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// maxAlign limits the width of {0,width}; .NET accepts up to 999,999 there.
const maxAlign = 999_999

// format implements .NET's composite formatting in the invariant culture.
//
// https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
func format(c *Call) (value.Value, error) {
	text, err := c.str(0)
	if err != nil {
		return nil, err
	}
	for _, v := range c.Args[1:] {
		if !value.IsKnown(v) {
			return nil, ErrUnknown
		}
	}
	f := formatter{text: text, args: c.Args[1:]}
	if err := f.run(); err != nil {
		return nil, err
	}
	return value.String(f.out.String()), nil
}

// A formatter formats one composite format.
type formatter struct {
	text string
	pos  int
	args []value.Value
	out  strings.Builder
}

func (f *formatter) run() error {
	for f.pos < len(f.text) {
		if f.out.Len() > maxText {
			return tooLong(int64(f.out.Len()))
		}
		c := f.text[f.pos]
		doubled := f.pos+1 < len(f.text) && f.text[f.pos+1] == c
		switch {
		case c != '{' && c != '}':
			f.literal()
		case doubled:
			f.out.WriteByte(c)
			f.pos += 2
		case c == '}':
			return f.broken("a single }; write }} for a brace")
		default:
			if err := f.item(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *formatter) literal() {
	n := strings.IndexAny(f.text[f.pos:], "{}")
	if n < 0 {
		n = len(f.text) - f.pos
	}
	f.out.WriteString(f.text[f.pos : f.pos+n])
	f.pos += n
}

func (f *formatter) broken(why string) error {
	return wrong(0, "is not a valid format: at character %d there is %s", utf16Len(f.text[:f.pos])+1, why)
}

// item formats {index[,alignment][:format]}.
func (f *formatter) item() error {
	f.pos++
	index, ok := f.number()
	if !ok {
		return f.broken("no argument number after {")
	}
	f.spaces()
	width, left := 0, false
	if f.at(',') {
		f.pos++
		f.spaces()
		if left = f.at('-'); left {
			f.pos++
		}
		if width, ok = f.number(); !ok {
			return f.broken("no width after the comma")
		}
		f.spaces()
	}
	spec := ""
	if f.at(':') {
		f.pos++
		end := strings.IndexAny(f.text[f.pos:], "{}")
		if end < 0 {
			return f.broken("a { that is never closed")
		}
		spec = f.text[f.pos : f.pos+end]
		f.pos += end
	}
	if !f.at('}') {
		return f.broken("no } where one is needed")
	}
	f.pos++
	if index >= len(f.args) {
		return wrong(0, "refers to {%d}, but there is %s for it (the first is {0})", index, plural(len(f.args), "argument"))
	}
	text, err := formatValue(f.args[index], spec)
	if err != nil {
		return wrong(0, "does not fit: {%d:%s} cannot format %s: %w", index, clip(spec), describe(f.args[index]), err)
	}
	pad := strings.Repeat(" ", max(0, width-utf16Len(text)))
	if left {
		f.out.WriteString(text + pad)
	} else {
		f.out.WriteString(pad + text)
	}
	return nil
}

func (f *formatter) at(c byte) bool { return f.pos < len(f.text) && f.text[f.pos] == c }

func (f *formatter) spaces() {
	for f.at(' ') {
		f.pos++
	}
}

// number parses digits, up to maxAlign.
func (f *formatter) number() (int, bool) {
	start := f.pos
	for f.pos < len(f.text) && f.text[f.pos] >= '0' && f.text[f.pos] <= '9' {
		f.pos++
	}
	n, err := strconv.Atoi(f.text[start:f.pos])
	return n, err == nil && n <= maxAlign
}

// formatValue formats one argument; only numbers use the format.
func formatValue(v value.Value, spec string) (string, error) {
	switch v := v.(type) {
	case value.Int, value.Number:
		if spec != "" {
			return formatNumber(v, spec)
		}
	case value.Array, *value.Object:
		return value.JSONSingleQuoted(v), nil
	}
	text, _ := plainText(v)
	return text, nil
}
