package packs_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/packs"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestPacks: a pack has rules that exist, none of them less severe than by itself.
func TestPacks(t *testing.T) {
	severity := map[diag.Code]diag.Severity{}
	for _, r := range rules.All() {
		severity[r.Code] = r.Severity
	}
	for _, p := range packs.All() {
		in := p.Rules(rules.All())
		if len(in) == 0 || p.Summary == "" || strings.HasSuffix(p.Summary, ".") {
			t.Errorf("%s: %d rules, %q", p.Name, len(in), p.Summary)
		}
		for code := range p.Listed() {
			if _, ok := in[code]; !ok {
				t.Errorf("%s lists %s, which is no rule", p.Name, code)
			}
		}
		for code, s := range in {
			if s < severity[code] {
				t.Errorf("%s: %s has severity %s, less than %s", p.Name, code, s, severity[code])
			}
		}
		if found, ok := packs.Find(strings.ToUpper(p.Name)); !ok || found.Name != p.Name {
			t.Errorf("%s is not found", p.Name)
		}
	}
}

// TestPeers: every id that a rule names is in the list of checks, and every check has
// a rule, or a reason why there is none.
func TestPeers(t *testing.T) {
	covered := map[string]bool{}
	for _, e := range catalog.All() {
		for _, id := range e.Peers {
			if p, ok := packs.FindPeer(id); !ok || p.ID != id {
				t.Errorf("%s names %q, which is in no list", e.Code, id)
			}
			if covered[string(e.Code)+id] {
				t.Errorf("%s names %q twice", e.Code, id)
			}
			covered[string(e.Code)+id], covered[id] = true, true
		}
	}
	seen := map[string]bool{}
	for _, p := range packs.Peers() {
		if seen[strings.ToLower(p.ID)] {
			t.Errorf("%s is listed twice", p.ID)
		}
		seen[strings.ToLower(p.ID)] = true
		if p.Tool.Title() == string(p.Tool) || !strings.HasPrefix(p.Tool.Link(), "https://") {
			t.Errorf("%s: the tool %q is unknown", p.ID, p.Tool)
		}
		if covered[p.ID] == (p.Reason != "") {
			t.Errorf("%s: a rule corresponds to it (%t), and the reason why none does is %q", p.Title(), covered[p.ID], p.Reason)
		}
	}
}

func TestUnion(t *testing.T) {
	one := &lint.Rule{Code: "SS7007", Severity: diag.Info, OffByDefault: true, Peers: []string{"AZR-000436"}}
	for _, c := range []struct {
		names []string
		want  string // "" if the rule is in no pack
	}{
		{nil, ""},
		{[]string{"security", "none"}, ""},
		{[]string{"psrule"}, "info"},
		{[]string{"psrule", "Resilience"}, "warning"},
	} {
		got := ""
		if s, ok := packs.Union(c.names, []*lint.Rule{one})[one.Code]; ok {
			got = s.String()
		}
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.names, got, c.want)
		}
	}
	if of := packs.Of(one); !slices.Equal(of, []string{"resilience", "psrule"}) {
		t.Errorf("it is in %v", of)
	}
	if hint := packs.Hint("armttk"); !strings.Contains(hint, "arm-ttk") {
		t.Errorf("hint %q", hint)
	}
	if hint := packs.Hint("x"); !strings.Contains(hint, "security, resilience, cost") {
		t.Errorf("hint %q", hint)
	}
}

func TestSection(t *testing.T) {
	if s := packs.Section(&lint.Rule{Code: "SS4001"}); s != "" {
		t.Errorf("a rule of no pack: %q", s)
	}
	want := "## Packs\n\n| pack | check of the other tool |\n| --- | --- |\n| `resilience` | |\n| `psrule` | AZR-000436, Azure.VMSS.AvailabilityZone |\n"
	if got := packs.Section(&lint.Rule{Code: "SS7007", Peers: []string{"AZR-000436"}}); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestChecks: a template that breaks the rules of PSRule about scale sets, and one
// that breaks the recommendations of the resiliency library about scale sets, load
// balancers, public addresses and storage accounts, is told each of them.
func TestChecks(t *testing.T) {
	for _, c := range []struct {
		pack  string
		about []string // beginnings of the names of the checks
		want  int
	}{
		{"psrule", []string{"Azure.VMSS."}, 10},
		{"aprl", []string{"scale sets:", "load balancers:", "public addresses:", "storage:"}, 21},
	} {
		t.Run(c.pack, func(t *testing.T) {
			e, err := engine.New(engine.Config{Files: engine.Folder("testdata"), Rules: rules.All(), Lint: lint.Options{
				Packs: packs.Union([]string{c.pack}, rules.All()), Today: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)}})
			if err != nil {
				t.Fatal(err)
			}
			result, err := e.Check(t.Context(), []string{c.pack + ".json"})
			if err != nil {
				t.Fatal(err)
			}
			told := map[string]bool{}
			for _, d := range result.Findings {
				if entry, ok := catalog.Find(d.Code); ok {
					for _, id := range entry.Peers {
						told[id] = true
					}
				}
			}
			p, _ := packs.Find(c.pack)
			n := 0
			for _, peer := range p.Tool.Peers() {
				if !slices.ContainsFunc(c.about, func(name string) bool { return strings.HasPrefix(peer.Name, name) }) || peer.Reason != "" {
					continue
				}
				if n++; !told[peer.ID] {
					t.Errorf("%s is not told", peer.Title())
				}
			}
			if n != c.want {
				t.Errorf("%d checks, want %d", n, c.want)
			}
		})
	}
}
