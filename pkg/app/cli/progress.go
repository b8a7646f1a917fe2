package cli

import (
	"fmt"
	"sync"
	"time"
)

// A run that ends within patience needs no progress; a line that changes more
// often than each tick cannot be read.
const (
	patience = 500 * time.Millisecond
	tick     = 100 * time.Millisecond
)

// progress returns a line on the standard error that counts what is done, when a
// person looks at it and the run takes long; nil else.
func (app *App) progress(what string) func(done, total int) {
	if !app.ErrIsTerminal || app.common.Quiet {
		return nil
	}
	var mu sync.Mutex
	next := app.Now().Add(patience)
	shown, most := false, 0
	return func(done, total int) {
		mu.Lock()
		defer mu.Unlock()
		most = max(most, done) // goroutines may come out of order
		switch now := app.Now(); {
		case most == total && shown:
			fmt.Fprint(app.unguarded(app.Err), "\r\x1b[K")
			shown = false
		case most < total && now.After(next):
			fmt.Fprintf(app.unguarded(app.Err), "\r%d of %d %s\x1b[K", most, total, what)
			shown, next = true, now.Add(tick)
		}
	}
}
