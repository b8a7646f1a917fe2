package source

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestPack packs more files than stay unpacked, while others read them.
func TestPack(t *testing.T) {
	files := make([]*File, 40)
	text := func(i int) string { return strings.Repeat(fmt.Sprintf("a line of file %d\n", i), 100) }
	for i := range files {
		files[i] = NewFile("t.json", []byte(text(i)))
	}
	short := NewFile("short.json", []byte("{}"))
	short.Pack()
	if short.packed.Load() != nil || short.Text() != "{}" {
		t.Error("a text that does not shrink is packed")
	}
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for n := range 200 {
				i := (n*7 + worker) % len(files)
				f := files[i]
				if n%3 == worker%3 {
					f.Pack()
				}
				end := f.Position(f.Len())
				line, _ := f.Line(3)
				if f.Text() != text(i) || end.Line != 101 || end.Column != 1 || string(line)+"\n" != text(i)[:len(line)+1] {
					t.Errorf("file %d changed", i)
				}
			}
		})
	}
	all.Wait()
	opened := 0
	for _, f := range files {
		f.Pack()
		if f.opened.Load() != nil {
			opened++
		}
		if packed := f.packed.Load(); packed == nil || len(*packed) > f.Len()/10 {
			t.Error("a text is not packed")
		}
	}
	if opened > 0 {
		t.Errorf("%d files stay unpacked", opened)
	}
}
