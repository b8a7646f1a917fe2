package engine

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
)

// parameterFilesOf gives the parameter files beside a template, by name, in
// order: X.parameters.json and X.parameters.*.json beside X.json. outside are
// those that a link leads out of the folder tree, which are not to be read.
func parameterFilesOf(files Files, template, tree string) (found, outside []string) {
	folder, base := path.Split(template)
	entries, err := files.ReadDir(path.Clean(folder))
	if err != nil {
		return nil, nil
	}
	base = strings.TrimSuffix(base, path.Ext(base))
	for _, e := range entries {
		if !namesParametersOf(base, e.Name()) { // as most files of a large folder
			continue
		}
		if name := path.Join(folder, e.Name()); isFile(files, name, e) {
			if e.Type()&fs.ModeSymlink != 0 && !inside(files, tree, name) {
				outside = append(outside, name)
				continue
			}
			found = append(found, name)
		}
	}
	return found, outside
}

// mainFirst puts X.parameters.json before X.parameters.dev.json and the like.
func mainFirst(files []string) []string {
	main := slices.IndexFunc(files, func(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".parameters.json") })
	if main <= 0 {
		return files
	}
	return slices.Concat(files[main:main+1], files[:main], files[main+1:])
}

// templatesOf puts in the place of a parameter file that the user named the
// template in the same folder: a parameter file is checked with its template,
// and who names it wants that. Where parameters are given otherwise, or no
// template is there, it stays what it is.
func (e *Engine) templatesOf(targets []target) []target {
	var all []target
	at := map[string]int{}
	add := func(t target) {
		if i, ok := at[t.path]; ok {
			all[i].named = all[i].named || t.named
			return
		}
		at[t.path] = len(all)
		all = append(all, t)
	}
	for _, t := range targets {
		if template := e.templateBeside(t); template != "" {
			t = target{path: template, named: true}
		}
		add(t)
	}
	return all
}

// templateBeside is the template of a parameter file; "" when there is none.
func (e *Engine) templateBeside(t target) string {
	candidates := TemplatesOf(t.path)
	if !t.named || t.err != nil || t.path == Stdin || candidates == nil {
		return ""
	}
	if tree, err := e.trees.get(t.path); err != nil || arm.IsTemplate(tree) && !arm.IsParameterFile(tree) {
		return ""
	}
	for _, template := range candidates {
		if _, err := e.config.Files.Stat(template); err != nil || len(e.local(template).Parameters) > 0 {
			continue
		}
		if tree, err := e.trees.get(template); err == nil && arm.IsTemplate(tree) {
			return template
		}
	}
	return ""
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
