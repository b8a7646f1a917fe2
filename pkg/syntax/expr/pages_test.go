package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing. What the pages about limits only outline is
// written out first.
func TestPages(t *testing.T) {
	for _, k := range expr.Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			page := golden.Page{
				Path: "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md",
				Text: k.Page(), Start: "# " + string(k.Code) + " " + k.Name + "\n\n" + k.Summary,
				Code: string(k.Code), Run: func(block string) string { return output(outlines.Replace(block)) },
			}
			page.Test(t)
		})
	}
}

// outlines replaces the abbreviations on pages with the long text they stand
// for.
var outlines = strings.NewReplacer(
	"...81,920 characters and more...", strings.Repeat("x", expr.MaxLength),
	"trim(trim(trim('... 257 levels ...')))", strings.Repeat("trim(", expr.MaxDepth+1)+"'x'"+strings.Repeat(")", expr.MaxDepth+1),
)

// output returns the findings for the one expression in a block.
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
