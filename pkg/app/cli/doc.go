// Package cli is the command line of scaleset: one file for each command.
//
// Flags only fill an options struct; a run function does the work, so that
// tests can look at the options alone. Results go to the standard output,
// notices to the standard error. Nothing here ends the process: [Main] gives
// the exit code to its caller.
package cli
