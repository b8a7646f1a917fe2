// Package review collects the facts for a review before a deployment: what is
// deployed, each scale set with what it really is, the capacity and how far it
// can grow, what survives a loss, what changes, what is not known. It judges
// nothing by itself and prints nothing.
package review
