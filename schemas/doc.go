// Package schemas describes the shape of resource types: a document for each
// type, with every property, the API versions that have it, its type, allowed
// values and limits; and the list of all known resource types with their
// versions.
//
// The documents are generated (package gen) from recorded facts and from the
// patches beside them, and embedded. Each is compressed separately, so that a
// run decodes only the types that it needs. Nothing is computed at start-up.
// The package contains no validator: package schema turns documents into one.
//
// A document is text. The first line is the type, the second its API versions,
// the oldest first; each further line is a property, indented by its depth:
//
//	Microsoft.Compute/virtualMachineScaleSets
//	2015-06-15 2015-08-01 2016-03-30 ...
//	sku	0-29;object
//	 capacity	0-29;integer
//	 tier	0-29;string
//	zones	4-29;array
//	 []	4-29;string
//
// "[]" is an item of an array, "{}" a value of a map. The name is followed by
// spans of versions, by index; each span has a type and optionally required,
// open (accepts additional properties), quiet (read-only, accepted), >= and <=
// (number), len>= and len<= (text), items>= and items<=, = (allowed values)
// and, last, ~ (pattern).
package schemas

//go:generate go run ./gen
