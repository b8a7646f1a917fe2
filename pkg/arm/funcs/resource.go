package funcs

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const resourceDocs = docs + "resource#"

var (
	zoneParams  = []Param{{Name: "subscriptionId", Type: "string"}, {Name: "location", Type: "string"}, {Name: "zone", Type: "string"}}
	zonesParams = []Param{{Name: "subscriptionId", Type: "string"}, {Name: "location", Type: "string"}, {Name: "zones", Type: "array"}}
)

var idParts = []Param{{Name: "resourceType", Type: "string"}, {Name: "resourceName", Type: "string"}}

var resourceFuncs = []Func{
	{Name: "extensionResourceId", Family: "resource", Result: "string", Params: []Param{{Name: "resourceId", Type: "string"}, {Name: "resourceType", Type: "string"}, {Name: "resourceName", Type: "string"}}, Min: 3, Variadic: true, Answer: extensionResourceID,
		Doc: "The identifier of an extension resource.", Source: resourceDocs + "extensionresourceid"},
	{Name: "managementGroupResourceId", Family: "resource", Result: "string", Params: []Param{{Name: "managementGroup", Type: "string"}, {Name: "resourceType", Type: "string"}, {Name: "resourceName", Type: "string"}}, Min: 2, Variadic: true, Answer: managementGroupResourceID,
		Doc: "The identifier of a resource in a management group.", Source: resourceDocs + "managementgroupresourceid"},
	{Name: "pickZones", Family: "resource", Result: "array", Params: []Param{{Name: "providerNamespace", Type: "string"}, {Name: "resourceType", Type: "string"}, {Name: "location", Type: "string"}, {Name: "numberOfZones", Type: "int"}, {Name: "offset", Type: "int"}}, Min: 3, Answer: pickZones,
		Doc: "Availability zones that a resource type supports in a region.", Source: resourceDocs + "pickzones"},
	{Name: "providers", Family: "resource", Result: "object", Params: []Param{{Name: "providerNamespace", Type: "string"}, {Name: "resourceType", Type: "string"}}, Min: 1, Answer: atDeployment,
		Doc: "The resource types, locations and API versions of a resource provider (deprecated).", Source: resourceDocs + "providers"},
	{Name: "reference", Family: "resource", Result: "object", Params: []Param{{Name: "resourceName", Type: "string"}, {Name: "apiVersion", Type: "string"}, {Name: "full", Type: "string"}}, Min: 1, Where: InResource | InOutput | InLambda,
		Doc: "The properties of a resource at deployment.", Source: resourceDocs + "reference"},
	{Name: "references", Family: "resource", Result: "array", Params: []Param{{Name: "symbolicName", Type: "string"}, {Name: "full", Type: "string"}}, Min: 1, Where: InResource | InOutput | InLambda,
		Doc: "The properties of all resources of a copy loop at deployment.", Source: resourceDocs + "references"},
	{Name: "resourceId", Family: "resource", Result: "string", Params: idParts, Min: 2, Variadic: true, Answer: resourceID,
		Doc: "The identifier of a resource, after an optional subscription and resource group.", Source: resourceDocs + "resourceid"},
	{Name: "resourceInfo", Family: "resource", Result: "object", Params: []Param{{Name: "symbolicName", Type: "string"}}, Min: 1,
		Doc: "The id, name, type and API version of a resource in the template, without its properties at deployment.", Source: resourceDocs + "reference"},
	{Name: "subscriptionResourceId", Family: "resource", Result: "string", Params: idParts, Min: 2, Variadic: true, Answer: subscriptionResourceID,
		Doc: "The identifier of a resource in a subscription.", Source: resourceDocs + "subscriptionresourceid"},
	{Name: "target", Family: "resource", Params: []Param{{Name: "full", Type: "string"}}, Where: InResource | InOutput | InLambda, Answer: atDeployment,
		Doc: "The resource that contains the expression, as it was before the deployment.", Source: bicepFunctions},
	{Name: "tenantResourceId", Family: "resource", Result: "string", Params: idParts, Min: 2, Variadic: true, Answer: tenantResourceID,
		Doc: "The identifier of a resource in the tenant.", Source: resourceDocs + "tenantresourceid"},
	{Name: "toLogicalZone", Family: "resource", Result: "string", Params: zoneParams, Min: 3, Answer: atDeployment,
		Doc: "The logical availability zone for a physical one in a subscription.", Source: resourceDocs + "tologicalzone"},
	{Name: "toLogicalZones", Family: "resource", Result: "array", Params: zonesParams, Min: 3, Answer: atDeployment,
		Doc: "The logical availability zones of physical ones in a subscription.", Source: resourceDocs + "tologicalzones"},
	{Name: "toPhysicalZone", Family: "resource", Result: "string", Params: zoneParams, Min: 3, Answer: atDeployment,
		Doc: "The physical availability zone of a logical one in a subscription.", Source: resourceDocs + "tophysicalzone"},
	{Name: "toPhysicalZones", Family: "resource", Result: "array", Params: zonesParams, Min: 3, Answer: atDeployment,
		Doc: "The physical availability zones of logical ones in a subscription.", Source: resourceDocs + "tophysicalzones"},
}

