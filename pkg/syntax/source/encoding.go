package source

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// UTF8 converts a text that begins with the UTF-16 byte order mark to UTF-8
// with a byte order mark. It returns any other text unchanged. An odd last byte
// is dropped. Older PowerShells redirect the output of other tools in UTF-16;
// [NewFile] converts by itself.
func UTF8(text []byte) []byte {
	text, _ = utf8Text(text)
	return text
}

func utf8Text(text []byte) (converted []byte, encoding string) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xFF, 0xFE}):
		order, encoding = binary.LittleEndian, "UTF-16LE"
	case bytes.HasPrefix(text, []byte{0xFE, 0xFF}):
		order, encoding = binary.BigEndian, "UTF-16BE"
	default:
		return text, ""
	}
	size := 0 // first, because a buffer that grows is in memory several times
	runesOf(text, order, func(r rune) { size += utf8.RuneLen(r) })
	out := make([]byte, 0, size)
	runesOf(text, order, func(r rune) { out = utf8.AppendRune(out, r) })
	return out, encoding
}

// Original returns the text in the encoding in which it was written; a text
// that was not well-formed there differs from it.
func (f *File) Original() []byte {
	var order binary.AppendByteOrder = binary.LittleEndian
	switch f.encoding {
	case "":
		return f.Bytes()
	case "UTF-16BE":
		order = binary.BigEndian
	}
	out := make([]byte, 0, 2*f.length)
	for _, r := range f.Text() {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			out = order.AppendUint16(order.AppendUint16(out, uint16(high)), uint16(low))
			continue
		}
		out = order.AppendUint16(out, uint16(r))
	}
	return out
}

// runesOf calls use for each character of a text in UTF-16; half of a surrogate pair
// is the replacement character.
func runesOf(text []byte, order binary.ByteOrder, use func(rune)) {
	for ; len(text) >= 2; text = text[2:] {
		r := rune(order.Uint16(text))
		if utf16.IsSurrogate(r) {
			pair := utf8.RuneError
			if len(text) >= 4 {
				pair = utf16.DecodeRune(r, rune(order.Uint16(text[2:])))
			}
			if r = pair; pair != utf8.RuneError {
				text = text[2:]
			}
		}
		use(r)
	}
}
