package reviews_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/report/reviews"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// many is a deployment of n scale sets and n networks.
func many(t *testing.T, name string, n, capacity int, size string) *expand.Deployment {
	t.Helper()
	var resources []string
	for i := range n {
		resources = append(resources, fmt.Sprintf(`{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web%d-\u0060\u0060\u0060ä", "location": "westeurope",
  "zones": ["1", "2", "3"], "sku": {"name": %q, "capacity": %d}, "tags": {"a": "</details><script>"},
  "properties": {"orchestrationMode": "Uniform", "upgradePolicy": {"mode": "Rolling"}, "virtualMachineProfile": {
    "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "o", "sku": "s", "version": %q}}}}}`, i, size, capacity, size),
			fmt.Sprintf(`{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net%d", "location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}`, i))
	}
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [` + strings.Join(resources, ",\n") + `]}`
	tree := jsonc.Parse(source.NewFile(name, []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{ResourceGroup: "web", Location: "westeurope", DeploymentName: "d"}})
}

// TestMarkdownFitsAComment reviews a change of more and more scale sets with more and
// more findings: the text fits a comment of GitHub, everything that is opened is closed,
// and what is left out is named.
func TestMarkdownFitsAComment(t *testing.T) {
	for _, n := range []int{1, 10, 100, 500} {
		older, newer := many(t, "old.json", n, 6, "Standard_D2s_v5"), many(t, "new.json", n, 9, "Standard_D4s_v5")
		compared := diff.Compare(diff.Side{Name: "old.json", Deployment: older}, diff.Side{Name: "new.json", Deployment: newer}, diff.Options{})
		r, err := review.New(newer, review.Options{Older: older, Diff: compared})
		if err != nil {
			t.Fatal(err)
		}
		r.Template, r.Diff = "new.json", compared
		for i := range 4 * n {
			r.Findings = append(r.Findings, diag.Diagnostic{Code: "SS4001", Rule: "capacity-limit", Severity: diag.Warning, Subject: newer.Resources[0].Body.Get("name").At(), Summary: fmt.Sprintf("finding %d with </details> and ``` in its text", i)})
		}
		r.Existing = make([]bool, len(r.Findings))
		for i := range r.Existing {
			r.Existing[i] = i%2 == 1
		}
		doc := reviews.Document{Review: r, Secrets: secrets()}
		got := text(t, doc.WriteMarkdown)
		if len(got) > reviews.MaxMarkdown {
			t.Errorf("%d sets: %d bytes", n, len(got))
		}
		inOrder(t, "the Markdown", got, "# Review of new.json", "| scale set | size | instances | cores |\n|---|---|---:|---:|\n", "Standard\\_D2s\\_v5 → Standard\\_D4s\\_v5 | 6 → 9 | 12 → 36 |",
			"## Changes from old.json", "## How it rolls out", "## Findings", "### New with this change", "finding 0")
		if opened, closed := strings.Count(got, "\n<details>"), strings.Count(got, "\n</details>\n"); opened != closed || opened == 0 {
			t.Errorf("%d sets: %d details are opened, %d closed", n, opened, closed)
		}
		if fences := strings.Count(got, "\n```"); fences%2 != 0 {
			t.Errorf("%d sets: %d fences", n, fences)
		}
		left := strings.Contains(got, "more lines are left out here; the formats html and json have everything.") && strings.Contains(got, "\nLeft out, because a comment has room for 65,536 characters: ")
		if left != (n >= 100) {
			t.Errorf("%d sets: says that something is left out: %v", n, left)
		}
	}
}
