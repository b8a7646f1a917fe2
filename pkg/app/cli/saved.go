package cli

import (
	"fmt"
	"io"
	"os"
)

// maxSaved is the size in bytes above which a saved file is not read: the sizes
// of all regions, the longest answer there is, take some 30 MB.
const maxSaved = 100 << 20

// readSaved reads a file that the user names: an answer of the service, a
// baseline. A pipe will do; a device that never ends is an error.
func (app *App) readSaved(name string) ([]byte, error) {
	app.readFrom(name)
	f, err := os.Open(app.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(&limited{in: f, left: maxSaved})
}

// limited ends with an error when there is more to read than it may.
type limited struct {
	in   io.Reader
	left int
}

// Read implements [io.Reader].
func (l *limited) Read(p []byte) (int, error) {
	if len(p) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.in.Read(p)
	if n > l.left {
		return l.left, fmt.Errorf("it has more than %d bytes, the limit", maxSaved)
	}
	l.left -= n
	return n, err
}
