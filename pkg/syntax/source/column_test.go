package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLongLines compares the columns of a long line with columns that are
// counted one by one, in valid and in broken UTF-8.
func TestLongLines(t *testing.T) {
	pieces := []string{"a", "é", "€", "😀", "\x80", "\xf0\x9f", "\x80\x80\x80\x80\x80", "\uFEFF"}
	var b strings.Builder
	b.WriteString("\uFEFFfirst line\n")
	for i := range 3 * milestoneStep {
		b.WriteString(pieces[i*i%len(pieces)])
		b.WriteString(pieces[i%len(pieces)])
	}
	text := b.String()
	start := strings.IndexByte(text, '\n') + 1
	f := NewFile("t.json", []byte(text))
	for offset := start; offset <= len(text); offset += 7 {
		points, units := 1, 1
		for rest := text[start:offset]; rest != ""; {
			r, n := utf8.DecodeRuneInString(rest)
			points, units, rest = points+1, units+1, rest[n:]
			if r > 0xFFFF {
				units++
			}
		}
		if got := f.Position(offset); got.Column != points || got.Line != 2 {
			t.Fatalf("offset %d: line %d column %d, want line 2 column %d", offset, got.Line, got.Column, points)
		}
		if got := f.UTF16Column(offset); got != units {
			t.Fatalf("offset %d: UTF-16 column %d, want %d", offset, got, units)
		}
	}
}

// BenchmarkPositionInLongLine converts the position at the end of a line of 1
// MB.
func BenchmarkPositionInLongLine(b *testing.B) {
	f := NewFile("t.json", []byte(strings.Repeat("{}, ", 1<<18)))
	b.ReportAllocs()
	for b.Loop() {
		f.Position(f.Len())
	}
}
