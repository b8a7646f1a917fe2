// Package findings writes what lint found: one file a format.
package findings
