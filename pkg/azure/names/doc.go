// Package names checks the names of Azure resources and of their parts:
// lengths, characters, the first and the last character, and fixed names.
//
// The rules come from three sources. names.txt is generated (package gen) from
// the REST API specifications and from the documented naming rules. Where those
// are missing, contradictory or known to be wrong, a curated row with its own
// source overrides them. Rules are parsed on first use.
package names
