package policy

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Narrowed is one kind of setting that takes something away from a run.
type Narrowed struct {
	Key   string // exclude, rules, severity, options, suppress, baseline, fail-on, min-severity or max-findings
	Count int    // of entries, at least 1
	Text  string // such as "2 suppressions"
}

// Narrowing returns what the settings take away from a run, key by key; nil when
// they take nothing away. own is what the caller chooses of rules, and keys says
// that the run also takes the keys that are for lint alone. Whoever can change
// the settings can turn a gate green by these keys. What the caller has
// overridden does not count.
func (p Policy) Narrowing(own lint.Options, keys bool) (all []Narrowed) {
	s := p.Settings
	if s == nil {
		return nil
	}
	add := func(key string, count int, one, many string) {
		switch {
		case count == 1:
			all = append(all, Narrowed{Key: key, Count: count, Text: one})
		case count > 1:
			all = append(all, Narrowed{Key: key, Count: count, Text: fmt.Sprintf(many, count)})
		}
	}
	for _, x := range s.Top.Settings {
		if p.overridden(x.Key.Name) || len(x.Values) == 0 || x.Key.Lint && !keys {
			continue
		}
		switch value := x.Values[0]; x.Key.Name {
		case "exclude":
			add("exclude", len(x.Values), "1 pattern of exclude", "%d patterns of exclude")
		case "fail-on":
			if value == "never" {
				add("fail-on", 1, "fail-on never", "")
			}
		case "min-severity":
			if value != "info" {
				add("min-severity", 1, "min-severity "+value, "")
			}
		case "max-findings":
			if value != "0" {
				add("max-findings", 1, "max-findings "+value, "")
			}
		case "baseline":
			add("baseline", 1, "a baseline", "")
		}
	}
	off, lower, options := 0, 0, 0
	for _, b := range append([]settings.Block{s.Top}, s.Blocks...) {
		for _, x := range b.Rules {
			switch p.weakens(own, x) {
			case "off":
				off++
			case "lower":
				lower++
			}
			if len(x.Options) > 0 {
				options++
			}
		}
	}
	add("rules", off, "1 entry of rules set to off", "%d entries of rules set to off")
	add("severity", lower, "1 entry of rules with a lower severity", "%d entries of rules with a lower severity")
	add("options", options, "options of 1 rule", "options of %d rules")
	add("suppress", len(s.Suppressions), "1 suppression", "%d suppressions")
	return all
}

// weakens reports whether an entry of the settings switches a rule "off", or makes
// the findings of one less severe ("lower"); "" for neither. A rule that the
// caller chooses, or that is in one of its packs, is not weakened.
func (p Policy) weakens(own lint.Options, x settings.Rule) string {
	severity, err := diag.ParseSeverity(x.State)
	how := ""
	for _, r := range p.rules() {
		if selected, _ := lint.Selects(x.Selector, r); !selected || chosen(own, r) || packed(own, r, x.State) {
			continue
		}
		switch {
		case x.State == "off":
			return "off"
		case err == nil && severity < r.Severity:
			how = "lower"
		}
	}
	for _, k := range engine.Kinds() {
		if _, matched := means(x.Selector, k); !matched {
			continue
		}
		switch {
		case x.State == "off":
			return "off"
		case err == nil && severity < k.Severity:
			how = "lower"
		}
	}
	return how
}
