package deploy

import (
	"embed"
	"slices"
	"sync"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes of the findings about the graph of a deployment.
const (
	codeParent         diag.Code = "SS1200" // a nested child that does not wait for its parent
	codeTarget         diag.Code = "SS1201" // reference() or list*() of what the template does not have
	codeVersion        diag.Code = "SS1202" // reference() that needs an API version
	codeAmbiguous      diag.Code = "SS1203" // reference() or list*() by a name that several resources have
	codeReference      diag.Code = "SS1204" // an argument of reference() or list*() that the service refuses
	codeDestination    diag.Code = "SS1205" // a nested deployment to where this template cannot deploy
	codeSameDeployment diag.Code = "SS1206" // a nested deployment with the name of the one around it
	codeUnordered      diag.Code = "SS1210" // a resource that does not wait for what it needs

	codeDuplicateName  diag.Code = "SS2047" // two resources, or two loops, of one name
	codeDependency     diag.Code = "SS2048" // dependsOn something that is not in the template
	codeCycle          diag.Code = "SS2049" // resources that wait for each other, or for themselves
	codeDeploymentName diag.Code = "SS2055" // the name of a deployment that the service refuses
)

//go:embed pages/*.md
var pages embed.FS

// Kinds lists the kinds of findings that this package makes, in the order of
// their codes.
func Kinds() []diag.Kind { return slices.Clone(kinds()) }

var kinds = sync.OnceValue(func() []diag.Kind {
	// A condition that is not known decides whether the resource is deployed.
	doubt := diag.Level{Severity: diag.Warning, When: "it depends on a condition that is not known, or on what a deployment has to pass"}
	e := func(code diag.Code, name, summary string) diag.Kind {
		return diag.Kind{Code: code, Name: name, Severity: diag.Error, Summary: summary, Also: []diag.Level{doubt}}
	}
	unordered := e(codeUnordered, "unordered-resources", "A resource does not wait for one that it needs")
	unordered.Severity, unordered.Also = diag.Warning, nil
	identity := e(codeDuplicateName, "resource-identity", "Two resources of a template have one identity, or two copy loops one name")
	identity.Also[0].When += ", or two resources of one identity have conditions and another one waits for them"
	identity.Also = append(identity.Also, diag.Level{Severity: diag.Info, When: "two copy loops have one name, which Azure accepts"})
	return diag.WithPages([]diag.Kind{
		e(codeParent, "child-without-parent", "A resource written inside another does not wait for it"),
		e(codeTarget, "reference-target", "reference() or a list function names a resource that the template does not have"),
		e(codeVersion, "reference-version", "reference() needs an API version for a resource that this template does not deploy"),
		e(codeAmbiguous, "ambiguous-reference", "reference() or a list function uses a name that several resources have"),
		e(codeReference, "reference-argument", "An argument of reference() or a list function is not accepted"),
		e(codeDestination, "deployment-target", "A nested deployment goes to a scope that this template cannot deploy to"),
		e(codeSameDeployment, "deployment-of-same-name", "A nested deployment has the name of the deployment around it"),
		unordered,
		identity,
		e(codeDependency, "dependency", "A resource depends on one that is not in the template"),
		e(codeCycle, "circular-dependency", "Resources wait for each other, or a resource for itself"),
		e(codeDeploymentName, "deployment-name", "The name of a deployment is too long or has characters that are not allowed"),
	}, pages)
})

func ruleOf(code diag.Code) string { return diag.NameOf(kinds(), code, "deployment-graph") }
