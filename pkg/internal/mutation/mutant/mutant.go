// Package mutant implements the switches that package mutation writes into a
// copy of the code under test. An environment variable turns one of them on.
package mutant

import (
	"cmp"
	"os"
	"runtime/metrics"
	"strconv"
	"sync"
	"time"
)

const (
	// Active is the environment variable with the number of the active mutant.
	// Without it, no mutant is active.
	Active = "SCALESET_MUTANT"
	// Reached is the environment variable with the name of a file to which the
	// number of every executed switch is appended, a line each, followed by "
	// same" if the mutant would have made no difference.
	Reached = "SCALESET_MUTANT_REACHED"
)

// maxHeap limits the memory of a mutant, whose loop may never end: about ten
// times that of the largest test.
const maxHeap = 3 << 30

var (
	active  = number(os.Getenv(Active))
	reached = open(os.Getenv(Reached))

	mu   sync.Mutex
	seen = map[visit]bool{}
)

// A visit is an executed mutant, and whether it would have made a difference
// there.
type visit struct {
	id      int
	differs bool
}

func init() {
	if active > 0 {
		go watch()
	}
}

// watch ends the process if its heap exceeds maxHeap.
func watch() {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for range time.Tick(20 * time.Millisecond) {
		if metrics.Read(sample); sample[0].Value.Uint64() > maxHeap {
			os.Exit(1)
		}
	}
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func open(path string) *os.File {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		panic(err)
	}
	return f
}

// note writes at once, because the process may end in any way.
func note(v visit) {
	mu.Lock()
	defer mu.Unlock()
	if seen[v] {
		return
	}
	seen[v] = true
	line := strconv.Itoa(v.id)
	if !v.differs {
		line += " same"
	}
	reached.WriteString(line + "\n")
}

// On reports whether the mutant is active.
func On(id int) bool { return on(id, true) }

// on is On if it is known whether the mutant makes a difference: one that never
// does need not be run.
func on(id int, differs bool) bool {
	if reached != nil {
		note(visit{id, differs})
	}
	return id == active
}

// True returns c or true; False returns c or false; Not returns c or its
// negation.
func True(id int, c bool) bool  { return on(id, !c) || c }
func False(id int, c bool) bool { return !on(id, c) && c }
func Not(id int, c bool) bool   { return On(id) != c }

// A comparison, or the same with a moved boundary.

func Less[T cmp.Ordered](id int, a, b T) bool         { return on(id, a == b) && a == b || a < b }
func LessEqual[T cmp.Ordered](id int, a, b T) bool    { return !(on(id, a == b) && a == b) && a <= b }
func Greater[T cmp.Ordered](id int, a, b T) bool      { return on(id, a == b) && a == b || a > b }
func GreaterEqual[T cmp.Ordered](id int, a, b T) bool { return !(on(id, a == b) && a == b) && a >= b }

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type numeric interface {
	integer | ~float32 | ~float64
}

// A computation, or its inverse.

func Plus[T numeric](id int, a, b T) T {
	if On(id) {
		return a - b
	}
	return a + b
}

func Minus[T numeric](id int, a, b T) T {
	if On(id) {
		return a + b
	}
	return a - b
}

func Times[T numeric](id int, a, b T) T {
	if On(id) {
		return a / b
	}
	return a * b
}

func Over[T numeric](id int, a, b T) T {
	if On(id) {
		return a * b
	}
	return a / b
}

func Rest[T integer](id int, a, b T) T {
	if On(id) {
		return a / b
	}
	return a % b
}

// Next returns n or n+1; Previous returns n or n-1.

func Next[T numeric](id int, n T) T {
	if On(id) {
		n++
	}
	return n
}

func Previous[T numeric](id int, n T) T {
	if On(id) {
		n--
	}
	return n
}

// Text and Number return the value of a case, or one that never occurs.

func Text[T ~string](id int, s T) T {
	if On(id) {
		return s + "\x00"
	}
	return s
}

func Number[T integer](id int, n T) T {
	if On(id) {
		return ^n - 1<<5
	}
	return n
}