// atDeployment checks the types of the arguments of a call that is answered
// only at deployment, and returns the call.
func atDeployment(c *Call) (value.Value, error) {
	for i := range c.Args {
		var err error
		switch c.fn.Params[min(i, len(c.fn.Params)-1)].Type {
		case "string":
			_, err = c.str(i)
		case "int":
			_, err = c.int(i)
		case "array":
			_, err = c.array(i)
		}
		if err != nil {
			return nil, err
		}
	}
	return c.residual(), nil
}

// residual returns the call itself, which is evaluated at deployment.
func (c *Call) residual() value.Unknown {
	text := []byte(c.fn.Name + "(")
	for i, v := range c.Args {
		if i > 0 {
			text = append(text, ", "...)
		}
		text = value.AppendExpression(text, v)
	}
	return value.Unknown{Residual: string(append(text, ')')), Reason: c.fn.Name + "() is answered only at deployment", Kind: c.fn.Gives(c.Args)}
}

func pickZones(c *Call) (value.Value, error) {
	v, err := atDeployment(c)
	if err != nil {
		return nil, err
	}
	for i := range 2 {
		if s, _ := c.str(i); strings.Contains(s, "/") {
			return nil, wrong(i, "must not contain a slash, but is '%s'; pass the namespace and the type as two arguments", clip(s))
		}
	}
	return v, nil
}

// An id has the arguments of resourceId() and similar functions: the part
// before the type, and the type with its names.
type id struct {
	before []string
	path   string // Namespace/type/name/type/name
}

// parseID finds the type among the arguments from first on: the only one with a
// slash, followed by as many names as it has levels.
func (c *Call) parseID(first int) (id, error) {
	args, err := c.strs(0)
	if err != nil {
		return id{}, err
	}
	at := -1
	for i := first; i < len(args); i++ {
		if !strings.Contains(args[i], "/") {
			continue
		}
		if at >= 0 {
			return id{}, wrong(i, "contains a slash, like argument %d, '%s'; only the resource type can have one, so pass each name as an argument", at+1, clip(args[at]))
		}
		at = i
	}
	if at < 0 {
		return id{}, fmt.Errorf("%s() needs a resource type among its arguments, such as Microsoft.Network/virtualNetworks", c.fn.Name)
	}
	names := args[at+1:]
	// A slash at the end of the type is ignored.
	if levels := strings.Count(strings.TrimSuffix(args[at], "/"), "/"); levels != len(names) {
		return id{}, wrong(at, "is '%s', which needs %s; %d %s given", clip(args[at]), plural(levels, "name"), len(names), isAre(len(names)))
	}
	return id{before: args[:at], path: idPath(args[at], names)}, nil
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// idPath puts the names between the segments of the type. Empty segments are
// dropped, as in the deployment service.
func idPath(kind string, names []string) string {
	types, names := nonEmpty(strings.Split(kind, "/")), nonEmpty(names)
	if len(types) == 0 {
		return "/"
	}
	var b strings.Builder
	b.WriteString(types[0])
	b.WriteByte('/')
	for i, name := range names[:min(len(names), len(types)-1)] {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(types[i+1] + "/" + name)
	}
	return b.String()
}

func nonEmpty(list []string) []string {
	var kept []string
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// isGUID reports whether s has the form 8-4-4-4-12 of hexadecimal digits.
func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if unhex(s[i]) < 0 {
				return false
			}
		}
	}
	return true
}

