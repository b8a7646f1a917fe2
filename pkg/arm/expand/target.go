package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A target is the target of a deployment.
type target struct {
	scope        arm.Scope
	subscription string
	group        string // "" if the context has none
	management   string
}

func rootTarget(scope arm.Scope, c *funcs.Context) target {
	return target{scope: scope, subscription: c.SubscriptionID, group: c.ResourceGroup, management: c.ManagementGroup}
}

// known reports whether ids can be built.
func (t target) known() bool {
	switch t.scope {
	case arm.ResourceGroup:
		return isKnown(t.group) && isKnown(t.subscription)
	case arm.Subscription:
		return isKnown(t.subscription)
	case arm.ManagementGroup:
		return isKnown(t.management)
	}
	return true
}

// isKnown reports whether a part of an id is present and not an expression.
func isKnown(s string) bool { return s != "" && !expr.IsExpression(s) }

// prefix returns the prefix of ids in the target, without /providers.
func (t target) prefix() string {
	switch t.scope {
	case arm.ResourceGroup:
		return "/subscriptions/" + t.subscription + "/resourceGroups/" + t.group
	case arm.Subscription:
		return "/subscriptions/" + t.subscription
	case arm.ManagementGroup:
		return "/providers/Microsoft.Management/managementGroups/" + t.management
	}
	return ""
}

const (
	groupType      = "Microsoft.Resources/resourceGroups"
	managementType = "Microsoft.Management/managementGroups"
	subscriptions  = "Microsoft.Subscription/subscriptions"
)

// id returns the id of a resource in the target.
func (t target) id(typ, name string) string {
	switch {
	case fold.Equal(typ, groupType) && t.subscription != "":
		return "/subscriptions/" + t.subscription + "/resourceGroups/" + name
	case fold.Equal(typ, managementType):
		return "/providers/" + managementType + "/" + name
	}
	return t.prefix() + "/providers/" + interleave(typ, name)
}

// interleave returns type and name as they appear in ids: a.b/c/d and x/y give
// a.b/c/x/d/y.
func interleave(typ, name string) string {
	types, names := strings.Split(typ, "/"), strings.Split(name, "/")
	var b strings.Builder
	b.WriteString(types[0])
	for i, t := range types[1:] {
		b.WriteByte('/')
		b.WriteString(t)
		if i < len(names) {
			b.WriteByte('/')
			b.WriteString(names[i])
		}
	}
	for _, n := range names[min(len(names), len(types)-1):] {
		b.WriteByte('/')
		b.WriteString(n)
	}
	return b.String()
}

// scopedID returns the id of an extension resource on scope, which the
// deployment service uses unchanged: a full id, "/", or a path below the
// target.
func (t target) scopedID(scope, typ, name string) string {
	switch {
	case scope == "/":
		return "/providers/" + interleave(typ, name)
	case strings.HasPrefix(scope, "/"):
		return strings.TrimRight(scope, "/") + "/providers/" + interleave(typ, name)
	case isManagementScope(scope):
		return "/providers/" + scope + "/providers/" + interleave(typ, name)
	}
	return t.prefix() + "/providers/" + scope + "/providers/" + interleave(typ, name)
}

func isManagementScope(scope string) bool {
	return len(scope) > len(managementType) && fold.Equal(scope[:len(managementType)+1], managementType+"/")
}

// unknownID returns the expression of the id of a resource whose name or group
// is unknown, as the deployment service writes it.
func (t target) unknownID(typ string, name value.Value) string {
	args := []string{quoteOr(t.subscription, "subscription().subscriptionId")}
	function := "resourceId"
	switch t.scope {
	case arm.ResourceGroup:
		args = append(args, quoteOr(t.group, "resourceGroup().name"))
	case arm.Subscription:
		function = "subscriptionResourceId"
	default:
		function, args = "tenantResourceId", nil
	}
	args = append(args, expr.Quote(typ))
	text, parts := value.Expression(name), strings.Count(typ, "/")
	for n := range parts {
		if parts == 1 {
			args = append(args, text)
			break
		}
		args = append(args, "filter(split("+text+", '/'), lambda('x', not(empty(lambdaVariables('x')))))["+strconv.Itoa(n)+"]")
	}
	return "[" + function + "(" + strings.Join(args, ", ") + ")]"
}

// quoteOr returns s as a literal, its expression if it is one, or otherwise.
func quoteOr(s, otherwise string) string {
	switch {
	case s == "":
		return otherwise
	case expr.IsExpression(s):
		return s[1 : len(s)-1]
	}
	return expr.Quote(s)
}

// parseScope parses the id of a scope that a deployment can have; ok is false
// for the id of a resource.
func parseScope(id string, from target) (t target, ok bool) {
	parts := strings.Split(strings.Trim(id, "/"), "/")
	switch {
	case id == "/":
		return target{scope: arm.Tenant, subscription: from.subscription}, true
	case isManagementScope(strings.TrimPrefix(fold.Lower(id), "/providers/")) && len(parts) <= 4:
		return target{scope: arm.ManagementGroup, management: parts[len(parts)-1]}, true
	case len(parts) == 2 && fold.Equal(parts[0], "subscriptions"):
		return target{scope: arm.Subscription, subscription: parts[1]}, true
	case len(parts) == 4 && fold.Equal(parts[0], "subscriptions") && fold.Equal(parts[2], "resourceGroups"):
		return target{scope: arm.ResourceGroup, subscription: parts[1], group: parts[3]}, true
	}
	return from, false
}
