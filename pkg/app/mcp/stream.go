package mcp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// maxMessage is the largest message in bytes that is read: two templates as large as
// Azure accepts, with as many escapes again. Memory takes ten times the message.
const maxMessage = 16 << 20

// grace is how long the end of the input waits for answers.
const grace = 10 * time.Second

// A stream is messages, one a line. It answers what is not a message with an error and
// continues with the next line; the transport of the SDK ends the session instead. And it
// holds back the end of the input until all requests are answered, so that requests can
// come from a pipe.
type stream struct {
	in     *bufio.Reader
	closer io.Closer
	rest   []byte // of the line that is being read

	mu      sync.Mutex // of all below
	out     io.Writer
	waiting map[string]bool // ids of requests without an answer
	changed chan struct{}   // closed and replaced when one is answered
	ended   chan struct{}
	closed  bool
}

func newStream(in io.Reader, out io.Writer) *stream {
	s := &stream{in: bufio.NewReader(in), out: out, waiting: map[string]bool{}, changed: make(chan struct{}), ended: make(chan struct{})}
	s.closer, _ = in.(io.Closer)
	return s
}

// Read implements [io.Reader].
func (s *stream) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		line, err := s.line()
		if err != nil && len(line) == 0 {
			s.settle()
			return 0, err
		}
		s.rest = line
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// line returns the next line that holds a message.
func (s *stream) line() ([]byte, error) {
	for {
		line, err := s.raw()
		text := bytes.TrimSpace(line)
		switch {
		case errors.Is(err, errTooLong):
			s.reject(jsonrpc.CodeInvalidRequest, err.Error())
		case len(text) == 0 && err != nil:
			return nil, err
		case len(text) == 0:
		case !json.Valid(text):
			s.reject(jsonrpc.CodeParseError, "the line is not JSON; each message is one line")
		case text[0] == '[':
			s.reject(jsonrpc.CodeInvalidRequest, "batches are not answered; send each message in a line of its own")
		default:
			m, bad := jsonrpc.DecodeMessage(text)
			if bad != nil {
				s.reject(jsonrpc.CodeInvalidRequest, "the line is not a message of JSON-RPC 2.0")
				continue
			}
			if r, ok := m.(*jsonrpc.Request); ok && r.ID.IsValid() {
				s.mu.Lock()
				s.waiting[key(r.ID)] = true
				s.mu.Unlock()
			}
			return append(text, '\n'), nil
		}
	}
}

var errTooLong = fmt.Errorf("a message has more than %d bytes, the limit; pass the path of the file instead of its text", maxMessage)

// raw returns the next line. Of one that is too long nothing is kept.
func (s *stream) raw() ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := s.in.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxMessage; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long {
			return nil, errTooLong
		}
		return line, err
	}
}

// reject answers what is not a message.
func (s *stream) reject(code int, why string) {
	answer, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": nil, "error": map[string]any{"code": code, "message": why}})
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.out.Write(append(answer, '\n')) // a closed output ends the session by itself
}

// Write implements [io.Writer]. The transport writes each message at once.
func (s *stream) Write(p []byte) (int, error) {
	m, err := jsonrpc.DecodeMessage(bytes.TrimSpace(p))
	s.mu.Lock()
	defer s.mu.Unlock()
	n, failed := s.out.Write(p)
	if answer, ok := m.(*jsonrpc.Response); ok && err == nil {
		delete(s.waiting, key(answer.ID))
		close(s.changed)
		s.changed = make(chan struct{})
	}
	return n, failed
}

// key distinguishes the id 1 from the id "1".
func key(id jsonrpc.ID) string { return fmt.Sprintf("%T %v", id.Raw(), id.Raw()) }

// settle waits until all requests are answered, for as long as grace allows.
func (s *stream) settle() {
	late := time.After(grace)
	for {
		s.mu.Lock()
		left, changed := len(s.waiting), s.changed
		s.mu.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-changed:
		case <-s.ended:
			return
		case <-late:
			return
		}
	}
}

// Close implements [io.Closer]: a waiting read ends.
func (s *stream) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.ended)
	if s.closer != nil {
		return s.closer.Close()
	}
	return nil
}
