// Package trace tells how a value of a deployment came to be: where it is
// written, and each parameter, variable, output, copy loop and nested deployment
// that it went through, with their places; and what it depends on that only the
// deployment can tell. It answers the other way too: which places use a name.
package trace
