//go:build unix

package main

import "syscall"

// withoutCore disables core files.
func withoutCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
