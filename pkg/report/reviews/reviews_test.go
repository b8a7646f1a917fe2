package reviews_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/reviews"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/diff"
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

// inOrder wants the parts of a text one after the other.
func inOrder(t *testing.T, name, text string, parts ...string) {
	t.Helper()
	at := 0
	for _, part := range parts {
		next := strings.Index(text[at:], part)
		if next < 0 {
			t.Errorf("%s lacks %q after what comes before it", name, part)
			return
		}
		at += next
	}
}

func TestReview(t *testing.T) {
	d := deployed(t, "new.json")
	changes, err := whatif.ParseChanges("9,4")
	if err != nil {
		t.Fatal(err)
	}
	r, err := review.New(d, review.Options{Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	r.Template, r.Findings, r.Diff = "new.json", findingsOf(d), compared(t)
	doc := reviews.Document{Review: r, Secrets: secrets(), Version: "1.2.3", Assumed: []expansions.Assumed{{Name: "location", Value: "westeurope"}}}
	page := text(t, doc.WriteHTML)
	for _, res := range d.Resources { // where the resource is, not where its name is computed
		at := res.Declared.StartPosition()
		holds(t, "the page", page, "line "+strconv.Itoa(at.Line)+":"+strconv.Itoa(at.Column))
	}
	holds(t, "the page", page,
		"<title>Review of new.json</title>", `<div class="tile bad"><b>1</b><span>error</span></div>`, `<a href="#changes">Changes</a>`, `<svg xmlns="http://www.w3.org/2000/svg" class="graph"`,
		`<td class="key">Microsoft.Compute/<wbr>virtualMachineScaleSets</td><td data-l="name">web</td>`, "<h3>1 error</h3>", "too many &lt;instances&gt;", `<a href="https://example.org/limit" rel="noreferrer">a document</a>`,
		"<details><summary>1 info</summary>", "&lt;secure&gt;", "<h4>6 → 9 adds 3</h4>", `<rect class="come"`, "<h4>9 → 4 removes 5</h4>", `<div class="bar"><i style="width:`,
		`<h2 id="changes">Changes from old.json</h2>`, "<code>&#34;Standard_D4s_v5&#34;</code>", "<li>location: <code>westeurope</code></li>", "<h3>Known only at deployment</h3>", `<td class="key"><code>parameters(&#39;key&#39;)</code></td>`, "scaleset 1.2.3")
	inOrder(t, "the page", page, `<div class="verdict bad">`, `<h2 id="changes">`, `<h2 id="rollout">`, `<h2 id="findings">`, `<h2 id="deployed">`, `<h2 id="sets">`, `<h2 id="exposure">`, `<h2 id="parameters">`, `<h2 id="capacity">`, `<h2 id="unknown">`)
	inOrder(t, "the Markdown", text(t, doc.WriteMarkdown), "**Do not deploy this yet. Fix 1 error", "## Changes from ", "## How it rolls out", "## Findings", "<b>What is deployed</b>", "<b>Scale sets</b>", "<b>Open to the Internet</b>", "<b>Parameters</b>", "<b>Capacity and limits</b>", "<b>Unknown and assumed values</b>")
	if strings.Contains(page, "ZgotmplZ") || strings.Contains(page, "<instances>") {
		t.Error("the page has a value that no template can take, or markup of the input")
	}
	d2 := xml.NewDecoder(strings.NewReader(page))
	d2.Strict, d2.AutoClose, d2.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		if _, err := d2.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the page cannot be read: %v", err)
		}
	}
	holds(t, "the Markdown", text(t, doc.WriteMarkdown), "# Review of new.json", "```mermaid\nflowchart LR\n", "too many &lt;instances&gt;", "### Capacity preview of web", "## Changes from old.json", "| parameters('key') |")
	var all struct {
		Summary   struct{ Errors, Warnings, Infos int }
		ScaleSets []struct {
			Name     string
			Capacity struct{ Steps []struct{ From, To int } }
		}
		Diff struct{ Resources []any }
	}
	if err := json.Unmarshal([]byte(text(t, doc.WriteJSON)), &all); err != nil {
		t.Fatal(err)
	}
	if all.Summary.Errors != 1 || all.Summary.Infos != 1 || len(all.ScaleSets) != 1 || len(all.ScaleSets[0].Capacity.Steps) != 2 || all.ScaleSets[0].Capacity.Steps[1].To != 4 || len(all.Diff.Resources) != 2 {
		t.Errorf("%+v", all)
	}
}
