package engine

// A Found is a file that the arguments of a command mean.
type Found struct {
	Path string // [Stdin] for the standard input
	// Named reports whether the user named this file; one of a folder or of a
	// pattern may be anything that ends in .json.
	Named bool
	Err   error // why it cannot be read, if that is known already
}

// Discover finds the JSON files that arguments mean, as a check does: files,
// folders, patterns with *, ** and ?, and [Stdin]. Each comes once.
//
// outside are files of folders that are left out, because a link leads out of
// the folder that was searched.
func Discover(files Files, args []string) (all []Found, outside []string) {
	targets, outside := discover(files, args)
	for _, t := range targets {
		all = append(all, Found{Path: t.path, Named: t.named, Err: t.err})
	}
	return all, outside
}
