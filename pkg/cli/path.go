package cli

import "path/filepath"

// absolute is a name that the user gave, seen from the working folder.
func (app *App) absolute(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(app.Dir, name)
}
