package source

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// Pack compresses the text of the file, which is decompressed on the next use:
// for a run that reads more than fits in memory and shows a few lines of each
// file. Templates shrink to an eighth.
func (f *File) Pack() {
	if f.packed.Load() == nil {
		c := f.opened.Load()
		var b bytes.Buffer
		w := packers.Get().(*flate.Writer)
		w.Reset(&b)
		_, err := w.Write(c.text)
		if err == nil {
			err = w.Close()
		}
		packers.Put(w)
		if err != nil || b.Len() > f.length/2 {
			return
		}
		packed := bytes.Clone(b.Bytes())
		f.packed.Store(&packed)
	}
	f.opened.Store(nil)
}

var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(io.Discard, flate.BestSpeed) // an error says of a wrong level
	return w
}}

// recent are the files that were unpacked last. The others are packed again.
var recent struct {
	sync.Mutex
	files [8]*File
	next  int
}

// open gives the content, which stays as it is when the file is packed meanwhile.
func (f *File) open() *content {
	if c := f.opened.Load(); c != nil {
		return c
	}
	recent.Lock()
	defer recent.Unlock()
	if c := f.opened.Load(); c != nil {
		return c
	}
	text := make([]byte, f.length)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(*f.packed.Load())), text); err != nil {
		panic(err) // it is what Pack has written
	}
	c := newContent(text)
	if old := recent.files[recent.next]; old != nil && old != f {
		old.opened.Store(nil)
	}
	recent.files[recent.next] = f
	recent.next = (recent.next + 1) % len(recent.files)
	f.opened.Store(c)
	return c
}
