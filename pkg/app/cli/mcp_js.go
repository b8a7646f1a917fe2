package cli

// servers returns the commands that a page in a browser has no use for.
func servers() []subcommand { return nil }
