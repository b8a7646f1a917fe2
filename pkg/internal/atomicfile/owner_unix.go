//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// names returns the number of hard links of a file.
func names(info fs.FileInfo) int {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Nlink)
	}
	return 1
}

// keepOwner gives a new file the owner of the old one, so that files that root
// formats still belong to their user. Other users cannot change an owner; they
// become the owner, as with any editor that replaces files.
func keepOwner(f *os.File, old fs.FileInfo) {
	stat, ok := old.Sys().(*syscall.Stat_t)
	if !ok || int(stat.Uid) == os.Getuid() && int(stat.Gid) == os.Getgid() {
		return
	}
	if f.Chown(int(stat.Uid), int(stat.Gid)) != nil {
		_ = f.Chown(-1, int(stat.Gid)) // a user may be in both groups
	}
	_ = f.Chmod(old.Mode().Perm()) // a change of owner may clear mode bits
}
