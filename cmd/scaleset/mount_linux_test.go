package main

import "syscall"

// mountSmall mounts a file system of 64 KB on a folder; only root can.
func mountSmall(folder string) error {
	return syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k,mode=777")
}

func unmountSmall(folder string) { _ = syscall.Unmount(folder, 0) }
