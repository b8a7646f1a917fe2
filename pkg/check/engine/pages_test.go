package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestPages executes the pages of the findings about structure and expansion:
// the Bad block gives exactly the Output, the Good block nothing. A block is a
// template, with a template net.json beside it, or the parameter file of one.
func TestPages(t *testing.T) {
	executed := 0
	for _, k := range engine.Kinds() {
		path := "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md"
		if !strings.HasPrefix(string(k.Code), "SS103") && (k.Code < "SS2020" || k.Code > "SS2033") && (k.Code < "SS2040" || k.Code > "SS2054") && (k.Code < "SS0010" || k.Code > "SS0013") ||
			k.Code == "SS2047" || k.Code == "SS2048" || k.Code == "SS2049" {
			continue // has a page elsewhere
		}
		executed++
		t.Run(string(k.Code), func(t *testing.T) {
			page := golden.Page{Path: path, Text: k.Page(), Start: "# " + string(k.Code) + " " + k.Name + "\n\n" + k.Summary, Code: string(k.Code),
				Run: func(block string) string { return said(t, block) }}
			page.Test(t)
		})
	}
	if executed < 30 {
		t.Errorf("only %d pages", executed)
	}
}

// oldTLS stands for a rule that a check of another tool corresponds to.
var oldTLS = &lint.Rule{Code: "SS8121", Name: "storage-tls", Peers: []string{"CKV_AZURE_44"}, OffByDefault: true, Run: func(p *lint.Pass) {
	for _, r := range p.Deployment.Expanded.Resources {
		if at := r.Body.Get("properties", "minimumTlsVersion"); at.Exists() {
			p.Reportf(at, "an old version")
		}
	}
}}

// said is what the language says of a block.
func said(t *testing.T, block string) string {
	files := memory{"azuredeploy.json": block, "net.json": template(`"resources": []`)}
	if strings.Contains(block, "deploymentParameters.json") || strings.Contains(block, `"capacity": { "value"`) {
		files["azuredeploy.parameters.json"] = block
		files["azuredeploy.json"] = template(`"parameters": {"capacity": {"type": "int", "defaultValue": 3}}, "resources": []`)
	}
	e, err := engine.New(engine.Config{Files: files, Context: funcs.Context{
		SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "web", Location: "westus2", DeploymentName: "main"},
		Rules: []*lint.Rule{oldTLS}, Lint: lint.Options{Today: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Packs: map[diag.Code]diag.Severity{oldTLS.Code: diag.Info}}})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(t.Context(), []string{"azuredeploy.json"})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range result.Findings {
		if !engine.IsLanguage(d.Code) && (d.Code < "SS0010" || d.Code > "SS0013") && d.Code != "SS2032" && d.Code != "SS2033" {
			continue
		}
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
		if d.Detail != "" {
			b.WriteString("  " + d.Detail + "\n")
		}
	}
	return b.String()
}
