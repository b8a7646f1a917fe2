package jsonc

import (
	"fmt"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// reportEncoding reports a text that was converted, and the first byte that is
// not UTF-8.
//
// The Azure CLI converts too: read_file_content in
// https://github.com/Azure/azure-cli/blob/dev/src/azure-cli-core/azure/cli/core/util.py
func (p *parser) reportEncoding() {
	if e := p.file.Encoding(); e != "" {
		if d := p.errorf(encoding, p.at(0, 0), "the file is %s; not every tool reads that", words(e)); d != nil {
			d.Detail = "Save it as UTF-8. scaleset fmt does."
		}
	}
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
	p.errorf(encoding, p.at(at, at+1), "byte %s is not valid UTF-8; it is read as U+FFFD", words(fmt.Sprintf("%#02x", p.text[at])))
}

// wide returns the name of the 16-bit encoding of a text without a byte order
// mark, or "": the zero byte of its first character gives it away. With the mark,
// the text was converted; see [source.NewFile].
func wide(text string) string {
	switch {
	case len(text) < 2:
		return ""
	case text[0] != 0 && text[1] == 0:
		return "UTF-16LE"
	case text[0] == 0 && text[1] != 0:
		return "UTF-16BE"
	}
	return ""
}

// WrongEncoding returns the finding that the file is in an encoding that is not
// read, or nil. It quotes nothing of the text.
func (t *Tree) WrongEncoding() *diag.Diagnostic {
	if wide(t.File.Text()) == "" {
		return nil
	}
	d := t.Diagnostics[0]
	return &d
}

// rejectWide reports a text in a 16-bit encoding; reading it byte by
// byte would report nonsense.
func (p *parser) rejectWide(name string) Node {
	d := p.errorf(encoding, p.at(0, min(len(p.text), 2)), "the file is %s without a byte order mark; UTF-8 is expected", words(name))
	if d != nil {
		d.Severity = diag.Error
		d.Detail = "Save it as UTF-8."
	}
	p.valid = true // report nothing else about the bytes
	return p.invalid(0, len(p.text))
}
