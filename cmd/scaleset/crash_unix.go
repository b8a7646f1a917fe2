//go:build unix

package main

import "syscall"

// withoutCore lets no file of the memory be written when the process crashes.
func withoutCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
