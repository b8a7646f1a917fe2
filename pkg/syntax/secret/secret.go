package secret

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Mask is what stands for a secret.
const Mask = "<secure>"

// shortest is the length in bytes from which a secret text is hidden wherever
// it stands in a sentence. A shorter one would blot out ordinary words; it is
// hidden between quotes only.
const shortest = 4

// ordinary are words that sentences of ours are made of. Where somebody's secret
// is one of them, hiding it there tells more than it hides; between quotes it is
// hidden all the same.
var ordinary = [...]string{"password", "passphrase", "secret", "token", "secure", "value", "name", "user", "admin", "none", "default", "parameter", "true", "false", "null"}

func isOrdinary(text string) bool { return slices.Contains(ordinary[:], strings.ToLower(text)) }

// A Set is what must not be printed. A nil Set hides nothing. Adding is not
// safe for concurrent use; asking is.
type Set struct {
	ranges map[*source.File][]source.Range // sorted by start once asked
	texts  []string                        // longest first
}

// AddRange hides a place wherever its line is shown.
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

// AddText hides a text wherever it stands in a message.
func (s *Set) AddText(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	at, found := slices.BinarySearchFunc(s.texts, text, longestFirst)
	if !found {
		s.texts = slices.Insert(s.texts, at, text)
	}
}

func longestFirst(a, b string) int {
	if len(a) != len(b) {
		return len(b) - len(a)
	}
	return strings.Compare(a, b)
}

// Merge adds all of o.
func (s *Set) Merge(o *Set) {
	if o == nil {
		return
	}
	for _, ranges := range o.ranges {
		for _, r := range ranges {
			s.AddRange(r)
		}
	}
	for _, t := range o.texts {
		s.AddText(t)
	}
}

// Within gives the secret places that overlap r, in order, clipped to r and
// not overlapping each other.
func (s *Set) Within(r source.Range) []source.Range {
	if s == nil {
		return nil
	}
	var hits []source.Range
	end := r.Start
	for _, h := range s.places(r) {
		h.Start, h.End = max(h.Start, end), min(h.End, r.End)
		if h.Start < h.End {
			hits = append(hits, h)
			end = h.End
		}
	}
	return hits
}

// places are the secret places of the file of r, and where a secret stands as
// text in r, in order.
func (s *Set) places(r source.Range) []source.Range {
	var texts []source.Range
	line := r.Text()
	for _, t := range s.texts {
		if len(t) < shortest || isOrdinary(t) {
			continue
		}
		for from := 0; ; {
			i := strings.Index(line[from:], t)
			if i < 0 {
				break
			}
			texts = append(texts, r.File.Range(r.Start+from+i, r.Start+from+i+len(t)))
			from += i + len(t)
		}
	}
	if texts == nil {
		return s.ranges[r.File]
	}
	all := slices.Concat(s.ranges[r.File], texts)
	slices.SortFunc(all, compareRanges)
	return all
}

// Redact gives text with every secret in it replaced by [Mask].
func (s *Set) Redact(text string) string {
	if s == nil || text == "" {
		return text
	}
	for _, t := range s.texts {
		if len(t) >= shortest && !isOrdinary(t) {
			text = strings.ReplaceAll(text, t, Mask)
			continue
		}
		text = strings.ReplaceAll(text, `"`+t+`"`, `"`+Mask+`"`)
		text = strings.ReplaceAll(text, `'`+t+`'`, `'`+Mask+`'`)
	}
	return text
}
