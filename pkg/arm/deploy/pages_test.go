package deploy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing.
func TestPages(t *testing.T) {
	for _, k := range deploy.Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			page := golden.Page{
				Path: "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md",
				Text: k.Page(), Start: "# " + string(k.Code) + " " + k.Name + "\n\n" + k.Summary,
				Code: string(k.Code), Run: output,
			}
			page.Test(t)
		})
	}
}

// output returns the findings for a block of resources.
func output(block string) string {
	_, g := graphOf(template(block))
	g.Findings.Sort()
	var b strings.Builder
	for _, d := range g.Findings {
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
		if d.Detail != "" {
			b.WriteString("  " + d.Detail + "\n")
		}
	}
	return b.String()
}

// template returns a template with a list of resources.
func template(resources string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": ` + resources + `}`
}

// here is the target of the deployments in these tests.
var here = funcs.Context{
	SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "oracle-rg", Location: "westus2", DeploymentName: "oracle",
	TenantID: "99999999-8888-7777-6666-555555555555",
}

// graphOf returns the graph of a template.
func graphOf(text string) (*expand.Deployment, *deploy.Graph) {
	return graphIn(source.NewFile("azuredeploy.json", []byte(text)))
}

func graphIn(f *source.File) (*expand.Deployment, *deploy.Graph) {
	tree := jsonc.Parse(f)
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: here})
	return d, deploy.New(d, deploy.Options{Tree: tree})
}

func codes(l diag.List) (list []string) {
	for _, d := range l {
		list = append(list, string(d.Code)+" "+d.Severity.String())
	}
	return list
}
