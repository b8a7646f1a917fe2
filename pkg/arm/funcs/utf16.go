package funcs

import (
	"errors"
	"unicode/utf8"
)

// The deployment service counts text in UTF-16 units: a character beyond U+FFFF
// is two.

// utf16Len returns the number of UTF-16 units of s.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

var errHalfCharacter = errors.New("falls into the middle of a character beyond U+FFFF, which counts as two")

// utf16Offset returns the byte offset of UTF-16 unit n of s, at most len(s).
func utf16Offset(s string, n int) (int, error) {
	units := 0
	for i, r := range s {
		if units == n {
			return i, nil
		}
		units++
		if r > 0xFFFF {
			units++
		}
		if units > n {
			return 0, errHalfCharacter
		}
	}
	return len(s), nil
}

// utf16Slice returns the units from to to of s, up to the end if to < 0.
func utf16Slice(s string, from, to int) (string, error) {
	start, err := utf16Offset(s, from)
	if err != nil || to < 0 {
		return s[start:], err
	}
	end, err := utf16Offset(s[start:], to-from)
	return s[start : start+end], err
}

// utf16Index converts a byte offset in s to UTF-16 units; -1 stays -1.
func utf16Index(s string, offset int) int {
	if offset < 0 || isASCII(s) {
		return offset
	}
	return utf16Len(s[:offset])
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// textOf decodes UTF-8 as .NET does: each truncated character, and each byte
// that cannot start one, becomes one U+FFFD.
//
// https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G66453
func textOf(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out []byte
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			size = brokenLen(b)
		}
		out = utf8.AppendRune(out, r)
		b = b[size:]
	}
	return string(out)
}

// brokenLen returns the number of bytes of the truncated character that b
// starts with: one, and those that could still follow (The Unicode Standard,
// table 3-7).
func brokenLen(b []byte) int {
	more, low, high := 0, byte(0x80), byte(0xBF)
	switch lead := b[0]; {
	case lead >= 0xC2 && lead <= 0xDF:
		more = 1
	case lead >= 0xE0 && lead <= 0xEF:
		more = 2
	case lead >= 0xF0 && lead <= 0xF4:
		more = 3
	}
	switch b[0] {
	case 0xE0:
		low = 0xA0
	case 0xED:
		high = 0x9F
	case 0xF0:
		low = 0x90
	case 0xF4:
		high = 0x8F
	}
	n := 1
	for n < len(b) && n <= more && b[n] >= low && b[n] <= high {
		low, high = 0x80, 0xBF
		n++
	}
	return n
}
