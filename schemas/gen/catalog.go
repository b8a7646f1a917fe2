package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// writeCatalog lists all known resource types with their versions; those of
// the tables are added to what the list has.
func writeCatalog(name string, tables []*table) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	var types map[string][]string
	if err := json.Unmarshal(raw, &types); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	for _, t := range tables {
		types[t.Type] = append(types[t.Type], t.Versions...)
	}
	names := slices.SortedFunc(maps.Keys(types), func(a, b string) int {
		return strings.Compare(strings.ToLower(strings.Replace(a, "/", "\x00", 1)), strings.ToLower(strings.Replace(b, "/", "\x00", 1)))
	})
	var b strings.Builder
	provider, before := "", ""
	for _, full := range names {
		namespace, name, ok := strings.Cut(full, "/")
		if !ok {
			continue
		}
		if !strings.EqualFold(namespace, provider) {
			provider, before = namespace, ""
			b.WriteString("@" + namespace + "\n")
		}
		list := types[full]
		slices.Sort(list)
		versions := strings.Join(slices.Compact(list), " ")
		if versions == before {
			b.WriteString(name + "\t=\n")
			continue
		}
		b.WriteString(name + "\t" + versions + "\n")
		before = versions
	}
	return b.String(), nil
}
