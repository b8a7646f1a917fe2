package eval_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/eval"
	"github.com/scaleset/scaleset/pkg/expr"
	"github.com/scaleset/scaleset/pkg/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing.
func TestPages(t *testing.T) {
	for _, k := range eval.Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			page := k.Doc()
			if !strings.HasPrefix(page, "# "+string(k.Code)+" "+k.Name+"\n\n"+k.Summary) {
				t.Fatalf("the page of %s is missing, or has another title or sentence", k.Code)
			}
			if got := output(golden.Section(t, page, "Good")); got != "" {
				t.Errorf("the Good block gives a finding:\n%s", got)
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

// output is what is said of the one expression in a block, in an output of a
// template that has the variable sfx and the function acme.twice.
func output(block string) string {
	start := strings.Index(block, `"[`) + 1
	text, _, _ := strings.Cut(block[start:], `"`)
	f := source.NewFile("azuredeploy.json", []byte(block))
	n, diags := expr.Parse(text, source.NewMap(f, start).Map(len(text), start+len(text)))
	if len(diags) > 0 {
		return diags[0].Summary
	}
	scope := template
	scope.At = funcs.InOutput
	_, err := eval.Eval(n, scope)
	var e *eval.Error
	if !errors.As(err, &e) {
		return ""
	}
	d := e.Diagnostic()
	at := d.Subject.StartPosition()
	out := fmt.Sprintf("%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
	if d.Detail != "" {
		out += "  " + d.Detail + "\n"
	}
	return out
}
