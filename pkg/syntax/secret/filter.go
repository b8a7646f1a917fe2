package secret

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unsafe"
)

// window is how many bytes of a document are searched together; a longer line is
// searched as a whole.
const window = 1 << 16

// Filtered calls write with a writer that hides the secrets of the set as
// [Set.Filter] does, on the way to w. It keeps some lines of the document at a time.
// It returns the first error of write or of w.
func (s *Set) Filtered(w io.Writer, write func(io.Writer) error) error {
	f := newFilter(s, w, window)
	if err := write(f); err != nil {
		return err
	}
	return f.flush(true)
}

// A filter searches whole lines. Most secrets lie in one line. The lines that a text
// of several lines may begin in are kept until all of it is there, and of a private
// key the first line is kept until its end comes.
type filter struct {
	set     *Set
	w       io.Writer
	window  int
	overlap int // the length of the longest text to hide that has several lines

	buf     []byte // what is not written yet, behind what is kept of a block
	block   int    // the length of the first line of a private key that has not ended; buf begins with it
	next    int    // the length of buf from which it is searched
	hidden  bool   // what was written last is a mask,
	covered int    // and so much at the start of buf belongs to it, the block included
	out     []byte
}

func newFilter(s *Set, w io.Writer, window int) *filter {
	f := &filter{set: s, w: w, window: window, next: window}
	if s == nil {
		return f
	}
	for _, text := range s.texts {
		if strings.Contains(text, "\n") {
			f.overlap = len(text) // the first is the longest
			break
		}
	}
	return f
}

// Write implements [io.Writer].
func (f *filter) Write(p []byte) (int, error) {
	f.buf = append(f.buf, p...)
	if len(f.buf) < f.next {
		return len(p), nil
	}
	return len(p), f.flush(false)
}

// flush writes the lines whose secrets are known, or all when the document ends.
func (f *filter) flush(last bool) error {
	end := len(f.buf)
	if !last {
		end = bytes.LastIndexByte(f.buf, '\n') + 1
	}
	text := unsafe.String(unsafe.SliceData(f.buf), end) // not a copy; nothing keeps it
	cut := end
	if !last && f.overlap > 0 {
		cut = strings.LastIndexByte(text[:max(0, end-f.overlap+1)], '\n') + 1
	}
	if cut <= f.block && !last {
		f.next = max(f.window, 2*len(f.buf))
		return nil
	}
	spans := f.set.spans(text, false)
	if f.hidden {
		spans = apart(slices.Insert(spans, 0, span{0, f.covered}))
	}
	out, at := f.out[:0], f.block
	hidden, covered := false, 0
	for _, hit := range spans {
		if hit.start >= cut {
			break
		}
		if hit.start > 0 || !f.hidden {
			out = append(append(out, text[at:hit.start]...), Mask...)
		}
		at = min(hit.end, cut)
		hidden, covered = hit.end >= cut, hit.end-at
	}
	if at == 0 { // the usual case
		_, err := f.w.Write(f.buf[:cut])
		f.keep("", cut)
		f.hidden = false
		return err
	}
	out = append(out, text[at:cut]...)
	block := ""
	if hidden && spans[len(spans)-1].end == end {
		block = openBlock(text, cut)
	}
	f.keep(block, cut)
	f.hidden, f.covered, f.out = hidden, len(block)+covered, out
	_, err := f.w.Write(out)
	return err
}

// keep leaves what is behind cut in the buffer, with a block in front.
func (f *filter) keep(block string, cut int) {
	rest := f.buf[:copy(f.buf, f.buf[cut:])]
	if f.block = len(block); block != "" {
		rest = slices.Insert(rest, 0, []byte(block)...)
	}
	f.buf, f.next = rest, max(f.window, 2*len(rest))
}
