package source

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// UTF8 returns a text that begins with the byte order mark of UTF-16 as UTF-8
// with a byte order mark, and the name of its encoding; any other text as it
// stands, and "". An odd last byte is dropped. It is for the saved output of
// other tools, which older PowerShells redirect in UTF-16; a template in UTF-16
// is a finding of its own.
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
