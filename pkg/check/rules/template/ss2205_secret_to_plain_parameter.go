package template

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2205_secret_to_plain_parameter.md
var secretToPlainParameterPage string

// secretToPlainParameter reports secrets that are passed to parameters of a plain type.
var secretToPlainParameter = &lint.Rule{
	Code: "SS2205", Name: "secret-to-plain-parameter", Severity: diag.Warning, Since: "0.1", Page: &secretToPlainParameterPage,
	Peers: []string{"Secure-Params-In-Nested-Deployments", "Parameter-Types-Should-Be-Consistent", "AZR-000408"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#security-recommendations-for-parameters",
	Run:   checkSecretToPlainParameter,
}

func checkSecretToPlainParameter(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Texts {
		if t.Resource == nil || !keyIs(t, "value") || !t.Resource.IsDeployment() {
			continue
		}
		secret := lang.Secret(t)
		if secret == "" {
			continue
		}
		declared := receiver(p, t)
		if declared == nil || takesSecrets(&declared.Type, map[*arm.Type]bool{}) {
			continue
		}
		p.ReportAt(t.Template, t.String.At, "%s is passed to parameter '%s' of the nested template, which is not secure", secret, declared.Name()).In(t.Resource).
			Related(declared.Key.At, "'%s' is declared here", declared.Name()).
			Detailf("Declare the parameter as %s in the nested template.", secureKind(declared.Kind))
	}
}

// takesSecrets reports whether a type, or some part of it, is secure. Types may
// refer to themselves and to each other; seen are those that were visited.
func takesSecrets(t *arm.Type, seen map[*arm.Type]bool) bool {
	if t == nil {
		return false
	}
	t, _ = t.Resolve()
	if seen[t] {
		return false
	}
	seen[t] = true
	if t.Kind.Secure() || takesSecrets(t.Items, seen) || takesSecrets(t.Additional, seen) {
		return true
	}
	for _, inner := range t.Properties.All() {
		if takesSecrets(inner, seen) {
			return true
		}
	}
	return false
}

// receiver is the parameter of a nested template that a text is the value of;
// nil when it is none, or the template is not known.
func receiver(p *lint.Pass, t *arm.Text) *arm.Parameter {
	d := t.Resource.Deployment()
	if d == nil {
		return nil
	}
	all, ok := d.Parameters.(*jsonc.Object)
	if !ok {
		return nil
	}
	i := slices.IndexFunc(all.Members, func(m *jsonc.Member) bool { return m.Value == jsonc.Node(t.Object) })
	inner := nestedTemplate(p, t.Resource)
	if i < 0 || inner == nil {
		return nil
	}
	declared, _ := inner.Parameters.Get(all.Members[i].Key.Value)
	return declared
}

// nestedTemplate is what a nested deployment deploys: its inline template, or
// the linked one that was read.
func nestedTemplate(p *lint.Pass, r *arm.Resource) *arm.Template {
	if inner := r.InlineTemplate(); inner != nil {
		return inner
	}
	for _, n := range p.Deployment.Expanded.Nested {
		if n.Declared == r && n.Template != nil {
			return n.Template
		}
	}
	return nil
}
