package funcs

import (
	"errors"
	"unicode/utf8"
)

// The engine counts text in UTF-16 units: a character beyond U+FFFF is two.

// utf16Len is the number of UTF-16 units of s.
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

// utf16Offset is the byte offset of UTF-16 unit n of s, at most len(s).
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

// utf16Slice is s from unit from up to unit to, or to the end when to < 0.
func utf16Slice(s string, from, to int) (string, error) {
	start, err := utf16Offset(s, from)
	if err != nil || to < 0 {
		return s[start:], err
	}
	end, err := utf16Offset(s[start:], to-from)
	return s[start : start+end], err
}

// utf16Index turns a byte offset in s into units; -1 stays.
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
