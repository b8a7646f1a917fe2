package main

import "runtime/debug"

// failLoudly makes an error of the Go runtime that cannot be caught, such as a
// stack overflow or exhausted memory, end the process by a signal. Its exit
// code would be 2 otherwise, which means a mistake in the command line.
func failLoudly() {
	withoutCore() // a core file would contain what was read
	debug.SetTraceback("crash")
}
