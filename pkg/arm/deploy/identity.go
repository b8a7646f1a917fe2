package deploy

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// identities reports two resources with one identity, two loops with one name,
// and deployment names that Azure rejects.
func (u *unit) identities() {
	first := make(map[string]*expand.Instance, len(u.Instances))
	for _, i := range u.Instances {
		if i.State != expand.Exists || i.Declared.Existing || i.Declared.Extension != nil || i.Repeated {
			continue
		}
		key := identityOf(i)
		if key == "" {
			continue
		}
		if other := first[key]; other != nil {
			u.sameIdentity(other, i)
			continue
		}
		first[key] = i
		if i.Declared.IsDeployment() {
			u.deploymentName(i)
		}
	}
	u.loopNames()
}

// identityOf returns the identity of a resource within its template: the id in
// lower case, or the expression of the id, which has one value in one
// deployment.
func identityOf(i *expand.Instance) string {
	switch {
	case i.Broken:
		return ""
	case i.ID != "":
		return fold.Lower(joined(i.ID))
	case strings.HasPrefix(i.Expression, "[") && !i.Unit.Incomplete && i.Declared.Scope == nil: // the expression does not include an unknown scope
		return i.Expression
	}
	return ""
}

func (u *unit) sameIdentity(first, second *expand.Instance) {
	d := diag.Diagnostic{Code: codeDuplicateName, Rule: ruleOf(codeDuplicateName), Severity: diag.Error, Subject: second.Declared.At(),
		Related: []diag.Related{{Range: first.Declared.At(), Message: "the first '" + label(first) + "' is declared here"}}}
	what := "'" + shorten(label(second)) + "' (" + second.Type + ")"
	switch {
	case first.Declared == second.Declared && first.Loop != nil:
		d.Summary = "The copies of loop '" + first.Loop.Name + "' have one name: " + what
		d.Detail = "Use copyIndex() in the name: a template can define a resource only once."
		d.Related = nil
	case second.Declared.IsDeployment():
		d.Summary = "The nested deployment '" + shorten(label(second)) + "' is defined twice for one resource group or scope"
		d.Detail = "Rename one of them. A template can define a resource only once; names are case-insensitive."
	default:
		d.Summary = "The resource " + what + " is defined twice"
		d.Detail = "Rename or remove one, or give them conditions that exclude each other. A template can define a resource only once; names are case-insensitive."
	}
	u.graph.downgradeEmptyDefault(&d, second.NameNode, first.NameNode)
	comesFrom(&d, second.NameNode)
	u.report(d)
}

// alternatives warns of resources with one identity of which only some are
// deployed, if another resource depends on them: versions of the deployment
// service have rejected such templates, or deployed nothing
// (https://github.com/Azure/bicep/issues/11290,
// https://github.com/Azure/bicep/issues/11430).
func (u *unit) alternatives() {
	same := make(map[string][]*expand.Instance, len(u.Instances))
	for _, i := range u.Instances {
		if i.Declared.Existing || i.Declared.Extension != nil || i.Repeated {
			continue
		}
		if key := identityOf(i); key != "" {
			same[key] = append(same[key], i)
		}
	}
	waited := map[*expand.Instance]*expand.Instance{} // to a resource that depends on it
	for _, i := range u.Instances {
		for _, e := range u.graph.edges[i] {
			for _, to := range e.To {
				if e.Explicit && i.State != expand.Absent && waited[to] == nil {
					waited[to] = i
				}
			}
		}
	}
	for _, i := range u.Instances {
		list := same[identityOf(i)]
		if len(list) < 2 || list[0] != i || list[0].Declared == list[1].Declared {
			continue
		}
		certain, by := true, (*expand.Instance)(nil)
		for _, one := range list {
			certain = certain && one.State == expand.Exists
			if by == nil {
				by = waited[one]
			}
		}
		if certain || by == nil {
			continue
		}
		d := diag.Diagnostic{Code: codeDuplicateName, Rule: ruleOf(codeDuplicateName), Severity: diag.Warning, Subject: list[1].Declared.At(),
			Summary: "'" + shorten(label(by)) + "' depends on '" + shorten(label(i)) + "', which is declared twice with conditions",
			Detail:  "Merge them into one resource, or give them different names. Azure may reject this, or ignore one of them.",
			Related: []diag.Related{{Range: i.Declared.At(), Message: "the first '" + shorten(label(i)) + "' is declared here"}}}
		u.report(d)
	}
}

