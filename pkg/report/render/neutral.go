package render

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Neutral gives s for a terminal and for the log of a build: whatever would move
// the cursor, colour the text, start a new line or reverse the direction of
// reading is spelled out, and no build service takes a part of it for a command.
func Neutral(s string) string {
	if strings.IndexFunc(s, Acts) >= 0 || !utf8.ValidString(s) {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(Spell(r))
		}
		s = b.String()
	}
	return inert(s)
}

// Build services look for commands in the log of what they run:
//
//   - Azure Pipelines for "##vso[" and GitHub for "##[", anywhere in a line;
//   - GitHub for "::error::" and its like, at the start of a line behind spaces.
//
// A template is written by whoever sends a change, and must not say them: they
// would set variables and paths of the steps that follow. See Command.TryParse of
// https://github.com/microsoft/azure-pipelines-agent and ActionCommand.TryParse
// and TryParseV2 of https://github.com/actions/runner.
var (
	logCommands = strings.NewReplacer("##vso[", "# #vso[", "##[", "# #[")
	// The second form has a list of names; other words, such as an IPv6 address,
	// are none.
	workflowCommand = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(^|\s)::((?:error|warning|notice|debug|group|endgroup|echo|add-mask|add-path|add-matcher|remove-matcher|set-env|set-output|save-state|stop-commands|internal-set-repo-path)(?:$|\s|::))`)
	})
)

// inert breaks the commands of build services in a line of text.
func inert(s string) string {
	if strings.Contains(s, "##") {
		s = logCommands.Replace(s)
	}
	if strings.Contains(s, "::") {
		s = workflowCommand().ReplaceAllString(s, "$1: :$2")
	}
	return s
}

// IsLogCommand reports whether text begins with what inert breaks anywhere.
func IsLogCommand(text []byte) bool {
	return bytes.HasPrefix(text, []byte("##[")) || bytes.HasPrefix(text, []byte("##vso["))
}

// replacing replaces in what is written at once; an encoder of JSON writes a
// whole value so, and one of XML is made to.
type replacing struct {
	to       io.Writer
	replacer *strings.Replacer
}

func (r replacing) Write(p []byte) (int, error) {
	if !bytes.Contains(p, []byte("##")) {
		return r.to.Write(p)
	}
	if _, err := r.replacer.WriteString(r.to, string(p)); err != nil {
		return 0, err
	}
	return len(p), nil
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

// Spell is how r is shown: by its control picture, or its number.
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

// RuneWidth is the number of columns that r takes in a terminal (UAX #11: wide and
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

// Width is the number of columns that s takes in a terminal.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += RuneWidth(r)
	}
	return n
}

// Wrap breaks text into lines of at most limit columns at spaces; a word that
// is longer stands alone.
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
