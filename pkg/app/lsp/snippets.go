package lsp

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// snippetText holds resources and parts of resources to fill in: a line
// "### list | label | description" and the text, for the list of a template that
// it is an element of.
//
//go:embed snippets.txt
var snippetText string

type snippet struct{ list, label, detail, text string }

var snippets = lazy.Value[[]snippet]{Of: func() []snippet {
	var all []snippet
	for _, part := range strings.Split(snippetText, "### ")[1:] {
		head, text, _ := strings.Cut(part, "\n")
		fields := strings.Split(head, " | ")
		all = append(all, snippet{fields[0], fields[1], fields[2], strings.TrimRight(text, "\n")})
	}
	return all
}}

// addSnippets offers the snippets that are elements of the array at the cursor.
func (c *completion) addSnippets(k *place) {
	if c.quoted || k.list == "" {
		return
	}
	for i, s := range snippets.Get() {
		if s.list == k.list {
			c.add(offer{label: s.label, text: c.finish(s.text), kind: kindSnippet, detail: s.detail, snippet: true, rank: -1000 + i})
		}
	}
}
