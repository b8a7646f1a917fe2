package source_test

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestPosition(t *testing.T) {
	const text = "\uFEFFab\r\ncé😀d\rlast\n"
	f := source.NewFile("a.json", []byte(text))
	for _, test := range []struct {
		offset, line, column, utf16 int
	}{
		{0, 1, 1, 1}, {3, 1, 1, 1}, {4, 1, 2, 2}, {5, 1, 3, 3}, {6, 1, 4, 4},
		{7, 2, 1, 1}, {8, 2, 2, 2}, {10, 2, 3, 3}, {14, 2, 4, 5}, {15, 2, 5, 6},
		{16, 3, 1, 1}, {20, 3, 5, 5}, {21, 4, 1, 1}, {99, 4, 1, 1}, {-1, 1, 1, 1},
	} {
		p := f.Position(test.offset)
		if p.Line != test.line || p.Column != test.column {
			t.Errorf("offset %d is at %d:%d, want %d:%d", test.offset, p.Line, p.Column, test.line, test.column)
		}
		if got := f.UTF16Column(test.offset); got != test.utf16 {
			t.Errorf("offset %d is in UTF-16 column %d, want %d", test.offset, got, test.utf16)
		}
	}
}

func TestLines(t *testing.T) {
	f := source.NewFile("a.json", []byte("ab\r\nc\rd\n"))
	var got []string
	for n := range f.Lines() + 2 {
		text, r := f.Line(n)
		if n >= 1 && n <= f.Lines() && r.Text() != string(text) {
			t.Errorf("line %d: range of %q, text %q", n, r.Text(), text)
		}
		got = append(got, string(text))
	}
	if d := cmp.Diff([]string{"", "ab", "c", "d", "", ""}, got); d != "" {
		t.Error(d)
	}
	if n := source.NewFile("", nil).Lines(); n != 1 {
		t.Errorf("an empty file has %d lines, want 1", n)
	}
}

// TestOffsetInverts wants Offset to invert Position at the start of every code
// point.
func TestOffsetInverts(t *testing.T) {
	inverts := func(text string) bool {
		f := source.NewFile("q", []byte(text))
		for i := range text {
			p := f.Position(i)
			if line, _ := f.Line(p.Line); p.Column > utf8.RuneCount(line)+1 {
				continue // inside a line end
			}
			if got := f.Offset(p.Line, p.Column); got != i {
				t.Logf("%q: offset %d is at %d:%d, which is at %d", text, i, p.Line, p.Column, got)
				return false
			}
		}
		return true
	}
	if !inverts("a\n\né\r\n😀b\rc") {
		t.Error("not inverted")
	}
	if err := quick.Check(inverts, nil); err != nil {
		t.Error(err)
	}
	f := source.NewFile("q", []byte("ab\ncd"))
	if got := []int{f.Offset(1, 9), f.Offset(2, 2), f.Offset(9, 1)}; !cmp.Equal(got, []int{2, 4, 5}) {
		t.Errorf("offsets %v", got)
	}
}

// TestLineEnds compares all short texts of line ends with their definition.
func TestLineEnds(t *testing.T) {
	texts := []string{""}
	for range 6 {
		for _, text := range texts {
			if len(text) < 6 {
				texts = append(texts, text+"a", text+"\n", text+"\r")
			}
		}
		slices.Sort(texts)
		texts = slices.Compact(texts)
	}
	if len(texts) != 1093 { // 1 + 3 + 9 + ... + 729
		t.Fatalf("%d texts", len(texts))
	}
	for _, text := range texts {
		lines := 1 + strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
		f := source.NewFile("q", []byte(text+"b"))
		if got := f.Position(len(text)).Line; got != lines {
			t.Errorf("%q has %d lines, want %d", text, got, lines)
		}
		start := 1 + max(strings.LastIndexByte(text, '\n'), strings.LastIndexByte(text, '\r'))
		if got := f.Offset(lines, 1); got != start {
			t.Errorf("%q: the last line starts at %d, want %d", text, got, start)
		}
	}
}

