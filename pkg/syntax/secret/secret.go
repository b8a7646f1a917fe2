package secret

import (
	"encoding/json"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Mask is what is shown in place of a secret.
const Mask = "<secure>"

// shortest is the minimum length in bytes of a secret text that is masked
// anywhere within other text. A shorter one would mask parts of ordinary words;
// it is masked only if it is everything between two quotes.
const shortest = 4

// isWord reports whether a text may be a word of our own sentences or of a name
// in the template: only letters, or only digits. Masking such a secret inside
// other text reveals more than it hides; it is masked only if it is everything
// between two quotes.
func isWord(text string) bool {
	letters, digits := true, true
	for _, r := range text {
		letters = letters && unicode.IsLetter(r)
		digits = digits && '0' <= r && r <= '9'
	}
	return letters || digits
}

// A Set is the set of secrets that must not be printed. A nil Set masks only
// what is recognized as a secret by its form. Adding is not safe for concurrent
// use; the other methods are.
type Set struct {
	ranges map[*source.File][]source.Range // sorted by start
	texts  []string                        // longest first, with the ways in which a text is escaped
	// about lists the files whose output the texts are masked in; nil for all
	// files.
	about map[*source.File]bool
	// names are the paths of these files. They are not secrets, even if a word of
	// one is a secret in a file.
	names map[string]bool
	// parts are sets of their own files that were merged into this one.
	parts []*Set
	known sync.Map // by *source.File: the result of For
	// partsOf are the parts for each file, collected on the first call of For.
	partsOf  map[*source.File][]*Set
	collects sync.Once
}

// AddRange masks a range wherever its line is shown.
func (s *Set) AddRange(r source.Range) {
	if r.IsZero() || r.Start == r.End {
		return
	}
	if s.ranges == nil {
		s.ranges = map[*source.File][]source.Range{}
	}
	at, found := slices.BinarySearchFunc(s.ranges[r.File], r, compareRanges)
	if !found {
		s.ranges[r.File] = slices.Insert(s.ranges[r.File], at, r)
	}
}

func compareRanges(a, b source.Range) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return b.End - a.End
}

