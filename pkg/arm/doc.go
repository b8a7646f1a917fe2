// Package arm parses templates and parameter files into typed declarations:
// parameters, variables, functions, resources, outputs, copy loops and nested
// deployments.
//
// Nothing is evaluated here. A value that may contain expressions stays a
// [jsonc.Node]. A file that is not a template still becomes a [Template], with
// diagnostics and whatever could be read. Names of the language (keys,
// parameters, variables, functions, outputs) are case-insensitive and keep
// their spelling; only symbolic names of resources are case-sensitive.
package arm
