// Package quota reads what a subscription may use in a region and what sizes
// of virtual machines take of it, from saved answers of the command line, and
// knows the cores of common sizes by their names.
//
//	usage, err := quota.ParseUsage("usage.json", text) // az vm list-usage -o json
//	row, ok := usage.Row("cores")
//	size, ok := (*quota.Sizes)(nil).Find("Standard_D4s_v3") // 4 cores
//
// Saved answers are not templates: they are read with gjson, in every shape in
// which the tools have written them. Errors are for the user.
package quota
