// Package expand turns a template and its parameters into what deploys: every
// resource, flat, in the order of the engine, with each expression resolved or
// marked as unknown, and with the place that each value came from.
//
// It binds parameters, resolves variables when they are needed, unrolls copy
// loops, enters nested and linked templates and follows dependencies. What the
// engine refuses is a finding and costs only its own value. Hostile templates
// end within [Limits] with a finding that says which limit.
//
// Nothing is read but what [Options] gives; nothing is global.
package expand
