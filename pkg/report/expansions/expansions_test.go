package expansions_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
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

func findingsOf(d *expand.Deployment) diag.List {
	at := d.Resources[1].Body.Get("name").At()
	return diag.List{
		{Code: "SS4001", Rule: "capacity-limit", Severity: diag.Error, Subject: at, Summary: "too many <instances>", Detail: "Take fewer.", Source: "a document", Help: "https://example.org/limit"},
		{Code: "SS4002", Rule: "second", Severity: diag.Warning, Subject: at, Summary: "the password Correct-Horse-9 is short"},
		{Code: "SS4003", Rule: "third", Severity: diag.Info, Subject: at, Summary: "advice"},
	}
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

func write(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	golden.Equal(t, filepath.Join("testdata", name), []byte(text(t, write)))
}

func TestExpansion(t *testing.T) {
	d := deployed(t, "new.json")
	e := expansions.Expansion{Template: "new.json", Deployment: d, Findings: findingsOf(d), Secrets: secrets(), Assumed: []expansions.Assumed{{Name: "location", Value: "westeurope"}}}
	write(t, "expansion.txt", func(w io.Writer) error { return e.WriteText(w, findings.Text{}) })
	write(t, "expansion.json", e.WriteJSON)
	write(t, "expansion.template.json", e.WriteTemplate)
}
