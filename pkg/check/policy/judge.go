package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/packs"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// judge returns what the caller and blocks say together: the caller counts most, then
// later blocks; in one block a name counts more than a pattern.
func (p Policy) judge(own lint.Options, blocks ...settings.Block) (lint.Options, map[diag.Code]engine.Verdict) {
	o := own
	o.Enable, o.Disable = slices.Clone(own.Enable), slices.Clone(own.Disable)
	o.Severity = maps.Clone(own.Severity)
	o.Packs = own.Packs
	if names := packsOf(blocks); len(names) > 0 {
		o.Packs = packs.Union(names, rules.All())
		for code, least := range own.Packs {
			o.Packs[code] = max(o.Packs[code], least)
		}
	}
	for _, r := range p.rules() {
		if state, _ := stateOf(r, blocks); state != "" && !chosen(own, r) && !packed(own, r, state) {
			apply(&o, r, state)
		}
		for _, option := range r.Options {
			if value, _, ok := optionIn(r, option.Name, blocks); ok {
				if o.Values == nil {
					o.Values = map[diag.Code]map[string]any{}
				}
				if o.Values[r.Code] == nil {
					o.Values[r.Code] = map[string]any{}
				}
				o.Values[r.Code][option.Name] = value
			}
		}
	}
	for _, b := range blocks {
		for _, s := range b.Settings {
			if s.Key.Name == "guidance" && !p.overridden("guidance") {
				o.Era, _ = guidance.ParseEra(s.Values[0]) // checked when it was read
			}
		}
	}
	return o, verdicts(blocks)
}

// packsOf returns the names of the packs of the blocks: each adds to those before it.
func packsOf(blocks []settings.Block) (names []string) {
	for _, b := range blocks {
		for _, s := range b.Settings {
			if s.Key.Name == "packs" {
				names = append(names, s.Values...)
			}
		}
	}
	return names
}

// packed reports whether a state would take a rule out of a pack of the caller, or
// make it less severe than it is there: settings may only add to such packs.
func packed(own lint.Options, r *lint.Rule, state string) bool {
	least, ok := own.Packs[r.Code]
	severity, err := diag.ParseSeverity(state)
	return ok && (state == "off" || err == nil && severity < least)
}

// chosen reports whether the caller says whether the rule runs.
func chosen(own lint.Options, r *lint.Rule) bool {
	return slices.ContainsFunc(slices.Concat(own.Enable, own.Disable), func(s string) bool {
		selected, _ := lint.Selects(s, r)
		return selected
	})
}

func apply(o *lint.Options, r *lint.Rule, state string) {
	if state == "off" {
		o.Disable = append(o.Disable, string(r.Code))
		return
	}
	o.Enable = append(o.Enable, string(r.Code))
	if severity, err := diag.ParseSeverity(state); err == nil {
		if o.Severity == nil {
			o.Severity = map[string]diag.Severity{}
		}
		o.Severity[string(r.Code)] = severity
	}
}

// stateOf returns the state that the blocks give a rule, and where; "" if none does.
func stateOf(r *lint.Rule, blocks []settings.Block) (state string, by settings.Rule) {
	for _, b := range blocks {
		for _, wantName := range []bool{false, true} {
			for _, x := range b.Rules {
				if selected, named := lint.Selects(x.Selector, r); selected && named == wantName && x.State != "" {
					state, by = x.State, x
				}
			}
		}
	}
	return state, by
}

// optionIn returns the value that the blocks give an option of a rule, the last of
// them, and where.
func optionIn(r *lint.Rule, name string, blocks []settings.Block) (value any, by settings.Option, ok bool) {
	for _, b := range blocks {
		for _, x := range b.Rules {
			if _, named := lint.Selects(x.Selector, r); !named {
				continue
			}
			for _, o := range x.Options {
				if o.Name == name {
					value, by, ok = o.Value, o, true
				}
			}
		}
	}
	return value, by, ok
}

// readOption reads the value of an option; see [settings.Checks].
func readOption(selector, name string, value any) (any, error) {
	for _, r := range rules.All() {
		if _, named := lint.Selects(selector, r); named {
			option, err := r.Option(name)
			if err != nil {
				return nil, &settings.OptionNameError{Err: err}
			}
			return option.Read(value)
		}
	}
	return nil, &settings.OptionNameError{Err: fmt.Errorf("options belong to one rule; write a code or a name instead of %q", selector)}
}

// verdicts returns the severities that the blocks give codes that are not rules. "all" means the
// rules; a pattern switches nothing off that is an error.
func verdicts(blocks []settings.Block) map[diag.Code]engine.Verdict {
	var all map[diag.Code]engine.Verdict
	for _, k := range engine.Kinds() {
		if v, _, ok := verdictOf(k, blocks); ok {
			if all == nil {
				all = map[diag.Code]engine.Verdict{}
			}
			all[k.Code] = v
		}
	}
	return all
}

// verdictOf returns the severity that the blocks give a kind of finding, and where.
func verdictOf(k diag.Kind, blocks []settings.Block) (v engine.Verdict, by settings.Rule, ok bool) {
	for _, b := range blocks {
		for _, wantName := range []bool{false, true} {
			for _, x := range b.Rules {
				named, matched := means(x.Selector, k)
				if !matched || named != wantName || x.State == "" || x.State == "off" && k.Severity == diag.Error && !named {
					continue
				}
				v, by, ok = engine.Verdict{Off: x.State == "off", Severity: k.Severity}, x, true
				if severity, err := diag.ParseSeverity(x.State); err == nil {
					v.Severity = severity
				}
			}
		}
	}
	return v, by, ok
}

// means reports whether a selector names or matches a kind of finding.
func means(selector string, k diag.Kind) (named, matched bool) {
	if strings.EqualFold(selector, string(k.Code)) || strings.EqualFold(selector, k.Name) {
		return true, true
	}
	prefix, ok := strings.CutSuffix(selector, "*")
	return false, ok && len(prefix) >= 2 && strings.HasPrefix(string(k.Code), strings.ToUpper(prefix))
}

// knownRule returns what is wrong with a rule in the settings, or with its
// state; "" when nothing is.
func knownRule(selector, state string) string {
	for _, r := range rules.All() {
		if selected, _ := lint.Selects(selector, r); selected {
			return ""
		}
	}
	known := false
	for _, k := range engine.Kinds() {
		named, matched := means(selector, k)
		if named && state == "off" && k.Severity == diag.Error {
			return fmt.Sprintf("%s %s is an error that no deployment survives; it cannot be off", k.Code, k.Name)
		}
		known = known || matched
	}
	if known {
		return ""
	}
	hint := nearest.Hint(selector, catalog.Names(catalog.All()))
	if hint == "" {
		hint = "; scaleset rules lists them"
	}
	return fmt.Sprintf("no rule is called %q%s", selector, hint)
}

// isTaken reports whether a name is that of a rule or of another kind of finding.
func isTaken(name string) bool {
	return slices.ContainsFunc(rules.All(), func(r *lint.Rule) bool { return r.Name == name }) ||
		slices.ContainsFunc(engine.Kinds(), func(k diag.Kind) bool { return k.Name == name })
}

// codesOf returns the codes that selectors mean.
func (p Policy) codesOf(selectors []string) []string {
	var codes []string
	for _, s := range selectors {
		for _, r := range p.rules() {
			if selected, _ := lint.Selects(s, r); selected {
				codes = append(codes, string(r.Code))
			}
		}
		for _, k := range engine.Kinds() {
			if _, matched := means(s, k); matched {
				codes = append(codes, string(k.Code))
			}
		}
	}
	return codes
}
