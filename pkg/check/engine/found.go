package engine

// A Found is a file that the arguments of a command mean.
type Found struct {
	Path string // [Stdin] for the standard input
	// Named says that the user named the very file; one of a folder or of a
	// pattern may be anything that ends in .json.
	Named bool
	Err   error // why it cannot be read, if that is known already
}

// Discover finds the JSON files that arguments mean, as a check does: files,
// folders, patterns with *, ** and ?, and [Stdin]. Each comes once.
func Discover(files Files, args []string) []Found {
	var all []Found
	for _, t := range discover(files, args) {
		all = append(all, Found{Path: t.path, Named: t.named, Err: t.err})
	}
	return all
}
