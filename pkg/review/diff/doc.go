// Package diff compares what two templates deploy, or what a template deploys
// with a resource that was exported: an offline what-if.
//
// Both sides are compared expanded, resource by resource, with the defaults of
// Azure filled in ([Defaults]), named lists matched by name, and case
// folded where Azure folds it. Values that are known only at deployment are
// equal when what is left of their expressions is. Each change has a [Class]:
// how Azure applies it, by which rule, and with which evidence ([Rules]).
//
// Nothing is printed here.
package diff
