package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// On a terminal nothing is written until the user answers yes.
func TestScaleAsks(t *testing.T) {
	tests := []struct {
		answer string
		code   int
		want   string // in the standard output
	}{
		{"yes", ExitClean, `"capacity": 2`},
		{"", ExitUsage, ""},
		{"no", ExitUsage, ""},
	}
	template, err := os.ReadFile(filepath.Join("..", "..", "..", "examples", "preview", "linux-nat", "azuredeploy.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		app, out, errs := answer(t, tt.answer)
		if err := os.WriteFile(filepath.Join(app.Dir, "t.json"), template, 0o600); err != nil {
			t.Fatal(err)
		}
		code := Main(context.Background(), app, []string{"scale", "t.json", "--capacity", "2", "--current", "3", "--set", "vmssName=web"})
		if code != tt.code || !strings.Contains(out(), tt.want) || tt.want == "" && out() != "" {
			t.Errorf("%q: exit code %d\n%s%s", tt.answer, code, out(), errs())
		}
		if !strings.Contains(errs(), "web   3 -> 2   removes web_2") {
			t.Errorf("no preview in %s", errs())
		}
	}
}
