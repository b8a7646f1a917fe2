// Package traces writes where values come from, and what uses a name.
package traces
