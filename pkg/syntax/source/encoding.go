package source

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// UTF8 converts a text that begins with the UTF-16 byte order mark to UTF-8
// with a byte order mark, and returns it with the name of its encoding. It
// returns any other text unchanged, with "". An odd last byte is dropped. Use
// it for the saved output of other tools, which older PowerShells redirect in
// UTF-16; a template in UTF-16 is reported as a finding instead.
func UTF8(text []byte) (utf8 []byte, encoding string) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xFF, 0xFE}):
		order, encoding = binary.LittleEndian, "UTF-16LE"
	case bytes.HasPrefix(text, []byte{0xFE, 0xFF}):
		order, encoding = binary.BigEndian, "UTF-16BE"
	default:
		return text, ""
	}
	units := make([]uint16, 0, len(text)/2)
	for ; len(text) >= 2; text = text[2:] {
		units = append(units, order.Uint16(text))
	}
	return []byte(string(utf16.Decode(units))), encoding
}