// loopNames reports loops with the same name, which Azure accepts unless it is
// the symbolic name of another resource.
func (u *unit) loopNames() {
	for _, p := range u.groups {
		for _, l := range p.loops[1:] {
			first := p.loops[0].Declared.Copy.Name.Range()
			d := diag.Diagnostic{Code: codeDuplicateName, Rule: ruleOf(codeDuplicateName), Severity: diag.Info, Subject: l.Declared.Copy.Name.Range(),
				Summary: "Two copy loops are named '" + shorten(l.Name) + "'",
				Detail:  "Rename one of them. Azure accepts this, but dependsOn '" + shorten(l.Name) + "' waits for both loops.",
				Related: []diag.Related{{Range: first, Message: "the other loop is declared here"}}}
			if symbol := l.Declared.Symbol; u.Template.Symbolic && symbol != nil && symbol.Value != l.Name && u.symbolic[l.Name] != nil {
				d.Severity = diag.Error
				d.Detail = "The name is the symbolic name of another resource. Give the loop the symbolic name of its own resource, '" + symbol.Value + "'."
			}
			u.report(d)
		}
	}
}

// maxDeploymentName is the documented limit, in characters. The allowed
// characters are documented in the same place:
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources
// (letters of any alphabet are accepted, as recorded).
const maxDeploymentName = 64

// deploymentName reports names of nested deployments that Azure rejects.
func (u *unit) deploymentName(i *expand.Instance) {
	if i.Name == "" {
		return
	}
	d := diag.Diagnostic{Code: codeDeploymentName, Rule: ruleOf(codeDeploymentName), Severity: diag.Error, Subject: i.NameNode.At()}
	n := len([]rune(i.Name))
	bad := strings.IndexFunc(i.Name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._()", r)
	})
	switch {
	case i.Parent != nil: // its full name includes that of its parent
		return
	case n > maxDeploymentName:
		d.Summary = "The deployment name '" + shorten(i.Name) + "' has " + strconv.Itoa(n) + " characters; the limit is " + strconv.Itoa(maxDeploymentName)
		d.Detail = "Shorten it, for example with take() or uniqueString()."
	case bad >= 0:
		d.Summary = "The deployment name '" + shorten(i.Name) + "' contains " + strconv.QuoteRune([]rune(i.Name[bad:])[0])
		d.Detail = "Use letters, digits and the characters - . _ ( ) only."
	case u.namedAsAround(i):
		d.Code, d.Rule = codeSameDeployment, ruleOf(codeSameDeployment)
		d.Summary = "The nested deployment '" + shorten(i.Name) + "' has the same name as the deployment that contains it"
		d.Detail = "Rename the nested one: both would be the same deployment of the resource group."
	default:
		return
	}
	u.graph.downgradeEmptyDefault(&d, i.NameNode)
	comesFrom(&d, i.NameNode)
	u.report(d)
}

// namedAsAround reports whether a nested deployment has the name and the target
// of the deployment whose template declares it.
func (u *unit) namedAsAround(i *expand.Instance) bool {
	if u.Name == "" || !fold.Equal(u.Name, i.Name) || u.Deployment == nil && u.graph.opts.AssumedName {
		return false
	}
	return i.Target.Known() && fold.Equal(i.Target.Prefix(), u.Target.Prefix())
}
