// Package jsonc reads JSON as Azure Resource Manager reads templates: with
// comments, byte order marks, strings over several lines, trailing commas,
// single quotes and bare names where the engine takes them.
//
// The tree is exact and lossless: every node knows its range, the tree keeps
// its comments, and the text between nodes can be taken from the file. The
// parser recovers: each mistake is a diagnostic and costs only its own value,
// for which an [Invalid] node stands.
package jsonc
