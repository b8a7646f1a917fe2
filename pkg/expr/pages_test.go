package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/expr"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing. The pages about limits only outline an input.
func TestPages(t *testing.T) {
	for _, k := range expr.Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			page := k.Doc()
			if !strings.HasPrefix(page, "# "+string(k.Code)+" "+k.Name+"\n\n"+k.Summary) {
				t.Fatalf("the page of %s is missing, or has another title or sentence", k.Code)
			}
			if got := output(golden.Section(t, page, "Good")); got != "" {
				t.Errorf("the Good block gives a finding:\n%s", got)
			}
			if k.Code == expr.CodeTooLong || k.Code == expr.CodeTooDeep {
				return
			}
			got := output(golden.Section(t, page, "Bad"))
			if golden.Update() {
				golden.SetSection(t, "pages/"+strings.ToLower(string(k.Code))+"_"+strings.ReplaceAll(k.Name, "-", "_")+".md", "Output", got)
			} else if diff := cmp.Diff(golden.Section(t, page, "Output"), got); diff != "" {
				t.Errorf("Output of the page (-page +found):\n%s", diff)
			}
			if !strings.Contains(got, string(k.Code)) {
				t.Error("the Bad block does not show the kind")
			}
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
