// Package browser runs the commands and the language server for a page in a
// browser: over texts in memory, without files, a terminal or a network. What a
// command prints is what the command line prints.
package browser

import (
	"bytes"
	"context"
	"io"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/scaleset/scaleset/pkg/app/cli"
	"github.com/scaleset/scaleset/pkg/check/engine"
)

// Folder is the absolute path under which the language server finds the texts; in
// command lines their names are relative to it.
const Folder = "/page"

// A Result is what a command has printed, and its exit code.
type Result struct {
	Code     int
	Out, Err string
}

// Run runs a command line, without the name of the program, over the texts, by name.
// Settings are not read. A command that reads or writes other files fails: in a
// browser there are none.
func Run(ctx context.Context, version string, texts map[string]string, args ...string) Result {
	var out, errs bytes.Buffer
	app := newApp(version, "", texts)
	app.In, app.Out, app.Err = strings.NewReader(""), &out, &errs
	code := cli.Main(ctx, app, append(args, noSettings))
	return Result{code, out.String(), errs.String()}
}

// noSettings is the flag that stops the search for settings. The language server
// would search in the folders of the workspace as well, unless it has a file.
const noSettings = "--config="

// Serve starts a language server for the documents with the names, which are empty
// until they are opened. It calls send with each message, and returns the function
// that takes those of the editor and never blocks. The server ends with the context
// or when the editor says so.
func Serve(ctx context.Context, version string, names []string, send func(message string)) (receive func(message string)) {
	texts := map[string]string{}
	for _, name := range names {
		texts[name] = ""
	}
	in := newInbox()
	app := newApp(version, Folder, texts)
	app.In, app.Out, app.Err = in, &outbox{send: send}, io.Discard
	go cli.Main(ctx, app, []string{"lsp", noSettings})
	return in.put
}

// newApp returns an app whose only files are the texts.
func newApp(version, folder string, texts map[string]string) *cli.App {
	files := engine.Overlay{Texts: map[string][]byte{}}
	for name, text := range texts {
		files.Texts[path.Join(folder, name)] = []byte(text)
	}
	return &cli.App{
		Getenv: func(string) string { return "" }, Now: time.Now, Dir: Folder, Files: files, Version: version,
	}
}

// An inbox is a stream of the messages that were put into it. Put never blocks: in
// a browser, a function that the page calls must return before anything else runs.
type inbox struct {
	mu      sync.Mutex
	changed *sync.Cond
	waiting bytes.Buffer
	closed  bool
}

func newInbox() *inbox {
	in := new(inbox)
	in.changed = sync.NewCond(&in.mu)
	return in
}

func (in *inbox) put(message string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.waiting.WriteString("Content-Length: " + strconv.Itoa(len(message)) + "\r\n\r\n" + message)
	in.changed.Broadcast()
}

// Read implements [io.Reader].
func (in *inbox) Read(p []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for in.waiting.Len() == 0 && !in.closed {
		in.changed.Wait()
	}
	return in.waiting.Read(p)
}

// Close ends the stream: a read that waits returns.
func (in *inbox) Close() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closed = true
	in.changed.Broadcast()
	return nil
}

// An outbox takes the messages from a stream that is written to it.
type outbox struct {
	send    func(message string)
	partial []byte
}

// Write implements [io.Writer].
func (o *outbox) Write(p []byte) (int, error) {
	o.partial = append(o.partial, p...)
	for {
		header, rest, ok := bytes.Cut(o.partial, []byte("\r\n\r\n"))
		length, err := strconv.Atoi(strings.TrimPrefix(string(header), "Content-Length: "))
		if !ok || err != nil || len(rest) < length {
			return len(p), nil
		}
		o.send(string(rest[:length]))
		o.partial = rest[length:]
	}
}
