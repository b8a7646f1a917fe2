// Command gen generates types.txt of package types from the facts beside it:
//
//	go generate ./pkg/azure/types
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	text, err := generate("facts", "../../../schemas/facts/resource-types.json")
	if err == nil {
		err = os.WriteFile("types.txt", []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// letters are the letters of the scopes in the table.
var letters = map[string]string{"ResourceGroup": "g", "Subscription": "s", "ManagementGroup": "m", "Tenant": "t", "Extension": "e", "All": "a"}

// generate returns the table. A type in the file of published schemas can be
// deployed, even if other facts say that it can only be read. It returns an
// error if a file cannot be read.
func generate(folder, published string) (string, error) {
	var scopes map[string]struct{ Deployable []string }
	var functions map[string]map[string][]string
	if err := read(filepath.Join(folder, "scopes.json"), &scopes); err != nil {
		return "", err
	}
	if err := read(filepath.Join(folder, "list-functions.json"), &functions); err != nil {
		return "", err
	}
	var types map[string]any
	if err := read(published, &types); err != nil {
		return "", err
	}
	deployable := map[string]bool{}
	for name := range types {
		deployable[key(name)] = true
	}
	// Functions of a provider itself, and of types without a scope, are left
	// out.
	lists := map[string][]string{}
	for name, f := range functions {
		lists[key(name)] = slices.Sorted(maps.Keys(f))
	}
	var b strings.Builder
	provider := ""
	for _, name := range slices.SortedFunc(maps.Keys(scopes), func(a, b string) int { return strings.Compare(key(a), key(b)) }) {
		namespace, rest, _ := strings.Cut(name, "/")
		if !strings.EqualFold(namespace, provider) {
			provider = namespace
			b.WriteString("@" + namespace + "\n")
		}
		scope := ""
		for _, s := range scopes[name].Deployable {
			letter, ok := letters[s]
			if !ok {
				return "", fmt.Errorf("%s: unknown scope %s", name, s)
			}
			scope += letter
		}
		switch {
		case scope == "" && deployable[key(name)]:
			scope = letters["All"]
		case scope == "":
			scope = "-"
		}
		line := rest + "\t" + scope
		if f := lists[key(name)]; len(f) > 0 {
			line += "\t" + strings.Join(f, " ")
		}
		b.WriteString(line + "\n")
	}
	return b.String(), nil
}

// key sorts types by provider first.
func key(name string) string { return strings.ToLower(strings.Replace(name, "/", "\x00", 1)) }

func read(name string, into any) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
