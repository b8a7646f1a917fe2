// Package traces writes how values came to be, and who uses a name.
package traces
