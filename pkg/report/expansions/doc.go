// Package expansions writes what a template expands to: JSON, lines, or a plain
// template.
package expansions
