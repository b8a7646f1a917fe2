package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestCorpus runs every rule, those that are off as well, over public templates:
// no rule fails, and each finding has a place, a message of one line without a
// full stop, and says who says so. go test -v prints the findings.
func TestCorpus(t *testing.T) {
	folders, _ := golden.Corpus(t, "scale-sets")
	runner, err := lint.NewRunner(rules.All(), lint.Options{Enable: []string{"all"}})
	if err != nil {
		t.Fatal(err)
	}
	golden.WalkCorpus(t, folders, func(dir, path string) {
		if tmpl := corpusTemplate(t, dir, path); tmpl != nil {
			found := append(runner.Check(tmpl), runner.CheckAll([]*lint.Template{tmpl})...)
			for _, d := range found {
				at := d.Subject.StartPosition()
				t.Logf("%s:%d:%d: %s: %s [%s]", d.Subject.File.Path(), at.Line, at.Column, d.Severity, d.Summary, d.Code)
				if d.Code == lint.CodeRuleFailed || d.Subject.IsZero() || d.Help == "" || strings.ContainsAny(d.Summary, "\n") || strings.HasSuffix(d.Summary, ".") {
					t.Errorf("%s: a poor finding: %+v", path, d)
				}
			}
		}
	})
}

// corpusTemplate reads a template with the parameter file beside it; nil when
// the file is not a template.
func corpusTemplate(t *testing.T, dir, path string) *lint.Template {
	t.Helper()
	tree := corpusTree(t, dir, path)
	if !arm.IsTemplate(tree) {
		return nil
	}
	var parameters []*arm.ParameterFile
	if file := strings.TrimSuffix(path, ".json") + ".parameters.json"; exists(file) {
		parameters = append(parameters, arm.ParseParameters(corpusTree(t, dir, file)))
	}
	return viewOf(tree, parameters)
}

// viewOf expands a template for the rules.
func viewOf(tree *jsonc.Tree, parameters []*arm.ParameterFile) *lint.Template {
	template := arm.ParseTemplate(tree)
	deployment := expand.Expand(template, expand.Options{
		Context:    funcs.Context{SubscriptionID: "00000000-0000-0000-0000-000000000000", ResourceGroup: "corpus", Location: "westus"},
		Parameters: parameters,
	})
	return &lint.Template{Tree: tree, ARM: template, Deployment: vmss.New(deployment)}
}

func corpusTree(t *testing.T, dir, path string) *jsonc.Tree {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name, _ := filepath.Rel(dir, path)
	return jsonc.Parse(source.NewFile(filepath.ToSlash(name), text))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
