// Package report writes results for people and for machines: one file a format.
//
// A writer prints what it is given and checks nothing. It is the only place
// that knows colour. Whatever comes from the input (paths, messages, lines of
// source) is neutralised before it reaches a terminal, and secrets are masked.
package render
