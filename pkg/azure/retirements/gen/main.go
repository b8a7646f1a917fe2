// Command gen generates retirements.txt of package retirements from the facts
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

// generate returns a line for each entry that has a date and that a template
// can show: the kind, the date, a pattern, the name and the replacement. The
// pattern of an image matches publisher:offer:sku, that of an extension
// publisher:type; the pattern of a feature is its name.
func generate(name string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	var all []struct {
		Kind, MatchType, What, Date, Replacement string
		Match                                    json.RawMessage
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	var b strings.Builder
	for _, r := range all {
		if r.Date == "" {
			continue
		}
		about, pattern := "", ""
		switch r.MatchType {
		case "regex":
			about = "size"
			err = json.Unmarshal(r.Match, &pattern)
		case "names":
			if r.Kind == "size" {
				about = "size"
				pattern, err = alternatives(r.Match)
			}
		case "urn-glob":
			about = "image"
			pattern, err = alternatives(r.Match)
		case "publisher:type":
			about = "extension"
			pattern, err = alternatives(r.Match)
		case "property":
			about, pattern = "feature", r.What
		}
		if err != nil {
			return "", fmt.Errorf("%s: %s: %w", name, r.What, err)
		}
		if about != "" {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", about, r.Date, pattern, r.What, r.Replacement)
		}
	}
	return b.String(), nil
}

// alternatives returns the pattern of a list of names, in which "*" is any
// text.
func alternatives(match json.RawMessage) (string, error) {
	var names []string
	if err := json.Unmarshal(match, &names); err != nil {
		return "", err
	}
	for i := range names {
		names[i] = strings.ReplaceAll(regexp.QuoteMeta(names[i]), `\*`, ".*")
	}
	return "^(" + strings.Join(names, "|") + ")$", nil
}
