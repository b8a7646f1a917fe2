package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss5004_lower_case_parameter.md
var lowerCaseParameterPage string

// lowerCaseParameter reports parameters that flow as they are into the names of
// the accounts of a set, where upper case is refused.
var lowerCaseParameter = &lint.Rule{
	Code: "SS5004", Name: "lower-case-parameter", Severity: diag.Info, Since: "0.1", Doc: lowerCaseParameterPage,
	Guidance: []guidance.ID{guidance.LowerCaseParameters}, Run: checkLowerCaseParameter,
}

func checkLowerCaseParameter(p *lint.Pass) {
	reported := map[source.Range]bool{} // the accounts of a loop have one name to change
	for _, account := range p.Deployment.StorageAccounts {
		if account.Name == "" || !holdsDisks(p, account.Name) || !strings.EqualFold(account.Name, legalAccountName(account.Name)) {
			continue // not of a set, or refused as it is
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
			p.Reportf(name, "parameter %s becomes part of the storage account name %s, which must be lower case", written, account.Name).
				Relatedf(parameter.Node, "the value of %s", written).
				Detailf("Pass it in lower case and say so in its description, or write toLower(parameters('%s')).", written)
			break
		}
	}
}

// holdsDisks reports whether a container of a set lies in the account.
func holdsDisks(p *lint.Pass, account string) bool {
	for _, set := range p.ScaleSets {
		for _, c := range set.Storage.OSDisk.Containers.Items {
			if strings.EqualFold(c.Account, account) {
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
		if strings.Contains(strings.ToLower(t), "tolower") {
			return true
		}
	}
	return false
}

// flowsInto reports whether the value of a parameter stands as it is in a name,
// and nothing says that it must be lower case.
func flowsInto(parameter *expand.Parameter, n *expand.Node, name string) bool {
	text, ok := parameter.Node.Text()
	declared := parameter.Declared
	if !ok || text == "" || !strings.Contains(name, text) || strings.ToUpper(text) == text || declared.AllowedValues != nil {
		return false
	}
	description := ""
	if declared.Type.Node != nil {
		description = declared.Type.Node.At.Text()
	}
	return !strings.Contains(strings.ToLower(description), "lower") && comesFrom(n, declared.Name())
}

// comesFrom reports whether a parameter is on the trail of a value.
func comesFrom(n *expand.Node, parameter string) bool {
	for _, step := range n.Trail() {
		if step.Kind == diag.ParameterStep && strings.EqualFold(step.Name, parameter) {
			return true
		}
	}
	return false
}
