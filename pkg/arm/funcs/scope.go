package funcs

import (
	"errors"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const scopeDocs = docs + "scope#"

var scopeFuncs = []Func{
	{Name: "managementGroup", Family: "scope", Result: "object", Answer: managementGroup,
		Doc: "The management group of the deployment.", Source: scopeDocs + "managementgroup"},
	{Name: "resourceGroup", Family: "scope", Result: "object", Answer: resourceGroup,
		Doc: "The resource group of the deployment.", Source: scopeDocs + "resourcegroup"},
	{Name: "subscription", Family: "scope", Result: "object", Answer: subscription,
		Doc: "The subscription of the deployment.", Source: scopeDocs + "subscription"},
	{Name: "tenant", Family: "scope", Result: "object", Answer: tenant,
		Doc: "The tenant of the deployment.", Source: scopeDocs + "tenant"},
}

// known returns text or, if it is empty, an unknown value for the member of the
// function's result.
func (c *Call) known(text, member string) value.Value {
	return c.prefixed("", text, member)
}

// prefixed is known for a text after a constant one.
func (c *Call) prefixed(prefix, text, member string) value.Value {
	if text == "" {
		u := c.part(member).(value.Unknown)
		if c.Context.Open {
			u.Kind = "string"
		}
		return u
	}
	return value.String(prefix + text)
}

// part returns a member of the result that is known only at deployment.
func (c *Call) part(member string) value.Value {
	name := c.fn.Name + "()." + member
	return value.Unknown{Residual: name, Reason: name + " is known only at deployment"}
}

func resourceGroup(c *Call) (value.Value, error) {
	ctx := c.Context
	if ctx.ResourceGroup == "" {
		switch {
		case ctx.Open:
			return groupObject(c, c.known("", "id"), c.known("", "name")), nil
		case ctx.SubscriptionID != "" || ctx.ManagementGroup != "":
		case ctx.Location == "":
			return c.residual(), nil
		default: // only the location is known
			return groupObject(c, c.part("id"), c.part("name")), nil
		}
		return nil, errors.New("resourceGroup() needs a deployment to a resource group, and this one has none")
	}
	id := ""
	if ctx.SubscriptionID != "" {
		id = "/subscriptions/" + ctx.SubscriptionID + "/resourceGroups/" + ctx.ResourceGroup
	}
	return groupObject(c, c.known(id, "id"), value.String(ctx.ResourceGroup)), nil
}

// groupObject returns the result of resourceGroup().
func groupObject(c *Call, id, name value.Value) value.Value {
	return value.NewObject(
		value.Member{Name: "id", Value: id},
		value.Member{Name: "name", Value: name},
		value.Member{Name: "type", Value: value.String("Microsoft.Resources/resourceGroups")},
		value.Member{Name: "location", Value: c.known(c.Context.Location, "location")},
		value.Member{Name: "tags", Value: c.part("tags")},
		value.Member{Name: "managedBy", Value: c.part("managedBy")},
		value.Member{Name: "properties", Value: c.part("properties")},
	)
}

func subscription(c *Call) (value.Value, error) {
	ctx := c.Context
	if ctx.SubscriptionID == "" && !ctx.Open {
		if ctx.ManagementGroup == "" {
			return c.residual(), nil
		}
		return nil, errors.New("subscription() needs a deployment to a subscription or a resource group")
	}
	return value.NewObject(
		value.Member{Name: "id", Value: c.prefixed("/subscriptions/", ctx.SubscriptionID, "id")},
		value.Member{Name: "subscriptionId", Value: c.known(ctx.SubscriptionID, "subscriptionId")},
		value.Member{Name: "tenantId", Value: c.known(ctx.TenantID, "tenantId")},
		value.Member{Name: "displayName", Value: c.part("displayName")},
	), nil
}

func managementGroup(c *Call) (value.Value, error) {
	ctx := c.Context
	if ctx.ManagementGroup == "" && !ctx.Open {
		if ctx.SubscriptionID == "" && ctx.ResourceGroup == "" {
			return c.residual(), nil
		}
		return nil, errors.New("managementGroup() needs a deployment to a management group")
	}
	return value.NewObject(
		value.Member{Name: "id", Value: c.prefixed(groupPrefix, ctx.ManagementGroup, "id")},
		value.Member{Name: "name", Value: c.known(ctx.ManagementGroup, "name")},
		value.Member{Name: "properties", Value: c.part("properties")},
		value.Member{Name: "type", Value: value.String("/providers/Microsoft.Management/managementGroups")},
	), nil
}

func tenant(c *Call) (value.Value, error) {
	if c.Context.TenantID == "" && !c.Context.Open {
		return c.residual(), nil
	}
	return value.NewObject(
		value.Member{Name: "countryCode", Value: c.part("countryCode")},
		value.Member{Name: "displayName", Value: c.part("displayName")},
		value.Member{Name: "id", Value: c.prefixed("/tenants/", c.Context.TenantID, "id")},
		value.Member{Name: "tenantId", Value: c.known(c.Context.TenantID, "tenantId")},
	), nil
}
