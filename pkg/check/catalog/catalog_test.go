package catalog_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

func TestAll(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range catalog.All() {
		for _, key := range []string{string(e.Code), e.Help} {
			if seen[key] {
				t.Errorf("%s is there twice", key)
			}
			seen[key] = true
		}
		if e.Summary == "" || e.Name == "" || len(e.Severities) == 0 || e.Text() == "" {
			t.Errorf("%+v", e)
		}
		if found, ok := catalog.Find(e.Code); !ok || found.Name != e.Name || found.Rule != e.Rule {
			t.Errorf("%s is found as %+v", e.Code, found)
		}
		for i, l := range e.Severities {
			if (l.When == "") != (l.Severity == e.Severity) || i > 0 && e.Severities[i-1].Severity < l.Severity {
				t.Errorf("%s: severities %+v", e.Code, e.Severities)
			}
		}
	}
	if _, ok := catalog.Find("SS9999"); ok {
		t.Error("a code that does not exist is found")
	}
}

func TestNamed(t *testing.T) {
	all := catalog.All()
	for _, name := range []string{"ss4001", "Capacity-Limit", "https://github.com/scaleset/scaleset/blob/main/docs/rules/SS4001.md"} {
		if got := catalog.Named(all, name); len(got) != 1 || got[0].Code != "SS4001" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for _, name := range []string{"CKV_AZURE_97", "azure.vmss.availabilityzone", "AZR-000436"} {
		if got := catalog.Named(all, name); len(got) != 1 || got[0].Code != "SS8101" && got[0].Code != "SS8113" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := catalog.Named(all, "AZR-000140"); len(got) != 0 { // no rule corresponds to it
		t.Errorf("%+v", got)
	}
	if !slices.Contains(catalog.Names(all), "SS2001") || !slices.Contains(catalog.Names(all), "capacity-limit") {
		t.Error("codes or names are missing")
	}
}

// TestSeverities checks the templates of the repository, and published ones
// where they are at hand: no finding has a severity that its code does not
// declare.
func TestSeverities(t *testing.T) {
	declared := map[diag.Code][]diag.Level{}
	for _, e := range catalog.All() {
		declared[e.Code] = e.Severities
	}
	check := func(t *testing.T, folder string) {
		t.Helper()
		e, err := engine.New(engine.Config{
			Files: engine.Folder(folder), Rules: rules.All(), FindingsOnly: true,
			Lint: lint.Options{Enable: []string{"all"}, Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
		})
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Check(context.Background(), []string{"."})
		if err != nil || len(r.Findings) == 0 {
			t.Fatalf("%d findings, %v", len(r.Findings), err)
		}
		type pair struct {
			code     diag.Code
			severity diag.Severity
		}
		seen := map[pair]bool{}
		for _, d := range r.Findings {
			p := pair{d.Code, d.Severity}
			if !seen[p] && !slices.ContainsFunc(declared[d.Code], func(l diag.Level) bool { return l.Severity == d.Severity }) {
				t.Errorf("%s: %s is reported as %s, which it does not declare: %s", d.Subject.File.Path(), d.Code, d.Severity, d.Summary)
			}
			seen[p] = true
		}
	}
	check(t, filepath.Join(golden.Root(t), "pkg"))
	for _, name := range []string{"corpus", "accepted", "failures", "hostile"} {
		t.Run(name, func(t *testing.T) { check(t, golden.Shared(t, name)) })
	}
}
