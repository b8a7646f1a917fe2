package comparisons_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// deployed expands a template of ../testdata. The parameter key has no value.
func deployed(t *testing.T, name string) *expand.Deployment {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	tree := jsonc.Parse(source.NewFile(name, text))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{
		TenantID: "99999999-0000-0000-0000-000000000000", SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "web", Location: "westeurope", DeploymentName: "d",
	}})
}

func secrets() *secret.Set {
	s := new(secret.Set)
	s.AddText("Correct-Horse-9")
	return s
}

func compared(t *testing.T) *diff.Diff {
	t.Helper()
	return diff.Compare(diff.Side{Name: "old.json", Deployment: deployed(t, "old.json")}, diff.Side{Name: "new.json", Deployment: deployed(t, "new.json")}, diff.Options{})
}

func text(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "Correct-Horse") {
		t.Error("a secret comes out")
	}
	return b.String()
}

// holds wants each part in a text. The words of what is said belong to other packages;
// the tests here are about the form.
func holds(t *testing.T, name, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %q", name, part)
		}
	}
}

func TestComparison(t *testing.T) {
	c := comparisons.Comparison{Diff: compared(t), Secrets: secrets()}
	holds(t, "the text", text(t, func(w io.Writer) error { return c.WriteText(w, findings.Text{}) }),
		"~ Microsoft.Compute/virtualMachineScaleSets web", `  ~ sku.name: "Standard_D4s_v5" -> "Standard_D2s_v5"`, "      old.json:6:49 -> new.json:6:49\n", "  ~ sku.capacity: 9 -> 6", "web   9 -> 6   removes web_8 web_7 web_6\n")
	holds(t, "the Markdown", text(t, c.WriteMarkdown), "## What changes from old.json to new.json", "Standard\\_D4s\\_v5", "## Capacity preview of web")
	var all struct {
		Resources []struct {
			Name    string
			Changes []struct {
				Pointer  string
				Old, New struct{ Value any }
			}
		}
	}
	if err := json.Unmarshal([]byte(text(t, c.WriteJSON)), &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Resources) != 2 || all.Resources[1].Changes[0].Pointer != "/resources/1/sku/name" || all.Resources[1].Changes[0].Old.Value != "Standard_D4s_v5" {
		t.Errorf("%+v", all)
	}
}
