// Package expr reads the expression language of ARM templates: the text
// between the brackets of a string such as "[concat('a', parameters('b'))]".
//
// The tree is plain data with a closed interface. Every node knows its exact
// range in the file, also where the JSON string around it has escapes. Broken
// input gives an [Invalid] node and a diagnostic, so there is always a tree.
// The package knows neither values nor what any function means.
package expr
