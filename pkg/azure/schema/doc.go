// Package schema checks expanded resources against the schema of their API version.
//
// A resource goes this way: its document is taken from package schemas, its API
// version is resolved, and its value is brought into the spelling of the schema
// ([item]): names and allowed values are compared case-insensitively, as services
// do, and numbers and booleans that are written as text count as what they spell.
// The part of the document that resources use is projected to a JSON Schema of
// draft 7, which is compiled once and kept, and gojsonschema gives the verdict.
// Each of its errors becomes a finding in the terms of Azure, at the key or value
// in the template.
//
// A resource type of which the shape of an object depends on the value of one
// property is none among the documents: the settings of extensions are the only
// such objects, and they are free.
//
// Unknown values match anything. Only resources whose type has a document are
// judged; a type that nobody knows, of a provider that is known, is reported
// with the nearest name.
package schema
