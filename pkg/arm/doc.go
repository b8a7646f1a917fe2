// Package arm gives the JSON of a template and of a parameter file its types:
// parameters, variables, functions, resources, outputs, copy, nested
// deployments.
//
// Nothing is evaluated here. A value that may hold expressions stays a
// [jsonc.Node]; what is not a template at all is still a [Template], with
// diagnostics and whatever could be read. Names of the language (keys,
// parameters, variables, functions, outputs) compare case-insensitively and keep
// their written spelling; only symbolic names of resources are exact.
package arm
