package jsonc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing. <E9> stands for a byte that is not UTF-8.
func TestPages(t *testing.T) {
	for _, k := range jsonc.Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			golden.Page{
				Path: "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md",
				Text: k.Page(), Start: "# " + string(k.Code) + " " + k.Name + "\n\n" + k.Summary, Code: string(k.Code),
				Run: func(block string) string {
					var b strings.Builder
					tree := jsonc.Parse(source.NewFile("azuredeploy.json", []byte(strings.ReplaceAll(block, "<E9>", "\xe9"))))
					for _, d := range tree.Diagnostics {
						at := d.Subject.StartPosition()
						fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
						if d.Detail != "" {
							b.WriteString("  " + d.Detail + "\n")
						}
					}
					return b.String()
				},
			}.Test(t)
		})
	}
}
