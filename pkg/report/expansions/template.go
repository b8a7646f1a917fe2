package expansions

import (
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// schemas are the $schema of a template for each scope.
var schemas = [...]string{
	arm.ResourceGroup:   "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
	arm.Subscription:    "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
	arm.ManagementGroup: "https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#",
	arm.Tenant:          "https://schema.management.azure.com/schemas/2019-08-01/tenantDeploymentTemplate.json#",
}

// WriteTemplate writes the expansion as a plain template: no loops, no
// variables, no nested deployments but those that lead to another resource
// group, and expressions only where a deployment has to answer. Parameters are
// declared as far as such expressions name them.
func (e Expansion) WriteTemplate(w io.Writer) error {
	out := render.ValueWriter{Escape: true}
	out.Value(e.template())
	out.WriteByte('\n')
	_, err := out.WriteTo(w)
	return err
}

func (e Expansion) template() *value.Object {
	scope := arm.ResourceGroup
	if e.Deployment.Template != nil {
		scope = e.Deployment.Template.Scope
	}
	resources := e.plainResources()
	outputs := e.plainOutputs()
	members := []value.Member{
		{Name: "$schema", Value: value.String(schemas[scope])},
		{Name: "contentVersion", Value: value.String("1.0.0.0")},
	}
	if t := e.Deployment.Template; t != nil && t.APIProfile != nil { // of resources without a version
		if profile, ok := t.APIProfile.Value.(*jsonc.String); ok {
			members = append(members, value.Member{Name: "apiProfile", Value: value.String(profile.Value)})
		}
	}
	return value.NewObject(append(members,
		value.Member{Name: "parameters", Value: e.plainParameters(resources, outputs)},
		value.Member{Name: "resources", Value: withoutDefaultVersions(resources)},
		value.Member{Name: "outputs", Value: withoutDefaultVersions(outputs)},
	)...)
}

// withoutDefaultVersions leaves out of expressions the version that the
// apiProfile gives, which no function of the language returns: reference() of a
// resource of the template finds it alone.
func withoutDefaultVersions(v value.Value) value.Value {
	switch v := v.(type) {
	case value.Unknown:
		v.Residual = strings.ReplaceAll(v.Residual, ", defaultApiVersion())", ")")
		return v
	case value.Array:
		items := make(value.Array, len(v))
		for i, item := range v {
			items[i] = withoutDefaultVersions(item)
		}
		return items
	case *value.Object:
		members := slices.Clone(v.Members())
		for i, m := range members {
			members[i].Value = withoutDefaultVersions(m.Value)
		}
		return value.NewObject(members...)
	}
	return v
}

// plainMember is a member of a resource as a template declares it; false for
// what it does not say: the id, and the version that the apiProfile gives.
func plainMember(m value.Member) (value.Member, bool) {
	switch m.Name {
	case "id":
		return m, false
	case "apiVersion":
		u, unknown := m.Value.(value.Unknown)
		return m, !unknown || u.Residual != "defaultApiVersion()"
	case "type": // the engine does not read it as an expression, so that nothing is escaped in it
		if s, ok := m.Value.(value.String); ok && strings.HasPrefix(string(s), "[") {
			m.Value = value.Number{Text: jsonc.Quote(string(s))}
		}
	}
	return m, true
}

// plainResources are the resources as a template declares them. Those of
// another resource group or subscription are each in a nested deployment
// group has one of.
func (e Expansion) plainResources() value.Array {
	list := value.Array{}
	elsewhere := map[string]int{} // index in list by scope
	root := e.rootScope()
	ids := e.ids()
	for _, r := range e.resources() {
		scope := scopeKey(r)
		if scope == root || root == "" {
			list = append(list, plainResource(r, e.waits(r), ids))
			continue
		}
		i, ok := elsewhere[scope]
		if !ok {
			i = len(list)
			elsewhere[scope] = i
			list = append(list, nil)
		}
		list[i] = addNested(list[i], r, len(elsewhere))
	}
	return list
}

func scopeKey(r *expand.Resource) string {
	return strings.ToLower(r.SubscriptionID + "/" + r.ResourceGroup)
}

// rootScope is the scope of the first resource that no nested deployment made.
func (e Expansion) rootScope() string {
	for _, r := range e.Deployment.Resources {
		if len(r.Nested) == 0 {
			return scopeKey(r)
		}
	}
	return ""
}

// ids are the ids of the resources that are written at the top, by lower case.
func (e Expansion) ids() map[string]string {
	ids := map[string]string{}
	for _, r := range e.resources() {
		ids[strings.ToLower(r.ID)] = r.ID
	}
	return ids
}

// waits are the ids of what a resource waits for.
func (e Expansion) waits(r *expand.Resource) []string {
	if e.Graph == nil {
		return nil
	}
	return e.Graph.IDs(r)
}

// plainResource drops the id, which a template does not say, and adds what the
// resource waits for.
func plainResource(r *expand.Resource, waits []string, ids map[string]string) value.Value {
	body, ok := withoutSecrets(r).(*value.Object)
	if !ok {
		return r.Body.Value
	}
	var members []value.Member
	for _, m := range body.Members() {
		if m, ok := plainMember(m); ok {
			members = append(members, m)
		}
	}
	var dependsOn value.Array
	for _, id := range waits {
		if written, ok := ids[id]; ok && !strings.HasPrefix(written, "[") {
			dependsOn = append(dependsOn, value.String(written))
		}
	}
	if len(dependsOn) > 0 {
		members = append(members, value.Member{Name: "dependsOn", Value: dependsOn})
	}
	return value.NewObject(members...)
}

// addNested puts a resource into the nested deployment of its scope.
func addNested(deployment value.Value, r *expand.Resource, number int) value.Value {
	var resources value.Array
	name := "scope-" + render.Scalar(value.Int(number))
	if old, ok := deployment.(*value.Object); ok {
		written, _ := old.Get("name")
		name = string(written.(value.String))
		properties, _ := old.Get("properties")
		template, _ := properties.(*value.Object).Get("template")
		list, _ := template.(*value.Object).Get("resources")
		resources = slices.Clone(list.(value.Array))
	}
	resources = append(resources, plainResource(r, nil, nil))
	members := []value.Member{
		{Name: "type", Value: value.String(arm.DeploymentType)},
		{Name: "apiVersion", Value: value.String("2022-09-01")},
		{Name: "name", Value: value.String(name)},
	}
	if r.SubscriptionID != "" {
		members = append(members, value.Member{Name: "subscriptionId", Value: value.String(r.SubscriptionID)})
	}
	if r.ResourceGroup != "" {
		members = append(members, value.Member{Name: "resourceGroup", Value: value.String(r.ResourceGroup)})
	}
	return value.NewObject(append(members, value.Member{Name: "properties", Value: value.NewObject(
		value.Member{Name: "mode", Value: value.String("Incremental")},
		value.Member{Name: "template", Value: value.NewObject(
			value.Member{Name: "$schema", Value: value.String(schemas[arm.ResourceGroup])},
			value.Member{Name: "contentVersion", Value: value.String("1.0.0.0")},
			value.Member{Name: "resources", Value: resources},
		)},
	)})...)
}

func (e Expansion) plainOutputs() *value.Object {
	var members []value.Member
	for _, o := range e.Deployment.Outputs {
		if _, null := o.Node.Value.(value.Null); null && o.Declared != nil && o.Declared.Nullable {
			continue // a plain template has no way to say that an output may be null
		}
		members = append(members, value.Member{Name: o.Name, Value: value.NewObject(
			value.Member{Name: "type", Value: value.String(o.Type)},
			value.Member{Name: "value", Value: outputValue(&o)},
		)})
	}
	return value.NewObject(members...)
}

// parameterReference finds the parameters that a left-over expression names.
var parameterReference = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\bparameters\('([^']+)'\)`)
}}

