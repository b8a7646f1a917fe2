// Package grammar knows what each object of the template language may hold, as
// data: the members, the JSON types that the deployment service reads for each,
// whether an expression may take the place of the value and what it must
// evaluate to, and since which languageVersion a member exists. [Check] compares
// one template with it in one pass over its syntax tree. Nothing is evaluated.
//
// The facts were recorded from the deployment service's own engine, which
// validated a template for each member and each kind of value
// (pkg/check/engine/testdata/validation.jsonl.gz). Its reader converts: where
// text is wanted, it takes a number and a boolean too; where an object or an
// array is wanted, it takes an empty string for null.
package grammar
