// Package quota parses saved quotas and size lists of the az command line: what
// a subscription can use in a region, and the cores of virtual machine sizes.
// It derives the cores of common sizes from their names.
//
//	usage, err := quota.ParseUsage("usage.json", text) // az vm list-usage -o json
//	row, ok := usage.Row("cores")
//	size, ok := (*quota.Sizes)(nil).Find("Standard_D4s_v3") // 4 cores
//
// Saved output is not a template: it is read with gjson, in every form that the
// tools have written. Errors are messages for the user.
package quota
