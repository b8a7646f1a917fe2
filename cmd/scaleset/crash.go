package main

import "runtime/debug"

// failLoudly makes an error of the Go runtime that nothing can catch, such as a
// stack or a memory that is full, end the process by a signal. Its exit code
// would be 2 otherwise, which stands for a mistake in the command line.
func failLoudly() {
	withoutCore() // which would hold what was read
	debug.SetTraceback("crash")
}
