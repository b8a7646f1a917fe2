package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

// maxMessage is the largest message in bytes that is read: a quarter more than
// the largest file, for the escapes of JSON. A text that is nearly all escapes,
// such as empty lines, has to be shorter: memory takes several times the message.
const maxMessage = engine.MaxFileSize / 4 * 5

// maxMessageValues limits the values of a message. The largest are edits: a message
// has some ten values for each, and jsonrpc2 needs 100 bytes for each value.
const maxMessageValues = 1_000_000

// A stream reads and writes messages with the header of the protocol. It
// answers a malformed message with an error and goes on with the next one;
// the codec of jsonrpc2 ends the session instead.
//
// See https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol.
type stream struct {
	io.Closer
	r     *bufio.Reader
	atEnd func() // called once no message follows, before ReadObject says so

	mu sync.Mutex // of writing
	w  io.Writer
}

func newStream(s io.ReadWriteCloser) *stream {
	return &stream{Closer: s, r: bufio.NewReader(s), w: s, atEnd: func() {}}
}

// WriteObject implements [jsonrpc2.ObjectStream].
func (s *stream) WriteObject(message any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.w.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(body)), body...))
	return err
}

// ReadObject implements [jsonrpc2.ObjectStream].
func (s *stream) ReadObject(into any) error {
	for {
		body, err := s.body()
		if err == nil {
			// A failed attempt must leave nothing behind for the next message.
			reflect.ValueOf(into).Elem().SetZero()
			if err = decode(body, into); err == nil {
				return nil
			}
		}
		var rejected *jsonrpc2.Error
		if errors.As(err, &rejected) {
			if err = s.reject(body, rejected); err == nil {
				continue
			}
		}
		s.atEnd()
		return err
	}
}

// decode reads one message. Its errors are sent to the editor.
func decode(body []byte, into any) error {
	text := bytes.TrimSpace(body)
	switch {
	case !json.Valid(text):
		return &jsonrpc2.Error{Code: jsonrpc2.CodeParseError, Message: "the message is not valid JSON"}
	case text[0] == '[':
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "batches are not supported; send one message at a time"}
	case text[0] != '{':
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "a message must be a JSON object"}
	case savedjson.Values(text, maxMessageValues) > maxMessageValues:
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: fmt.Sprintf("the message has more than %d values, the limit", maxMessageValues)}
	}
	if err := json.Unmarshal(text, into); err != nil {
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the message is neither a request, a notification nor a response"}
	}
	return nil
}

// reject answers a malformed message, with its id if it has one.
func (s *stream) reject(body []byte, why *jsonrpc2.Error) error {
	answer := struct {
		Version string          `json:"jsonrpc"`
		ID      *jsonrpc2.ID    `json:"id"`
		Error   *jsonrpc2.Error `json:"error"`
	}{"2.0", nil, why}
	var asked struct {
		ID *jsonrpc2.ID `json:"id"`
	}
	if json.Unmarshal(body, &asked) == nil {
		answer.ID = asked.ID
	}
	return s.WriteObject(answer)
}

// body reads the next message. An error of type *jsonrpc2.Error costs this
// message alone.
func (s *stream) body() ([]byte, error) {
	length, err := s.header()
	if err != nil {
		return nil, err
	}
	if length > maxMessage {
		if _, err := io.CopyN(io.Discard, s.r, length); err != nil {
			return nil, err
		}
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: fmt.Sprintf("the message has %d bytes; the limit is %d", length, maxMessage)}
	}
	var body bytes.Buffer // grows with what arrives, not with what the header promises
	if _, err := io.CopyN(&body, s.r, length); err != nil {
		return nil, err
	}
	return body.Bytes(), nil
}

// header reads the lines before a message and gives its length in bytes. After
// a header without a length nothing says where the next message begins: what
// follows is searched for the next header.
func (s *stream) header() (int64, error) {
	length := int64(-1)
	for {
		line, err := s.line()
		if err != nil {
			return 0, err
		}
		if line == "" {
			if length < 0 {
				return 0, &jsonrpc2.Error{Code: jsonrpc2.CodeParseError, Message: "the header of the message has no valid Content-Length"}
			}
			return length, nil
		}
		// Its bytes need not be text, so a copy in lower case can be longer.
		const name = "content-length:"
		i := len(line) - len(name)
		for i >= 0 && !strings.EqualFold(line[i:i+len(name)], name) {
			i--
		}
		if i >= 0 {
			n, err := strconv.ParseInt(strings.TrimSpace(line[i+len(name):]), 10, 64)
			if err != nil || n < 0 {
				n = -1
			}
			length = n
		}
	}
}

// line reads a line of a header; of one that is longer than any header, only
// the end counts.
func (s *stream) line() (string, error) {
	for {
		line, err := s.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return strings.TrimRight(string(line), "\r\n"), err
	}
}
