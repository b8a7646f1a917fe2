package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2708_nested_parameter_type.md
var nestedParameterTypePage string

// nestedParameterType reports parameters that are passed on to a nested template which declares another
// type.
var nestedParameterType = &lint.Rule{
	Code: "SS2708", Name: "nested-parameter-type", Severity: diag.Warning, Since: "0.1", Doc: nestedParameterTypePage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-consistent-parameter-types",
	Run:  checkNestedParameterType,
}

func checkNestedParameterType(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		c := call(t)
		if t.Resource == nil || !keyIs(t, "value") || !t.Resource.IsDeployment() || !isCall(c, "parameters") || len(c.Args) != 1 {
			continue
		}
		if m := t.Holder.Get("value"); m == nil || m.Value != jsonc.Node(t.String) {
			continue // a part of the value
		}
		inner := receiver(p, t)
		name, exact := arm.NamePrefix(c.Args[0])
		outer, ok := t.Names.Parameters.Get(name)
		if inner == nil || !exact || !ok {
			continue
		}
		from, to := kindOf(outer), kindOf(inner)
		if from == to || from == arm.AnyKind || to == arm.AnyKind {
			continue
		}
		p.ReportAt(t.Template, c.At, "'%s' is of type %s, and '%s' of the nested template of type %s", outer.Name(), from, inner.Name(), to).In(t.Resource).
			Related(inner.Key.At, "'%s' is declared here", inner.Name()).
			Detailf("Declare both with the same type.")
	}
}

// kindOf is the kind of a parameter, whether it is secure or not.
func kindOf(declared *arm.Parameter) arm.Kind {
	ty, _ := declared.Resolve()
	switch ty.Kind {
	case arm.SecureStringKind:
		return arm.StringKind
	case arm.SecureObjectKind:
		return arm.ObjectKind
	}
	return ty.Kind
}
