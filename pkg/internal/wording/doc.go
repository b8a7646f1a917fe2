// Package wording holds the test that keeps odd phrases out of messages, pages,
// comments and docs. docs/style.md says how to write instead.
package wording
