package jsonc

import (
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// reportEncoding points at the first byte that is not UTF-8.
func (p *parser) reportEncoding() {
	if p.valid {
		return
	}
	at := 0
	for at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	p.errorf(encoding, p.at(at, at+1), "byte %#02x is not valid UTF-8; it is read as U+FFFD", p.text[at])
}

// wide returns the name of the 16-bit or 32-bit encoding of a text, or "".
func wide(text string) string {
	switch {
	case strings.HasPrefix(text, "\xff\xfe"):
		return "UTF-16 (little endian)"
	case strings.HasPrefix(text, "\xfe\xff"):
		return "UTF-16 (big endian)"
	}
	return ""
}

// rejectWide reports a text in a 16-bit or 32-bit encoding; reading it byte by
// byte would report nonsense.
func (p *parser) rejectWide(name string) Node {
	d := p.errorf(encoding, p.at(0, min(len(p.text), 2)), "the file is %s; UTF-8 is expected", name)
	if d != nil {
		d.Severity = diag.Error
		d.Detail = "Save it as UTF-8."
	}
	p.valid = true // report nothing else about the bytes
	return p.invalid(0, len(p.text))
}
