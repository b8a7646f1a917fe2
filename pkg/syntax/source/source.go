package source

import (
	"bytes"
	"sort"
	"sync"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"
)

// A File is the text of one file. It is immutable after [NewFile] and safe for
// concurrent use; two ranges are in the same file when their pointers are equal.
type File struct {
	path     string
	length   int
	encoding string
	opened   atomic.Pointer[content] // nil while the text is kept in compressed form only
	packed   atomic.Pointer[[]byte]  // see Pack
}

// A content is the text of a file, and what is computed from it on first use.
type content struct {
	text  []byte
	lines func() []int // byte offset of the start of each line
	miles func() []milestone
}

// MaxLines limits the number of lines of a file. Everything after the last
// counted line end is one line, and package jsonc does not read such a file.
// The largest template of the public collections has 7,000 lines.
const MaxLines = 1_000_000

// NewFile returns a file with the given text. Its path is as the user gave it,
// with '/' as separator. NewFile keeps text and never changes it. A text in
// UTF-16 with a byte order mark is converted to UTF-8, and so are all places.
func NewFile(path string, text []byte) *File {
	text, encoding := utf8Text(text)
	f := &File{path: path, length: len(text), encoding: encoding}
	f.opened.Store(newContent(text))
	return f
}

func newContent(text []byte) *content {
	c := &content{text: text}
	c.lines = sync.OnceValue(func() []int { return lineStarts(text) })
	c.miles = sync.OnceValue(func() []milestone { return milestones(text) })
	return c
}

// lineStarts returns the offsets at which the lines of a text start. CRLF ends one
// line, at its LF; a lone CR ends a line too.
func lineStarts(text []byte) []int {
	starts := make([]int, 1, 1+min(bytes.Count(text, []byte{'\n'}), MaxLines))
	for at, feed := 0, -1; len(starts) <= MaxLines; {
		if feed < at { // the next LF, or the end
			if feed = bytes.IndexByte(text[at:], '\n'); feed >= 0 {
				feed += at
			} else {
				feed = len(text)
			}
		}
		lone := bytes.IndexByte(text[at:feed], '\r')
		switch {
		case lone >= 0 && (at+lone+1 < feed || feed == len(text)):
			at += lone + 1
		case feed == len(text):
			return starts
		default:
			at = feed + 1
		}
		starts = append(starts, at)
	}
	return starts
}

// Path returns the name of the file as the user gave it, with '/' as separator.
func (f *File) Path() string { return f.path }

// Bytes returns the text of the file. The caller must not change it.
func (f *File) Bytes() []byte { return f.open().text }

// Text returns the text of the file, sharing its memory with Bytes. The memory
// never changes, and a copy would be kept alive in full by any part of it.
func (f *File) Text() string {
	text := f.Bytes()
	return unsafe.String(unsafe.SliceData(text), len(text))
}

// Encoding returns "" for a text that was not converted, else "UTF-16LE" or
// "UTF-16BE", in which it was written.
func (f *File) Encoding() string { return f.encoding }

// Len returns the number of bytes of the file, in UTF-8.
func (f *File) Len() int { return f.length }

// Range returns the range from start (inclusive) to end (exclusive), clamped to
// the file.
func (f *File) Range(start, end int) Range {
	start = min(max(start, 0), f.length)
	end = min(max(end, start), f.length)
	return Range{File: f, Start: start, End: end}
}

// A Position is a position as people count it: Line and Column start at 1,
// Column counts code points, Offset counts bytes from 0. A byte that is not
// part of valid UTF-8 counts as one code point.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

// Position converts a byte offset, clamped to the file.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), f.length)
	line, start := f.line(offset)
	return Position{Line: line, Column: 1 + f.count(start, offset).points, Offset: offset}
}

// UTF16Column returns the 1-based column of offset in UTF-16 code units.
func (f *File) UTF16Column(offset int) int {
	offset = min(max(offset, 0), f.length)
	_, start := f.line(offset)
	return 1 + f.count(start, offset).units
}

func (f *File) line(offset int) (number, start int) {
	starts := f.open().lines()
	i := sort.SearchInts(starts, offset+1) - 1
	return i + 1, starts[i]
}

// Lines returns the number of lines; an empty file has one.
func (f *File) Lines() int { return len(f.open().lines()) }

