package deploy

import (
	"embed"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// The codes of the findings about the graph of a deployment.
const (
	CodeParent         diag.Code = "SS1200" // a nested child that does not wait for its parent
	CodeTarget         diag.Code = "SS1201" // reference() or list*() of what the template does not have
	CodeVersion        diag.Code = "SS1202" // reference() that needs an API version
	CodeAmbiguous      diag.Code = "SS1203" // reference() or list*() by a name that several resources have
	CodeReference      diag.Code = "SS1204" // an argument of reference() or list*() that the service refuses
	CodeDestination    diag.Code = "SS1205" // a nested deployment to where this template cannot deploy
	CodeSameDeployment diag.Code = "SS1206" // a nested deployment with the name of the one around it
	CodeUnordered      diag.Code = "SS1210" // a resource that does not wait for what it needs

	CodeDuplicateName  diag.Code = "SS2047" // two resources, or two loops, of one name
	CodeDependency     diag.Code = "SS2048" // dependsOn something that is not in the template
	CodeCycle          diag.Code = "SS2049" // resources that wait for each other, or for themselves
	CodeDeploymentName diag.Code = "SS2055" // the name of a deployment that the service refuses
)

// A Kind is one kind of finding about the graph.
type Kind struct {
	expr.Kind
	Severity diag.Severity
}

// Kinds lists the kinds of findings that this package makes, in the order of
// their codes.
func Kinds() []Kind {
	e := func(code diag.Code, name, summary string) Kind {
		return Kind{expr.Kind{Code: code, Name: name, Summary: summary}, diag.Error}
	}
	unordered := e(CodeUnordered, "unordered-resources", "A resource does not wait for one that it needs")
	unordered.Severity = diag.Warning
	return []Kind{
		e(CodeParent, "child-without-parent", "A resource written inside another does not wait for it"),
		e(CodeTarget, "reference-target", "reference() or a list function names a resource that the template does not have"),
		e(CodeVersion, "reference-version", "reference() needs an API version for a resource that this template does not deploy"),
		e(CodeAmbiguous, "ambiguous-reference", "reference() or a list function uses a name that several resources have"),
		e(CodeReference, "reference-argument", "An argument of reference() or a list function is not accepted"),
		e(CodeDestination, "deployment-target", "A nested deployment goes to a scope that this template cannot deploy to"),
		e(CodeSameDeployment, "deployment-of-same-name", "A nested deployment has the name of the deployment around it"),
		unordered,
		e(CodeDuplicateName, "resource-identity", "Two resources of a template have one identity, or two copy loops one name"),
		e(CodeDependency, "dependency", "A resource depends on one that is not in the template"),
		e(CodeCycle, "circular-dependency", "Resources wait for each other, or a resource for itself"),
		e(CodeDeploymentName, "deployment-name", "The name of a deployment is too long or has characters that are not allowed"),
	}
}

//go:embed pages/*.md
var pages embed.FS

// Doc is the page of the kind, in the form of the pages of rules.
func (k Kind) Doc() string { return k.DocIn(pages) }

func ruleOf(code diag.Code) string {
	for _, k := range Kinds() {
		if k.Code == code {
			return k.Name
		}
	}
	return "deployment-graph"
}
