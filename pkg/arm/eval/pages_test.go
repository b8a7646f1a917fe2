package eval_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing.
func TestPages(t *testing.T) {
	for _, k := range eval.Kinds() {
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

// output returns the findings for the one expression in a block, in an output
// of a template that has the variable sfx and the function acme.twice.
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
