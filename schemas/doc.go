// Package schemas holds what resource types look like: one document a type,
// with every property, the API versions that have it, its type, allowed values
// and limits; and the list of all known resource types with their versions.
//
// The documents are generated (package gen) from recorded facts and from the
// patches beside them, and embedded, each compressed on its own, so that a run
// decodes only the types that it meets. Nothing is computed at start-up. The
// package knows no validator: package schema turns documents into one.
//
// A document is text. The first line names the type, the second its API
// versions from the oldest to the newest; each further line is a property,
// indented by its depth:
//
//	Microsoft.Compute/virtualMachineScaleSets
//	2015-06-15 2015-08-01 2016-03-30 ...
//	sku	0-29;object
//	 capacity	0-29;integer
//	 tier	0-29;string
//	zones	4-29;array
//	 []	4-29;string
//
// "[]" stands for the items of an array, "{}" for the values of a map. After
// the name come spans of versions, by index; each span has a type and may have
// required, open (further properties are free), quiet (read-only, accepted),
// >= and <= (number), len>= and len<= (text), items>= and items<=, = (allowed values) and,
// last, ~ (pattern).
package schemas

//go:generate go run ./gen