// plainParameters declares what the left-over expressions of the values name:
// with the type of the template, or as a secret where a nested template, which
// is gone, declared it.
func (e Expansion) plainParameters(values ...value.Value) *value.Object {
	var members []value.Member
	seen := map[string]bool{}
	declare := func(name string) {
		if seen[strings.ToLower(name)] {
			return
		}
		seen[strings.ToLower(name)] = true
		kind := arm.SecureStringKind
		if t := e.Deployment.Template; t != nil {
			if p, ok := t.Parameters.Get(name); ok && p.Kind != arm.AnyKind {
				kind = p.Kind
			}
		}
		members = append(members, value.Member{Name: name, Value: value.NewObject(value.Member{Name: "type", Value: value.String(kind.String())})})
	}
	for _, v := range values {
		eachUnknown(v, func(u value.Unknown) {
			for _, m := range parameterReference.Get().FindAllStringSubmatch(u.Residual, -1) {
				declare(m[1])
			}
		})
	}
	return value.NewObject(members...)
}

func eachUnknown(v value.Value, visit func(value.Unknown)) {
	switch v := v.(type) {
	case value.Unknown:
		visit(v)
	case value.Array:
		for _, e := range v {
			eachUnknown(e, visit)
		}
	case *value.Object:
		for _, m := range v.Members() {
			eachUnknown(m.Value, visit)
		}
	}
}
