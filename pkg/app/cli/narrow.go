package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// errNarrowed says that --strict-settings is given and that the settings narrow
// the run. The message is already printed.
var errNarrowed = errors.New("the settings narrow this run")

// narrowing is what the settings take away from a run, key by key; nil when they
// take nothing away. lints says whether the command takes the settings of lint. Whoever can change the settings can turn a gate
// green by these keys. What the command line says otherwise does not count.
func (app *App) narrowing(flags lint.Options, lints bool) *findings.Narrowing {
	s := app.settings
	if s == nil {
		return nil
	}
	n := &findings.Narrowing{File: s.Source.Path()}
	add := func(key string, count int, one, many string) {
		switch {
		case count == 1:
			n.By = append(n.By, findings.NarrowedBy{Key: key, Count: count, Text: one})
		case count > 1:
			n.By = append(n.By, findings.NarrowedBy{Key: key, Count: count, Text: fmt.Sprintf(many, count)})
		}
	}
	for _, x := range s.Top.Settings {
		if app.given(x.Key.Name) || len(x.Values) == 0 || x.Key.Lint && !lints {
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
			switch weakens(flags, x) {
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
	if len(n.By) == 0 {
		return nil
	}
	return n
}

// weakens says whether an entry of the settings switches a rule "off", or makes
// the findings of one less severe ("lower"); "" for neither. A rule that the
// command line chooses is not weakened.
func weakens(flags lint.Options, x settings.Rule) string {
	severity, err := diag.ParseSeverity(x.State)
	how := ""
	for _, r := range rules.All() {
		if selected, _ := lint.Selects(x.Selector, r); !selected || chosen(flags, r) {
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

// strict reports settings that narrow a run where --strict-settings is given.
func (app *App) strict(n *findings.Narrowing) error {
	if n == nil || !app.common.StrictSettings {
		return nil
	}
	texts := make([]string, len(n.By))
	for i, by := range n.By {
		texts[i] = by.Text
	}
	app.complain(fmt.Errorf("%s narrows this run (%s), which --strict-settings does not allow; remove these settings, or pass --no-settings", n.File, strings.Join(texts, ", ")))
	return errNarrowed
}
