// Package scaffold writes new templates by scenario: the systems that the
// first overview of scale sets (November 2015) describes, and those of today.
//
// A scenario is a value that puts blocks together: a network, a load balancer,
// storage accounts, a set. What depends on the capacity (address ranges, port
// ranges, the number of accounts) is computed here from the documented limits
// of package guidance, so that a generated template has room for what its
// parameters allow. Nothing is read and nothing is written: the caller gets
// the files and checks them with the same rules as any other template.
package scaffold
