package custom

import (
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
	list  []string
	nodes map[string]*expand.Node // by names in lower case
}

var _ traits.Mapper = (*names)(nil)

func (n *names) add(name string, node *expand.Node) {
	if node == nil {
		return
	}
	if n.nodes == nil {
		n.nodes = map[string]*expand.Node{}
	}
	n.list = append(n.list, name)
	n.nodes[strings.ToLower(name)] = node
}

func (n *names) place() lint.Placer { return nil }

func (n *names) part(key ref.Val) lint.Placer {
	if name, ok := key.(types.String); ok {
		return at(n.nodes[strings.ToLower(string(name))])
	}
	return nil
}

func (n *names) Find(key ref.Val) (ref.Val, bool) {
	name, ok := key.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(key), false
	}
	node := n.nodes[strings.ToLower(string(name))]
	if node == nil {
		return nil, false
	}
	v := n.scope.value(node)
	return v, v != nil
}

func (n *names) Iterator() traits.Iterator {
	i := &iterator{}
	for _, name := range n.list {
		i.items = append(i.items, types.String(name))
	}
	return i
}

func (n *names) Get(key ref.Val) ref.Val                     { return get(n, key) }
func (n *names) Contains(key ref.Val) ref.Val                { return contains(n, key) }
func (n *names) Size() ref.Val                               { return types.Int(len(n.list)) }
func (n *names) Equal(other ref.Val) ref.Val                 { return equal(n, other) }
func (n *names) Type() ref.Type                              { return types.MapType }
func (n *names) Value() any                                  { return n }
func (n *names) ConvertToType(t ref.Type) ref.Val            { return convert(n, types.MapType, t) }
func (n *names) ConvertToNative(t reflect.Type) (any, error) { return nil, noNative(t) }
