// Package names says which names Azure resources, and parts of them, can have:
// lengths, characters, the first and the last character, and fixed names.
//
// The rules come from three places. names.txt is generated (package gen) from
// the REST API specifications and from the documented naming rules. Where those
// are missing, disagree or are known to be wrong, a curated row wins, which
// names its own source. Nothing is parsed before a name of its type is checked.
package names
