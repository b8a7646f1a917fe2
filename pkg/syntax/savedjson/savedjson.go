// Package savedjson parses JSON that another program has saved, such as the
// output of az. The text may come from a stranger, and callers read only some
// of its members.
package savedjson

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxDepth limits the nesting depth. The output of az has at most about 20
// levels. The validator of gjson is recursive, so unlimited nesting would
// exhaust the stack.
const maxDepth = 200

// Parse returns the JSON value of a text in UTF-8 or UTF-16 (older PowerShells
// redirect output in UTF-16). It returns an error if the text is empty, is not
// JSON, or is nested deeper than 200 levels. The error completes a sentence
// that begins with the name of the file ("is not JSON") and does not quote the
// text.
func Parse(text []byte) (gjson.Result, error) {
	text, _ = source.UTF8(text)
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return gjson.Result{}, errors.New("is empty")
	case depth(text) > maxDepth:
		return gjson.Result{}, fmt.Errorf("nests deeper than %d levels", maxDepth)
	case !gjson.ValidBytes(text): // gjson.ParseBytes accepts broken JSON
		return gjson.Result{}, errors.New("is not JSON")
	}
	return gjson.ParseBytes(text), nil
}

// depth returns the nesting depth of a text, ignoring brackets within strings.
// It stops counting above maxDepth.
func depth(text []byte) int {
	deepest, now := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			if now++; now > deepest {
				if deepest = now; deepest > maxDepth {
					return deepest
				}
			}
		case ']', '}':
			now--
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		}
	}
	return deepest
}
