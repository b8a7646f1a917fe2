// Package eval evaluates an expression in a scope.
//
// [Eval] computes as much as can be known before the deployment. What only the
// deployment can answer becomes a [value.Unknown] that keeps the rest of the
// expression, every known part filled in, in the engine's spelling:
//
//	[concat('pre-', variables('sfx'), reference('a').b)]
//	[concat('pre-', 'blob', reference('a').b)]
//
// Evaluation is lazy where the engine is: if, and, or and coalesce evaluate
// only what they need, and the branches of an undecided if are left as written.
//
// Each result has an [Origin], the text to change in order to change the value.
// A mistake is an [*Error] with the exact place of the offending node.
// Evaluation always ends: a [Budget] bounds its steps, depth and results.
//
// The package knows neither templates nor JSON; package expand implements
// [Scope] for each place of a template.
package eval
