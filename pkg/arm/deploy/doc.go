// Package deploy makes the graph of a deployment, what waits for what, and
// reports what the deployment service refuses in it.
//
// The conditions are those of the service's own validation, as recorded in
// testdata: two resources of one identity, the accepted forms of dependsOn,
// children that do not wait for their parents, circles, what reference() and
// list*() may name, and where nested deployments may go. What the service
// accepts and what will fail when the resources are new is a warning.
//
// A name or a value that is not known offline is never judged.
package deploy
