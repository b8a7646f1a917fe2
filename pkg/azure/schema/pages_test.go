package schema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing.
func TestPages(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			golden.Page{
				Path: "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md",
				Text: k.Page(), Start: "# " + string(k.Code) + " " + k.Name + "\n",
				Code: string(k.Code),
				Run: func(block string) string {
					return output(new(Checker).Check(resourcesOf(t, "azuredeploy.json", "["+block+"]")))
				},
			}.Test(t)
		})
	}
}

func output(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
		if d.Detail != "" {
			fmt.Fprintf(&b, "  %s\n", d.Detail)
		}
	}
	return b.String()
}
