// Package deploy builds the dependency graph of a deployment and reports what
// the deployment service rejects in it.
//
// The conditions are those of the deployment service's own validation, as
// recorded in testdata: two resources with one identity, the accepted forms of
// dependsOn, children that do not depend on their parents, cycles, the names
// that reference() and list*() accept, and the allowed targets of nested
// deployments. A warning is for what Azure accepts but will fail if the
// resources are new.
//
// Names and values that are unknown offline are not checked.
package deploy
