package golden

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"sync"
)

// An Editor is the client of a language server: the server reads the messages
// of the client from it and writes its responses to it. Like an editor it sends
// a message only when all requests before it have a response. It is safe for
// concurrent use.
type Editor struct {
	mu      sync.Mutex
	changed *sync.Cond
	said    []byte       // not read yet
	ahead   int          // bytes left of the current message
	answers bytes.Buffer // all output of the server
	parsed  int          // bytes of answers that were parsed
	waiting int          // requests without a response
	closed  bool
}

// NewEditor returns an editor that sends the messages, each with its header.
func NewEditor(messages []byte) *Editor {
	e := &Editor{said: messages}
	e.changed = sync.NewCond(&e.mu)
	return e
}

// Read returns at most one message, and waits until all requests have a
// response.
func (e *Editor) Read(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ahead == 0 {
		for e.waiting > 0 && !e.closed {
			e.changed.Wait()
		}
		size, body := message(e.said)
		if e.ahead = size; body == nil {
			e.ahead = len(e.said) // not a message: return everything
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

// Write receives output of the server.
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

// Close ends the input of the server.
func (e *Editor) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	e.changed.Broadcast()
	return nil
}

// String returns all output of the server.
func (e *Editor) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.answers.String()
}

// message returns the first message of a text: its size with its header, and
// its body; nil if it is incomplete.
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
