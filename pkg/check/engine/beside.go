package engine

import (
	"path"
	"strings"
)

// ParameterFilesOf returns the parameter files beside a template in the order in
// which a check takes them. Links that lead out of the folder are left out.
func ParameterFilesOf(files Files, template string) []string {
	found, _ := parameterFilesOf(files, template, path.Dir(template))
	return mainFirst(found)
}

// TemplatesOf returns the paths that the template of a parameter file may have,
// by the name of the file alone; nil for a name that is not that of a parameter file.
func TemplatesOf(parameterFile string) []string {
	folder, base := path.Split(parameterFile)
	i := strings.Index(strings.ToLower(base), ".parameters.")
	if i <= 0 || !isJSON(base) {
		return nil
	}
	return []string{path.Join(folder, base[:i]+".json"), path.Join(folder, base[:i]+".jsonc")}
}
