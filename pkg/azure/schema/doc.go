// Package schema checks expanded resources against the schema of their API version.
//
// The road of one resource: its document is taken from package schemas, its API
// version resolved, and its value brought into the spelling of the schema
// ([item]): names and allowed values compare without case, as services take
// them, and numbers and booleans written as text count as what they spell. The
// same walk proves most resources clean. Where it cannot, the part of the
// document that the resource uses is projected to a JSON Schema of draft 7,
// compiled, and gojsonschema gives the verdict; each of its errors becomes a
// finding in the words of the field, at the key or value in the template.
//
// That the walk and gojsonschema agree is a test over every resource of the
// corpus and over planted mistakes, not an assumption.
//
// A resource type of which the shape of an object depends on the value of one
// property is none among the documents: the settings of extensions are the only
// such objects, and they are free.
//
// Unknown values match anything. Only resources whose type has a document are
// judged; a type that nobody knows, of a provider that is known, is reported
// with the nearest name.
package schema
