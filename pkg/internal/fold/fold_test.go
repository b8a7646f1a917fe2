package fold_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/fold"
)

var names = []string{"", "a", "A", "é", "É", "ß", "K", "k", "\u212a", "Kelvin", "\u212aelvin", "@", "`", "[", "{", "Name", "name", "NAME", "Nam", "\xff", "\xdf", "nam\u212a", "namk", "namK", "nam\u212ak", "namek\xff", "nameK\xff", "name\xff", "name\xdf",
	"virtualNetworkName", "virtualnetworkname", strings.Repeat("Long", 40)}

func TestEqual(t *testing.T) {
	for _, a := range names {
		for _, b := range names {
			if got, want := fold.Equal(a, b), strings.EqualFold(a, b); got != want {
				t.Errorf("%q and %q: %t, want %t", a, b, got, want)
			}
			if strings.EqualFold(a, b) && fold.First(a) != fold.First(b) {
				t.Errorf("%q and %q are equal and have nothing in common", a, b)
			}
		}
	}
}

// TestLower asks for more names than are remembered, from several goroutines.
func TestLower(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 20_000 {
				name := names[i%len(names)]
				if i%2 == 0 {
					name = fmt.Sprintf("%sOf%d", name, i%5_000)
				}
				if got, want := fold.Lower(name), strings.ToLower(name); got != want {
					t.Errorf("%q: %q, want %q", name, got, want)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkLower(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		fold.Lower("virtualNetworkName")
	}
}

func BenchmarkToLower(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		strings.ToLower("virtualNetworkName")
	}
}
