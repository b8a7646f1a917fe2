//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// names is how many names a file has.
func names(info fs.FileInfo) int {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Nlink)
	}
	return 1
}

// keepOwner gives a new file the owner of the old one: when root formats the
// files of a user, they stay the user's. Others may give nothing away; then the
// file is theirs, as with any editor that writes so.
func keepOwner(name string, old fs.FileInfo) {
	stat, ok := old.Sys().(*syscall.Stat_t)
	if !ok || int(stat.Uid) == os.Getuid() && int(stat.Gid) == os.Getgid() {
		return
	}
	if os.Chown(name, int(stat.Uid), int(stat.Gid)) != nil {
		_ = os.Chown(name, -1, int(stat.Gid)) // one may be in both groups
	}
	_ = os.Chmod(name, old.Mode().Perm()) // which a change of the owner may cut
}
