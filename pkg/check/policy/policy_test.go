package policy_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const project = `guidance: current
location: westus2
resource-group: prod
set: { count: 3, name: "a=b" }
link-root: shared
parameters: [prod.parameters.json]
fail-on: never
exclude: [old, tmp]
rules:
  SS40*: off
  SS4001: error
  capacity-limit: info
  SS2501: { severity: warning, options: { months: 6 } }
  SS3010: off
  unknown-property: info
paths:
- match: legacy
  guidance: preview
  parameters: [legacy/p.json]
  rules: { SS4001: off }
suppress:
- { rules: [SS4003], paths: [web], reason: planned, until: 2030-01-31 }
`

// load writes settings into a folder and reads them.
func load(t *testing.T, text string) (policy.Policy, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "work"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, settings.Name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return policy.Load(filepath.Join(dir, "work"), "")
}

func mustLoad(t *testing.T) policy.Policy {
	t.Helper()
	p, err := load(t, project)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestApply(t *testing.T) {
	p := mustLoad(t)
	c := engine.Config{Rules: rules.All(), Lint: lint.Options{Enable: []string{"SS4002"}}}
	p.Apply(&c)
	if c.Context.Location != "westus2" || c.Context.ResourceGroup != "prod" || c.LinkRoot != "../shared" || !c.AllowUndeclaredSet {
		t.Errorf("got %+v, link root %q, loose %v", c.Context, c.LinkRoot, c.AllowUndeclaredSet)
	}
	if diff := cmp.Diff(map[string]string{"count": "3", "name": `"a=b"`}, c.Set); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"../prod.parameters.json"}, c.Parameters); diff != "" {
		t.Error(diff)
	}
	if c.Lint.Era != guidance.Current || c.Lint.Severity["SS4001"] != diag.Info || c.Lint.Values["SS2501"]["months"] != 6 {
		t.Errorf("era %v, severities %v, options %v", c.Lint.Era, c.Lint.Severity, c.Lint.Values)
	}
	if diff := cmp.Diff(map[diag.Code]engine.Verdict{"SS3001": {Severity: diag.Info}, "SS3010": {Off: true}}, c.Other); diff != "" {
		t.Error(diff)
	}
	local := c.For("../legacy/a.json")
	if local.Lint.Era != guidance.Preview || cmp.Diff([]string{"../legacy/p.json"}, local.Parameters) != "" {
		t.Errorf("legacy has the era %v and the parameters %v", local.Lint.Era, local.Parameters)
	}
	if c.For("a.json").Key != "" {
		t.Error("another template has a block")
	}
	if len(c.Suppressions) != 1 || !c.Suppressions[0].Partial || !c.Suppressions[0].Match("../web/a.json") || c.Suppressions[0].Match("a.json") {
		t.Errorf("got %+v", c.Suppressions)
	}
	var whole engine.Config
	p.Apply(&whole, "..")
	if whole.Suppressions[0].Partial {
		t.Error("a run over the folder of the settings is taken for a part")
	}
}

// What the caller gives counts more than the settings.
func TestOverridden(t *testing.T) {
	p := mustLoad(t)
	p.Overridden = func(key string) bool {
		return key == "location" || key == "guidance" || key == "parameters" || key == "set"
	}
	c := engine.Config{Parameters: []string{"mine.json"}, Lint: lint.Options{Era: guidance.Preview}}
	c.Context.Location = "eastus"
	p.Apply(&c)
	if c.Context.Location != "eastus" || c.Context.ResourceGroup != "prod" || c.Lint.Era != guidance.Preview || c.Set != nil || c.AllowUndeclaredSet {
		t.Errorf("got %+v", c)
	}
	if l := c.For("../legacy/a.json"); l.Parameters != nil || l.Lint.Era != guidance.Preview {
		t.Errorf("a block overrides the caller: %+v", l)
	}
}

