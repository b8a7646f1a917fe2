package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// shapeOf returns the grammar of a declaration.
func shapeOf(r *arm.Resource) *grammar.Shape {
	if r.IsDeployment() {
		return grammar.Deployment
	}
	return grammar.Resource
}

// checkResult reports a value of a member that the validation of the deployment
// service rejects: unlike a literal, the result of an expression is not
// converted.
func (r *run) checkResult(spec *grammar.Member, of string, written jsonc.Node, n *Node) {
	if o, ok := written.(*jsonc.Object); ok && spec != nil && spec.Deployed && spec.Shape != nil {
		r.checkParts(spec, of, o, n)
		return
	}
	s, ok := written.(*jsonc.String)
	v := n.Value
	if !ok || spec == nil || spec.Expression != grammar.Evaluated || !expr.IsExpression(s.Value) {
		return
	}
	if spec.Accepts(v) {
		if mistake := mistakeIn(spec, v); mistake != "" {
			r.reject(diag.Diagnostic{Code: grammar.CodeMissing, Rule: arm.Rule, Severity: diag.Error, Subject: s.At, Trail: n.Trail(),
				Summary: "the " + spec.Name + " of " + of + " " + mistake, Detail: "Azure does not accept this object here."})
		}
		return
	}
	code := CodeFieldType
	if spec.Code != "" {
		code = spec.Code
	}
	d := diag.Diagnostic{Code: code, Rule: RuleResource, Severity: diag.Error, Subject: s.At, Trail: n.Trail()}
	switch text, isText := v.(value.String); {
	case spec.Result == grammar.Word:
		got := withArticle(v)
		if isText {
			got = "'" + string(text) + "'"
			d.Detail = nearest.Question(string(text), spec.Words)
		}
		d.Summary = "the " + spec.Name + " of " + of + " must be " + spec.Expected() + ", but the expression gives " + got
	default:
		d.Summary = "the " + spec.Name + " of " + of + " must be " + spec.Result.String() + ", but the expression gives " + withArticle(v)
		d.Detail = "Azure does not convert the result of an expression."
	}
	if code == CodeCondition {
		d.Rule = RuleCondition
		d.Detail = "Use equals(), or bool() for a string: Azure does not convert the result of an expression."
	}
	r.reject(d)
}

// checkParts reports the results of expressions in an object that Azure reads
// after it evaluates them, such as the type of an identity. Package grammar
// checks what is written as a literal.
func (r *run) checkParts(spec *grammar.Member, of string, written *jsonc.Object, n *Node) {
	for _, m := range written.Members {
		part := spec.Shape.Member(m.Key.Value)
		s, ok := m.Value.(*jsonc.String)
		if part == nil || !ok || part.Expression != grammar.Evaluated || !expr.IsExpression(s.Value) {
			continue // most members: the search below is linear
		}
		at := n.Get(m.Key.Value)
		if at == nil || part.Reads(at.Value) {
			continue
		}
		got := withArticle(at.Value)
		if text, isText := at.Text(); isText {
			got = "'" + text + "'"
		}
		r.reject(diag.Diagnostic{Code: CodeFieldType, Rule: RuleResource, Severity: diag.Error, Subject: s.At, Trail: at.Trail(),
			Summary: "the " + part.Name + " of the " + spec.Name + " of " + of + " must be " + part.Expected() + ", but the expression gives " + got})
	}
}

// withArticle returns the type of a value for messages.
func withArticle(v value.Value) string {
	switch kind := value.KindName(v); kind {
	case "null":
		return kind
	case "array", "object", "int":
		return "an " + kind
	default:
		return "a " + kind
	}
}

// mistakeIn describes the mistake in an object that an expression returns.
func mistakeIn(spec *grammar.Member, v value.Value) string {
	o, ok := v.(*value.Object)
	shape := spec.Shape
	switch {
	case !ok:
		return ""
	case spec.Name == "template":
		shape = grammar.Template
	case spec.Name == "properties" && spec.Result == grammar.Object:
		_, inline := o.Get("template")
		_, linked := o.Get("templateLink")
		switch {
		case inline:
			shape = grammar.InlineProperties
		case linked:
			shape = grammar.LinkedProperties
		default:
			return "have neither a template nor a link to one"
		}
	}
	if shape == nil {
		return ""
	}
	return shape.Mistake(o)
}

