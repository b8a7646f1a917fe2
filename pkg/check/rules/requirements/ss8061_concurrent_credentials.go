package requirements

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss8061_concurrent_credentials.md
var concurrentCredentialsPage string

// concurrentCredentials reports federated credentials of one identity that the
// deployment writes at the same time: what waits for what is not a property, so
// that the table cannot say it.
// https://github.com/Azure/bicep/issues/10928
var concurrentCredentials = &lint.Rule{
	Code: "SS8061", Name: "concurrent-credentials", Severity: diag.Error, Since: "0.1", Page: &concurrentCredentialsPage,
	Link: "https://github.com/Azure/bicep/issues/10928", Run: checkConcurrentCredentials,
}

// mostCredentials are compared with each other; an identity has up to 20.
const mostCredentials = 40

func checkConcurrentCredentials(p *lint.Pass) {
	concurrent(p, "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", func(r, other *expand.Resource) {
		p.Reportf(r.Body.Get("name"), "credentials %s and %s of one identity are written at the same time", other.Name, r.Name).
			Relatedf(other.Body.Get("name"), "the other credential").
			Detailf("Azure writes the federated credentials of an identity one after the other only. Let this one depend on the other; in a loop, use mode serial with a batchSize of 1.")
	})
}

// concurrent visits the children of one type and parent that the deployment
// writes at the same time, each with the first such one before it.
func concurrent(p *lint.Pass, childType string, visit func(r, other *expand.Resource)) {
	byIdentity := map[string][]*expand.Resource{}
	for _, r := range p.Deployment.OfType(childType) {
		id := p.Deployment.Ref(r.Body.Get("id")).Path()
		if len(id.Names) == 0 || r.Conditional {
			continue
		}
		identity, ok := id.Parent()
		if !ok {
			continue
		}
		earlier := byIdentity[identity.String()]
		for _, other := range earlier {
			if len(earlier) > mostCredentials || inTurn(r, other) || waitsFor(p, r, other) || waitsFor(p, other, r) {
				continue
			}
			visit(r, other)
			break
		}
		byIdentity[identity.String()] = append(earlier, r)
	}
}

// inTurn reports two resources of one serial loop.
func inTurn(a, b *expand.Resource) bool {
	if a.Source == nil || a.Source != b.Source || a.Source.Copy == nil {
		return false
	}
	mode, ok := a.Source.Copy.Mode.(*jsonc.String)
	return ok && strings.EqualFold(mode.Value, "serial")
}

// waitsFor reports whether a resource waits for another one, by others or not.
func waitsFor(p *lint.Pass, from, to *expand.Resource) bool {
	seen := map[string]bool{}
	queue := p.Graph().IDs(from)
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		r := p.Deployment.Find(id)
		if r == to {
			return true
		}
		if r != nil {
			queue = append(queue, p.Graph().IDs(r)...)
		}
	}
	return false
}
