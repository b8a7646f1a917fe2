package rules_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Refusals are templates of our own that Azure refuses, or that the
// specification and the documentation say it refuses: a template that deploys,
// and what to change in it. Source is the public report that the case is from.
type refusals struct {
	Bases map[string]json.RawMessage
	Cases []struct {
		ID        string
		Base      string
		Resources json.RawMessage // instead of Base
		Edits     []struct {
			At     string // the index of a resource and a path; "-" appends
			Value  any
			Remove bool
		}
		Source string
	}
}

//go:generate go test . -run TestRefusals -update

// TestRefusals keeps in testdata/refusals.txt how severe the gravest finding of
// each refused template is, without those of the template before the change.
// "-" is a refusal that no rule knows.
func TestRefusals(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "refusals.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all refusals
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	told := make([]string, len(all.Cases))
	t.Run("cases", func(t *testing.T) {
		var mu sync.Mutex
		before := map[string]map[string]bool{}
		for i, c := range all.Cases {
			t.Run(c.ID, func(t *testing.T) {
				t.Parallel()
				resources := c.Resources
				known := map[string]bool{}
				if c.Base != "" {
					resources = all.Bases[c.Base]
				}
				if len(c.Edits) > 0 {
					mu.Lock()
					known = before[c.Base]
					mu.Unlock()
					if c.Base == "" || known == nil {
						known = map[string]bool{}
						for _, d := range checkResources(t, resources) {
							known[string(d.Code)+d.Summary] = true
							if d.Severity == diag.Error {
								t.Errorf("the template before the change: %s [%s]", d.Summary, d.Code)
							}
						}
						mu.Lock()
						before[c.Base] = known
						mu.Unlock()
					}
				}
				var value any
				if err := json.Unmarshal(resources, &value); err != nil {
					t.Fatal(err)
				}
				var err error
				for _, e := range c.Edits {
					if value, err = edited(value, strings.Split(e.At, "/"), e.Value, e.Remove); err != nil {
						t.Fatal(err)
					}
				}
				changed, err := json.Marshal(value)
				if err != nil {
					t.Fatal(err)
				}
				gravest := "-"
				for _, d := range checkResources(t, changed) {
					if known[string(d.Code)+d.Summary] {
						continue
					}
					if s := d.Severity.String(); s == "error" || s == "warning" && gravest != "error" || gravest == "-" {
						gravest = s
					}
				}
				told[i] = gravest
			})
		}
	})
	var b strings.Builder
	n := map[string]int{}
	for i, c := range all.Cases {
		n[told[i]]++
		fmt.Fprintf(&b, "%-8s %s\n", told[i], c.ID)
	}
	head := fmt.Sprintf("# %d refusals: %d errors, %d warnings, %d of severity info, %d not told.\n", len(all.Cases), n["error"], n["warning"], n["info"], n["-"])
	golden.Equal(t, filepath.Join("testdata", "refusals.txt"), []byte(head+b.String()))
}

func checkResources(t *testing.T, resources json.RawMessage) diag.List {
	t.Helper()
	parameters := "{}"
	if strings.Contains(string(resources), "parameters('pw')") {
		parameters = `{"pw": {"type": "secureString"}}`
	}
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": ` +
		parameters + `, "resources": ` + string(resources) + `}`
	e, err := engine.New(engine.Config{
		Files: engine.Overlay{Texts: map[string][]byte{"azuredeploy.json": []byte(text)}},
		Rules: rules.All(),
		Lint:  lint.Options{Today: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)},
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(context.Background(), []string{"azuredeploy.json"})
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

// edited sets or removes what a path leads to.
func edited(in any, path []string, value any, remove bool) (any, error) {
	if len(path) == 0 {
		return value, nil
	}
	switch in := in.(type) {
	case []any:
		if path[0] == "-" {
			return append(in, value), nil
		}
		i, err := strconv.Atoi(path[0])
		if err != nil || i >= len(in) {
			return nil, fmt.Errorf("no element %s", path[0])
		}
		if remove && len(path) == 1 {
			return append(in[:i:i], in[i+1:]...), nil
		}
		in[i], err = edited(in[i], path[1:], value, remove)
		return in, err
	case map[string]any:
		if remove && len(path) == 1 {
			delete(in, path[0])
			return in, nil
		}
		below, ok := in[path[0]]
		if !ok && len(path) > 1 {
			below = map[string]any{}
			if path[1] == "-" {
				below = []any{}
			}
		}
		var err error
		in[path[0]], err = edited(below, path[1:], value, remove)
		return in, err
	}
	return nil, fmt.Errorf("%s leads nowhere", path[0])
}
