package source

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A length is the length of a text in code points and in UTF-16 code units.
type length struct{ points, units int }

// measure returns the length of a text. A byte that is not part of valid UTF-8
// counts as one code point.
func measure(text []byte) (l length) {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		l.points++
		l.units++
		if r > 0xFFFF {
			l.units++
		}
		text = text[n:]
	}
	return l
}

// milestoneStep is the distance between milestones in bytes, which bounds the
// bytes that are counted to convert one position.
const milestoneStep = 1024

// A milestone records the length of the text before an offset. A minified
// template is one line of megabytes; without milestones every position in it
// would be counted from the beginning.
type milestone struct {
	offset int
	before length
}

// milestones returns the milestones of a text. Each is at the start of a code
// point.
func milestones(text []byte) []milestone {
	all := make([]milestone, 1, 2+len(text)/milestoneStep)
	for last := all[0]; len(text)-last.offset > milestoneStep; {
		end := last.offset + milestoneStep
		for !utf8.RuneStart(text[end]) && end > last.offset+milestoneStep-utf8.UTFMax {
			end--
		}
		l := measure(text[last.offset:end])
		last = milestone{end, length{last.before.points + l.points, last.before.units + l.units}}
		all = append(all, last)
	}
	return all
}

// count returns the length of the text from the start of a line to end. It
// leaves out a byte order mark at the beginning of the file, which is not a
// column for people or for their tools.
func (f *File) count(start, end int) length {
	text := f.Bytes()
	if start == 0 && bytes.HasPrefix(text[:end], []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	if end-start <= 2*milestoneStep {
		return measure(text[start:end])
	}
	from, to := f.before(start), f.before(end)
	return length{to.points - from.points, to.units - from.units}
}

// before returns the length of the text before an offset.
func (f *File) before(offset int) length {
	c := f.open()
	miles := c.miles()
	m := miles[sort.Search(len(miles), func(i int) bool { return miles[i].offset > offset })-1]
	l := measure(c.text[m.offset:offset])
	return length{m.before.points + l.points, m.before.units + l.units}
}
