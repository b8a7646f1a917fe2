package scaffold

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Resize is the small template that changes the capacity of a set that
// exists: its name, place and SKU, and nothing else (guidance
// scale-only-template).
type Resize struct {
	Template []byte
	// Parameters are those that it needs, in the order of the template that it
	// was made from: their values are not known, and the name or the place of
	// the set depends on them.
	Parameters []*arm.Parameter
}

// NewResize writes the template for a set of an expanded deployment. The set
// should come from an expansion that makes nothing up: what it leaves unknown
// is written as the expression that is left, with the parameters it needs.
// The error says which part of the scale set cannot be copied out of its template.
func NewResize(set *vmss.ScaleSet, capacity int) (Resize, error) {
	t := set.Resource.Source.Template()
	r := &resizer{template: t}
	resource := obj(
		"type", set.Resource.Type,
		"apiVersion", set.APIVersion,
		"name", r.value(set.Body.Get("name"), "name"),
		"location", when(set.Location.IsSet(), r.value(set.Body.Get("location"), "location")),
		"sku", obj(
			"name", when(set.SKUName.IsSet(), r.value(set.Body.Get("sku", "name"), "sku.name")),
			"tier", when(set.SKUTier.IsSet(), r.value(set.Body.Get("sku", "tier"), "sku.tier")),
			"capacity", capacity,
		),
	)
	if r.err != nil {
		return Resize{}, r.err
	}
	parameters, declared := r.parameters()
	if r.err != nil {
		return Resize{}, r.err
	}
	document := obj(
		"$schema", schemaOf(t),
		"contentVersion", "1.0.0.0",
		"parameters", when(len(parameters) > 0, parameters),
		"resources", list{resource},
	)
	tree := jsonc.Parse(source.NewFile("", text(document)))
	return Resize{Template: jsonc.Format(tree, jsonc.Options{}), Parameters: declared}, nil
}

// schemaOf returns the $schema of the template, written in full, or the usual one when it has none
// of a resource group.
func schemaOf(t *arm.Template) string {
	if t.Schema != nil && t.Scope == arm.ResourceGroup {
		if s, ok := t.Schema.Value.(*jsonc.String); ok {
			right, _ := arm.SchemaAddress(s.Value)
			return right
		}
	}
	return "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
}

type resizer struct {
	template *arm.Template
	needs    []string // parameters, in lower case
	err      error
}

// value returns a known value, or the expression that is left of it.
func (r *resizer) value(n *expand.Node, what string) any {
	if n == nil {
		return nil
	}
	switch v := n.Value.(type) {
	case value.String:
		return expr.Escape(string(v))
	case value.Unknown:
		r.follow("["+v.Residual+"]", what)
		return "[" + v.Residual + "]"
	}
	r.fail("%s is not text", what)
	return nil
}

func (r *resizer) fail(format string, args ...any) {
	r.err = cmp.Or(r.err, fmt.Errorf(format, args...))
}

// follow notes the parameters that an expression names.
func (r *resizer) follow(text, what string) {
	node, mistakes := expr.Parse(text, source.Map{})
	if mistakes.HasErrors() {
		r.fail("%s cannot be evaluated", what)
		return
	}
	expr.Walk(node, func(n expr.Node) bool {
		call, ok := n.(*expr.Call)
		if !ok {
			return true
		}
		switch name := strings.ToLower(call.Name); {
		case call.Namespace != "":
			r.fail("%s uses the function %s.%s of its template, so it cannot be copied", what, call.Namespace, call.Name)
		case name == "parameters":
			r.need(call, what)
		case name == "variables" || name == "copyindex" || name == "reference" || strings.HasPrefix(name, "list"):
			r.fail("%s uses %s() of its template, so it cannot be copied", what, call.Name)
		}
		return true
	})
}

func (r *resizer) need(call *expr.Call, what string) {
	if len(call.Args) != 1 {
		return
	}
	name, ok := call.Args[0].(*expr.String)
	if !ok {
		r.fail("%s uses a parameter whose name is computed", what)
		return
	}
	if !slices.Contains(r.needs, strings.ToLower(name.Value)) {
		r.needs = append(r.needs, strings.ToLower(name.Value))
	}
}

// parameters declares what is needed, as the template has it, in its order;
// defaults may need more.
func (r *resizer) parameters() (object, []*arm.Parameter) {
	for i := 0; i < len(r.needs); i++ { // grows on the way
		p, ok := r.template.Parameters.Get(r.needs[i])
		if !ok {
			r.fail("the parameter %s is not declared", r.needs[i])
			return nil, nil
		}
		if p.Default == nil {
			continue
		}
		jsonc.Walk(p.Default, func(n jsonc.Node) bool {
			if s, ok := n.(*jsonc.String); ok && expr.IsExpression(s.Value) {
				r.follow(s.Value, "the default of "+p.Name())
			}
			return true
		})
	}
	var declared object
	var all []*arm.Parameter
	for name, p := range r.template.Parameters.All() {
		if slices.Contains(r.needs, strings.ToLower(name)) {
			declared.set(name, verbatim(p.Node.Range().Text()))
			all = append(all, p)
		}
	}
	return declared, all
}
