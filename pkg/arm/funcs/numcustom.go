package funcs

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A numberSection is one of the up to three parts of a custom number format:
// for positive, negative and zero numbers.
//
// https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings
type numberSection struct {
	text       string
	whole      int  // placeholders before the decimal point
	places     int  // placeholders after it
	firstZero  int  // index of the first 0, counted from the left; -1 if none
	lastZero   int  // index of the last 0, likewise
	group      bool // a comma between placeholders
	scale      int  // power of ten to multiply by: 2 for %, 3 for ‰, -3 for a comma at the end
	scientific bool
}

// customNumber formats a number with a custom format.
func customNumber(d decimal, spec string) (string, error) {
	sections := splitSections(spec)
	if d.float {
		d = d.significant(15) // .NET uses this many digits here
	}
	at := pickSection(sections, d)
	s := scanSection(sections[at])
	r := s.round(d)
	if r.digits == "" {
		r.negative = d.negative && d.float // integers have no -0
		if zero := pickSection(sections, r); zero != at {
			at, s = zero, scanSection(sections[zero])
		}
	}
	if size := r.point + len(spec); size > maxText/2 {
		return "", tooLong(int64(size))
	}
	return s.write(r, r.negative && at == 0), nil
}

// pickSection returns the index of the section for a number: the first one if
// its own is missing or empty.
func pickSection(sections []string, d decimal) int {
	at := 0
	switch {
	case d.digits == "":
		at = 2
	case d.negative:
		at = 1
	}
	if at >= len(sections) || sections[at] == "" {
		return 0
	}
	return at
}

// splitSections splits a format at the semicolons that are not quoted.
func splitSections(spec string) []string {
	var sections []string
	start := 0
	for i := 0; i < len(spec); i++ {
		switch spec[i] {
		case '\\':
			i++
		case '\'', '"':
			if n := strings.IndexByte(spec[i+1:], spec[i]); n >= 0 {
				i += n + 1
			} else {
				i = len(spec)
			}
		case ';':
			sections = append(sections, spec[start:i])
			start = i + 1
		}
	}
	return append(sections, spec[start:])
}

// scanSection counts the placeholders of a section.
func scanSection(text string) numberSection {
	s := numberSection{text: text, firstZero: -1, lastZero: -1}
	count, point, commas := 0, -1, 0 // commas since the last placeholder
	for i := 0; i < len(text); {
		kind, size := nextPart(text[i:])
		switch kind {
		case '0', '#':
			if commas > 0 && point < 0 {
				s.group = true
			}
			commas = 0
			if kind == '0' {
				if s.firstZero < 0 {
					s.firstZero = count
				}
				s.lastZero = count
			}
			count++
		case '.':
			if point < 0 {
				point = count
				s.scale -= 3 * commas
				commas = 0
			}
		case ',':
			if count > 0 && point < 0 {
				commas++
			}
		case '%':
			s.scale += 2
		case '‰':
			s.scale += 3
		case 'E':
			s.scientific = true
		}
		i += size
	}
	if point < 0 {
		point = count
		s.scale -= 3 * commas
	}
	s.whole, s.places = point, count-point
	return s
}

// nextPart returns the kind and the length of the next part of a format: a
// placeholder, '.', ',', '%', '‰', 'E' for an exponent, or 0 for literal text.
func nextPart(s string) (kind rune, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '0', '#', '.', ',', '%', '‰':
		return r, size
	case '\\':
		_, n := utf8.DecodeRuneInString(s[1:])
		return 0, 1 + n
	case '\'', '"':
		if n := strings.IndexByte(s[1:], s[0]); n >= 0 {
			return 0, n + 2
		}
		return 0, len(s)
	case 'E', 'e':
		n := 1
		if n < len(s) && (s[n] == '+' || s[n] == '-') {
			n++
		}
		if n < len(s) && s[n] == '0' {
			for n < len(s) && s[n] == '0' {
				n++
			}
			return 'E', n
		}
	}
	return 0, size
}

