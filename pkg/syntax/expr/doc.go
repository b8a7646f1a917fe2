// Package expr parses and prints the expression language of ARM templates: the
// text between the brackets of a string such as "[concat('a',
// parameters('b'))]".
//
// The tree is plain data with a closed interface. Every node has its exact
// range in the file, even if the JSON string around it has escapes. Broken
// input gives an [Invalid] node and a diagnostic, so there is always a tree.
// The package does not know any function or value.
package expr
