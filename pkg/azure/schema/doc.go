// Package schema checks expanded resources against the schema of their API version.
//
// For each resource, the document comes from package schemas, the API version
// is resolved, and the value is converted to the spelling of the schema
// ([item]): names and allowed values are case-insensitive, as in the services,
// and numbers and booleans in strings count as the values that they spell. The
// conversion notes which values evidently fit. The part of the document that the
// other values use is converted to a JSON Schema of draft 7, which is compiled
// once and cached, and checked by gojsonschema. Each of its errors becomes a
// finding in the terms of Azure, at the key or value in the template.
//
// No document describes a resource type in which the shape of an object depends
// on the value of a property: the settings of extensions are the only such
// objects, and they accept any value.
//
// Unknown values match anything. Only resources whose type has a document are
// checked; an unknown type of a known provider is reported with the closest
// known name.
package schema
