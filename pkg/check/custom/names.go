package custom

import (
	"iter"
	"reflect"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// names are the values of parameters or variables by their names.
type names struct {
	scope *scope
	// all goes over them, in order.
	all iter.Seq2[string, *expand.Node]
}

var _ traits.Mapper = (*names)(nil)

// parametersOf are the values of the parameters of a deployment.
func parametersOf(s *scope, d *expand.Deployment) *names {
	return &names{s, func(yield func(string, *expand.Node) bool) {
		for _, p := range d.Parameters {
			if p.Node != nil && !yield(p.Declared.Name(), p.Node) {
				return
			}
		}
	}}
}

// variablesOf are the values of the variables of a deployment.
func variablesOf(s *scope, d *expand.Deployment) *names {
	return &names{s, func(yield func(string, *expand.Node) bool) {
		for _, v := range d.Variables {
			if v.Node != nil && !yield(v.Declared.Name(), v.Node) {
				return
			}
		}
	}}
}

// node returns the value with a name, ignoring case; nil if there is none.
func (n *names) node(key ref.Val) *expand.Node {
	if wanted, ok := key.(types.String); ok {
		for name, node := range n.all {
			if strings.EqualFold(name, string(wanted)) {
				return node
			}
		}
	}
	return nil
}

func (n *names) place() lint.Placer           { return nil }
func (n *names) part(key ref.Val) lint.Placer { return at(n.node(key)) }

func (n *names) Find(key ref.Val) (ref.Val, bool) {
	if _, ok := key.(types.String); !ok {
		return types.MaybeNoSuchOverloadErr(key), false
	}
	node := n.node(key)
	if err := n.scope.spend(10); err != nil {
		return err, false
	}
	if node == nil {
		return nil, false
	}
	v := n.scope.value(node)
	return v, v != nil
}

func (n *names) keys() (all []ref.Val) {
	for name := range n.all {
		all = append(all, types.String(name))
	}
	n.scope.work += len(all)
	return all
}

func (n *names) Iterator() traits.Iterator                   { return &iterator{items: n.keys()} }
func (n *names) Size() ref.Val                               { return types.Int(len(n.keys())) }
func (n *names) Get(key ref.Val) ref.Val                     { return get(n, key) }
func (n *names) Contains(key ref.Val) ref.Val                { return contains(n, key) }
func (n *names) Equal(other ref.Val) ref.Val                 { return n.scope.equal(n, other) }
func (n *names) Type() ref.Type                              { return types.MapType }
func (n *names) Value() any                                  { return n }
func (n *names) ConvertToType(t ref.Type) ref.Val            { return convert(n, types.MapType, t) }
func (n *names) ConvertToNative(t reflect.Type) (any, error) { return nil, noNative(t) }
