package lsp

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A place is what a JSON pointer of a template leads to, in the terms of the
// language and of the schemas.
type place struct {
	tokens []string
	// section is the part of the template in lower case, such as "parameters".
	section string
	// shape is the object of the language at the pointer, container the one
	// that it is a member of; nil inside the properties of resources.
	shape, container *grammar.Shape
	// parameter is the declaration around the pointer.
	parameter *jsonc.Object
	// resource is the declaration around the pointer; typ and parent are its full
	// type and that of the resource around it, path leads from it to the pointer.
	resource             *jsonc.Object
	typ, parent, version string
	path                 string
	list                 string // the array around the pointer, in lower case
	loop                 string // the name of the copy loop of a property around the pointer
	usage                string // the key of what is usual here
}

// key returns the last name of the pointer in lower case; "" in an array.
func (k *place) key() string {
	if len(k.tokens) == 0 {
		return ""
	}
	return strings.ToLower(k.tokens[len(k.tokens)-1])
}

// atResource reports whether the pointer leads to a member of a resource.
func (k *place) atResource() bool { return k.container == grammar.Resource }

func (k *place) grammarMember() *grammar.Member {
	if k.container == nil || len(k.tokens) == 0 {
		return nil
	}
	return k.container.Member(k.key())
}

// kind returns the place of a pointer in the document of the completion.
func (c *completion) kind(pointer string) *place { return placeAt(c.tree, pointer) }

// placeAt follows a pointer through the language and, in resources, the schemas.
func placeAt(tree *jsonc.Tree, pointer string) *place {
	k := &place{shape: grammar.Template, usage: "template"}
	if pointer == "" {
		return k
	}
	k.tokens = strings.Split(pointer[1:], "/")
	node := tree.Root
	usage := "template"
	for i, token := range k.tokens {
		k.container = nil
		_, inArray := node.(*jsonc.Array)
		k.list = ""
		if inArray {
			if i > 0 {
				k.list = strings.ToLower(k.tokens[i-1])
			}
		}
		node = step(node, token)
		object, _ := node.(*jsonc.Object)
		if k.shape == grammar.Template {
			k.section = strings.ToLower(token)
			k.resource, k.typ, k.parent, k.parameter = nil, "", "", nil
			usage = "template"
		}
		var next *grammar.Shape
		switch {
		case k.shape == nil:
		case inArray:
			next = k.shape
		case k.shape == grammar.Resource && (k.list == "" && isResources(k.tokens, i)):
			next = k.shape // a resource with a symbolic name
		default:
			k.container = k.shape
			if m := k.shape.Member(token); m != nil {
				next = m.Shape
			} else if k.shape.Others != nil {
				next = k.shape.Others.Shape
			}
		}
		switch {
		case next == grammar.Resource && (inArray || isResources(k.tokens, i)):
			k.parent = ""
			if k.resource != nil && i >= 2 && k.typ != "" {
				k.parent = k.typ
			}
			k.enter(object)
			usage = strings.ToLower(k.typ)
			k.path = ""
		case k.resource != nil:
			k.descend(token, inArray, node, i)
			usage = strings.ToLower(k.typ) + " " + strings.ToLower(k.path)
			if next == nil && strings.EqualFold(token, "template") && strings.EqualFold(k.typ, "Microsoft.Resources/deployments") && strings.EqualFold(k.path, "properties.template") {
				next = grammar.Template
			}
			if strings.EqualFold(k.path, "properties") && strings.EqualFold(k.typ, "Microsoft.Resources/deployments") {
				next = grammar.InlineProperties
			}
		case k.section == "parameters" && i > 0 && k.parameter == nil && strings.EqualFold(k.tokens[i-1], "parameters"):
			k.parameter = object
			usage = "parameters.*"
		case inArray, k.container != nil && k.container.Member(token) == nil:
			usage += ".*"
		default:
			usage += "." + strings.ToLower(token)
		}
		k.shape = next
	}
	k.usage = strings.TrimSpace(usage)
	return k
}

func isResources(tokens []string, i int) bool {
	return i > 0 && strings.EqualFold(tokens[i-1], "resources")
}

