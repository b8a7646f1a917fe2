package lsp

import (
	"context"
	"encoding/json"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// A later is what a method answers whose work takes long: the worker calls step
// again and again while there is nothing else to do, until it is done. So a check of
// the whole workspace delays no other message longer than one step takes.
type later struct {
	step func(ctx context.Context, p *progress) (answer any, done bool)
}

// advance takes one step of the first request that is worked on in the background.
func (s *server) advance() {
	s.mu.Lock()
	if len(s.background) == 0 {
		s.mu.Unlock()
		return
	}
	j := s.background[0]
	s.background = s.background[1:]
	s.mu.Unlock()
	answer, done, err := s.stepOf(j)
	if !done && err == nil {
		s.mu.Lock()
		if s.pending[j.r.ID] == j { // it has not been rejected in between
			s.background = append(s.background, j)
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
	}
	j.progress.end()
	j.cancel()
	s.reply(j, s.files.encoding.answer(answer), err)
	s.traced(j, j.since, err)
}

func (s *server) stepOf(j *job) (answer any, done bool, err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: engine.NewDefect(failed).Error()}
		}
	}()
	if j.ctx.Err() != nil {
		return nil, false, errCancelled
	}
	answer, done = j.later.step(j.ctx, j.progress)
	return answer, done, nil
}

var errCancelled = &jsonrpc2.Error{Code: codeRequestCancelled, Message: "the request was cancelled"}

// partly sends a part of an answer for a token of the editor, and reports whether
// there is one: else all belongs in the answer.
func (s *server) partly(conn *jsonrpc2.Conn, token json.RawMessage, part any) bool {
	if len(token) == 0 || string(token) == "null" {
		return false
	}
	s.notifyProgress(conn, token, s.files.encoding.answer(part))
	return true
}
