package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// destination returns the target of a nested deployment, and the context in
// which its functions are evaluated.
func (i *instance) destination() (target, funcs.Context, bool) {
	t, known := i.targetOf()
	if !known {
		return t, i.f.ctx, false
	}
	i.checkLevel(t)
	if !i.validTarget(t) || !i.checkLocation(t) {
		return t, i.f.ctx, false
	}
	ctx := i.f.ctx
	if i.f.outer != nil {
		ctx = i.f.outer.f.ctx
	}
	ctx.DeploymentName = i.name
	switch {
	case t.scope != arm.ResourceGroup:
		ctx.ResourceGroup, ctx.Location = "", i.location()
	case !strings.EqualFold(t.group, ctx.ResourceGroup) || !strings.EqualFold(t.subscription, ctx.SubscriptionID):
		ctx.ResourceGroup, ctx.Location = t.group, ""
	}
	ctx.SubscriptionID, ctx.ManagementGroup = t.subscription, t.management
	return t, withoutExpressions(inScope(t.scope, ctx)), true
}

// withoutExpressions makes values unknown that are known only at deployment:
// functions must not return the text of an expression. Without a group the
// subscription is removed too, or resourceGroup() would be an error.
func withoutExpressions(c funcs.Context) funcs.Context {
	if expr.IsExpression(c.ResourceGroup) {
		c.ResourceGroup, c.SubscriptionID = "", ""
	}
	if expr.IsExpression(c.SubscriptionID) {
		c.SubscriptionID = ""
	}
	return c
}

// targetOf returns the target of a nested deployment; known is false if its
// scope is unknown.
func (i *instance) targetOf() (t target, known bool) {
	t = i.redirect(i.f.target)
	if i.decl.Scope == nil {
		return t, true
	}
	n := i.at.node(i.decl.Scope)
	s, known := n.Text()
	if known {
		i.scopeText = s
		t, _ = parseScope(s, t)
	}
	return t, known
}

// validTarget reports a subscription that is not a GUID, as the deployment
// service does. A subscription that is unknown because a parameter has no value
// is not checked.
func (i *instance) validTarget(t target) bool {
	switch n := i.decl.SubscriptionID.(type) {
	case *jsonc.Number, *jsonc.Bool: // read as text
		i.broken = true
		i.f.run.errorf(CodeScope, RuleNested, n.Range(), "'%s' is not a subscription id", n.Range().Text())
		return false
	}
	if i.decl.SubscriptionID == nil || !isKnown(t.subscription) || isGUID(t.subscription) {
		return true
	}
	if expr.IsExpression(t.subscription) && !(i.f.run.opts.Literal && i.f.run.opts.MissingParameters == Error) {
		return false
	}
	i.broken = true
	i.f.run.errorf(CodeScope, RuleNested, i.decl.SubscriptionID.Range(), "'%s' is not a subscription id", t.subscription)
	return false
}

func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range []byte(s) {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)):
			return false
		}
	}
	return true
}

// checkLocation checks the location of a nested deployment: one to a resource
// group has the location of the group, any other requires its own.
func (i *instance) checkLocation(t target) bool {
	switch {
	case t.scope == arm.ResourceGroup && i.decl.Location != nil:
		i.broken = true
		i.f.run.errorf(CodeNestedLocation, RuleNested, i.decl.Location.Range(), "the nested deployment '%s' cannot have a location: it deploys to a resource group", i.label())
	case t.scope != arm.ResourceGroup && i.decl.Location == nil:
		i.nestedError(CodeNestedLocation, "the nested deployment '%s' needs a location: it deploys to a %s", i.label(), scopeWords[t.scope])
	default:
		return true
	}
	return false
}

var scopeWords = [...]string{"resource group", "subscription", "management group", "tenant"}

func (i *instance) location() string {
	s, _ := i.fieldText(i.decl.Location)
	return s
}

// fieldText evaluates a member that must be text.
func (i *instance) fieldText(n jsonc.Node) (string, bool) {
	if n == nil {
		return "", false
	}
	v := i.at.node(n)
	if u, unknown := v.Value.(value.Unknown); unknown {
		return "[" + u.Residual + "]", true
	}
	return v.Text()
}
