// Package diag represents findings: what is wrong, where, how severe it is, and
// how to fix it.
//
// Mistakes of the user are diagnostics; failures of the tool are errors. A
// diagnostic must not contain the value of a secret; the code that creates it
// is responsible for that.
package diag