// checkEnvelope evaluates the members of the resource that are not part of its
// body, as the validation of the deployment service does: all members of a
// nested deployment, which has no body, and the identifying members of other
// resources.
func (i *instance) checkEnvelope() {
	if i.f.run.opts.Literal || i.decl.Extension != nil {
		return
	}
	shape, at := shapeOf(i.decl), i.at.in(funcs.InResource, forbid)
	for _, m := range i.decl.Node.Members {
		spec := shape.Member(m.Key.Value)
		if spec == nil || spec.Expression != grammar.Evaluated {
			continue
		}
		switch spec.Name {
		case "properties", "condition":
			continue
		case "id":
			i.checkID(m.Value, at.node(m.Value))
			continue
		case "name":
			if i.broken { // it was reported
				continue
			}
		case "apiVersion", "scope":
		default:
			if !i.decl.IsDeployment() {
				continue // see [bodyBuilder.member]
			}
		}
		i.f.run.checkResult(spec, "'"+i.label()+"'", m.Value, at.node(m.Value))
	}
}

// checkID reports an id that is not that of the resource. A resource group or a
// subscription that differs cannot be checked offline.
func (i *instance) checkID(written jsonc.Node, n *Node) {
	if i.id == "" || !n.Known() {
		return
	}
	text, isText := n.Text()
	if _, null := written.(*jsonc.Null); null || isText && (text == "" || fold.Equal(text, i.id)) {
		return
	}
	if isText && strings.HasPrefix(text, "/") && fold.Equal(afterProviders(text), afterProviders(i.id)) {
		return
	}
	d := diag.Diagnostic{Code: CodeFieldType, Rule: RuleResource, Severity: diag.Error, Subject: written.Range(),
		Summary: "the id of '" + i.label() + "' is not the id that Azure gives it",
		Detail:  "Remove 'id': it follows from the scope, the type and the name of the resource."}
	i.f.run.reject(d)
}

func afterProviders(id string) string {
	if at := providersWord.Get().FindStringIndex(id); at != nil {
		return id[at[0]:]
	}
	return id
}

// providersWord ignores case itself: an id can have another length in lower case.
var providersWord = lazy.Regexp{Text: `(?i)/providers/`}

// checkProperties evaluates an expression in place of the properties of a
// nested deployment, or of one of them. Its value must be known before the
// deployment starts.
func (i *instance) checkProperties() {
	if i.f.run.opts.Literal {
		return
	}
	at := i.at.in(funcs.InResource, forbid)
	if s, ok := i.decl.Properties.(*jsonc.String); ok {
		i.f.run.checkResult(shapeOf(i.decl).Member("properties"), "'"+i.label()+"'", s, at.node(s))
		return
	}
	o, ok := i.decl.Properties.(*jsonc.Object)
	if !ok {
		return
	}
	shape := grammar.PropertiesOf(o)
	for _, m := range o.Members {
		if _, ok := m.Value.(*jsonc.String); ok {
			i.checkProperty(shape.Member(m.Key.Value), m, at)
		}
	}
	if m := o.Get("onErrorDeployment"); m != nil {
		n := at.node(m.Value)
		if value.IsObject(n.Value) { // recorded: whatever its members
			i.f.run.rejectf(CodeNestedShape, RuleNested, m.Key.At, "the nested deployment '%s' cannot have onErrorDeployment: only the deployment that is started can roll back", i.label())
		}
	}
	i.checkLink()
	if options := o.Get("expressionEvaluationOptions"); options != nil {
		spec := shape.Member("expressionEvaluationOptions").Shape.Member("scope")
		if o, ok := options.Value.(*jsonc.Object); ok {
			if scope := o.Get("scope"); scope != nil {
				i.checkProperty(spec, scope, at)
			}
		}
	}
}