func TestRange(t *testing.T) {
	f := source.NewFile("a.json", []byte("abc\ndef"))
	r := f.Range(1, 6)
	if r.Text() != "bc\nde" || r.IsZero() || r.StartPosition().Line != 1 || r.EndPosition() != (source.Position{Line: 2, Column: 3, Offset: 6}) {
		t.Errorf("range %q ends at %v", r.Text(), r.EndPosition())
	}
	if got := f.Range(-3, 99); got.Start != 0 || got.End != 7 {
		t.Errorf("clamped to %d-%d", got.Start, got.End)
	}
	if got := f.Range(5, 2); got.Start != 5 || got.End != 5 {
		t.Errorf("reversed range is %d-%d", got.Start, got.End)
	}
	other := source.NewFile("a.json", []byte("abc\ndef"))
	if !r.Contains(f.Range(2, 6)) || r.Contains(f.Range(0, 2)) || r.Contains(other.Range(2, 3)) {
		t.Error("wrong containment")
	}
	var zero source.Range
	if !zero.IsZero() || zero.Text() != "" || zero.StartPosition() != (source.Position{}) {
		t.Error("the zero range is a place")
	}
}

func TestMap(t *testing.T) {
	// The string "aé\n😀b" written as a é \n 😀 b, with escapes
	// of 6, 2 and 12 bytes.
	const text = `"a\u00e9\n\ud83d\ude00b"`
	f := source.NewFile("m.json", []byte(text))
	b := source.NewMap(f, 1)
	b.Escape(1, 2, 6)
	b.Escape(3, 1, 2)
	b.Escape(4, 4, 12)
	m := b.Map(len("aé\n😀b"), len(text)-1)
	want := []int{1, 2, 2, 8, 10, 10, 10, 10, 22, 23}
	var got []int
	for at := range len("aé\n😀b") + 1 {
		got = append(got, m.Offset(at))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if r := m.Range(3, 8); r.Text() != `\n\ud83d\ude00` || r.File != f {
		t.Errorf("range %q", r.Text())
	}
	if r := (source.Map{}).Range(0, 3); !r.IsZero() {
		t.Errorf("the zero map gives %v", r)
	}
}

func TestUTF8(t *testing.T) {
	for _, test := range []struct{ name, in, want, encoding string }{
		{"UTF-8", "é", "é", ""},
		{"with a mark", "\uFEFFé", "\uFEFFé", ""},
		{"little endian", "\xff\xfea\x00\xe9\x00\x3d\xd8\x00\xde", "\uFEFFaé😀", "UTF-16LE"},
		{"big endian", "\xfe\xff\x00a\x00\xe9\xd8\x3d\xde\x00", "\uFEFFaé😀", "UTF-16BE"},
		{"odd length", "\xff\xfea\x00b", "\uFEFFa", "UTF-16LE"},
		{"empty", "", "", ""},
	} {
		f := source.NewFile("t.json", []byte(test.in))
		if f.Text() != test.want || f.Encoding() != test.encoding || string(source.UTF8([]byte(test.in))) != test.want {
			t.Errorf("%s: %q in %q, want %q in %q", test.name, f.Text(), f.Encoding(), test.want, test.encoding)
		}
		if got := string(f.Original()); got != test.in && test.name != "odd length" {
			t.Errorf("%s: written as %q, not as %q", test.name, got, test.in)
		}
	}
}

// TestLineStarts compares the lines of short texts with those counted byte by byte.
func TestLineStarts(t *testing.T) {
	const letters = "a\r\n"
	for n := range 3 * 3 * 3 * 3 * 3 * 3 {
		var text []byte
		for i := n; i > 0; i /= 3 {
			text = append(text, letters[i%3])
		}
		want := []int{0}
		for i, c := range text {
			if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
				want = append(want, i+1)
			}
		}
		f := source.NewFile("t.json", text)
		for line := range want {
			if _, r := f.Line(line + 1); f.Lines() != len(want) || r.Start != want[line] {
				t.Fatalf("%q: line %d of %d starts at %d, want %v", text, line+1, f.Lines(), r.Start, want)
			}
		}
	}
}
