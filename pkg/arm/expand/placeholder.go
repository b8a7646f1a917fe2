package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

const placeholderReason = "the parameter file has a placeholder for it"

// placeholder reports whether a value of a parameter file is replaced before
// the deployment: see [arm.Parameter.NeedsReplacement], and {} if the template
// reads members of it.
func (f *frame) placeholder(p *arm.Parameter, v jsonc.Node) bool {
	if p.NeedsReplacement(v) {
		return true
	}
	o, ok := v.(*jsonc.Object)
	return ok && len(o.Members) == 0 && p.Default == nil && f.readsMembers(p.Name())
}

// readsMembers reports whether an expression of the template accesses a member
// of a parameter, such as parameters('machine').size.
func (f *frame) readsMembers(parameter string) bool {
	reads := false
	for _, text := range arm.NewLanguage(f.t).Texts {
		if text.Expression == nil || text.Names != f.t || text.Function != nil {
			continue
		}
		expr.Walk(text.Expression.Node, func(n expr.Node) bool {
			switch n := n.(type) {
			case *expr.Property:
				reads = reads || names(n.Target, parameter)
			case *expr.Index:
				reads = reads || names(n.Target, parameter)
			}
			return !reads
		})
		if reads {
			return true
		}
	}
	return false
}

// names reports whether n is the call parameters('parameter').
func names(n expr.Node, parameter string) bool {
	c, ok := n.(*expr.Call)
	if !ok || c.Namespace != "" || !strings.EqualFold(c.Name, "parameters") || len(c.Args) != 1 {
		return false
	}
	s, ok := c.Args[0].(*expr.String)
	return ok && strings.EqualFold(s.Value, parameter)
}

// placeholdersIn returns the placeholders within an object or an array, each
// with the expression that yields it; residual is the expression of the whole.
func placeholdersIn(n jsonc.Node, residual string) map[*jsonc.String]string {
	if !arm.HasPlaceholder(n) {
		return nil
	}
	found := map[*jsonc.String]string{}
	var walk func(jsonc.Node, string)
	walk = func(n jsonc.Node, residual string) {
		switch n := n.(type) {
		case *jsonc.Object:
			for _, m := range n.Members {
				walk(m.Value, residual+expr.Selector(m.Key.Value))
			}
		case *jsonc.Array:
			for i, e := range n.Elements {
				walk(e, residual+"["+strconv.Itoa(i)+"]")
			}
		case *jsonc.String:
			if arm.IsPlaceholder(n.Value) {
				found[n] = residual
			}
		}
	}
	walk(n, residual)
	return found
}
