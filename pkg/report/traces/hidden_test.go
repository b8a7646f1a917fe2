package traces_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/trace"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/traces"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const template = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
"parameters": {
  "any": {"type": "string"},
  "unused": {"type": "string"} },
"variables": {
  "login": "Correct-Horse-9",
  "name": "web" },
"resources": [
  {"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "properties": {
    "adminPassword": "[variables('login')]",
    "note": "[concat(variables('name'), parameters('any'))]" } },
  {"type": "A.B/d", "apiVersion": "2020-01-01", "name": "[concat(variables('name'), copyIndex())]", "copy": {"name": "loop", "count": 30}, "location": "[variables('name')]" } ],
"outputs": {"o": {"type": "string", "value": "[variables('name')]"} } }`

func traced(t *testing.T) (*expand.Deployment, *secret.Set) {
	t.Helper()
	tree := jsonc.Parse(source.NewFile("t.json", []byte(template)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
	s := secrets()
	at := strings.Index(template, `"Correct-Horse-9"`)
	s.AddRange(tree.File.Range(at, at+len(`"Correct-Horse-9"`)))
	return d, s
}

// TestTracedTexts: the text of traces: of a secret no letter, of a value that is
// not known what it waits for, of loops the first values.
func TestTracedTexts(t *testing.T) {
	d, s := traced(t)
	for _, tt := range []struct{ pointer, want string }{
		{"/resources/0/properties/adminPassword", `A.B/c x
/resources/0/properties/adminPassword = "<secure>"
  t.json:10:22  written as an expression  "[variables('login')]"
  t.json:10:24    variable login  variables('login')
  t.json:6:12       value  "<secure>"

`},
		{"/outputs/o", `output o
/outputs/o = "web"
  t.json:13:46  written as an expression  "[variables('name')]"
  t.json:13:48    variable name  variables('name')
  t.json:7:11       value  "web"

`},
	} {
		of := traces.Traces{Template: "t.json", Asked: tt.pointer, Traces: trace.ByPointer(d, tt.pointer), Secrets: s}
		if diff := cmp.Diff(tt.want, text(t, func(w io.Writer) error { return of.WriteText(w, findings.Text{}) })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.pointer, diff)
		}
		if got := text(t, of.WriteJSON); !json.Valid([]byte(got)) {
			t.Errorf("%s: %s", tt.pointer, got)
		}
	}
	of := traces.Traces{Traces: trace.ByPointer(d, "/resources/0/properties/note"), Secrets: s}
	if got := text(t, func(w io.Writer) error { return of.WriteText(w, findings.Text{}) }); !strings.Contains(got, "\n  not known offline: concat('web', parameters('any')) (parameter 'any': it has no value)") {
		t.Errorf("a value that is not known:\n%s", got)
	}
	var all []trace.Trace
	for i := range 30 {
		all = append(all, trace.ByPointer(d, fmt.Sprintf("/resources/%d/location", 1+i))...)
	}
	of = traces.Traces{Traces: all, Secrets: s}
	got := text(t, func(w io.Writer) error { return of.WriteText(w, findings.Text{}) })
	if !strings.HasSuffix(got, fmt.Sprintf("... and %d values more at the same position (the JSON format lists all)\n", len(all)-5)) || strings.Count(got, " = \"web\"\n") != 5 {
		t.Errorf("%d values of a loop:\n%s", len(all), got)
	}
	if !strings.Contains(got, "  in iteration 0 of copy loop 'loop'") {
		t.Errorf("nothing names the loop:\n%s", got)
	}
	var read struct {
		Traces []struct {
			Resource string
			Around   []struct{ Message string }
		}
	}
	if err := json.Unmarshal([]byte(text(t, of.WriteJSON)), &read); err != nil || len(read.Traces) != len(all) || read.Traces[1].Resource != "A.B/d web1" && read.Traces[1].Resource != "A.B/d web0" || len(read.Traces[0].Around) == 0 {
		t.Errorf("JSON: %v, %+v", err, read.Traces[:2])
	}
}

// TestUsedTexts: who uses a name, by way of what, and the values made of it.
func TestUsedTexts(t *testing.T) {
	d, s := traced(t)
	of := func(name string) string {
		uses, ok := trace.UsesOf(d, name)
		if !ok {
			t.Fatalf("%s is not declared", name)
		}
		a := traces.Traces{Asked: name, Uses: &uses, Secrets: s}
		if got := text(t, a.WriteJSON); !json.Valid([]byte(got)) {
			t.Errorf("%s: %s", name, got)
		}
		return text(t, func(w io.Writer) error { return a.WriteText(w, findings.Text{}) })
	}
	if got, want := of("unused"), "parameter unused is declared at t.json:4:3\n  it is not used\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := of("login"); !strings.HasPrefix(got, "variable login is declared at t.json:6:3\n  t.json:10:24  ") || !strings.Contains(got, "1 dependent value:\n  /resources/0/properties/adminPassword  \"<secure>\"\n") {
		t.Errorf("login:\n%s", got)
	}
	if got := of("name"); !strings.Contains(got, " dependent values:\n") || !strings.Contains(got, "  ... and ") || !strings.Contains(got, "more (the JSON format lists more)\n") {
		t.Errorf("name:\n%s", got)
	}
}
