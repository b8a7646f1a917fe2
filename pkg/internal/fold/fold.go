// Package fold compares names without regard to case, as the deployment service
// does, and remembers what is known of a name: the same names of properties, types
// and parameters occur again and again, in one template and in the next.
package fold

import (
	"strings"
	"sync/atomic"
	"unicode/utf8"
)

// First returns a byte that is the same for names that are equal, ignoring case.
// Loops over names compare it first.
func First(name string) byte {
	if name == "" {
		return 0
	}
	return first[name[0]]
}

// first maps the letters of ASCII to lower case, but k and s, which equal letters
// outside of ASCII. These and all other bytes map to 0.
var first = [256]byte{
	'A': 'a', 'B': 'b', 'C': 'c', 'D': 'd', 'E': 'e', 'F': 'f', 'G': 'g', 'H': 'h', 'I': 'i', 'J': 'j', 'L': 'l', 'M': 'm', 'N': 'n',
	'O': 'o', 'P': 'p', 'Q': 'q', 'R': 'r', 'T': 't', 'U': 'u', 'V': 'v', 'W': 'w', 'X': 'x', 'Y': 'y', 'Z': 'z',
	'a': 'a', 'b': 'b', 'c': 'c', 'd': 'd', 'e': 'e', 'f': 'f', 'g': 'g', 'h': 'h', 'i': 'i', 'j': 'j', 'l': 'l', 'm': 'm', 'n': 'n',
	'o': 'o', 'p': 'p', 'q': 'q', 'r': 'r', 't': 't', 'u': 'u', 'v': 'v', 'w': 'w', 'x': 'x', 'y': 'y', 'z': 'z',
}

// Equal is strings.EqualFold, faster for names.
func Equal(a, b string) bool {
	for i := range min(len(a), len(b)) {
		c, d := a[i], b[i]
		if c|d >= utf8.RuneSelf {
			return strings.EqualFold(a[i:], b[i:])
		}
		if c != d && (c|0x20 != d|0x20 || c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return len(a) == len(b)
}

// Lower is strings.ToLower, but makes no copy of a name that it has seen recently.
// It is safe for concurrent use.
func Lower(name string) string { return lower.Of(name) }

var lower = Answers[string]{Ask: strings.ToLower}

const (
	// longest is the length in bytes up to which a name is remembered.
	longest = 192
	// slots is how many names are remembered, a power of two.
	slots = 2048
)

// Answers remembers the results of a function of a name: templates repeat the same
// few thousand names. A name takes the place of another one with the same hash, so
// the memory is bounded. It is safe for concurrent use.
type Answers[T any] struct {
	Ask func(name string) T // may be called any number of times for one name

	known [slots]atomic.Pointer[answer[T]]
}

type answer[T any] struct {
	name string
	what T
}

// Of returns the answer of Ask. It keeps a copy of the name, not the text that the
// name is a part of.
func (a *Answers[T]) Of(name string) T {
	if len(name) > longest {
		return a.Ask(name)
	}
	slot := &a.known[hash(name)%slots]
	if got := slot.Load(); got != nil && got.name == name {
		return got.what
	}
	name = strings.Clone(name)
	got := &answer[T]{name, a.Ask(name)}
	slot.Store(got)
	return got.what
}

// hash takes eight bytes at a time: a hash is computed for each name of each file.
func hash(name string) (h uint64) {
	const prime = 0x9E3779B97F4A7C15 // 2 to the power of 64, divided by the golden ratio
	rest := name
	for ; len(rest) >= 8; rest = rest[8:] {
		word := uint64(rest[0]) | uint64(rest[1])<<8 | uint64(rest[2])<<16 | uint64(rest[3])<<24 |
			uint64(rest[4])<<32 | uint64(rest[5])<<40 | uint64(rest[6])<<48 | uint64(rest[7])<<56
		h = (h ^ word) * prime
		h ^= h >> 32
	}
	for i := range len(rest) {
		h = (h ^ uint64(rest[i])) * prime
	}
	return h ^ h>>32
}
