package engine

import (
	"path"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// ParameterFilesOf returns the parameter files beside a template in the order in
// which a check takes them. Links that lead out of the folder are left out.
func ParameterFilesOf(files Files, template string) []string {
	found, _ := parameterFilesOf(files, template, path.Dir(template))
	return mainFirst(found)
}

// parametersWord ignores case itself: a name can have another length in lower case.
var parametersWord = lazy.Regexp{Text: `(?i)\.parameters\.`}

// TemplatesOf returns the paths that the template of a parameter file may have,
// by the name of the file alone; nil for a name that is not that of a parameter file.
func TemplatesOf(parameterFile string) []string {
	folder, base := path.Split(parameterFile)
	at := parametersWord.Get().FindStringIndex(base)
	if at == nil || at[0] == 0 || !isJSON(base) {
		return nil
	}
	template := path.Join(folder, base[:at[0]])
	return []string{template + ".json", template + ".jsonc"}
}
