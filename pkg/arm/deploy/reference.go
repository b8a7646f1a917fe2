package deploy

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// calls resolves reference() and list*() in the bodies of the resources of a
// unit and in its outputs. A call in a nested deployment of outer scope belongs
// to the template around it.
func (u *unit) calls(units map[*expand.Unit]*unit) {
	for _, c := range u.Calls {
		if names := units[c.Names]; names != nil {
			names.call(c)
		}
	}
	for _, i := range u.Instances {
		for _, c := range i.Calls {
			if names := units[c.Names]; names != nil {
				names.call(c)
			}
		}
	}
}

// caller returns the resource of the unit that makes a call: itself or the
// nested deployment around it. It returns nil for an output.
func (u *unit) caller(c *expand.Call) *expand.Instance {
	i := c.By
	for i != nil && i.Unit != u.Unit {
		i = i.Unit.Deployment
	}
	return i
}

// call checks one call and adds a dependency of its caller.
func (u *unit) call(c *expand.Call) {
	by := u.caller(c)
	if by != nil && by.State == expand.Absent || len(c.Args) == 0 {
		return
	}
	u.onlyIf(by, func() { u.judge(c, by) })
}

func (u *unit) judge(c *expand.Call, by *expand.Instance) {
	if inner := callOfReference(c); inner != nil && isReference(c) {
		d := u.problem(c, codeReference, "reference() cannot be used inside an argument of reference()",
			"Build the id with resourceId(): the result of the inner call is known only at deployment.")
		d.Subject = inner.At
		u.report(d)
		return
	}
	switch fold.Lower(c.Name) {
	case "references", "resourceinfo":
		u.symbolicCall(c, by)
		return
	}
	text, ok := c.Args[0].Text()
	if !ok {
		if c.Args[0].Known() {
			u.argument(c, 0, "the first argument of "+c.Name+"() must be a string, not "+value.KindName(c.Args[0].Value), "Give the name or the id of a resource.")
		}
		u.markWaitsForUnknown(by)
		return
	}
	if !u.version(c) {
		return
	}
	u.named(c, by, text)
}

func (u *unit) markWaitsForUnknown(by *expand.Instance) {
	if by != nil {
		u.waitsForUnknown[u.number[by]] = true
	}
}

func isReference(c *expand.Call) bool { return fold.Equal(c.Name, "reference") }

// callOfReference returns a call of reference() in an argument of a call whose
// value is unknown.
func callOfReference(c *expand.Call) (inner *expr.Call) {
	if c.Args[0].Known() {
		return nil
	}
	expr.Walk(c.Call.Args[0], func(n expr.Node) bool {
		if call, ok := n.(*expr.Call); ok && call.Namespace == "" && fold.Equal(call.Name, "reference") {
			inner = call
		}
		return inner == nil
	})
	return inner
}

// version checks the API version of a call: a text that is not empty, and
// required by list*().
func (u *unit) version(c *expand.Call) bool {
	if len(c.Args) < 2 {
		if isReference(c) {
			return true
		}
		d := u.problem(c, codeReference, c.Name+"() needs an API version as its second argument", "Write the API version of the resource type, such as '2023-09-01'.")
		u.report(d)
		return false
	}
	v, ok := c.Args[1].Text()
	switch {
	case ok && v != "", !c.Args[1].Known():
		return true
	case ok:
		u.argument(c, 1, "the API version of "+c.Name+"() is empty", "Write the API version of the resource type, such as '2023-09-01'.")
	default:
		u.argument(c, 1, "the API version of "+c.Name+"() must be a string, not "+value.KindName(c.Args[1].Value), "Write it in quotes, such as '2023-09-01'.")
	}
	return false
}

