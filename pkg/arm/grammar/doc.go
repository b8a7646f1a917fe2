// Package grammar describes the objects of the template language as data: their
// members, the JSON types that the deployment service accepts for each, whether
// a value may be an expression and its result type, and the languageVersion in
// which a member appeared. [Check] compares one template with it in one pass
// over its syntax tree. Nothing is evaluated.
//
// The facts were recorded from the deployment service, which validated a
// template for each member and each kind of value
// (pkg/check/engine/testdata/validation.jsonl.gz). It converts some values:
// where text is expected, it also accepts a number and a boolean; where an
// object or an array is expected, it treats an empty string as null.
package grammar
