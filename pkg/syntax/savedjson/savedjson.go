// Package savedjson parses JSON that another program has saved, such as the
// output of az. The text may come from a stranger, and callers read only some
// of its members.
package savedjson

import (
	"bytes"
	"errors"
	"fmt"
	"unsafe"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxDepth limits the nesting depth. The output of az has at most about 20
// levels. The validator of gjson is recursive, so unlimited nesting would
// exhaust the stack.
const maxDepth = 200

// maxValues limits the values of a text, so that a reader that looks at each has
// bounded work. The sizes of all regions, the longest answer there is, are some
// 1,500,000 values.
const maxValues = 5_000_000

// Parse returns the JSON value of a text in UTF-8 or UTF-16 (older PowerShells
// redirect output in UTF-16). It returns an error if the text is empty, is not
// JSON, is nested deeper than 200 levels, or has more than 5,000,000 values. The
// error completes a sentence that begins with the name of the file ("is not JSON")
// and does not quote the text. The value shares the memory of the text, which must
// not change.
func Parse(text []byte) (gjson.Result, error) {
	text = source.UTF8(text)
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if len(bytes.TrimSpace(text)) == 0 {
		return gjson.Result{}, errors.New("is empty")
	}
	depth, values := measure(text, maxDepth, maxValues)
	switch {
	case depth > maxDepth:
		return gjson.Result{}, fmt.Errorf("nests deeper than %d levels", maxDepth)
	case values > maxValues:
		return gjson.Result{}, fmt.Errorf("has more than %d values", maxValues)
	case !gjson.ValidBytes(text): // gjson.ParseBytes accepts broken JSON
		return gjson.Result{}, errors.New("is not JSON")
	}
	return gjson.Parse(unsafe.String(unsafe.SliceData(text), len(text))), nil // a copy can take 100 MB
}

// Values returns how many values a text in JSON has at least; more than most if it has
// more than most.
func Values(text []byte, most int) int {
	_, values := measure(text, len(text), most)
	return values
}

// measure returns the nesting depth of a text, and how many values it has at least,
// ignoring what is within strings. It stops above the limits.
func measure(text []byte, maxDepth, maxValues int) (deepest, values int) {
	now := 0
	for i := 0; i < len(text) && deepest <= maxDepth && values <= maxValues; i++ {
		switch text[i] {
		case '[', '{':
			values++
			now++
			deepest = max(deepest, now)
		case ']', '}':
			now--
		case ',':
			values++
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		}
	}
	return deepest, values
}
