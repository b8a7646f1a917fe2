package lsp

import (
	"strings"
	"testing"
)

// TestRequestsShareTheText: requests about a text that was checked parse it no
// further time, and a change is seen at once.
func TestRequestsShareTheText(t *testing.T) {
	s, conn := serverFor(t, t.TempDir())
	const uri = "file:///templates/a.json"
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "variables": {"one": 1}, "resources": [], "outputs": {"o": {"type": "int", "value": "[variables('one')]"}}}`
	s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: text}})
	p := positionParams{TextDocument: document{URI: uri}, Position: position{Character: strings.Index(text, "('one") + 3}}

	before, _ := s.at(p) // not checked yet
	if again, _ := s.at(p); again.parsed != before.parsed {
		t.Error("the second request parses the text again")
	}
	s.checkDirty()
	checked := s.last("/templates/a.json").template
	c, _ := s.at(p)
	if c.tree != checked.Tree || c.template() != checked.ARM {
		t.Error("a request after a check parses the text again")
	}
	if first := c.symbols(); c.symbols() != first {
		t.Error("the names are indexed twice")
	}
	if n, ok := s.symbolAt(p); !ok || n.symbol.Name != "one" {
		t.Errorf("the symbol is %v, want one", n.symbol)
	}

	changed := strings.ReplaceAll(text, "one", "two")
	s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: changed}})
	if n, ok := s.symbolAt(p); !ok || n.symbol.Name != "two" {
		t.Errorf("the symbol after a change is %v, want two", n.symbol)
	}
	s.didClose(t.Context(), conn, openParams{document{URI: uri}})
	if s.parsed != nil {
		t.Error("a closed document is kept")
	}
}

// TestLargeChecksAreReleased: the check of a large template is not kept beside the
// next one, and its findings are.
func TestLargeChecksAreReleased(t *testing.T) {
	for _, size := range []int{1000, largestTwice} {
		s, conn := serverFor(t, t.TempDir())
		const uri, name = "file:///templates/a.json", "/templates/a.json"
		text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [], "outputs": {"o": {"type": "int", "value": "[nope()]"}}}` + strings.Repeat(" ", size)
		s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: text}})
		s.checkDirty()
		if c := s.last(name); c.template == nil || len(c.findings) == 0 {
			t.Fatalf("%d spaces: the check has %d findings", size, len(c.findings))
		}
		s.known[name].release()
		c := s.last(name)
		if released := c.template == nil; released != (size >= largestTwice) {
			t.Errorf("%d spaces: released is %v", size, released)
		}
		if len(c.findings) == 0 || len(s.diagnosticsOf(name)) == 0 {
			t.Errorf("%d spaces: the findings are gone", size)
		}
	}
}
