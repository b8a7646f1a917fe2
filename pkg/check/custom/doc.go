// Package custom compiles and evaluates the rules that a project declares for
// itself: expressions of the Common Expression Language (CEL, https://cel.dev)
// over expanded resources, scale sets and the deployment.
//
//	rules, mistakes := custom.Compile(s.Custom)
//
// It is the only importer of cel-go. A rule becomes a [lint.Rule] like ours: it
// runs on every template and parameter file, its findings have places and
// trails, and they are suppressed and written like all others.
//
// # Values
//
// A value of the template is absent, known or unknown. Null counts as absent, as
// in Azure. An unknown value makes what depends on it unknown, except where the
// rest of the expression decides: "unknown || true" is true. A rule whose assert
// is unknown says nothing. Secrets, placeholders, assumed names and what a
// partial scale set leaves out are unknown, so no message can contain them.
//
// An absent member is an error in CEL. For when, it means false; for assert, the
// rule reports the object that lacks the member.
//
// # Bounds
//
// Each evaluation has a limit of cost, each template has one for all custom
// rules together, and evaluation stops with the context of the run. Expressions
// call only functions without side effects: none reads files, the clock or the
// network.
package custom
