package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss2601_template_limits.md
var templateLimitsPage string

// templateLimits reports templates with too many parameters, variables, resources or outputs, and
// files that are too large.
var templateLimits = &lint.Rule{
	Code: "SS2601", Name: "template-limits", Severity: diag.Error, Since: "0.1", Doc: templateLimitsPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits",
	Run:  checkTemplateLimits,
}

// The limits of one template
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits,
// and for variables and asserts those that Bicep checks).
const (
	maxParameters = 256
	maxVariables  = 512
	maxResources  = 800
	maxOutputs    = 64
	maxAsserts    = 32
	maxBytes      = 4 << 20
)

func checkTemplateLimits(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		tooMany(p, t, "parameters", t.Parameters.Len(), maxParameters, "parameter")
		tooMany(p, t, "variables", t.Variables.Len(), maxVariables, "variable")
		tooMany(p, t, "outputs", t.Outputs.Len(), maxOutputs, "output")
		tooMany(p, t, "asserts", t.Asserts.Len(), maxAsserts, "assert")
		tooMany(p, t, "resources", resourcesOf(p, t), maxResources, "resource")
	}
	if file := p.Template.Tree.File; file.Len() > maxBytes {
		p.ReportAt(p.Template.ARM, file.Range(0, 1), "the template has %d bytes, at most %d are taken", file.Len(), maxBytes).
			Detailf("Split it into linked templates.")
	}
}

func tooMany(p *lint.Pass, t *arm.Template, section string, n, most int, noun string) {
	if n <= most {
		return
	}
	at := source.Range{File: t.File, Start: t.Node.At.Start, End: t.Node.At.Start + 1}
	if m := t.Node.Get(section); m != nil {
		at = m.Key.At
	}
	p.ReportAt(t, at, "%s, at most %d are taken in one template", lint.Count(n, noun), most).
		Detailf("Split the template: nested and linked templates are counted on their own.")
}

// resourcesOf counts the resources of one template, each round of a loop for
// itself. Those of a template that is deployed several times are divided.
func resourcesOf(p *lint.Pass, t *arm.Template) int {
	byDeployment := map[string]int{}
	most := 0
	for _, r := range p.Deployment.Expanded.Resources {
		if r.Source == nil || r.Source.Template() != t {
			continue
		}
		key := strings.Join(r.Nested, "/")
		byDeployment[key]++
		most = max(most, byDeployment[key])
	}
	return most
}