func (k *place) enter(o *jsonc.Object) {
	k.resource = o
	if o == nil {
		o = &jsonc.Object{}
		k.resource = o
	}
	k.typ, _ = o.Text("type")
	k.version, _ = o.Text("apiVersion")
	if k.typ == marker {
		k.typ = ""
	}
	if k.version == marker || strings.HasPrefix(k.version, "[") {
		k.version = ""
	}
	if k.parent != "" && k.typ != "" {
		k.typ = k.parent + "/" + k.typ
	}
}

// descend adds one name to the path in the resource. Items of arrays have no name,
// and what a copy loop makes is the property that it is named after.
func (k *place) descend(token string, inArray bool, node jsonc.Node, i int) {
	if inArray {
		if o, ok := node.(*jsonc.Object); ok && k.list == "copy" {
			k.loop, _ = o.Text("name")
		}
		return
	}
	if strings.EqualFold(token, "input") && i >= 2 && strings.EqualFold(k.tokens[i-2], "copy") && strings.HasSuffix(k.path, "copy") {
		k.path = strings.TrimSuffix(strings.TrimSuffix(k.path, "copy"), ".")
		if name := k.loop; name != "" {
			k.path = strings.TrimPrefix(k.path+"."+name, ".")
		}
		return
	}
	k.path = strings.TrimPrefix(k.path+"."+token, ".")
}

func step(n jsonc.Node, token string) jsonc.Node {
	switch n := n.(type) {
	case *jsonc.Object:
		name := strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		if m := n.Get(name); m != nil {
			return m.Value
		}
	case *jsonc.Array:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Elements) {
			return n.Elements[i]
		}
	}
	return nil
}

// membersOf returns what an object at a place can have: by the schema of the resource
// around it, and by the language.
func (c *completion) membersOf(k *place) []member {
	var all []member
	if k.resource != nil {
		if d, err := schema.Describe(k.typ, k.version, k.path); err == nil {
			for i := range d.Properties {
				p := &d.Properties[i]
				if p.ReadOnly {
					continue
				}
				path := strings.TrimPrefix(k.path+"."+p.Name, ".")
				m := member{name: p.Name, typ: p.Type, required: p.Required, doc: paragraphs(describe(p), describedProperty(d.Type, path)), values: p.Values}
				if c.colon {
					if below, err := schema.Describe(k.typ, k.version, path); err == nil {
						for _, b := range below.Properties {
							m.holds = append(m.holds, b.Name)
						}
					}
				}
				all = append(all, m)
			}
		}
		if k.shape == nil && k.path != "" {
			if strings.HasSuffix(strings.ToLower(k.path), ".copy") {
				k.shape = grammar.ResourceLoop
			} else {
				all = append(all, member{name: "copy", typ: "array of object", doc: "A loop that makes the items of an array.", holds: []string{"name", "count", "input"}, rank: 3000})
			}
		}
	}
	if k.shape == nil {
		return all
	}
	for _, m := range k.shape.Members {
		if m.OnlyIn != "" {
			continue
		}
		o := member{name: m.Name, typ: jsonType(m), values: m.Words, required: m.Required}
		if m.Name == "apiVersion" && k.shape == grammar.Resource {
			o.required = true
		}
		if strings.HasPrefix(m.Name, "@") || k.shape == grammar.Resource && k.resource != nil && (m.Name == "id" || m.Name == "symbolicName") {
			o.rank = 4000
		}
		if m.Shape != nil {
			for _, h := range m.Shape.Members {
				o.holds = append(o.holds, h.Name)
			}
		}
		if o.doc = "**" + o.name + "** " + o.typ; o.required {
			o.doc += " · required"
		}
		o.doc = paragraphs(o.doc, describedMember(k.shape, o.name))
		all = append(all, o)
	}
	return all
}

// jsonType returns the type of a member of the language in the words of schemas.
func jsonType(m *grammar.Member) string {
	switch m.Type {
	case grammar.Text, grammar.Word:
		return "string"
	case grammar.Integer:
		return "integer"
	case grammar.Boolean, grammar.StrictBoolean:
		return "boolean"
	case grammar.Object:
		return "object"
	case grammar.List:
		return "array"
	case grammar.ArrayOrObject:
		return "array"
	}
	switch strings.ToLower(m.Name) {
	case "tags", "metadata", "sku", "identity", "properties", "variables":
		return "object"
	case "zones":
		return "array of string"
	case "count", "batchsize", "minlength", "maxlength", "minvalue", "maxvalue":
		return "integer"
	}
	return "any"
}