func (i *instance) checkProperty(spec *grammar.Member, m *jsonc.Member, at *place) {
	if spec == nil || spec.Expression != grammar.Evaluated {
		return
	}
	if spec.Name == "parameters" { // may be unknown until deployment
		at = at.in(funcs.InResource, resolve)
	}
	n := at.node(m.Value)
	i.f.run.checkResult(spec, "the deployment '"+i.label()+"'", m.Value, n)
	if text, _ := n.Text(); spec.Name == "mode" && fold.Equal(text, "Complete") {
		i.f.run.reject(diag.Diagnostic{Code: CodeNestedShape, Rule: RuleNested, Severity: diag.Error, Subject: m.Value.Range(), Trail: n.Trail(),
			Summary: "the nested deployment '" + i.label() + "' cannot have mode Complete",
			Detail:  "Only a deployment that is not nested can delete what its template lacks. Write \"Incremental\"."})
	}
}

// checkLoop checks the results of expressions for the mode and the batch size
// of a loop.
func (f *frame) checkLoop(c *arm.Copy, p *place) {
	if f.run.opts.Literal {
		return
	}
	for _, m := range c.Node.Members {
		if spec := grammar.ResourceLoop.Member(m.Key.Value); spec != nil && (spec.Name == "mode" || spec.Name == "batchSize") {
			f.run.checkResult(spec, "the copy loop", m.Value, p.node(m.Value))
		}
	}
}

// deploymentVersions are the API versions of deployments. The first line has
// those of the types that Azure publishes
// (https://learn.microsoft.com/azure/templates/microsoft.resources/deployments)
// and of recorded deployments, the second others that the provider lists.
var deploymentVersions = lazy.Value[[]string]{Of: func() []string {
	return strings.Fields(`
	2014-04-01-preview 2015-01-01 2015-11-01 2016-02-01 2016-07-01 2016-09-01 2017-05-10 2018-02-01 2018-05-01 2019-03-01 2019-05-01 2019-05-10 2019-07-01 2019-08-01 2019-10-01 2020-06-01 2020-08-01 2020-10-01 2021-01-01 2021-04-01 2022-09-01 2023-07-01 2024-03-01 2024-07-01 2024-11-01 2025-03-01 2025-04-01
	2014-04-01 2016-06-01 2017-03-01 2017-05-01 2017-06-01 2017-08-01 2018-01-01 2018-06-01 2018-07-01 2018-08-01 2018-09-01 2018-11-01 2019-06-01 2019-09-01 2019-11-01 2020-05-01 2020-07-01 2020-09-01 2021-05-01 2022-06-01 2022-12-01 2023-03-01 2023-08-01`)
}}

// newestVersion is the newest of them. laterVersions is the year from which on
// an unknown version cannot exist yet.
const newestVersion, laterVersions = "2025-04-01", "2029"

// checkDeploymentVersion reports an API version that deployments do not have. A
// version that is newer than the list may exist.
func (i *instance) checkDeploymentVersion() {
	if i.apiNode == nil || !i.apiNode.Known() {
		return
	}
	text, ok := i.apiNode.Text()
	for _, v := range deploymentVersions.Get() {
		if fold.Equal(v, text) {
			return
		}
	}
	if ok && isDate(text) && text > newestVersion && text < laterVersions {
		return
	}
	d := diag.Diagnostic{Code: CodeFieldType, Rule: RuleNested, Severity: diag.Error, Subject: i.decl.APIVersion.Range(),
		Summary: "Microsoft.Resources/deployments has no apiVersion " + checker{}.show(i.apiNode.Value), Detail: "Write \"2022-09-01\", or another version that the documentation lists."}
	i.f.run.reject(d)
}

// firstSubscriptionVersion is the first API version with deployments to a
// subscription.
const firstSubscriptionVersion = "2018-05-01"

// checkLink reports a link whose uri is not that of a file in the web, and
// warns of one that has two addresses of the template.
func (i *instance) checkLink() {
	l := i.nested.decl.Link
	if l == nil || l.URI == nil {
		return
	}
	i.checkLinkURI(l.URI)
	if l.RelativePath == nil {
		return
	}
	// The documentation describes either (https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#linked-template);
	// the response of Azure to both is not recorded.
	d := diag.Diagnostic{Code: CodeNestedShape, Rule: RuleNested, Severity: diag.Warning, Subject: l.Node.At,
		Summary: "the link of the nested deployment '" + i.label() + "' has both a uri and a relativePath",
		Detail:  "Remove one of them."}
	i.f.run.reject(d)
}

