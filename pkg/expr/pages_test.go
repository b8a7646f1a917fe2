package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/expr"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing. The pages about limits only outline an input.
func TestPages(t *testing.T) {
	for _, k := range expr.Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			page := golden.Page{
				Path: "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md",
				Text: k.Doc(), Start: "# " + string(k.Code) + " " + k.Name + "\n\n" + k.Summary,
				Code: string(k.Code), Run: output,
			}
			if k.Code == expr.CodeTooLong || k.Code == expr.CodeTooDeep {
				page.TestGood(t)
				return
			}
			page.Test(t)
		})
	}
}

// output is what the parser says of the one expression in a block.
func output(block string) string {
	start := strings.Index(block, `"[`) + 1
	text, _, _ := strings.Cut(block[start:], `"`)
	f := source.NewFile("azuredeploy.json", []byte(block))
	_, diags := expr.Parse(text, source.NewMap(f, start).Map(len(text), start+len(text)))
	var b strings.Builder
	for _, d := range diags {
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
	}
	return b.String()
}
