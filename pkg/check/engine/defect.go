package engine

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// A Defect is a panic as an error: what it said, and the line of the tool that
// it came from. One line, because only developers of the tool need the stack.
type Defect struct {
	Failed any
	Line   string // such as "pkg/review/graph/svg.go:120"; "" when it is not known
}

const module = "github.com/scaleset/scaleset/pkg/"

// ErrDefect matches every [Defect].
var ErrDefect = errors.New("a defect of scaleset")

// NewDefect is called by the deferred function that recovered failed, while the
// stack is still that of the panic.
func NewDefect(failed any) *Defect {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers[:])])
	d := &Defect{Failed: failed}
	panicked := false
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if at := strings.LastIndex(f.File, "/pkg/"); panicked && at >= 0 && strings.HasPrefix(f.Function, module) {
			d.Line = fmt.Sprintf("%s:%d", f.File[at+1:], f.Line)
			break
		}
		panicked = panicked || f.Function == "runtime.gopanic"
	}
	return d
}

// Error implements error.
func (d *Defect) Error() string {
	at := ""
	if d.Line != "" {
		at = " at " + d.Line
	}
	said, _, _ := strings.Cut(fmt.Sprint(d.Failed), "\n")
	return fmt.Sprintf("%s%s: %s; please report it with what it was working on", ErrDefect, at, said)
}

// Unwrap gives [ErrDefect].
func (d *Defect) Unwrap() error { return ErrDefect }
