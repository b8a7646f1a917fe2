package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// neutral gives s for a terminal: whatever would move the cursor, colour the
// text, start a new line or reverse the direction of reading is spelled out.
func neutral(s string) string {
	clean := strings.IndexFunc(s, acts) < 0 && utf8.ValidString(s)
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(spell(r))
	}
	return b.String()
}

// acts reports whether a terminal does something with r but show it: control
// characters (C0, DEL, C1), line and paragraph separators, and the format
// characters, among them those that turn the direction of text (CVE-2021-42574).
func acts(r rune) bool {
	if r >= ' ' && r < 0x7F {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// spell is how r is shown: by its control picture, or its number.
func spell(r rune) string {
	switch {
	case r < 0x20:
		return string(rune(0x2400 + r)) // the block Control Pictures mirrors C0
	case r == 0x7F:
		return "\u2421"
	case acts(r):
		return fmt.Sprintf("<U+%04X>", r)
	}
	return string(r)
}

// cells is the number of columns that r takes in a terminal (UAX #11: wide and
// fullwidth characters take two, marks that combine take none).
func cells(r rune) int {
	if r < 0x7F {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func cellsOf(s string) int {
	n := 0
	for _, r := range s {
		n += cells(r)
	}
	return n
}

// wrap breaks text into lines of at most limit columns at spaces; a word that
// is longer stands alone.
func wrap(text string, limit int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line, used := "", 0
		for _, word := range strings.Fields(paragraph) {
			word = neutral(word)
			n := cellsOf(word)
			if used > 0 && used+1+n > limit {
				lines, line, used = append(lines, line), "", 0
			}
			if used > 0 {
				line, used = line+" ", used+1
			}
			line, used = line+word, used+n
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