func badSubscription(i int, s string) error {
	return wrong(i, "must be the identifier of a subscription, a GUID, not '%s'", clip(s))
}

func resourceID(c *Call) (value.Value, error) {
	id, err := c.parseID(0)
	if err != nil {
		return nil, err
	}
	sub, group := c.Context.SubscriptionID, c.Context.ResourceGroup
	switch len(id.before) {
	case 0:
	case 1:
		group = id.before[0]
	case 2:
		if sub, group = id.before[0], id.before[1]; !isGUID(sub) {
			return nil, badSubscription(0, sub)
		}
	default:
		return nil, wrong(2, "must be the resource type, after the subscription and the resource group, not '%s'", clip(id.before[2]))
	}
	switch {
	case sub == "":
		return c.residual(), nil
	case group == "" && len(id.before) == 0: // an empty group that is passed is kept
		return value.String("/subscriptions/" + sub + "/providers/" + id.path), nil
	}
	return value.String("/subscriptions/" + sub + "/resourceGroups/" + group + "/providers/" + id.path), nil
}

func subscriptionResourceID(c *Call) (value.Value, error) {
	id, err := c.parseID(0)
	if err != nil {
		return nil, err
	}
	sub := c.Context.SubscriptionID
	switch len(id.before) {
	case 0:
	case 1:
		if sub = id.before[0]; !isGUID(sub) {
			return nil, badSubscription(0, sub)
		}
	default:
		return nil, wrong(1, "must be the resource type, after the subscription, not '%s'", clip(id.before[1]))
	}
	if sub == "" {
		return c.residual(), nil
	}
	// The id of a resource group has a form of its own.
	const groups = "microsoft.resources/resourcegroups/"
	if len(id.path) > len(groups) && strings.EqualFold(id.path[:len(groups)], groups) {
		return value.String("/subscriptions/" + sub + "/resourceGroups/" + id.path[len(groups):]), nil
	}
	return value.String("/subscriptions/" + sub + "/providers/" + id.path), nil
}

func tenantResourceID(c *Call) (value.Value, error) {
	id, err := c.parseID(0)
	switch {
	case err != nil:
		return nil, err
	case len(id.before) > 0:
		return nil, wrong(0, "must be the resource type, not '%s'", clip(id.before[0]))
	}
	return value.String("/providers/" + id.path), nil
}

func managementGroupResourceID(c *Call) (value.Value, error) {
	id, err := c.parseID(0)
	if err != nil {
		return nil, err
	}
	group := c.Context.ManagementGroup
	switch len(id.before) {
	case 0:
		if group == "" {
			return nil, wrong(0, "must be a management group when the deployment is not one to a management group")
		}
	case 1:
		group = id.before[0]
	default:
		return nil, wrong(1, "must be the resource type, after the management group, not '%s'", clip(id.before[1]))
	}
	return value.String(groupPrefix + group + "/providers/" + id.path), nil
}

const groupPrefix = "/providers/Microsoft.Management/managementGroups/"

func extensionResourceID(c *Call) (value.Value, error) {
	id, err := c.parseID(1)
	if err != nil {
		return nil, err
	}
	if len(id.before) > 1 {
		return nil, wrong(1, "must be the resource type, not '%s'", clip(id.before[1]))
	}
	parent := id.before[0]
	if !isScope(parent) {
		return nil, wrong(0, "must be a resource identifier that starts with /subscriptions/ or /providers/, not '%s'", clip(parent))
	}
	return value.String(strings.TrimSuffix(parent, "/") + "/providers/" + id.path), nil
}

func isScope(s string) bool {
	s = strings.ToLower(s)
	return s == "/" || strings.HasPrefix(s, "/subscriptions/") || strings.HasPrefix(s, "/providers/")
}
