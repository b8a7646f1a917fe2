// Package value holds the values of the ARM template language: immutable,
// without positions.
//
// What only a deployment can answer is a value too: [Unknown] keeps what is
// left of its expression, with every known part filled in, and the reason.
// Nothing here knows functions, files or JSON documents; the package imports
// the standard library only.
package value