// named checks a call that refers to a resource by its name or its id.
func (u *unit) named(c *expand.Call, by *expand.Instance, text string) {
	if strings.Trim(text, "/") == "" {
		u.argument(c, 0, c.Name+"() needs a name or an id, but its first argument is empty", "Give the name or the id of a resource.")
		return
	}
	m := u.reference(text)
	versioned := len(c.Args) > 1
	if m.found() && !m.id && !u.Template.Symbolic && !isReference(c) && inOuterResource(c) {
		u.listInOuterResource(c, text)
		return
	}
	var there []*expand.Instance // that may exist
	for _, i := range m.instances {
		if i.State != expand.Absent {
			there = append(there, i)
		}
	}
	switch {
	case m.unknown:
		u.markWaitsForUnknown(by)
	case !m.found():
		if m.id && versioned {
			return
		}
		u.notFound(c, text, m)
	case by != nil && slices.Contains(there, by) && countCertain(there) == 1:
		u.selfReference(c, by)
	case !m.id && countCertain(there) > 1:
		u.ambiguous(c, text, there)
	case len(there) == 0 && !versioned:
		u.unversioned(c, text, m.instances[0])
	case len(there) > 0 && by != nil:
		at := u.number[by]
		for _, i := range there {
			u.waiting[at] = append(u.waiting[at], u.number[i])
		}
		u.graph.edges[by] = append(u.graph.edges[by], Edge{At: c.At, Text: text, To: there})
	}
}

// inOuterResource reports whether a call is in a resource of a nested template
// of outer scope.
func inOuterResource(c *expand.Call) bool {
	if c.By == nil || !c.By.Declared.IsDeployment() {
		return false
	}
	t := c.By.Declared.InlineTemplate()
	if t == nil || c.By.Declared.Deployment().InnerScope {
		return false
	}
	return slices.ContainsFunc(t.Resources, func(r *arm.Resource) bool {
		at := r.Node.At
		return at.File == c.At.File && at.Start <= c.At.Start && c.At.End <= at.End
	})
}

// listInOuterResource reports a list function that names a resource in a
// resource of a nested template of outer scope. Azure looks for the name
// neither in this template nor in the one around it.
func (u *unit) listInOuterResource(c *expand.Call, text string) {
	d := u.problem(c, codeTarget, c.Name+"('"+shorten(text)+"') cannot name a resource in a nested template of outer scope", "Pass the id of the resource, with resourceId(), or set expressionEvaluationOptions.scope to inner.")
	d.Subject = c.Call.Args[0].Range()
	comesFrom(&d, c.Args[0])
	u.report(d)
}

// countCertain counts the resources that exist under all conditions; several with one
// identity count once.
func countCertain(list []*expand.Instance) (n int) {
	for k, i := range list {
		same := func(o *expand.Instance) bool { return identityOf(o) == identityOf(i) }
		if i.State == expand.Exists && !slices.ContainsFunc(list[:k], same) {
			n++
		}
		if n > 1 {
			break
		}
	}
	return n
}

// problem returns an error about a call.
func (u *unit) problem(c *expand.Call, code diag.Code, summary, detail string) diag.Diagnostic {
	return diag.Diagnostic{Code: code, Rule: ruleOf(code), Severity: diag.Error, Subject: c.At, Summary: summary, Detail: detail}
}

func (u *unit) argument(c *expand.Call, n int, summary, detail string) {
	d := u.problem(c, codeReference, summary, detail)
	d.Subject = c.Call.Args[n].Range()
	u.graph.downgradeEmptyDefault(&d, c.Args[n])
	comesFrom(&d, c.Args[n])
	u.report(d)
}

