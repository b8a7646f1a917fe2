package cli

import (
	"bytes"
	"context"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// memoryWidth is the number of columns of text that is not for a terminal.
const memoryWidth = 100

// inMemory runs a command line of another program: over files that it
// provides, whose names are relative to dir, which may be "". It reads no other file and
// no environment, and what it writes is returned by base name. out and errs are what it
// printed.
func (app *App) inMemory(ctx context.Context, files engine.Files, dir string, args []string) (out, errs string, written map[string][]byte, code int) {
	var stdout, stderr bytes.Buffer
	inner := &App{
		In: bytes.NewReader(nil), Out: &stdout, Err: &stderr, Width: memoryWidth,
		Getenv: func(string) string { return "" }, Now: app.Now, Dir: dir, Files: files, Version: app.Version,
		written: map[string][]byte{},
	}
	code = Main(ctx, inner, args)
	return stdout.String(), stderr.String(), inner.written, code
}
