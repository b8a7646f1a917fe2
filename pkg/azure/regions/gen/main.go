// Command gen generates regions.txt of package regions from the facts beside
// it:
//
//	go generate ./pkg/azure/regions
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

func main() {
	text, err := generate("facts/regions.json")
	if err == nil {
		err = os.WriteFile("regions.txt", []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func generate(name string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	var regions []struct {
		Name, DisplayName, Status string
		Zones                     *bool
		FaultDomains              int
	}
	if err := json.Unmarshal(raw, &regions); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	var b strings.Builder
	for _, r := range regions {
		zones := "unknown"
		if r.Zones != nil {
			zones = map[bool]string{true: "zones", false: "none"}[*r.Zones]
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%d\n", r.Name, r.DisplayName, r.Status, zones, r.FaultDomains)
	}
	return b.String(), nil
}
