package cli

import (
	"bytes"
	"context"
	"errors"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// memoryWidth is the number of columns of texts that are not for a terminal.
const memoryWidth = 100

// errTooMuch ends a run in memory that prints more than it may.
var errTooMuch = errors.New("the output is too large")

// A bounded buffer takes no more than most bytes.
type bounded struct {
	bytes.Buffer
	most int
	over bool
}

// Write implements [io.Writer].
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.most {
		b.over = true
		return 0, errTooMuch
	}
	return b.Buffer.Write(p)
}

// inMemory runs a command line of another program: over files that it
// provides, whose names are relative to dir, which may be "". It reads no other file and
// no environment, and what it writes is returned by base name. out and errs are what it
// printed. The error is errTooMuch when that are more than most bytes.
func (app *App) inMemory(ctx context.Context, files engine.Files, dir string, most int, args []string) (out, errs string, written map[string][]byte, code int, err error) {
	stdout, stderr := &bounded{most: most}, &bounded{most: most}
	inner := &App{
		In: bytes.NewReader(nil), Out: stdout, Err: stderr, Width: memoryWidth,
		Getenv: func(string) string { return "" }, Now: app.Now, Dir: dir, Files: files, Version: app.Version,
		written: map[string][]byte{},
	}
	code = Main(ctx, inner, args)
	if stdout.over || stderr.over {
		err = errTooMuch
	}
	return stdout.String(), stderr.String(), inner.written, code, err
}
