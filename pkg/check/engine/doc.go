// Package engine is the pipeline over many files: it finds the templates and
// their parameter files, parses each file once, expands and checks every
// template with every one of its parameter sets, and merges what the runs found.
//
// Templates are worked on in parallel; the order of the result is that of the
// arguments, then of the names, however many jobs there are. One file that
// cannot be read costs only itself. The engine knows neither flags nor
// terminals, and the rules are given to it.
package engine
