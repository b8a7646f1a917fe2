package jsonc_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// TestOracle wants no error in files that the deployment service accepts.
func TestOracle(t *testing.T) {
	text, err := os.ReadFile(golden.Shared(t, "oracle", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Name, Template, Status string }
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		tree := parse(c.Template)
		checkRanges(t, tree)
		if c.Status == "ok" && tree.Diagnostics.HasErrors() {
			t.Errorf("%s: %q", c.Name, lines(tree.Diagnostics))
		}
		if c.Name == "json-empty-file" && !tree.Diagnostics.HasErrors() {
			t.Errorf("%s: no error", c.Name)
		}
	}
}

func TestCodes(t *testing.T) {
	seen := map[diag.Code]bool{}
	names := map[string]bool{}
	for _, c := range jsonc.Kinds() {
		if seen[c.Code] || names[c.Name] || c.Code < "SS2000" || c.Code > "SS2019" || c.Summary == "" {
			t.Errorf("code %+v", c)
		}
		seen[c.Code], names[c.Name] = true, true
	}
}
