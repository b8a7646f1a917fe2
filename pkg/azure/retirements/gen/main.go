// Command gen writes retirements.txt of package retirements from the facts
// beside it:
//
//	go generate ./pkg/azure/retirements
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	text, err := generate("facts/retirements.json")
	if err == nil {
		err = os.WriteFile("retirements.txt", []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// generate gives a line for each family or list of sizes that has a date: the
// date, a pattern of names, what it is and what replaces it.
func generate(name string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	var all []struct {
		Kind, What, Date, Replacement string
		Match                         json.RawMessage
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	var b strings.Builder
	for _, r := range all {
		if r.Date == "" || r.Kind != "size" && r.Kind != "sizeFamily" {
			continue
		}
		var pattern string
		if json.Unmarshal(r.Match, &pattern) != nil {
			var names []string
			if err := json.Unmarshal(r.Match, &names); err != nil {
				return "", fmt.Errorf("%s: %s: %w", name, r.What, err)
			}
			for i := range names {
				names[i] = regexp.QuoteMeta(names[i])
			}
			pattern = "^(" + strings.Join(names, "|") + ")$"
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r.Date, pattern, r.What, r.Replacement)
	}
	return b.String(), nil
}
