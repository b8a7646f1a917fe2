// Package trace explains where a value of a deployment comes from, and finds
// the uses of a name. A trace lists where the value is written, each parameter,
// variable, output, copy loop and nested deployment that it passed through,
// with their ranges, and the facts that are known only at deployment.
package trace
