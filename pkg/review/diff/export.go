package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// An Export is what was read from a service: one resource or several, as the
// REST interface answers or as az prints them.
type Export struct {
	Deployment *expand.Deployment
	// Context is the subscription and the resource group in the ids of the resources.
	Context funcs.Context
}

// IsExport reports whether a file holds an exported resource, or a list of them.
func IsExport(tree *jsonc.Tree) bool { return len(exported(tree)) > 0 }

// ReadExport reads a file that holds exported resources. The values keep their
// places in the file.
func ReadExport(tree *jsonc.Tree) (*Export, error) {
	list := exported(tree)
	if len(list) == 0 {
		return nil, fmt.Errorf("%s is not a template or an exported resource; save the output of: az vmss show -g GROUP -n NAME -o json", tree.File.Path())
	}
	at := list[0].At
	resources := &jsonc.Array{At: at}
	for _, o := range list {
		resources.Elements = append(resources.Elements, resourceOf(o))
	}
	root := &jsonc.Object{At: at, Members: []*jsonc.Member{
		member("$schema", &jsonc.String{Value: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", At: at}, at),
		member("contentVersion", &jsonc.String{Value: "1.0.0.0", At: at}, at),
		member("resources", resources, at),
	}}
	e := &Export{Context: contextOf(list[0])}
	template := arm.ParseTemplate(&jsonc.Tree{File: tree.File, Root: root})
	e.Deployment = expand.Expand(template, expand.Options{Context: e.Context})
	return e, nil
}

// exported returns the resources of a file: the object, those of a list, or those
// under "value".
func exported(tree *jsonc.Tree) []*jsonc.Object {
	if arm.IsTemplate(tree) || arm.IsParameterFile(tree) {
		return nil
	}
	switch root := tree.Root.(type) {
	case *jsonc.Array:
		return resourcesIn(root)
	case *jsonc.Object:
		if isResource(root) {
			return []*jsonc.Object{root}
		}
		if m := root.Get("value"); m != nil {
			if list, ok := m.Value.(*jsonc.Array); ok {
				return resourcesIn(list)
			}
		}
	}
	return nil
}

func resourcesIn(list *jsonc.Array) (all []*jsonc.Object) {
	for _, e := range list.Elements {
		if o, ok := e.(*jsonc.Object); ok && isResource(o) {
			all = append(all, o)
		}
	}
	return all
}

// isResource reports an object with an id of a resource, or with a type and a name.
func isResource(o *jsonc.Object) bool {
	if id, ok := o.Text("id"); ok {
		if _, ok := vmss.ParseID(id); ok {
			return true
		}
	}
	typ, ok := o.Text("type")
	_, named := o.Text("name")
	return ok && named && strings.Contains(typ, "/")
}

// contextOf reads the subscription and the group of a resource from its id.
func contextOf(o *jsonc.Object) (c funcs.Context) {
	id, _ := o.Text("id")
	parts := strings.Split(strings.Trim(id, "/"), "/")
	for i := 0; i+1 < len(parts); i += 2 {
		switch strings.ToLower(parts[i]) {
		case "subscriptions":
			c.SubscriptionID = parts[i+1]
		case "resourcegroups":
			c.ResourceGroup = parts[i+1]
		}
	}
	c.Location, _ = o.Text("location")
	return c
}

// topNames are the members of a resource beside its properties.
var topNames = []string{"id", "name", "type", "location", "tags", "sku", "zones", "plan", "identity", "extendedLocation", "apiVersion", "kind", "etag", "systemData", "managedBy", "scale", "properties"}

// resourceOf returns the resource as a template writes it: az prints properties
// beside the name, REST below "properties".
func resourceOf(o *jsonc.Object) *jsonc.Object {
	out := &jsonc.Object{At: o.At}
	typ, name := typeAndName(o)
	out.Members = append(out.Members,
		member("type", &jsonc.String{Value: typ, At: valueAt(o, "type")}, o.At),
		member("name", &jsonc.String{Value: expr.Escape(name), At: valueAt(o, "name")}, o.At))
	if o.Get("apiVersion") == nil {
		out.Members = append(out.Members, member("apiVersion", &jsonc.String{Value: exportVersion, At: o.At}, o.At))
	}
	flat := o.Get("properties") == nil
	properties := &jsonc.Object{At: o.At}
	for _, m := range o.Members {
		switch {
		case slices.ContainsFunc([]string{"type", "name", "id", "resourceGroup", "scale"}, func(s string) bool { return strings.EqualFold(s, m.Key.Value) }):
		case flat && !slices.ContainsFunc(topNames, func(s string) bool { return strings.EqualFold(s, m.Key.Value) }):
			properties.Members = append(properties.Members, &jsonc.Member{Key: m.Key, Value: restored(m.Value, m.Key.Value, 0)})
		default:
			out.Members = append(out.Members, &jsonc.Member{Key: m.Key, Value: restored(m.Value, m.Key.Value, 0)})
		}
	}
	if flat {
		out.Members = append(out.Members, member("properties", properties, o.At))
	}
	return out
}

// exportVersion is a version of the defaults that a resource is judged by: an
// export spells its values out, so any late one does.
const exportVersion = "2024-07-01"

func typeAndName(o *jsonc.Object) (typ, name string) {
	id, _ := o.Text("id")
	if parsed, ok := vmss.ParseID(id); ok {
		return parsed.Type, strings.Join(parsed.Names, "/")
	}
	typ, _ = o.Text("type")
	name, _ = o.Text("name")
	return typ, name
}

// flattened are the lists and objects whose parts have properties of their own
// in a template, and which az prints without.
var flattened = []string{"extensions", "networkInterfaceConfigurations", "ipConfigurations", "publicIPAddressConfiguration", "subnets", "frontendIPConfigurations",
	"backendAddressPools", "loadBalancingRules", "probes", "inboundNatPools", "inboundNatRules", "outboundRules", "securityRules"}

// outer are the members beside the properties of such a part.
var outer = []string{"name", "id", "sku", "tags", "zones", "etag", "resourceGroup", "properties"}

// restored returns a value as a template writes it: parts get their properties back,
// and text that looks like an expression stays text.
func restored(n jsonc.Node, under string, depth int) jsonc.Node {
	if depth > maxDepth {
		return n
	}
	switch n := n.(type) {
	case *jsonc.String:
		if expr.Escape(n.Value) != n.Value {
			return &jsonc.String{Value: expr.Escape(n.Value), At: n.At}
		}
	case *jsonc.Array:
		out := &jsonc.Array{At: n.At}
		for _, e := range n.Elements {
			out.Elements = append(out.Elements, restored(e, under, depth+1))
		}
		return out
	case *jsonc.Object:
		if slices.ContainsFunc(flattened, func(s string) bool { return strings.EqualFold(s, under) }) && n.Get("properties") == nil && len(n.Members) > 1 {
			return part(n, depth)
		}
		out := &jsonc.Object{At: n.At}
		for _, m := range n.Members {
			out.Members = append(out.Members, &jsonc.Member{Key: m.Key, Value: restored(m.Value, m.Key.Value, depth+1)})
		}
		return out
	}
	return n
}

// part gives a part of a resource its properties back. The type of an extension
// is called typePropertiesType by az, since "type" is the type of the resource.
func part(n *jsonc.Object, depth int) *jsonc.Object {
	out, properties := &jsonc.Object{At: n.At}, &jsonc.Object{At: n.At}
	renamed := n.Get("typePropertiesType") != nil
	for _, m := range n.Members {
		value := restored(m.Value, m.Key.Value, depth+1)
		switch {
		case slices.ContainsFunc(outer, func(s string) bool { return strings.EqualFold(s, m.Key.Value) }):
			out.Members = append(out.Members, &jsonc.Member{Key: m.Key, Value: value})
		case renamed && strings.EqualFold(m.Key.Value, "type"):
		case renamed && strings.EqualFold(m.Key.Value, "typePropertiesType"):
			properties.Members = append(properties.Members, member("type", value, m.Key.At))
		default:
			properties.Members = append(properties.Members, &jsonc.Member{Key: m.Key, Value: value})
		}
	}
	out.Members = append(out.Members, member("properties", properties, n.At))
	return out
}

func member(name string, value jsonc.Node, at source.Range) *jsonc.Member {
	return &jsonc.Member{Key: &jsonc.String{Value: name, At: at}, Value: value}
}

// valueAt returns the value of a member, or the object that lacks it.
func valueAt(o *jsonc.Object, name string) source.Range {
	if m := o.Get(name); m != nil {
		return m.Value.Range()
	}
	return o.At
}
