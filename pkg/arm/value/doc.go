// Package value represents the values of the ARM template language. Values are
// immutable and have no positions.
//
// A value that is known only at deployment is a value too: [Unknown] keeps the
// remaining expression, with every known part filled in, and the reason. The
// package knows no functions, files or JSON documents, and imports the standard
// library only.
package value
