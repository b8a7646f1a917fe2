package cli

import (
	"bytes"
	"context"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// memoryWidth is the number of columns of texts that nobody sees on a terminal.
const memoryWidth = 100

// inMemory runs a command line that nobody has typed: over files that somebody else
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
