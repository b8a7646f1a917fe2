// Package diag holds findings: what is wrong, where, how bad, what to do.
//
// Mistakes of the user are diagnostics; failures of the tool are errors. A
// diagnostic never holds the value of a secret: who makes it is responsible.
package diag
