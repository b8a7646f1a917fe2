package lsp

import "time"

// A Clock runs functions later. The zero Config uses that of the machine.
type Clock interface {
	// AfterFunc calls f in its own goroutine after d, unless stop is called first.
	AfterFunc(d time.Duration, f func()) (stop func())
}

type machineClock struct{}

// AfterFunc implements [Clock].
func (machineClock) AfterFunc(d time.Duration, f func()) func() {
	t := time.AfterFunc(d, f)
	return func() { t.Stop() }
}

const (
	// pause is how long the text must stay as it is before a check is started
	// again that typing has interrupted: longer than between two keystrokes. A
	// check that is faster than the typing waits for nothing.
	pause = 200 * time.Millisecond
	// grace is how long work may go on after the editor has ended the session.
	// What is not answered by then is rejected.
	grace = 500 * time.Millisecond
)