// Line returns the text of the 1-based line without its line end, and its
// range. Both are empty if the file has fewer lines.
func (f *File) Line(number int) ([]byte, Range) {
	c := f.open()
	starts := c.lines()
	if number < 1 || number > len(starts) {
		return nil, Range{File: f}
	}
	start, end := starts[number-1], f.length
	if number < len(starts) {
		end = starts[number]
	}
	b := bytes.TrimRight(c.text[start:end], "\r\n")
	return b, Range{File: f, Start: start, End: start + len(b)}
}

// Offset converts a 1-based line and code-point column to a byte offset. A
// column beyond the line gives the end of the line; a line beyond the file
// gives the end of the file.
func (f *File) Offset(line, column int) int {
	if line > f.Lines() {
		return f.length
	}
	text, r := f.Line(line)
	if line == 1 && bytes.HasPrefix(text, []byte("\uFEFF")) {
		text, r.Start = text[3:], r.Start+3
	}
	for ; column > 1 && len(text) > 0; column-- {
		_, n := utf8.DecodeRune(text)
		text, r.Start = text[n:], r.Start+n
	}
	return r.Start
}

// A Range is a half-open range of bytes of one file. The zero Range refers to
// no file.
type Range struct {
	File       *File
	Start, End int
}

// IsZero reports whether the range refers to no file.
func (r Range) IsZero() bool { return r.File == nil }

// Text returns the text of the range.
func (r Range) Text() string {
	if r.File == nil {
		return ""
	}
	return r.File.Text()[r.Start:r.End]
}

// StartPosition returns the position of the first byte of the range.
func (r Range) StartPosition() Position { return r.position(r.Start) }

// EndPosition returns the position after the last byte of the range.
func (r Range) EndPosition() Position { return r.position(r.End) }

func (r Range) position(offset int) Position {
	if r.File == nil {
		return Position{}
	}
	return r.File.Position(offset)
}

// Contains reports whether o is within r, in the same file.
func (r Range) Contains(o Range) bool {
	return r.File == o.File && r.Start <= o.Start && o.End <= r.End
}

// A Map converts offsets in a decoded string (a JSON string after its escapes
// are resolved) to offsets in the file. Its zero value maps nothing.
type Map struct {
	file *File
	base int // offset in the file of the first byte of the content
	// jumps are the places where decoded and raw offsets stop running in
	// parallel: from decoded offset at on, raw = decoded + delta.
	// Most strings have none.
	jumps *[]jump
	end   int // length of the decoded string
	raw   int // offset in the file of the end of the content
}

// A jump is the end of an escape whose decoded bytes are [from, at).
type jump struct{ from, at, delta int }

// A MapBuilder collects the escapes of one string, in order.
type MapBuilder struct{ m Map }

// NewMap starts the map of a string whose content begins at offset base in f.
func NewMap(f *File, base int) *MapBuilder { return &MapBuilder{Map{file: f, base: base}} }

// Escape records that the decoded bytes [at, at+decoded) are written with raw
// bytes in the file. Call it in ascending order of at.
func (b *MapBuilder) Escape(at, decoded, raw int) {
	if b.m.jumps == nil {
		b.m.jumps = new([]jump)
	}
	delta, jumps := b.m.base, *b.m.jumps
	if n := len(jumps); n > 0 {
		delta = jumps[n-1].delta
	}
	*b.m.jumps = append(jumps, jump{at, at + decoded, delta + raw - decoded})
}

// Map returns the finished map: the decoded string has length bytes, and the
// content ends at offset end in the file.
func (b *MapBuilder) Map(length, end int) Map {
	b.m.end, b.m.raw = length, end
	return b.m
}

// Offset returns the offset in the file of the decoded offset at. An offset
// inside the decoded bytes of one escape gives the start of that escape.
func (m Map) Offset(at int) int {
	if at >= m.end {
		return m.raw
	}
	if m.jumps == nil {
		return m.base + at
	}
	jumps := *m.jumps
	i := sort.Search(len(jumps), func(i int) bool { return jumps[i].at > at })
	if i < len(jumps) && jumps[i].from < at {
		at = jumps[i].from
	}
	if i == 0 {
		return m.base + at
	}
	return at + jumps[i-1].delta
}

// Range returns the range in the file of the decoded bytes [start, end).
func (m Map) Range(start, end int) Range {
	if m.file == nil {
		return Range{}
	}
	return m.file.Range(m.Offset(start), m.Offset(end))
}
