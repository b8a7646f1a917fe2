// Package funcs is the function library of the ARM template language: one
// table of what each function takes and where it may stand, one file for each
// family with what the functions answer.
//
// Functions are pure: the outside world reaches them through [Context] alone,
// and every result is bounded. What a function answers follows the engine
// where the engine and its documentation differ.
package funcs
