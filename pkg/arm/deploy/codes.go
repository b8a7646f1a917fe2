package deploy

import (
	"embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes of the findings about the graph of a deployment.
const (
	codeParent         diag.Code = "SS1200" // a nested child that does not depend on its parent
	codeTarget         diag.Code = "SS1201" // reference() or list*() of a resource that is not in the template
	codeVersion        diag.Code = "SS1202" // reference() without the API version that it needs
	codeAmbiguous      diag.Code = "SS1203" // reference() or list*() by a name that several resources have
	codeReference      diag.Code = "SS1204" // an argument of reference() or list*() that Azure rejects
	codeDestination    diag.Code = "SS1205" // a nested deployment to a scope that this template cannot deploy to
	codeSameDeployment diag.Code = "SS1206" // a nested deployment with the name of its parent deployment
	codeUnordered      diag.Code = "SS1210" // a resource that does not depend on one that it needs

	codeDuplicateName  diag.Code = "SS2047" // two resources, or two loops, with one name
	codeDependency     diag.Code = "SS2048" // dependsOn a resource that is not in the template
	codeCycle          diag.Code = "SS2049" // resources that depend on each other, or on themselves
	codeDeploymentName diag.Code = "SS2055" // a deployment name that Azure rejects
)

//go:embed pages/*.md
var pages embed.FS

// Kinds returns the kinds of findings of this package, in the order of their
// codes.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	// An unknown condition decides whether the resource is deployed.
	doubt := diag.Level{Severity: diag.Warning, When: "it depends on an unknown condition, or on a value that is passed at deployment"}
	e := func(code diag.Code, name, summary string) diag.Kind {
		return diag.Kind{Code: code, Name: name, Severity: diag.Error, Summary: summary, Also: []diag.Level{doubt}}
	}
	unordered := e(codeUnordered, "unordered-resources", "A resource does not depend on one that it needs")
	unordered.Severity, unordered.Also = diag.Warning, nil
	identity := e(codeDuplicateName, "resource-identity", "Two resources of a template have the same type and name, or two copy loops have the same name")
	identity.Also[0].When += ", or two resources with the same type and name have conditions and another one depends on them"
	identity.Also = append(identity.Also, diag.Level{Severity: diag.Info, When: "two copy loops have the same name, which Azure accepts"})
	return diag.WithPages([]diag.Kind{
		e(codeParent, "child-without-parent", "A nested child resource does not depend on its parent"),
		e(codeTarget, "reference-target", "reference() or a list function names a resource that is not in the template"),
		e(codeVersion, "reference-version", "reference() needs an API version for a resource that the template does not deploy"),
		e(codeAmbiguous, "ambiguous-reference", "reference() or a list function uses a name that several resources have"),
		e(codeReference, "reference-argument", "An argument of reference() or a list function is not accepted"),
		e(codeDestination, "deployment-target", "A nested deployment has a scope that this template cannot deploy to"),
		e(codeSameDeployment, "deployment-of-same-name", "A nested deployment has the same name as the deployment that contains it"),
		unordered,
		identity,
		e(codeDependency, "dependency", "A resource depends on a resource that is not in the template"),
		e(codeCycle, "circular-dependency", "Resources depend on each other in a cycle, or a resource depends on itself"),
		e(codeDeploymentName, "deployment-name", "The name of a deployment is too long or contains characters that are not allowed"),
	}, pages)
}}

func ruleOf(code diag.Code) string { return diag.NameOf(kinds.Get(), code, "deployment-graph") }