// AddText masks a text wherever it is part of a message, also in the form in
// which JSON or an expression of the template language escapes it.
func (s *Set) AddText(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	s.addText(text)
	if !strings.ContainsFunc(text, escaped) {
		return
	}
	if quoted, err := json.Marshal(text); err == nil {
		s.addText(string(quoted[1 : len(quoted)-1]))
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(text) == nil {
		s.addText(strings.TrimSuffix(b.String(), "\n")[1 : b.Len()-2])
	}
	s.addText(strings.ReplaceAll(text, "'", "''"))
	s.addText(html.EscapeString(text))
	s.addText(url.QueryEscape(text))
	s.addText(url.PathEscape(text))
	s.addText(strings.Join(strings.Fields(text), " ")) // on one line
}

// escaped reports whether some output format writes r in another way.
func escaped(r rune) bool {
	return r < 0x20 || r == '"' || r == '\\' || r == '\'' || r == '<' || r == '>' || r == '&' || r == '%' || r == '+' || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}

func (s *Set) addText(text string) {
	at, found := slices.BinarySearchFunc(s.texts, text, longestFirst)
	if !found && text != "" {
		s.texts = slices.Insert(s.texts, at, text)
	}
}

func longestFirst(a, b string) int {
	if len(a) != len(b) {
		return len(b) - len(a)
	}
	return strings.Compare(a, b)
}

// About limits the texts of the set to output about these files.
func (s *Set) About(files ...*source.File) {
	if s.about == nil {
		s.about, s.names = map[*source.File]bool{}, map[string]bool{}
	}
	for _, f := range files {
		s.about[f], s.names[f.Path()] = true, true
	}
}

// Merge adds all of o. Texts of a set that is limited to some files stay
// limited to them; see [Set.For].
func (s *Set) Merge(o *Set) {
	if o == nil {
		return
	}
	for _, ranges := range o.ranges {
		for _, r := range ranges {
			s.AddRange(r)
		}
	}
	s.collects = sync.Once{} // the collected parts lack o
	if o.about != nil {
		s.parts = append(s.parts, o)
	} else {
		s.parts = append(s.parts, o.parts...)
	}
	for _, t := range o.texts {
		s.addText(t)
	}
	if s.names == nil {
		s.names = map[string]bool{}
	}
	maps.Copy(s.names, o.names)
}

// For returns the set to use for output about a file: the texts that are
// secrets of the file or of the templates that it belongs to. For a file that
// no set is limited to, it returns the whole set.
func (s *Set) For(file *source.File) *Set {
	if s == nil || file == nil || len(s.parts) == 0 {
		return s
	}
	if known, ok := s.known.Load(file); ok {
		return known.(*Set)
	}
	s.collects.Do(func() {
		s.partsOf = make(map[*source.File][]*Set, len(s.parts))
		for _, p := range s.parts {
			for f := range p.about {
				s.partsOf[f] = append(s.partsOf[f], p)
			}
		}
	})
	own := s
	for i, p := range s.partsOf[file] {
		if i == 0 {
			own = &Set{ranges: s.ranges, texts: slices.Clip(p.texts), names: s.names} // the usual case: there is no other
			continue
		}
		for _, t := range p.texts {
			own.addText(t)
		}
	}
	known, _ := s.known.LoadOrStore(file, own)
	return known.(*Set)
}

// Within returns the secret ranges that overlap r, in order, clipped to r and
// not overlapping each other.
func (s *Set) Within(r source.Range) []source.Range {
	if r.IsZero() {
		return nil
	}
	var hits []source.Range
	end := r.Start
	for _, h := range s.For(r.File).places(r) {
		h.Start, h.End = max(h.Start, end), min(h.End, r.End)
		if h.Start < h.End {
			hits = append(hits, h)
			end = h.End
		}
	}
	return hits
}

// places returns, in order, the secret ranges in the file of r and the ranges
// in r whose text contains a secret.
func (s *Set) places(r source.Range) []source.Range {
	var found []source.Range
	line := r.Text()
	for _, at := range s.spans(line, false) {
		found = append(found, r.File.Range(r.Start+at.start, r.Start+at.end))
	}
	if s == nil {
		return found
	}
	if found == nil {
		return s.ranges[r.File]
	}
	all := slices.Concat(s.ranges[r.File], found)
	slices.SortFunc(all, compareRanges)
	return all
}

// Redact returns text with every secret in it replaced by [Mask]. If a secret
// is part of a longer value, the whole value is replaced.
func (s *Set) Redact(text string) string {
	spans := s.spans(text, true)
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, hit := range spans {
		b.WriteString(text[at:hit.start])
		b.WriteString(Mask)
		at = hit.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// Filter is Redact for a whole document that is ready to be written. It masks
// secrets within longer text and leaves single words, which may belong to the
// document.
func (s *Set) Filter(text []byte) []byte {
	spans := s.spans(string(text), false)
	if len(spans) == 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	at := 0
	for _, hit := range spans {
		out = append(append(out, text[at:hit.start]...), Mask...)
		at = hit.end
	}
	return append(out, text[at:]...)
}

// Holds reports whether a text contains a secret.
func (s *Set) Holds(text string) bool { return len(s.spans(text, true)) > 0 }

// spans returns the parts of a text to mask, in order and not overlapping. With
// words, a secret that may be an ordinary word is masked between quotes; in a
// line of a file, the range of the secret is more reliable.
func (s *Set) spans(text string, words bool) (found []span) {
	if text == "" {
		return nil
	}
	for _, at := range formsIn(text) {
		found = append(found, whole(text, at))
	}
	if s != nil {
		for _, t := range s.texts {
			for from := 0; ; {
				i := strings.Index(text[from:], t)
				if i < 0 {
					break
				}
				at := span{from + i, from + i + len(t)}
				from = at.end
				switch {
				case words && isQuoted(text, at):
					found = append(found, at)
				case len(t) >= shortest && !isWord(t):
					if at = whole(text, at); !s.isName(text[at.start:at.end]) {
						found = append(found, at)
					}
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	return apart(found)
}

// apart joins sorted spans that overlap or touch.
func apart(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	apart := spans[:1]
	for _, at := range spans[1:] {
		if last := &apart[len(apart)-1]; at.start <= last.end {
			last.end = max(last.end, at.end)
			continue
		}
		apart = append(apart, at)
	}
	return apart
}

// isQuoted reports whether a part of a text is everything between two quotes.
func isQuoted(text string, at span) bool {
	if at.start == 0 || at.end == len(text) {
		return at.start == 0 && at.end == len(text) // the text is a value alone
	}
	q := text[at.start-1]
	return q == text[at.end] && (q == '"' || q == '\'' || q == '`')
}

// whole widens a part of a text to the value that it belongs to: up to a blank, a
// quote or a bracket on each side.
func whole(text string, at span) span {
	for at.start > 0 && inValue(text[at.start-1]) {
		at.start--
	}
	end := at.end
	for at.end < len(text) && inValue(text[at.end]) {
		at.end++
	}
	for at.end > end && strings.IndexByte(".;:!?", text[at.end-1]) >= 0 { // of our sentence
		at.end--
	}
	for at.start > 0 && !utf8.RuneStart(text[at.start]) {
		at.start--
	}
	for at.end < len(text) && !utf8.RuneStart(text[at.end]) {
		at.end++
	}
	return at
}

// isName reports whether a value is the name of a file, such as a.json, or a
// place in it, such as a.json:12:5. In Markdown it has backslashes.
func (s *Set) isName(value string) bool {
	for range 2 {
		i := strings.LastIndexByte(value, ':')
		if i < 0 || strings.Trim(value[i+1:], "0123456789") != "" {
			break
		}
		value = value[:i]
	}
	return s.names[value] || s.names[strings.ReplaceAll(value, `\`, "")]
}

func inValue(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '"', '\'', '`', '(', ')', '[', ']', '{', '}', '<', '>', ',':
		return false
	}
	return true
}
