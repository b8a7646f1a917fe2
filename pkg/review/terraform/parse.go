package terraform

import (
	"bytes"
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Parse reads the text of a saved plan. Of a plan only the scale sets are kept,
// at the places where they are in the file: a plan of everything that a team has
// holds more values than any template.
func Parse(name string, text []byte) (*jsonc.Tree, error) {
	text = source.UTF8(text)
	root, err := savedjson.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s %w; %s", name, err, hint)
	}
	changes := root.Get("resource_changes")
	if !root.IsObject() || !changes.IsArray() {
		return nil, fmt.Errorf("%s is not a Terraform plan in JSON; %s", name, hint)
	}
	var entries []gjson.Result
	changes.ForEach(func(_, e gjson.Result) bool {
		if _, ok := kinds.Get()[e.Get("type").String()]; ok {
			entries = append(entries, e)
		}
		return len(entries) <= maxSets
	})
	tree := jsonc.ParseQuietly(source.NewFile(name, kept(text, root.Get("format_version").Raw, entries)))
	for _, d := range tree.Diagnostics {
		if d.Severity == diag.Error {
			return nil, fmt.Errorf("%s: %s", name, d.Summary)
		}
	}
	return tree, nil
}

// kept is a plan of some entries alone. Where there is room for what must be
// around them, they stay where they are in the text, and the rest is blank.
func kept(text []byte, version string, entries []gjson.Result) []byte {
	if version == "" {
		version = "null"
	}
	head, tail := []byte(`{"format_version":`+version+`,"resource_changes":[`), []byte(`]}`)
	end, fits := len(head), true
	for _, e := range entries {
		fits = fits && e.Index >= end && e.Index+len(e.Raw) <= len(text) && bytes.Equal(text[e.Index:e.Index+len(e.Raw)], []byte(e.Raw))
		end = e.Index + len(e.Raw) + 1
	}
	if !fits || end+len(tail) > len(text)+1 || len(entries) == 0 {
		out := head
		for i, e := range entries {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(out, e.Raw...)
		}
		return append(out, tail...)
	}
	out := make([]byte, len(text))
	for i, c := range text {
		if out[i] = ' '; c == '\n' || c == '\r' {
			out[i] = c
		}
	}
	copy(out, head)
	for i, e := range entries {
		copy(out[e.Index:], e.Raw)
		after := e.Index + len(e.Raw)
		if i < len(entries)-1 {
			out[after] = ','
		} else {
			copy(out[after:], tail)
		}
	}
	return out
}
