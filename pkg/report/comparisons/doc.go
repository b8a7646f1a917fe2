// Package comparisons writes what differs between two deployments: one file a
// format.
package comparisons
