// Package contracts has the JSON Schemas (draft 7) of what the commands print with
// --format json, for servers that have to declare what they answer.
package contracts

import "embed"

//go:embed diff.schema.json expand.schema.json lint.schema.json new.schema.json plan.schema.json rules.schema.json schema.schema.json simulate.schema.json
var files embed.FS

// Schema returns the schema of a command by its name, such as "lint". It panics for a
// name that has none.
func Schema(name string) []byte {
	text, err := files.ReadFile(name + ".schema.json")
	if err != nil {
		panic(err)
	}
	return text
}
