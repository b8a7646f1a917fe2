// Package lazy has values that are computed when they are first needed.
package lazy

import (
	"regexp"
	"sync"
)

// A Value is computed by Of when it is first needed. Other than a variable of
// [sync.OnceValue], one of this type is laid out when the program is built: a package
// whose variables are all like that needs no code when the program starts, and that
// code is not read from the disk.
type Value[T any] struct {
	Of func() T

	once  sync.Once
	value T
}

// Get returns the value. A panic of Of is the caller's, and the value is zero after it.
func (v *Value[T]) Get() T {
	v.once.Do(func() { v.value = v.Of() })
	return v.value
}

// A Regexp is a regular expression that is compiled when it is first needed.
type Regexp struct {
	Text string

	once   sync.Once
	regexp *regexp.Regexp
}

// Get returns the compiled expression. It panics if the text is none.
func (r *Regexp) Get() *regexp.Regexp {
	r.once.Do(func() { r.regexp = regexp.MustCompile(r.Text) })
	return r.regexp
}