// round scales the number and keeps the digits that the section shows.
func (s numberSection) round(d decimal) decimal {
	if d.digits == "" {
		return d
	}
	d.point += s.scale
	if s.scientific {
		return d.rounded(s.whole + s.places)
	}
	return d.rounded(d.point + s.places)
}

// write writes the digits into the placeholders.
func (s numberSection) write(d decimal, minus bool) string {
	w := sectionWriter{numberSection: s, d: d, point: d.point}
	if s.scientific {
		w.exp = 0
		if d.digits != "" {
			w.exp = d.point - s.whole
			w.point = s.whole
		}
	}
	if minus {
		w.out.WriteByte('-')
	}
	for i := 0; i < len(s.text); {
		kind, size := nextPart(s.text[i:])
		w.part(kind, s.text[i:i+size])
		i += size
	}
	return w.out.String()
}

// A sectionWriter is the state of formatting one number.
type sectionWriter struct {
	numberSection
	d     decimal
	point int // digits before the point
	exp   int
	place int // placeholders passed
	begun bool
	out   strings.Builder
	dot   bool
}

func (w *sectionWriter) part(kind rune, text string) {
	switch kind {
	case '0', '#':
		w.placeholder()
	case '.':
		if w.dot {
			return
		}
		w.dot = true
		w.overflow()
		if w.showPlaces() {
			w.out.WriteByte('.')
		}
	case ',':
	case 'E':
		w.exponent(text)
	case '%', '‰':
		w.out.WriteString(text)
	default:
		w.literal(text)
	}
}

// overflow writes the digits before the decimal point that have no placeholder.
// A format without placeholders does not show them.
func (w *sectionWriter) overflow() {
	if w.whole > 0 || w.place > 0 || w.begun {
		return
	}
	w.begun = true
	w.digits(0, max(w.point, 0))
}

// digits writes the digits from place i before the decimal point up to place
// end.
func (w *sectionWriter) digits(i, end int) {
	for ; i < end; i++ {
		w.out.WriteByte(w.d.digit(i))
		if left := w.point - i - 1; w.group && left > 0 && left%3 == 0 {
			w.out.WriteByte(',')
		}
	}
}

func (w *sectionWriter) placeholder() {
	at := w.place
	w.place++
	if at >= w.whole {
		w.behindPoint(at)
		return
	}
	if !w.begun && w.point > w.whole { // superfluous digits are written at the first place
		w.begun = true
		w.digits(0, w.point-w.whole)
	}
	i := w.point - (w.whole - at) // the digit at this place
	switch {
	case i >= 0 && w.point > 0:
		w.digits(i, i+1)
	case w.firstZero >= 0 && w.firstZero <= at && w.firstZero < w.whole:
		w.out.WriteByte('0')
		if left := w.whole - at - 1; w.group && left > 0 && left%3 == 0 {
			w.out.WriteByte(',')
		}
	}
	w.begun = true
}

func (w *sectionWriter) behindPoint(at int) {
	i := w.point + at - w.whole
	if i < len(w.d.digits) || at <= w.lastZero {
		w.out.WriteByte(w.d.digit(i))
	}
}

// showPlaces reports whether a digit follows the decimal point.
func (w *sectionWriter) showPlaces() bool {
	return w.lastZero >= w.whole || len(w.d.digits) > w.point && w.places > 0
}

func (w *sectionWriter) exponent(text string) {
	if !w.scientific {
		w.out.WriteString(text)
		return
	}
	zeros := strings.Count(text, "0")
	w.out.WriteByte(text[0])
	exp := w.exp
	switch {
	case exp < 0:
		w.out.WriteByte('-')
		exp = -exp
	case text[1] == '+':
		w.out.WriteByte('+')
	}
	w.out.WriteString(leadingZeros(strconv.Itoa(exp), zeros))
}

// literal copies text, without its quotes or its backslash.
func (w *sectionWriter) literal(text string) {
	switch text[0] {
	case '\\':
		text = text[1:]
	case '\'', '"':
		text = strings.Trim(text[1:], text[:1])
	}
	w.out.WriteString(text)
}
