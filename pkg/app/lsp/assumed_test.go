package lsp

import (
	"slices"
	"strings"
	"testing"
)

// TestAssumedValues: a value that depends on facts that nobody has given is marked,
// with these facts; one that does not is plain.
func TestAssumedValues(t *testing.T) {
	s, conn := withRules(t, t.TempDir())
	s.options.InlayHints = true
	text := `{` + head + `, "variables": {"where": "[resourceGroup().location]", "name": "[toUpper('web')]"},
"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "[variables('name')]",
"location": "[variables('where')]", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}],
"outputs": {"id": {"type": "string", "value": "[subscription().subscriptionId]"}}}`
	document := document{URI: "file:///w/t.json", Text: text}
	s.didOpen(t.Context(), conn, openParams{document})
	s.checkDirty()
	answer, err := s.inlayHints(t.Context(), rangeParams{document, textRange{End: position{Line: 99}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range answer.([]inlayHint) {
		got = append(got, h.Label+" "+h.Tooltip)
	}
	const id = "00000000-0000-0000-0000-000000000000"
	want := []string{
		`= "WEB" `,
		`≈ "westus2" Assumed: location westus2, subscription id ` + id + `, resource group made-up-resource-group`,
		`≈ "` + id + `" Assumed: tenant id ` + id + `, subscription id ` + id,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the hints are %q, want %q", got, want)
	}
	for mark, assumed := range map[string]bool{"variables('where')": true, "variables('name')": false} {
		offset := strings.LastIndex(text, mark) + len(mark) - 3
		h := s.hover(positionParams{document, positionOf(text, offset)})
		if h == nil || strings.Contains(h.Contents.Value, "Assumed: location westus2") != assumed {
			t.Errorf("%s: %+v", mark, h)
		}
	}
}
