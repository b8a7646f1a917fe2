// Package expand expands a template with its parameters into the resources that
// it deploys: flat, in the order of the deployment service, with each
// expression resolved or marked as unknown, and with the origin of each value.
//
// It binds parameters, evaluates variables on first use, unrolls copy loops,
// expands nested and linked templates and follows dependencies. What Azure
// rejects is a finding and invalidates only its own value. Hostile templates
// stop at the [Limits] with a finding that names the limit.
//
// The package reads nothing except what [Options] provides and has no global
// state.
package expand
