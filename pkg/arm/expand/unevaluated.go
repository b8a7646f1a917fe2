package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// Parts of a template that the expansion does not evaluate, but that Azure
// validates: functions that are never called, and the properties of resources
// that are not deployed.

// checkFunctions reports functions that the bodies of user functions must not
// call, even if the user functions are never called.
func (f *frame) checkFunctions() {
	if f.run.opts.Literal {
		return
	}
	for _, fn := range f.t.Functions.All() {
		f.checkParameterNames(fn)
		f.eachExpression(fn.Value, func(e *arm.Expression) {
			expr.Walk(e.Node, func(n expr.Node) bool {
				if c, ok := n.(*expr.Call); ok && c.Namespace == "" && !inUserFunction(c.Name) {
					f.run.reject(diag.Diagnostic{Code: eval.CodePlace, Rule: "function-place", Severity: diag.Error, Subject: c.NameAt,
						Summary: c.Name + "() cannot be used in the function '" + fn.Name() + "'",
						Detail:  "Pass the value as an argument: functions of a template can only use their own parameters."})
				}
				return true
			})
		})
	}
}

// checkParameterNames reports two parameters with the same name.
func (f *frame) checkParameterNames(fn *arm.Function) {
	seen := map[string]bool{}
	for _, p := range fn.Parameters {
		name := strings.ToLower(p.Name)
		if p.Node != nil && name != "" && seen[name] {
			f.run.rejectf(arm.CodeDuplicate, arm.Rule, p.Node.Get("name").Value.Range(), "the function '%s' has two parameters '%s'", fn.Name(), p.Name)
		}
		seen[name] = true
	}
}

// inUserFunction reports whether a user function may call a function.
func inUserFunction(name string) bool {
	fn, ok := funcs.Lookup(name)
	return ok && fn.Where.Allows(funcs.InUserFunction)
}

// checkUndeployed reports expressions with syntax errors in the properties of a
// resource that is not deployed because the count of its loop is 0 or its
// condition is false. Nothing else in it is checked.
func (f *frame) checkUndeployed(r *arm.Resource) {
	if f.run.opts.Literal {
		return
	}
	if inner := r.InlineTemplate(); inner != nil {
		for _, m := range r.Deployment().Node.Members {
			if !strings.EqualFold(m.Key.Value, "template") {
				f.checkSyntax(m.Value)
			}
		}
		for _, nested := range inner.Resources {
			f.checkUndeployed(nested)
		}
		return
	}
	f.checkSyntax(r.Properties)
}

func (f *frame) checkSyntax(n jsonc.Node) {
	f.eachExpression(n, func(e *arm.Expression) {
		for _, d := range e.Diagnostics {
			if d.Severity == diag.Error {
				f.run.reject(d)
			}
		}
	})
}

// eachExpression calls visit for the expressions in a value.
func (f *frame) eachExpression(n jsonc.Node, visit func(*arm.Expression)) {
	if n == nil {
		return
	}
	jsonc.Walk(n, func(n jsonc.Node) bool {
		if s, ok := n.(*jsonc.String); ok {
			if e := f.t.Expression(s); e != nil {
				visit(e)
			}
		}
		return true
	})
}
