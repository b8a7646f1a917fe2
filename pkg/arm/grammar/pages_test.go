package grammar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestPages executes the page of each kind: its Bad block, a resource of a
// template, gives exactly its Output, its Good block nothing.
func TestPages(t *testing.T) {
	for _, k := range grammar.Kinds() {
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

const before = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `

func output(block string) string {
	text := before + `"resources": [` + "\n" + block + "]}"
	if strings.HasPrefix(block, `"`) { // a section
		text = before + `"resources": [],` + "\n" + block + "}"
	}
	tree := jsonc.Parse(source.NewFile("azuredeploy.json", []byte(text)))
	found, late := grammar.Check(tree.Root.(*jsonc.Object), false)
	var b strings.Builder
	for _, d := range slices.Concat(tree.Diagnostics, found, late) {
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line-1, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
		if d.Detail != "" {
			b.WriteString("  " + d.Detail + "\n")
		}
	}
	return b.String()
}