func (u *unit) notFound(c *expand.Call, text string, m meaning) {
	s := fold.Lower(strings.Trim(text, "/"))
	d := u.problem(c, codeTarget, c.Name+"() names "+u.displayName(text)+", which is not in the template", "")
	d.Subject = c.Call.Args[0].Range()
	p := u.loops[s]
	if p == nil && u.Template.Symbolic {
		p = u.symbolic[strings.Trim(text, "/")]
	}
	switch {
	case m.id:
		d.Code, d.Rule = codeVersion, ruleOf(codeVersion)
		d.Summary = c.Name + "() of " + u.displayName(text) + " needs an API version: the resource is not in the template"
		d.Detail = "Pass the API version of its type as the second argument, if the resource exists before the deployment."
	case p != nil:
		d.Summary = c.Name + "('" + shorten(text) + "') names a copy loop, not a resource"
		d.Detail = "Name one of its copies, such as with copyIndex()."
	default:
		d.Detail = "Pass its id and an API version: a name alone means a resource of the same template."
	}
	if c.By != nil && c.By.Unit == u.Unit && c.By.Declared.IsDeployment() && u.nestedHas(c.By, s) {
		d.Detail = "Set expressionEvaluationOptions.scope to inner, or pass the id and an API version: with outer scope, expressions use the template around the nested one."
	} else if hint := u.nearest(text); hint != "" {
		d.Detail += " " + hint
	}
	u.graph.downgradeEmptyDefault(&d, c.Args[0])
	comesFrom(&d, c.Args[0])
	u.report(d)
}

// nestedHas reports whether the template of a nested deployment of outer scope
// has a resource that the template around it lacks.
func (u *unit) nestedHas(deployment *expand.Instance, name string) bool {
	t := deployment.Declared.InlineTemplate()
	if t == nil {
		return false
	}
	for _, r := range t.Resources {
		if l := fold.Lower(r.Label()); l == name || strings.HasSuffix(name, "/"+l) {
			return true
		}
	}
	return false
}

func (u *unit) unversioned(c *expand.Call, text string, i *expand.Instance) {
	d := u.problem(c, codeVersion, c.Name+"() of '"+shorten(label(i))+"' needs an API version: its condition is false", "")
	d.Subject = c.Call.Args[0].Range()
	d.Detail = "Add one, or use if() with the same condition: a resource that is not deployed can only be read with an API version."
	d.Related = []diag.Related{{Range: i.Declared.At(), Message: "'" + shorten(label(i)) + "' is declared here"}}
	u.report(d)
}

func (u *unit) selfReference(c *expand.Call, by *expand.Instance) {
	d := u.problem(c, codeCycle, "'"+shorten(label(by))+"' refers to itself with "+c.Name+"()", "Write the value itself, or read it in an output: a resource cannot read its own state while it is deployed.")
	d.Related = []diag.Related{{Range: by.Declared.At(), Message: "'" + shorten(label(by)) + "' is declared here"}}
	comesFrom(&d, c.Args[0])
	u.report(d)
}

func (u *unit) ambiguous(c *expand.Call, text string, list []*expand.Instance) {
	d := u.problem(c, codeAmbiguous, c.Name+"('"+shorten(text)+"') can mean several resources of this template", "Pass the id of the resource, with resourceId().")
	d.Subject = c.Call.Args[0].Range()
	const most = 5
	for _, i := range list[:min(most, len(list))] {
		d.Related = append(d.Related, diag.Related{Range: i.Declared.At(), Message: "'" + shorten(label(i)) + "' of type " + i.Type})
	}
	u.report(d)
}

// symbolicCall checks references() and resourceInfo(), which require symbolic
// names.
func (u *unit) symbolicCall(c *expand.Call, by *expand.Instance) {
	if !u.Template.Symbolic {
		u.report(u.problem(c, codeReference, c.Name+"() needs symbolic names", "Set languageVersion to 2.0 and make `resources` an object of symbolic names, or use reference() and resourceId()."))
		return
	}
	name, ok := c.Args[0].Text()
	if !ok || fold.Equal(c.Name, "resourceInfo") {
		return // eval reports an unknown symbolic name of resourceInfo()
	}
	p := u.symbolic[name]
	switch {
	case p != nil && by != nil:
		u.edge(by, p.number, Edge{At: c.At, Text: name, To: p.members})
	case p == nil && !u.Incomplete:
		d := u.problem(c, codeTarget, "references('"+shorten(name)+"') does not name a copy loop of resources", "Pass the symbolic name of a resource with copy; reference() reads a single resource.")
		d.Subject = c.Call.Args[0].Range()
		u.report(d)
	}
}
