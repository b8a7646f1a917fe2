package ruletest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// load reads a template with the parameter file beside it. A template that has
// errors of its own is not a test of a rule.
func load(t *testing.T, path string) *lint.Template {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, path, text, "")
}

// parse is load with the text of the template given, and of one more parameter
// file unless that is "".
func parse(t *testing.T, path string, text []byte, given string) *lint.Template {
	t.Helper()
	tree := jsonc.Parse(source.NewFile(filepath.ToSlash(path), text))
	template := arm.ParseTemplate(tree)
	deployment := expanded(t, template, strings.TrimSuffix(path, ".json")+".parameters.json", given)
	graph := deploy.New(deployment, deploy.Options{})
	for _, list := range []diag.List{tree.Diagnostics, template.Diagnostics, deployment.Diagnostics, graph.Findings} {
		for _, d := range list {
			if d.Severity == diag.Error {
				t.Fatalf("%s:%d: the template is broken: %s", path, d.Subject.StartPosition().Line, d.Summary)
			}
		}
	}
	return &lint.Template{Tree: tree, ARM: template, Deployment: vmss.New(deployment), Graph: graph, Versions: versions}
}

// expanded expands a template with the parameter file, if there is one, and with
// the text of another one, unless that is "".
func expanded(t *testing.T, template *arm.Template, parameters, given string) *expand.Deployment {
	t.Helper()
	options := expand.Options{Context: funcs.Context{
		TenantID:       "00000000-0000-0000-0000-000000000001",
		SubscriptionID: "00000000-0000-0000-0000-000000000002",
		ResourceGroup:  "test",
		Location:       "westus",
		DeploymentName: "test",
	}}
	text, err := os.ReadFile(parameters)
	switch {
	case err == nil:
		tree := jsonc.Parse(source.NewFile(filepath.ToSlash(parameters), text))
		options.Parameters = []*arm.ParameterFile{arm.ParseParameters(tree)}
	case !errors.Is(err, fs.ErrNotExist):
		t.Fatal(err)
	}
	if given != "" {
		tree := jsonc.Parse(source.NewFile("given.parameters.json", []byte(given)))
		options.Parameters = append(options.Parameters, arm.ParseParameters(tree))
		options.Literal = true // what the template writes, a placeholder too
	}
	return expand.Expand(template, options)
}

// versions returns the API versions that tests know: of scale sets, some of those
// that exist, and of nothing else.
func versions(resourceType string) []string {
	if strings.EqualFold(resourceType, "Microsoft.Compute/virtualMachineScaleSets") {
		return []string{"2015-06-15", "2016-03-30", "2016-04-30-preview", "2017-03-30", "2019-07-01", "2022-11-01", "2023-03-01", "2024-07-01", "2024-11-01"}
	}
	return nil
}

// saved reads the quota (X.usage.json) and the sizes (X.skus.json) that are
// beside a template, if they do.
func saved(t *testing.T, base string) (o lint.Options) {
	t.Helper()
	var err error
	if text, failed := os.ReadFile(base + ".usage.json"); failed == nil {
		if o.Usage, err = quota.ParseUsage("usage.json", text); err != nil {
			t.Fatal(err)
		}
	}
	if text, failed := os.ReadFile(base + ".skus.json"); failed == nil {
		if o.Sizes, err = quota.ParseSizes("skus.json", text); err != nil {
			t.Fatal(err)
		}
	}
	return o
}
