package traces_test

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
	"github.com/scaleset/scaleset/pkg/arm/trace"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/traces"
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

func TestTrace(t *testing.T) {
	d := deployed(t, "new.json")
	of := traces.Traces{Template: "new.json", Asked: "/resources/1/sku", Traces: trace.ByPointer(d, "/resources/1/sku/capacity"), Secrets: secrets()}
	write(t, "trace.txt", func(w io.Writer) error { return of.WriteText(w, findings.Text{}) })
	write(t, "trace.json", of.WriteJSON)
	uses, ok := trace.UsesOf(d, "size")
	if !ok {
		t.Fatal("nobody uses size")
	}
	of = traces.Traces{Template: "new.json", Asked: "size", Uses: &uses, Secrets: secrets()}
	write(t, "uses.txt", func(w io.Writer) error { return of.WriteText(w, findings.Text{}) })
	write(t, "uses.json", of.WriteJSON)
}
