package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// writeCatalog returns the list of all known resource types with their
// versions, from the files and the tables.
func writeCatalog(tables []*table, files ...string) (string, error) {
	types := map[string][]string{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		var more map[string][]string
		if err := json.Unmarshal(raw, &more); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		for t, versions := range more {
			types[t] = append(types[t], versions...)
		}
	}
	folded := fold(types, tables)
	names := slices.SortedFunc(maps.Keys(folded), func(a, b string) int {
		return strings.Compare(strings.Replace(a, "/", "\x00", 1), strings.Replace(b, "/", "\x00", 1))
	})
	var b strings.Builder
	provider, before := "", ""
	for _, lower := range names {
		known := folded[lower]
		namespace, name, ok := strings.Cut(known.spelled, "/")
		if !ok {
			continue
		}
		if !strings.EqualFold(namespace, provider) {
			provider, before = namespace, ""
			b.WriteString("@" + spelling(namespace, tables) + "\n")
		}
		slices.Sort(known.versions)
		versions := strings.Join(slices.Compact(known.versions), " ")
		if versions == before {
			b.WriteString(name + "\t=\n")
			continue
		}
		b.WriteString(name + "\t" + versions + "\n")
		before = versions
	}
	return b.String(), nil
}

// spelling returns the name of a provider in the spelling of the tables, if
// they have it.
func spelling(namespace string, tables []*table) string {
	for _, t := range tables {
		if p, _, _ := strings.Cut(t.Type, "/"); strings.EqualFold(p, namespace) {
			return p
		}
	}
	return namespace
}

type knownType struct {
	spelled  string
	versions []string
}

// fold merges types with several spellings: that of the tables is used,
// otherwise the one with most capitals, which older spellings have lost.
func fold(types map[string][]string, tables []*table) map[string]knownType {
	folded := map[string]knownType{}
	for _, name := range slices.Sorted(maps.Keys(types)) { // capitals come first
		known := folded[strings.ToLower(name)]
		if known.spelled == "" {
			known.spelled = name
		}
		known.versions = append(known.versions, types[name]...)
		folded[strings.ToLower(name)] = known
	}
	for _, t := range tables {
		known := folded[strings.ToLower(t.Type)]
		known.spelled, known.versions = t.Type, append(known.versions, t.Versions...)
		folded[strings.ToLower(t.Type)] = known
	}
	return folded
}
