package lint

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Options select which rules run and how. The zero Options run every
// rule that is on by default, for each scale set by its API version.
type Options struct {
	Era guidance.Era // guidance.Auto, Preview or Current
	// Enable and Disable select rules by code, name, or the beginning of codes
	// ("SS50*"); "all" is every rule. A rule that both select is off, unless
	// Enable names it and Disable does not.
	Enable, Disable []string
	// Packs are rules that run unless Disable selects them, with the least severity of
	// their usual findings: what packs of rules turn on.
	Packs map[diag.Code]diag.Severity
	// Severity overrides the severity of all findings of a rule, by code or name.
	Severity map[string]diag.Severity
	// Values has the values of the options of rules, by code and name, in the form
	// that [Option.Read] gives them; the others have their defaults.
	Values map[diag.Code]map[string]any
	// Usage is the saved quota of a region and Sizes the saved sizes; rules that
	// need a quota are silent without, sizes are known by their names.
	Usage *quota.Usage
	Sizes *quota.Sizes
	// HonorForeign lets suppressions that a template has for other tools silence the
	// rules that correspond to their checks. Otherwise a run with Packs reports them.
	HonorForeign bool
	// Observe is called when a rule begins its work on a template, and calls what
	// it gets when the rule is done; nil is fine. Goroutines share it.
	Observe func(r *Rule) (done func())
	// Memory keeps what rules found out about resources from run to run; nil keeps
	// nothing.
	Memory *Memory
	// Others lists the codes and names of the findings that are of no rule, which
	// suppressions may name; nil takes every code that is well formed. Only a
	// suppression of such a finding calls it. Goroutines share it.
	Others func() []string
	// Today decides which suppressions have expired; none when zero.
	Today time.Time
}

// selects reports whether a selector means the rule, and whether it names it.
func selects(selector string, r *Rule) (selected, named bool) {
	if strings.EqualFold(selector, string(r.Code)) || strings.EqualFold(selector, r.Name) {
		return true, true
	}
	if strings.EqualFold(selector, "all") {
		return true, false
	}
	prefix, ok := strings.CutSuffix(selector, "*")
	return ok && len(prefix) >= 2 && strings.HasPrefix(string(r.Code), strings.ToUpper(prefix)), false
}

func match(selectors []string, r *Rule) (selected, named bool) {
	for _, s := range selectors {
		yes, name := selects(s, r)
		selected, named = selected || yes, named || name
	}
	return selected, named
}

// enabled reports whether the rule runs.
func (o Options) enabled(r *Rule) bool {
	on, onByName := match(o.Enable, r)
	off, offByName := match(o.Disable, r)
	if off {
		return onByName && !offByName
	}
	_, packed := o.Packs[r.Code]
	return on || packed || !r.OffByDefault
}

// SeverityOf returns the severity of the findings of a rule that choose none.
func (o Options) SeverityOf(r *Rule) diag.Severity { return o.severity(r, r.Severity) }

// severity returns the severity of a finding of the rule that would have s.
func (o Options) severity(r *Rule, s diag.Severity) diag.Severity {
	for key, override := range o.Severity {
		if _, named := selects(key, r); named {
			return override
		}
	}
	if least, ok := o.Packs[r.Code]; ok && s == r.Severity {
		return max(s, least)
	}
	return s
}

// validate reports selectors that mean no rule.
func (o Options) validate(rules []*Rule) error {
	for _, list := range [][]string{o.Enable, o.Disable} {
		for _, s := range list {
			if err := known(s, rules); err != nil && !o.isOther(s) {
				return err
			}
		}
	}
	for s := range o.Severity {
		if err := known(s, rules); err != nil {
			return err
		}
	}
	return o.validateValues(rules)
}

// isOther reports a selector that names findings that are not of a rule.
func (o Options) isOther(selector string) bool {
	return o.Others != nil && slices.ContainsFunc(o.Others(), func(s string) bool { return strings.EqualFold(s, selector) })
}

// validateValues reports values of options that no rule has, or of another form.
func (o Options) validateValues(rules []*Rule) error {
	for _, code := range slices.Sorted(maps.Keys(o.Values)) {
		i := slices.IndexFunc(rules, func(r *Rule) bool { return r.Code == code })
		if i < 0 {
			return known(string(code), rules)
		}
		for _, name := range slices.Sorted(maps.Keys(o.Values[code])) {
			option, err := rules[i].Option(name)
			if err != nil {
				return err
			}
			if err := option.fits(o.Values[code][name]); err != nil {
				return fmt.Errorf("%s %s: %w", code, rules[i].Name, err)
			}
		}
	}
	return nil
}

func known(selector string, rules []*Rule) error {
	for _, r := range rules {
		if yes, _ := selects(selector, r); yes {
			return nil
		}
	}
	if near := nearestRule(selector, rules); near != "" {
		return fmt.Errorf("no rule is called %q; did you mean %s?", selector, near)
	}
	return fmt.Errorf("no rule is called %q; list them with: scaleset rules", selector)
}

// nearestRule returns the rule whose name or code is most like s, or "".
func nearestRule(s string, rules []*Rule) string {
	names := make([]string, 0, 2*len(rules))
	for _, r := range rules {
		names = append(names, r.Name, string(r.Code))
	}
	return nearest.Name(s, names)
}