// checkLinkURI reports a relative uri, and one of a file on this computer.
// Azure rejects both: "The provided content link ... is invalid or not
// supported. Content link must be an absolute URI not referencing local host or
// UNC path" (https://github.com/Azure/azure-api-management-devops-resource-kit/issues/358,
// https://github.com/Azure/azure-powershell/issues/13143).
func (i *instance) checkLinkURI(written jsonc.Node) {
	n := i.at.in(funcs.InResource, resolve).node(written)
	uri, ok := n.Text()
	if !ok || uri == "" {
		return
	}
	scheme, rest, absolute := strings.Cut(uri, "://")
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	if absolute && !fold.Equal(scheme, "file") && !fold.Equal(host, "localhost") && host != "127.0.0.1" {
		return
	}
	d := diag.Diagnostic{Code: CodeNestedShape, Rule: RuleNested, Severity: diag.Error, Subject: n.At(), Trail: n.Trail(),
		Summary: "the uri of the template of '" + i.label() + "' is not an absolute web address",
		Detail:  "Write an address that begins with https://, or use relativePath for a file beside this template."}
	i.f.run.downgrade(&d, n.origin)
	i.f.run.reject(d)
}

// The first API versions of deployments that have a member. An older version
// rejects it: "Could not find member 'tags' on object of type
// 'DeploymentDefinition'"
// (https://github.com/HomecareHomebase/azure-bake/issues/68), and "The
// api-version '2018-05-01' used to deploy the template does not support 'Scope'
// property" (https://github.com/Azure/RDS-Templates/issues/785).
const (
	tagged = "2019-05-10" // https://github.com/Azure/azure-rest-api-specs/tree/main/specification/resources/resource-manager/Microsoft.Resources
	scoped = "2019-05-01"
)

// checkMembersOfVersion reports members that the API version of the deployment
// does not have: its own tags, and the scope of a resource in its template.
func (i *instance) checkMembersOfVersion() {
	if !isDate(i.api) || i.f.run.opts.Literal {
		return
	}
	if m := i.decl.Node.Get("tags"); m != nil && i.api[:10] < tagged {
		// The deployment service accepts them today, whatever the version
		// (recorded).
		d := diag.Diagnostic{Code: CodeFieldType, Rule: RuleNested, Severity: diag.Warning, Subject: m.Key.At,
			Summary: "deployments have no tags in apiVersion " + i.api + ", and Azure rejected them",
			Detail:  "Use apiVersion 2022-09-01, or remove the tags."}
		if _, null := m.Value.(*jsonc.Null); !null {
			i.f.run.reject(d)
		}
	}
	inner := i.decl.InlineTemplate()
	if inner == nil || i.api[:10] >= scoped {
		return
	}
	for _, r := range inner.Resources {
		if m := r.Node.Get("scope"); m != nil && !r.IsDeployment() {
			i.f.run.reject(diag.Diagnostic{Code: CodeFieldType, Rule: RuleNested, Severity: diag.Error, Subject: m.Key.At,
				Summary: "a resource cannot have a scope in a deployment of apiVersion " + i.api,
				Detail:  "Use apiVersion 2022-09-01 for the nested deployment.",
				Related: []diag.Related{{Range: i.decl.APIVersion.Range(), Message: "the apiVersion of the deployment is declared here"}}})
		}
	}
}

// checkLevel reports a deployment to a subscription with an API version that
// does not support it.
func (i *instance) checkLevel(t target) {
	if t.scope == arm.ResourceGroup || i.f.target.scope != arm.ResourceGroup || i.api == "" || !isDate(i.api) || i.api[:10] >= firstSubscriptionVersion {
		return
	}
	i.f.run.rejectf(CodeScope, RuleNested, i.decl.APIVersion.Range(), "a deployment to a %s needs apiVersion %s or later, not %s", scopeWords[t.scope], firstSubscriptionVersion, i.api)
}
