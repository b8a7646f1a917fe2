package golden

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"sync"
)

// An Editor is the other side of a language server: the server reads from it
// what an editor says and writes its answers to it. Like an editor it sends a
// message only once all requests before it are answered. It is safe for
// concurrent use.
type Editor struct {
	mu      sync.Mutex
	changed *sync.Cond
	said    []byte       // not read yet
	ahead   int          // bytes of the message that is being read
	answers bytes.Buffer // all that was written
	parsed  int          // bytes of answers that were looked at
	waiting int          // requests without an answer
	closed  bool
}

// NewEditor returns an editor that says the messages, each with its header.
func NewEditor(messages []byte) *Editor {
	e := &Editor{said: messages}
	e.changed = sync.NewCond(&e.mu)
	return e
}

// Read gives at most one message, and waits before it until all requests are answered.
func (e *Editor) Read(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ahead == 0 {
		for e.waiting > 0 && !e.closed {
			e.changed.Wait()
		}
		size, body := message(e.said)
		if e.ahead = size; body == nil {
			e.ahead = len(e.said) // not a message: all there is
		} else if isRequest(body) {
			e.waiting++
		}
	}
	if len(e.said) == 0 || e.closed {
		return 0, io.EOF
	}
	n := copy(p, e.said[:e.ahead])
	e.said, e.ahead = e.said[n:], e.ahead-n
	return n, nil
}

// Write takes what the server says.
func (e *Editor) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answers.Write(p)
	for {
		size, body := message(e.answers.Bytes()[e.parsed:])
		if body == nil {
			break
		}
		e.parsed += size
		if isResponse(body) {
			e.waiting--
		}
	}
	e.changed.Broadcast()
	return len(p), nil
}

// Close ends what the editor says.
func (e *Editor) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	e.changed.Broadcast()
	return nil
}

// String is all that the server has said.
func (e *Editor) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.answers.String()
}

// message is the first message of a text: its size with its header, and its
// body; nil when there is no whole one.
func message(text []byte) (size int, body []byte) {
	head, rest, ok := bytes.Cut(text, []byte("\r\n\r\n"))
	length, isLength := strings.CutPrefix(string(head), "Content-Length: ")
	n, err := strconv.Atoi(length)
	if !ok || !isLength || err != nil || n < 0 || n > len(rest) {
		return 0, nil
	}
	return len(head) + 4 + n, rest[:n:n]
}

func isRequest(body []byte) bool {
	var m struct {
		ID     any
		Method string
	}
	return json.Unmarshal(body, &m) == nil && m.ID != nil && m.Method != ""
}

func isResponse(body []byte) bool {
	var m struct{ Method string }
	return json.Unmarshal(body, &m) == nil && m.Method == ""
}
