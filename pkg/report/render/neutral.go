package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Neutral returns s as a part of one line of a terminal, a build log, or any
// format that has no escapes of its own: a character that would move the cursor,
// colour the text, start a line or reverse the direction of reading is replaced by
// its picture or its number, and no build service takes a part of s for a command.
// Bytes that are not UTF-8, lone surrogates among them, become U+FFFD. Neutral of
// a neutral text is the same text.
//
// What [Guard] does for whole outputs, Neutral does for one value in them: only
// Neutral knows that a line end belongs to the value.
func Neutral(s string) string {
	if isPlain(s) {
		return s
	}
	if strings.IndexFunc(s, Acts) >= 0 || !utf8.ValidString(s) {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(Spell(r))
		}
		s = b.String()
	}
	return breakCommands(s)
}

// isPlain reports a text that consists of printable ASCII and cannot hold a command.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7F || i > 0 && c == s[i-1] && (c == '#' || c == ':') {
			return false
		}
	}
	return true
}

// Build services look for commands in the log of what they run:
//
//   - Azure Pipelines for "##vso[" and GitHub for "##[", anywhere in a line;
//   - GitHub for "::error::" and its like, at the start of a line behind white
//     space, of which .NET has that of Unicode.
//
// Both compare text by the rules of a culture, which pass over characters that
// cannot be seen, such as variation selectors. A template is written by whoever sends
// a change, and must not say a command: it would set variables and paths of the
// steps that follow. See Command.TryParse of
// https://github.com/microsoft/azure-pipelines-agent and ActionCommand.TryParse
// and TryParseV2 of https://github.com/actions/runner.

// breakCommands puts a space into what a build service would take for a command.
func breakCommands(s string) string {
	var b strings.Builder
	done, start := 0, true // start: only white space since the last word
	for i, r := range s {
		broken := false
		switch {
		case r == '#':
			broken = IsLogCommand(s[i:])
		case r == ':' && start:
			broken = isWorkflowCommand(s[i:])
		}
		if broken {
			b.WriteString(s[done:i+1] + " ")
			done = i + 1
		}
		if !isIgnored(r) {
			start = unicode.IsSpace(r)
		}
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// IsLogCommand reports whether text begins with "##[" or "##vso[", which Neutral breaks
// anywhere.
func IsLogCommand(text string) bool {
	rest, ok := skipping(text, "##")
	if !ok {
		return false
	}
	if named, ok := skipping(rest, "vso"); ok {
		rest = named
	}
	_, ok = skipping(rest, "[")
	return ok
}

// isWorkflowCommand reports whether text begins with "::" and a word. The groups of
// an IPv6 address are not words: "::1" and "::ffff:10.0.0.4" stay as they are.
func isWorkflowCommand(text string) bool {
	rest, ok := skipping(text, "::")
	if !ok {
		return false
	}
	digits, letters := 0, 0
	for _, r := range rest {
		switch {
		case isIgnored(r):
			continue
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F':
			digits++
			continue
		case r >= 'g' && r <= 'z' || r >= 'G' && r <= 'Z' || r == '-':
			letters++
		}
		break
	}
	return letters > 0 || digits > 4
}

// skipping returns what follows word in text, characters that are ignored aside.
func skipping(text, word string) (rest string, ok bool) {
	for len(word) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case n == 0:
			return "", false
		case isIgnored(r):
		case unicode.ToLower(r) == rune(word[0]):
			word = word[1:]
		default:
			return "", false
		}
		text = text[n:]
	}
	return text, true
}

// isIgnored reports a character that comparisons of text by a culture may pass over:
// marks, and what has no look of its own.
func isIgnored(r rune) bool {
	return r >= 0x7F && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Acts reports whether a terminal does something with r but show it: control
// characters (C0, DEL, C1), line and paragraph separators, and the format
// characters, among them those that turn the direction of text (CVE-2021-42574).
func Acts(r rune) bool {
	if r >= ' ' && r < 0x7F {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Spell returns how r is shown: by its control picture, or its number.
func Spell(r rune) string {
	switch {
	case r < 0x20:
		return string(rune(0x2400 + r)) // the block Control Pictures mirrors C0
	case r == 0x7F:
		return "\u2421"
	case Acts(r):
		return fmt.Sprintf("<U+%04X>", r)
	}
	return string(r)
}

// RuneWidth returns the number of columns that r takes in a terminal (UAX #11: wide and
// fullwidth characters take two, marks that combine take none).
func RuneWidth(r rune) int {
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

// Width returns the number of columns that s takes in a terminal.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += RuneWidth(r)
	}
	return n
}

// Wrap breaks text into lines of at most limit columns at spaces; a word that
// is longer is on a line of its own.
func Wrap(text string, limit int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line, used := "", 0
		for _, word := range strings.Fields(paragraph) {
			word = Neutral(word)
			n := Width(word)
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
