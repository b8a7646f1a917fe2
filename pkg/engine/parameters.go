package engine

import (
	"path"
	"strings"
)

// parameterFilesOf gives the parameter files beside a template, by name, in
// order: X.parameters.json and X.parameters.*.json beside X.json.
func parameterFilesOf(files Files, template string) []string {
	folder, base := path.Split(template)
	entries, err := files.ReadDir(path.Clean(folder))
	if err != nil {
		return nil
	}
	base = strings.TrimSuffix(base, path.Ext(base))
	var found []string
	for _, e := range entries {
		if !e.IsDir() && namesParametersOf(base, e.Name()) {
			found = append(found, path.Join(folder, e.Name()))
		}
	}
	return found
}

// namesParametersOf reports whether a file name is that of a parameter file of
// the template with the given name (without its extension).
func namesParametersOf(base, name string) bool {
	if !isJSON(name) || len(name) < len(base) || !strings.EqualFold(name[:len(base)], base) {
		return false
	}
	rest := strings.ToLower(strings.TrimSuffix(name[len(base):], path.Ext(name)))
	return rest == ".parameters" || strings.HasPrefix(rest, ".parameters.")
}
