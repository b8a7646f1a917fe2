// Package diff compares what two templates deploy, or what a template deploys
// with a resource that was exported: an offline what-if.
//
// Both sides are compared expanded, resource by resource, with the defaults of
// the service filled in ([Defaults]), named lists matched by name, and case
// folded where the service folds it. Values that only a deployment can tell are
// equal when what is left of their expressions is. Each change has a [Class]:
// what the service makes of it, by which rule, and who says so ([Rules]).
//
// Nothing is printed here.
package diff
