// Package eval evaluates an expression in a scope.
//
// [Eval] computes everything that is known before the deployment. A value that
// is known only at deployment becomes a [value.Unknown] that keeps the
// remaining expression, every known part filled in, in the spelling of the
// deployment service:
//
//	[concat('pre-', variables('sfx'), reference('a').b)]
//	[concat('pre-', 'blob', reference('a').b)]
//
// Evaluation is lazy where the deployment service is: if, and, or and coalesce
// evaluate only the arguments that they need, and the branches of an if with an
// unknown condition are left as written.
//
// Each result has an [Origin], the text to change in order to change the value.
// A mistake is an [*Error] with the exact range of the offending node.
// Evaluation always ends: a [Budget] limits its steps, depth and results.
//
// The package does not depend on templates or JSON; package expand implements
// [Scope] for each place of a template.
package eval
