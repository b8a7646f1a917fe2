// Package mutant holds the switches that package mutation writes into a copy of
// the code under test. The environment says which one is on.
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
	// Active is the variable of the environment that names the mutant to switch
	// on, by its number. Without it, all are off.
	Active = "SCALESET_MUTANT"
	// Reached names a file to which the number of every switch that is come by
	// is appended, a line each, followed by " same"
	// where it was come by and would have made no difference.
	Reached = "SCALESET_MUTANT_REACHED"
)

// maxHeap bounds what a mutant may use, which may have lost the end of a loop:
// some ten times what the largest test needs.
const maxHeap = 3 << 30

var (
	active  = number(os.Getenv(Active))
	reached = open(os.Getenv(Reached))

	mu   sync.Mutex
	seen = map[visit]bool{}
)

// A visit is a mutant that was come by, and whether it would have made a
// difference there.
type visit struct {
	id      int
	differs bool
}

func init() {
	if active > 0 {
		go watch()
	}
}

// watch ends the process when its heap has grown beyond maxHeap.
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

// note writes at once: how the process ends is not known.
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

// On reports whether the mutant is switched on.
func On(id int) bool { return on(id, true) }

// on is On where it is known whether the mutant makes a difference: what never
// does need not be tried.
func on(id int, differs bool) bool {
	if reached != nil {
		note(visit{id, differs})
	}
	return id == active
}

// True is c, or true; False is c, or false; Not is c, or its contrary.
func True(id int, c bool) bool  { return on(id, !c) || c }
func False(id int, c bool) bool { return !on(id, c) && c }
func Not(id int, c bool) bool   { return On(id) != c }

// A comparison, or the same with its boundary on the other side.

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

// A computation, or its contrary.

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

// Next is n, or one more; Previous is n, or one less.

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

// Text and Number are the value of a case, or one that never comes.

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
