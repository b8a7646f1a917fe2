// Package connections writes how the instances of scale sets are reached: one file
// a format.
package connections