func TestEra(t *testing.T) {
	p := mustLoad(t)
	got := fmt.Sprint(p.Era(guidance.Auto, ""), p.Era(guidance.Auto, "a.json"), p.Era(guidance.Auto, "../legacy/a.json"), policy.Policy{}.Era(guidance.Preview, "a.json"))
	if want := fmt.Sprint(guidance.Current, guidance.Current, guidance.Preview, guidance.Preview); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRules(t *testing.T) {
	p := mustLoad(t)
	states, err := p.Rules(lint.Options{Enable: []string{"SS4002"}}, "../legacy/a.json")
	if err != nil {
		t.Fatal(err)
	}
	got := map[diag.Code]string{}
	for _, s := range states {
		text := s.Severity.String()
		if s.Off {
			text = "off"
		}
		if s.Chosen {
			text += ", chosen"
		}
		if !s.By.IsZero() {
			text += fmt.Sprintf(", line %d", s.By.StartPosition().Line)
		}
		for _, o := range s.Options {
			if !o.By.IsZero() {
				text += fmt.Sprintf(", %s %v", o.Name, o.Value)
			}
		}
		got[s.Code] = text
	}
	for code, want := range map[diag.Code]string{
		"SS4001": "off, line 20", "SS4003": "off, line 10", "SS2501": "warning, line 13, months 6", "SS3001": "info, line 15",
	} {
		if got[code] != want {
			t.Errorf("%s: got %q, want %q", code, got[code], want)
		}
	}
	if !strings.Contains(got["SS4002"], "chosen") || strings.Contains(got["SS4002"], "off") {
		t.Errorf("SS4002 is enabled by the caller: %s", got["SS4002"])
	}
	if _, err := p.Rules(lint.Options{Enable: []string{"SS9999"}}, ""); err == nil {
		t.Error("a rule that does not exist is enabled")
	}
	if x, ok := p.Setting("parameters", "../legacy/a.json"); !ok || cmp.Diff([]string{"../legacy/p.json"}, p.Values(x)) != "" {
		t.Errorf("got %v", x)
	}
}

func TestNarrowing(t *testing.T) {
	p := mustLoad(t)
	text := func(all []policy.Narrowed) (s []string) {
		for _, n := range all {
			s = append(s, n.Key+": "+n.Text)
		}
		return s
	}
	want := []string{
		"fail-on: fail-on never", "exclude: 2 patterns of exclude", "rules: 3 entries of rules set to off",
		"severity: 2 entries of rules with a lower severity", "options: options of 1 rule", "suppress: 1 suppression",
	}
	if diff := cmp.Diff(want, text(p.Narrowing(lint.Options{}, true))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[2:], text(p.Narrowing(lint.Options{}, false))); diff != "" {
		t.Errorf("without the keys of lint: %s", diff)
	}
	if got := (policy.Policy{}).Narrowing(lint.Options{}, true); got != nil {
		t.Errorf("no settings narrow a run by %v", got)
	}
}

// A mistake in what the settings say of rules has its place and the nearest name.
func TestLoadMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"rules: { SS400: off }":                               `no rule is called "SS400"; did you mean`,
		"rules: { SS2001: off }":                              "SS2001 json-syntax is an error that no deployment survives; it cannot be off",
		"rules: { SS2501: { options: { month: 1 } } }":        "month",
		"rules: { SS25*: { options: { months: 1 } } }":        `options belong to one rule; write a code or a name instead of "SS25*"`,
		"suppress: [{ rules: [SS9999], reason: not a rule }]": `no rule is called "SS9999"`,
	} {
		_, err := load(t, text)
		var mistakes settings.Mistakes
		if !errors.As(err, &mistakes) || len(mistakes) != 1 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if p, err := policy.Load(t.TempDir(), ""); err != nil || p.Settings != nil {
		t.Errorf("a folder without settings has %v, %v", p.Settings, err)
	}
}

// TestPacks: settings add packs to those of the caller, and take no rule out of them.
func TestPacks(t *testing.T) {
	p, err := load(t, `packs: resilience
rules: { SS7007: off, SS4321: off, SS6062: error, SS2206: warning }
paths:
- { match: web, packs: [psrule] }
`)
	if err != nil {
		t.Fatal(err)
	}
	own := lint.Options{Packs: map[diag.Code]diag.Severity{"SS4321": diag.Warning, "SS2206": diag.Info, "SS6062": diag.Warning}}
	for _, c := range []struct {
		own        lint.Options
		path, code string
		want       string
	}{
		{lint.Options{}, "", "SS7067", "warning"},        // a pack of the settings turns it on
		{lint.Options{}, "", "SS7007", "off"},            // the settings leave it out of their pack
		{lint.Options{}, "", "SS4321", "off"},            //
		{own, "", "SS4321", "warning"},                   // but not out of one of the caller
		{own, "", "SS2206", "warning"},                   // more severe is fine
		{own, "", "SS6062", "error"},                     //
		{lint.Options{}, "", "SS4072", "info"},           // a rule of the pack at its own severity
		{lint.Options{}, "", "SS2303", "off"},            // of no pack at hand
		{lint.Options{}, "web/a.json", "SS2302", "info"}, // of a pack for the path
		{lint.Options{Disable: []string{"SS70*"}}, "", "SS7067", "off"},
		{lint.Options{Disable: []string{"SS43*"}, Packs: own.Packs}, "", "SS4321", "off"},
	} {
		states, err := p.Rules(c.own, c.path)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range states {
			if string(s.Code) != c.code {
				continue
			}
			got := s.Severity.String()
			if s.Off {
				got = "off"
			}
			if got != c.want {
				t.Errorf("%s for %q is %s, want %s", c.code, c.path, got, c.want)
			}
		}
	}
	for _, n := range p.Narrowing(own, true) {
		if n.Key == "rules" && n.Count != 1 {
			t.Errorf("narrowed by %d entries: SS7007 alone is off", n.Count)
		}
		if n.Key == "severity" {
			t.Errorf("narrowed by %s", n.Text)
		}
	}
}
