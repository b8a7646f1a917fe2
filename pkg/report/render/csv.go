package render

import (
	"strings"
)

// Cell makes text of the input safe for a spreadsheet, which takes a cell that
// begins with one of these for a formula (OWASP, CSV injection), and for a
// terminal on which the file is shown.
func Cell(s string) string {
	if harmless(s) {
		return s
	}
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		s = "'" + s
	}
	return Neutral(s)
}

// harmless reports whether text is plain: most of a million names are.
func harmless(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7F || c == '#' || c == ':' || i == 0 && (c == '=' || c == '+' || c == '-' || c == '@') {
			return false
		}
	}
	return true
}
