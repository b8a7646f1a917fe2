package arm

import (
	"strconv"
	"sync"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// DeploymentType is the type of nested deployments.
const DeploymentType = "Microsoft.Resources/deployments"

// A Resource is a declared resource. Members that are absent are nil.
type Resource struct {
	Node    *jsonc.Object
	Pointer string // JSON pointer in its file
	// Symbol is the symbolic name; nil where the resources are an array.
	Symbol *jsonc.String
	// Parent is the resource in which this one is written; Children are the
	// resources written in this one.
	Parent   *Resource
	Children []*Resource

	Type       string // as written; expressions are not evaluated here
	TypeNode   *jsonc.String
	Name       jsonc.Node
	APIVersion jsonc.Node
	Condition  jsonc.Node
	Copy       *Copy
	DependsOn  []jsonc.Node
	Scope      jsonc.Node
	// ResourceGroup and SubscriptionID redirect nested deployments and
	// existing resources.
	ResourceGroup  jsonc.Node
	SubscriptionID jsonc.Node
	Location       jsonc.Node
	Properties     jsonc.Node
	Existing       bool
	// Extension is the name of the extension or import that the resource
	// belongs to; such a resource has no name or id.
	Extension jsonc.Node
	Asserts   jsonc.Node
	// Body lists the members that become part of the deployed resource, in
	// source order: location, sku, properties and so on.
	Body []*jsonc.Member
	// Broken is set if a mistake of structure was reported: the resource cannot
	// be expanded.
	Broken bool

	template *Template
	once     sync.Once
	nested   *Template
}

// Template returns the template that declares the resource.
func (r *Resource) Template() *Template { return r.template }

// Label returns a name for messages: the symbolic name, or the name as written.
func (r *Resource) Label() string {
	if r.Symbol != nil {
		return r.Symbol.Value
	}
	if s, ok := r.Name.(*jsonc.String); ok {
		return s.Value
	}
	return r.Type
}

// At returns the range for findings about the resource as a whole: its name, or
// its opening brace.
func (r *Resource) At() source.Range {
	switch {
	case r.Name != nil:
		return r.Name.Range()
	case r.Symbol != nil:
		return r.Symbol.At
	}
	return openingOf(r.Node)
}

// IsDeployment reports whether the resource is a nested deployment.
func (r *Resource) IsDeployment() bool { return fold.Equal(r.Type, DeploymentType) }

// parseResources reads an array of resources, or an object of symbolic names.
func (t *Template) parseResources(n jsonc.Node, parent *Resource, pointer string) (list []*Resource, symbolic bool) {
	switch n := n.(type) {
	case *jsonc.Array:
		for i, e := range n.Elements {
			if r := t.parseResource(e, parent, pointer+"/"+strconv.Itoa(i)); r != nil {
				list = append(list, r)
			}
		}
	case *jsonc.Object:
		for _, m := range lastMembers(n) {
			if r := t.parseResource(m.Value, parent, pointer+"/"+jsonc.PointerToken(m.Key.Value)); r != nil {
				r.Symbol = m.Key
				list = append(list, r)
			}
		}
		return list, true
	}
	return list, false
}

// lastMembers removes members whose exact name is repeated later.
func lastMembers(o *jsonc.Object) []*jsonc.Member {
	last := make(map[string]*jsonc.Member, len(o.Members))
	for _, m := range o.Members {
		last[m.Key.Value] = m
	}
	if len(last) == len(o.Members) {
		return o.Members
	}
	var list []*jsonc.Member
	for _, m := range o.Members {
		if last[m.Key.Value] == m {
			list = append(list, m)
		}
	}
	return list
}

func (t *Template) parseResource(n jsonc.Node, parent *Resource, pointer string) *Resource {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return nil
	}
	r := &Resource{Node: o, Pointer: pointer, Parent: parent, template: t}
	for _, m := range lastMembers(o) {
		t.resourceMember(r, m)
	}
	r.Broken = r.Broken || t.isBroken(r)
	return r
}

func (t *Template) resourceMember(r *Resource, m *jsonc.Member) {
	switch fold.Lower(m.Key.Value) {
	case "type":
		if s, ok := m.Value.(*jsonc.String); ok { // type and TYPE may both be present, and one of them broken
			r.TypeNode, r.Type = s, s.Value
		}
	case "name":
		r.Name = orNil(m.Value)
	case "apiversion":
		r.APIVersion = orNil(m.Value)
	case "condition":
		r.Condition = m.Value
	case "copy":
		t.resourceCopy(r, m)
	case "dependson":
		if a, ok := m.Value.(*jsonc.Array); ok {
			r.DependsOn = a.Elements
		}
	case "scope":
		r.Scope = orNil(m.Value)
	case "resourcegroup":
		r.ResourceGroup = orNil(m.Value)
	case "subscriptionid":
		r.SubscriptionID = orNil(m.Value)
	case "existing":
		b, _ := m.Value.(*jsonc.Bool)
		r.Existing = b != nil && b.Value
	case "import", "extension":
		r.Extension = m.Value
	case "asserts":
		r.Asserts = m.Value
	case "resources":
		r.Children, _ = t.parseResources(m.Value, r, r.Pointer+"/"+jsonc.PointerToken(m.Key.Value))
	default:
		r.bodyMember(m)
	}
}

// bodyMember adds a member that becomes part of the deployed resource.
func (r *Resource) bodyMember(m *jsonc.Member) {
	switch fold.Lower(m.Key.Value) {
	case "location":
		r.Location = orNil(m.Value)
	case "properties":
		r.Properties = m.Value
	case "sku", "kind", "tags", "zones", "plan", "identity", "managedby", "managedbyextended", "extendedlocation", "placement":
	default:
		return
	}
	r.Body = append(r.Body, m)
}

// orNil returns nil for null: the deployment service treats null as absent in
// members of a resource.
func orNil(n jsonc.Node) jsonc.Node {
	if isNull(n) {
		return nil
	}
	return n
}

// resourceCopy reads the loop of a resource. The deployment service ignores
// that of a child resource, whatever its value.
func (t *Template) resourceCopy(r *Resource, m *jsonc.Member) {
	if r.Parent != nil || isNull(m.Value) {
		return
	}
	if r.Copy = parseCopy(m.Value, "name", "count"); r.Copy != nil {
		t.checkBatch(r.Copy)
	}
	r.Broken = r.Broken || r.Copy == nil
}

// isBroken reports whether a resource lacks a member that identifies it, which
// is reported as a mistake of structure.
func (t *Template) isBroken(r *Resource) bool {
	if r.Extension != nil || r.Type == "" {
		return r.Type == ""
	}
	name, isText := r.Name.(*jsonc.String)
	return r.Name == nil || isText && name.Value == "" || r.APIVersion == nil && t.APIProfile == nil
}
