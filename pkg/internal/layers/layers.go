// Package layers defines the layers of the code as a table, and tests it
// against the imports of the packages.
package layers

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed layers.txt
var table string

// A Layer is one line of the table: a package, or a folder of packages if its
// name ends in "/...".
type Layer struct {
	Name string
	// Others are the modules besides the standard library that it can import.
	Others []string
	// Never are the packages in lower layers that it must not import anyway.
	Never []string
	rank  int
}

// Table returns the layers, lowest first.
func Table() []Layer {
	var layers []Layer
	for line := range strings.Lines(table) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.SplitN(line, ";", 3)
		if len(fields) < 3 {
			continue
		}
		layers = append(layers, Layer{
			Name:   strings.TrimSpace(fields[0]),
			Others: strings.Fields(fields[1]),
			Never:  strings.Fields(fields[2]),
			rank:   len(layers),
		})
	}
	return layers
}

// A Module is the module to check: its path, and the imports of each package,
// by package path without the path of the module.
type Module struct {
	Path     string
	Packages map[string][]string
}

// Violations returns a sentence for each violation of the table.
func Violations(layers []Layer, m Module) []string {
	var all []string
	for name, imports := range m.Packages {
		l, ok := find(layers, name)
		if !ok {
			all = append(all, fmt.Sprintf("%s is in no layer: add it to layers.txt", name))
			continue
		}
		for _, imported := range imports {
			if v := l.violation(layers, name, imported, m.Path); v != "" {
				all = append(all, name+" "+v)
			}
		}
	}
	return all
}

// Unused returns a sentence for each module that a layer lists and no package
// of it imports.
func Unused(layers []Layer, m Module) []string {
	used := map[string][]string{} // imports, by name of the layer
	for name, imports := range m.Packages {
		l, _ := find(layers, name)
		used[l.Name] = append(used[l.Name], imports...)
	}
	var all []string
	for _, l := range layers {
		for _, other := range l.Others {
			if !slices.ContainsFunc(used[l.Name], func(imported string) bool { return matches(other, imported) }) {
				all = append(all, fmt.Sprintf("%s does not import %s", l.Name, other))
			}
		}
	}
	return all
}

func (l Layer) violation(layers []Layer, name, imported, module string) string {
	own, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") || matchesAny(l.Others, imported) {
			return ""
		}
		return fmt.Sprintf("imports %s, which its layer does not name", imported)
	}
	below, ok := find(layers, own)
	switch {
	case !ok:
		return fmt.Sprintf("imports %s, which is in no layer", own)
	case below.rank == l.rank && !strings.HasPrefix(own, name+"/"):
		return fmt.Sprintf("imports its sibling %s", own)
	case below.rank > l.rank:
		return fmt.Sprintf("imports %s, which is above it", own)
	case matchesAny(l.Never, own):
		return fmt.Sprintf("imports %s, which it never may", own)
	}
	return ""
}

// find returns the most specific layer of a package.
func find(layers []Layer, name string) (best Layer, ok bool) {
	for _, l := range layers {
		if matches(l.Name, name) && (!ok || len(l.Name) > len(best.Name)) {
			best, ok = l, true
		}
	}
	return best, ok
}

func matchesAny(patterns []string, name string) bool {
	for _, p := range patterns {
		if matches(p, name) {
			return true
		}
	}
	return false
}

// matches compares as the go command does: "x/..." is x and everything below
// it, "..." is everything.
func matches(pattern, name string) bool {
	if pattern == "..." {
		return true
	}
	folder, wild := strings.CutSuffix(pattern, "/...")
	return name == folder || wild && strings.HasPrefix(name, folder+"/")
}
