//go:build !unix

package atomicfile

import "io/fs"

// names counts one, which is right almost always: other systems do not tell cheaply.
func names(fs.FileInfo) int { return 1 }

// keepOwner leaves the owner to the rules of the folder.
func keepOwner(string, fs.FileInfo) {}
