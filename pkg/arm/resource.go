package arm

import (
	"strconv"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// DeploymentType is the type of nested deployments.
const DeploymentType = "Microsoft.Resources/deployments"

// A Resource is one declared resource. Members that are absent are nil.
type Resource struct {
	Node    *jsonc.Object
	Pointer string // JSON pointer in its file
	// Symbol is the symbolic name; nil where the resources are an array.
	Symbol *jsonc.String
	// Parent and Children are of resources that are written inside another.
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
	// Extension names the extension or import that the resource belongs to;
	// such a resource has neither name nor id.
	Extension jsonc.Node
	Asserts   jsonc.Node
	// Body are the members that become part of the deployed resource, in the
	// order of the text: location, sku, properties and so on.
	Body []*jsonc.Member
	// Broken says that the structure was reported as wrong: the resource
	// cannot be expanded.
	Broken bool

	template *Template
	once     sync.Once
	nested   *Template
}

// Template is the template that declares the resource.
func (r *Resource) Template() *Template { return r.template }

// Label names the resource for people: its symbolic name, or its name as written.
func (r *Resource) Label() string {
	if r.Symbol != nil {
		return r.Symbol.Value
	}
	if s, ok := r.Name.(*jsonc.String); ok {
		return s.Value
	}
	return r.Type
}

// At is where findings about the resource as a whole point: its name, or its
// opening brace.
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
func (r *Resource) IsDeployment() bool { return strings.EqualFold(r.Type, DeploymentType) }

var resourceNames = []string{"type", "apiVersion", "name", "condition", "copy", "dependsOn", "scope", "resourceGroup", "subscriptionId",
	"location", "properties", "existing", "import", "extension", "asserts", "resources", "comments", "metadata", "id", "sku", "kind",
	"tags", "zones", "plan", "identity", "managedBy", "managedByExtended", "extendedLocation", "placement", "@options"}

// parseResources reads an array, or an object of symbolic names.
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
	case *jsonc.Null:
		if parent == nil {
			t.wrongType(n, "'resources'", "an array or an object")
		}
	default:
		t.wrongType(n, "'resources'", "an array or an object")
	}
	return list, false
}

// lastMembers drops members whose exact name is written again later.
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
		t.wrongType(n, "a resource", "an object")
		return nil
	}
	r := &Resource{Node: o, Pointer: pointer, Parent: parent, template: t}
	for _, m := range lastMembers(o) {
		if !t.resourceMember(r, m) {
			if !isNull(m.Value) { // what is null is not there: templates with "scale": null are deployed
				t.unknownProperty(m, "a resource", resourceNames)
			}
		}
	}
	t.checkResource(r)
	return r
}

func (t *Template) resourceMember(r *Resource, m *jsonc.Member) bool {
	switch strings.ToLower(m.Key.Value) {
	case "type":
		if s, ok := m.Value.(*jsonc.String); ok { // type and TYPE may both be there, and one of them broken
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
		t.dependsOn(r, m)
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
	case "comments", "metadata", "id", "@options":
	default:
		return r.bodyMember(m)
	}
	return true
}

// bodyMember keeps what becomes part of the deployed resource.
func (r *Resource) bodyMember(m *jsonc.Member) bool {
	switch strings.ToLower(m.Key.Value) {
	case "location":
		r.Location = orNil(m.Value)
	case "properties":
		r.Properties = m.Value
	case "sku", "kind", "tags", "zones", "plan", "identity", "managedby", "managedbyextended", "extendedlocation", "placement":
	default:
		return false
	}
	r.Body = append(r.Body, m)
	return true
}

// orNil takes null for absent, as the engine does with members of a resource.
func orNil(n jsonc.Node) jsonc.Node {
	if isNull(n) {
		return nil
	}
	return n
}

// resourceCopy reads the loop of a resource. That of a child resource is
// ignored by the engine, whatever it holds.
func (t *Template) resourceCopy(r *Resource, m *jsonc.Member) {
	if r.Parent != nil {
		d := t.Diagnostics.Warningf(CodeCopy, Rule, m.Key.At, "the copy loop of a child resource is ignored: one instance is deployed")
		d.Detail = "Declare the child at the top level, with the name of its parent before its own, to loop over it."
		return
	}
	if isNull(m.Value) {
		return
	}
	r.Copy = t.parseCopy(m.Value, "name", "count")
	r.Broken = r.Broken || r.Copy == nil
}

func (t *Template) dependsOn(r *Resource, m *jsonc.Member) {
	switch n := m.Value.(type) {
	case *jsonc.Array:
		r.DependsOn = n.Elements
	case *jsonc.Null, *jsonc.Invalid:
	default:
		d := t.errorf(CodeWrongType, n.Range(), "'dependsOn' must be an array, not %s", kindOf(n))
		d.Detail = "An expression may stand for each element, not for the array."
	}
}

func (t *Template) checkResource(r *Resource) {
	at := openingOf(r.Node)
	missing := func(name string) {
		t.errorf(CodeMissing, at, "the resource '%s' has no '%s'", r.Label(), name)
		r.Broken = true
	}
	if r.Type == "" {
		if m := r.Node.Get("type"); m == nil {
			missing("type")
		} else {
			t.wrongType(m.Value, "the type of a resource", "a string")
			r.Broken = true
		}
		return
	}
	if r.Extension != nil {
		return
	}
	if s, ok := r.Name.(*jsonc.String); r.Name == nil || ok && s.Value == "" {
		t.errorf(CodeMissing, r.At(), "the resource of type '%s' has no name", r.Type)
		r.Broken = true
	}
	if r.APIVersion == nil && t.APIProfile == nil {
		missing("apiVersion")
	}
}
