package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss2601_template_limits.md
var templateLimitsPage string

// templateLimits reports templates with too many parameters, variables, resources or outputs, and
// files that are too large.
var templateLimits = &lint.Rule{
	Code: "SS2601", Name: "template-limits", Severity: diag.Error, Since: "0.1", Page: &templateLimitsPage,
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
	maxResource   = 1 << 20 // of one resource, after its expressions are evaluated
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
		if n := compact(p.Template.Tree.Root); n > maxBytes {
			p.ReportAt(p.Template.ARM, file.Range(0, 1), "the template has %d bytes without white space; the limit is %d", n, maxBytes).
				Detailf("Split it into linked templates.")
		}
	}
	for _, r := range p.Deployment.Expanded.Resources {
		if n := size(r.Body.Value, maxResource); n > maxResource {
			p.Reportf(r.Body, "the resource has more than %d bytes, the limit for one resource", maxResource).
				Detailf("Move large values out of it: refer to scripts and data by URI.")
		}
	}
}

// compact is the length of a value without blanks and comments, as tools send
// it.
func compact(n jsonc.Node) int {
	switch n := n.(type) {
	case *jsonc.Object:
		sum := 2 + max(0, len(n.Members)-1)
		for _, m := range n.Members {
			sum += m.Key.At.End - m.Key.At.Start + 1 + compact(m.Value)
		}
		return sum
	case *jsonc.Array:
		sum := 2 + max(0, len(n.Elements)-1)
		for _, e := range n.Elements {
			sum += compact(e)
		}
		return sum
	}
	r := n.Range()
	return r.End - r.Start
}

// size is about the length of a value as JSON. It stops counting above most.
// What is not known counts nothing.
func size(v value.Value, most int) (sum int) {
	switch v := v.(type) {
	case value.String:
		return len(v) + 2
	case value.Array:
		for _, item := range v {
			if sum += 1 + size(item, most-sum); sum > most {
				break
			}
		}
	case *value.Object:
		for _, m := range v.Members() {
			if sum += len(m.Name) + 4 + size(m.Value, most-sum); sum > most {
				break
			}
		}
	case value.Unknown:
		return 0
	}
	return sum + 2
}

func tooMany(p *lint.Pass, t *arm.Template, section string, n, most int, noun string) {
	if n <= most {
		return
	}
	at := source.Range{File: t.File, Start: t.Node.At.Start, End: t.Node.At.Start + 1}
	if m := t.Node.Get(section); m != nil {
		at = m.Key.At
	}
	p.ReportAt(t, at, "%s; the limit of a template is %d", lint.Count(n, noun), most).
		Detailf("Split the template: nested and linked templates are counted separately.")
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
