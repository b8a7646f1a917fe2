package storage

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss5004_lower_case_parameter.md
var lowerCaseParameterPage string

// lowerCaseParameter reports parameters that flow as they are into the names of
// the accounts of a set, where upper case is rejected.
var lowerCaseParameter = &lint.Rule{
	Code: "SS5004", Name: "lower-case-parameter", Severity: diag.Info, Since: "0.1", Page: &lowerCaseParameterPage,
	Guidance: []guidance.ID{guidance.LowerCaseParameters}, Run: checkLowerCaseParameter,
}

func checkLowerCaseParameter(p *lint.Pass) {
	reported := map[source.Range]bool{} // the accounts of a loop have one name to change
	for _, account := range p.Deployment.StorageAccounts {
		if account.Name == "" {
			reportUnknownName(p, account, reported)
			continue
		}
		if !holdsDisks(p, account.Name) || !fold.Equal(account.Name, legalAccountName(account.Name)) {
			continue // not of a set, or rejected as it is
		}
		name := account.Body.Get("name")
		if lowered(name) || reported[name.At()] {
			continue
		}
		for _, parameter := range p.Deployment.Expanded.Parameters {
			if !flowsInto(parameter, name, account.Name) {
				continue
			}
			reported[name.At()] = true
			written := parameter.Declared.Name()
			p.Reportf(name, "parameter %s is part of storage account name %s, which must be lower-case", written, account.Name).
				Relatedf(parameter.Node, "the value of %s", written).
				Detailf("Use toLower(parameters('%s')), or say in its description that it must be lower-case.", written)
			break
		}
	}
}

// reportUnknownName judges a name that a parameter without a value is part of by
// how it is written: the value can be in upper case.
func reportUnknownName(p *lint.Pass, account *vmss.StorageAccount, reported map[source.Range]bool) {
	name := account.Body.Get("name")
	if name == nil || account.Resource.Source == nil || lowered(name) || reported[name.At()] || !holdsUnknownDisks(p) {
		return
	}
	text, ok := account.Resource.Source.Name.(*jsonc.String)
	if !ok || !expr.IsExpression(text.Value) {
		return
	}
	written, _ := expr.Parse(text.Value, text.Map())
	for _, parameter := range p.Deployment.Expanded.Parameters {
		declared := parameter.Declared
		if parameter.Node.Known() || declared.AllowedValues != nil || saysLower(declared) || !standsIn(account.Resource.Source.Template(), written, declared.Name(), mostVariables) {
			continue
		}
		reported[name.At()] = true
		p.Reportf(name, "parameter %s is part of a storage account name, which must be lower-case", declared.Name()).
			Detailf("Use toLower(parameters('%s')), or say in its description that it must be lower-case.", declared.Name())
		return
	}
}

// mostVariables bounds the chain of variables that a name is made of.
const mostVariables = 3

// standsIn reports whether the value of a parameter is unchanged in the value
// of an expression of the template, whose variables it follows so many deep.
func standsIn(t *arm.Template, n expr.Node, parameter string, deep int) bool {
	call, ok := n.(*expr.Call)
	if !ok {
		return false
	}
	switch fold.Lower(call.FullName()) {
	case "parameters":
		name, ok := argument(call)
		return ok && fold.Equal(name, parameter)
	case "variables":
		name, _ := argument(call)
		v, ok := t.Variables.Get(name)
		if !ok || deep == 0 {
			return false
		}
		text, ok := v.Value.(*jsonc.String)
		if !ok || !expr.IsExpression(text.Value) {
			return false
		}
		written, _ := expr.Parse(text.Value, text.Map())
		return standsIn(t, written, parameter, deep-1)
	case "concat", "format", "take", "trim", "replace":
		return slices.ContainsFunc(call.Args[:min(len(call.Args), 8)], func(a expr.Node) bool { return standsIn(t, a, parameter, deep) })
	}
	return false
}

// argument is the only argument of a call, a literal.
func argument(call *expr.Call) (string, bool) {
	if len(call.Args) != 1 {
		return "", false
	}
	s, ok := call.Args[0].(*expr.String)
	if !ok {
		return "", false
	}
	return s.Value, true
}

// holdsUnknownDisks reports whether a set keeps its disks in containers, in an
// account whose name is not known.
func holdsUnknownDisks(p *lint.Pass) bool {
	for _, set := range p.ScaleSets {
		for _, c := range set.Storage.OSDisk.Containers.Items {
			if c.Account == "" {
				return true
			}
		}
	}
	return false
}

// holdsDisks reports whether a container of a scale set is in the account.
func holdsDisks(p *lint.Pass, account string) bool {
	for _, set := range p.ScaleSets {
		for _, c := range set.Storage.OSDisk.Containers.Items {
			if fold.Equal(c.Account, account) {
				return true
			}
		}
	}
	return false
}

// lowered reports whether an expression on the way makes lower case.
func lowered(n *expand.Node) bool {
	texts := []string{n.Written.Text(), n.At().Text()}
	for _, step := range n.Trail() {
		texts = append(texts, step.Place.Text())
	}
	for _, t := range texts {
		if strings.Contains(fold.Lower(t), "tolower") {
			return true
		}
	}
	return false
}

// flowsInto reports whether the value of a parameter is unchanged in a name,
// and nothing says that it must be lower case.
func flowsInto(parameter *expand.Parameter, n *expand.Node, name string) bool {
	text, ok := parameter.Node.Text()
	declared := parameter.Declared
	if !ok || text == "" || !strings.Contains(name, text) || strings.ToUpper(text) == text || declared.AllowedValues != nil {
		return false
	}
	return !saysLower(declared) && comesFrom(n, declared.Name())
}

// saysLower reports whether the declaration of a parameter requires lower case.
func saysLower(declared *arm.Parameter) bool {
	return declared.Type.Node != nil && strings.Contains(fold.Lower(declared.Type.Node.At.Text()), "lower")
}

// comesFrom reports whether a parameter is on the trail of a value.
func comesFrom(n *expand.Node, parameter string) bool {
	for _, step := range n.Trail() {
		if step.Kind == diag.ParameterStep && fold.Equal(step.Name, parameter) {
			return true
		}
	}
	return false
}
