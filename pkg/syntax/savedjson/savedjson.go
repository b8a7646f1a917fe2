// Package savedjson reads JSON that another program has saved, such as the
// output of az: text that may come from a stranger, of which only some members
// are wanted.
package savedjson

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxDepth is the deepest nesting that is read. What az prints is at most some
// twenty levels deep. The validator of gjson calls itself for each level, so
// nesting without a limit would end the process.
const maxDepth = 200

// Parse returns the value of a text, in UTF-8 or in UTF-16, in which older
// PowerShells redirect output. It returns an error if the text is empty, is not
// JSON, or nests deeper than 200 levels: words that follow the name of a file,
// such as "is not JSON". The error does not quote the text.
func Parse(text []byte) (gjson.Result, error) {
	text, _ = source.UTF8(text)
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return gjson.Result{}, errors.New("is empty")
	case depth(text) > maxDepth:
		return gjson.Result{}, fmt.Errorf("nests deeper than %d levels", maxDepth)
	case !gjson.ValidBytes(text): // gjson itself takes broken JSON as well
		return gjson.Result{}, errors.New("is not JSON")
	}
	return gjson.ParseBytes(text), nil
}

// depth is the deepest nesting of a text, brackets within strings left aside; it
// stops counting above maxDepth.
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
