package lsp

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// longestDocument is the size in bytes up to which a document is completed: the
// limit of the deployment service for a template.
const longestDocument = 4 << 20

// marker takes the place of what is being typed while the text around it is parsed.
const marker = "scaleset cursor"

// A spot is the place of the cursor in a text that may be broken, and the text
// parsed as if what is being typed there were complete.
type spot struct {
	text   string
	offset int // of the cursor
	// start and end are what a completion replaces: a word, or a string with its
	// quotes; both are offset when nothing is typed yet.
	start, end int
	quoted     bool
	isKey      bool // the name of a member is typed, not a value
	colon      bool // a colon follows
	// lead and trail say that a comma is missing before and after.
	lead, trail bool

	tree    *jsonc.Tree
	pointer string // of the value that is typed, or whose name is typed
	around  jsonc.Node
	root    bool // nothing is around: the document is empty
}

// typed returns what is typed before the cursor, without the quote.
func (s *spot) typed() string {
	from := s.start
	if s.quoted {
		from++
	}
	return s.text[min(from, s.offset):s.offset]
}

// spotAt finds the place of the cursor; ok is false in a comment, behind a
// complete value, and in a document that is too long.
func spotAt(name, text string, offset int) (s *spot, ok bool) {
	if len(text) > longestDocument {
		return nil, false
	}
	s = &spot{text: text, offset: offset}
	if !s.scan() {
		return nil, false
	}
	next := s.next()
	s.colon = next == ':'
	s.trail = !s.colon && next != ',' && next != '}' && next != ']' && next != 0
	if s.root {
		s.trail = false
	}
	typed := jsonc.Quote(marker)
	if s.isKey && !s.colon {
		typed += ":null"
	}
	if s.trail {
		typed += ","
	}
	if s.lead {
		typed = "," + typed
	}
	s.tree = jsonc.Parse(source.NewFile(name, []byte(text[:s.start]+typed+text[s.end:])))
	at := s.start + 1
	if s.lead {
		at++
	}
	s.pointer, _ = s.tree.PointerAt(at)
	s.around = s.tree.Lookup(s.pointer[:max(strings.LastIndexByte(s.pointer, '/'), 0)])
	return s, true
}

// scan reads the tokens up to the cursor.
func (s *spot) scan() bool {
	var frames []byte
	last := byte(0) // the token before: a delimiter, 'k' for a name, 'v' for a value
	settle := func(start, end int, quoted bool) bool {
		s.start, s.end, s.quoted = start, end, quoted
		if len(frames) == 0 {
			s.root = last == 0
			return s.root
		}
		inObject := frames[len(frames)-1] == '{'
		switch {
		case last == ':' && inObject, !inObject && (last == '[' || last == ','):
		case inObject && (last == '{' || last == ','):
			s.isKey = true
		case last == 'v':
			s.lead, s.isKey = true, inObject
		default:
			return false
		}
		return true
	}
	scalar := func() {
		if len(frames) > 0 && frames[len(frames)-1] == '{' && last != ':' {
			last = 'k'
		} else {
			last = 'v'
		}
	}
	text := s.text
	for i := 0; i < len(text); {
		if i >= s.offset && !isWord(text[i]) {
			return settle(s.offset, s.offset, false)
		}
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case strings.HasPrefix(text[i:], "//"), strings.HasPrefix(text[i:], "/*"):
			end := commentEnd(text, i)
			if s.offset < end || end == len(text) {
				return false
			}
			i = end
		case c == '{' || c == '[':
			frames = append(frames, c)
			last = c
			i++
		case c == '}' || c == ']':
			if len(frames) > 0 {
				frames = frames[:len(frames)-1]
			}
			last = 'v'
			i++
		case c == ':' || c == ',':
			last = c
			i++
		case c == '"':
			end, closed := stringEnd(text, i)
			if s.offset < end || s.offset == end && !closed {
				return settle(i, end, true)
			}
			scalar()
			i = end
			if s.offset == end {
				return false
			}
		default:
			end := i + 1
			for end < len(text) && isWord(text[end]) {
				end++
			}
			if i <= s.offset && s.offset <= end {
				return settle(i, end, false)
			}
			scalar()
			i = end
		}
	}
	return settle(s.offset, s.offset, false)
}

// next returns the first byte of the token that follows, 0 at the end.
func (s *spot) next() byte {
	for i := s.end; i < len(s.text); {
		switch c := s.text[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case strings.HasPrefix(s.text[i:], "//"), strings.HasPrefix(s.text[i:], "/*"):
			i = commentEnd(s.text, i)
		default:
			return c
		}
	}
	return 0
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c == '-' || c == '.' || c == '+' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func commentEnd(text string, start int) int {
	end, width := "\n", 1
	if text[start+1] == '*' {
		end, width = "*/", 2
	}
	if i := strings.Index(text[start+2:], end); i >= 0 {
		return start + 2 + i + width
	}
	return len(text)
}

// stringEnd returns where the string that begins at start ends. A string that is being
// typed often has no closing quote yet: it ends where the quote that comes next
// begins another string, or at the end of its line.
func stringEnd(text string, start int) (end int, closed bool) {
	line := len(text)
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '\n':
			line = min(line, i)
			// Only expressions and scripts are written over several lines.
			if !strings.HasPrefix(text[start+1:], "[") && strings.TrimSpace(text[start+1:i]) == "" || i-start > longestString {
				return trimmed(text, start, line), false
			}
		case '"':
			if follows(text[i+1:]) {
				return i + 1, true
			}
			if line < len(text) || strings.TrimSpace(text[start+1:i]) == "" || strings.HasSuffix(strings.TrimRight(text[start+1:i], " \t"), ",") {
				return trimmed(text, start, min(line, i)), false
			}
			return i + 1, true
		}
	}
	return trimmed(text, start, line), false
}

// longestString bounds how far the end of a string of several lines is looked for.
const longestString = 1 << 20

func trimmed(text string, start, end int) int {
	return start + len(strings.TrimRight(text[start:end], " \t\r,]}"))
}

// follows reports whether a text can follow a complete string.
func follows(text string) bool {
	text = strings.TrimLeft(text, " \t")
	return text == "" || strings.ContainsRune(":,}]\r\n/", rune(text[0]))
}
