// Package jsonc parses, formats and edits JSON as Azure Resource Manager reads
// it: with comments, byte order marks, strings over several lines, trailing
// commas, single quotes and bare names where the deployment service accepts
// them.
//
// The tree is exact and lossless: every node has its range, the tree keeps the
// comments, and the text between nodes is in the file. The parser recovers from
// errors: each mistake is a diagnostic and invalidates only the value it is in,
// which becomes an [Invalid] node.
package jsonc
