package policy

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A RuleState is what holds for a rule, or for a kind of finding of no rule.
type RuleState struct {
	Code diag.Code
	Name string
	// Off reports whether it is not reported; otherwise Severity is its severity.
	Off      bool
	Severity diag.Severity
	// Chosen reports whether the caller decided it; otherwise By is where the settings
	// decide it, and zero if they do not.
	Chosen  bool
	By      source.Range
	Options []OptionState
	// Origin is where the project declares the rule; "" for a rule of ours.
	Origin string
}

// An OptionState is the value of an option of a rule.
type OptionState struct {
	Name  string
	Value any
	By    source.Range // where the settings give it; zero for the default
}

// Setting returns what the settings say of a key: for one template, or for all
// when path is "". It is false when they say nothing.
func (p Policy) Setting(key, path string) (x settings.Setting, ok bool) {
	for _, b := range p.blocks(path) {
		for _, s := range b.Settings {
			if s.Key.Name == key {
				x, ok = s, true
			}
		}
	}
	return x, ok
}

// Rules returns what holds for each rule, and for the other kinds of findings
// that the settings mention, in the order of their codes: for one template, or
// for all when path is "". own is what the caller chooses; the error is of its
// selectors.
func (p Policy) Rules(own lint.Options, path string) ([]RuleState, error) {
	blocks := p.blocks(path)
	effective, _ := p.judge(own, blocks...)
	runner, err := lint.NewRunner(p.rules(), effective)
	if err != nil {
		return nil, err
	}
	var all []RuleState
	for _, r := range p.rules() {
		_, by := stateOf(r, blocks)
		s := RuleState{Code: r.Code, Name: r.Name, Off: !slices.Contains(runner.Rules(), r), Severity: effective.SeverityOf(r), Chosen: chosen(own, r), By: by.At, Origin: r.Origin}
		for _, option := range r.Options {
			o := OptionState{Name: option.Name, Value: option.Default}
			if value, by, ok := optionIn(r, option.Name, blocks); ok {
				o.Value, o.By = value, by.At
			}
			s.Options = append(s.Options, o)
		}
		all = append(all, s)
	}
	for _, k := range engine.Kinds() {
		if v, by, ok := verdictOf(k, blocks); ok {
			all = append(all, RuleState{Code: k.Code, Name: k.Name, Off: v.Off, Severity: v.Severity, By: by.At})
		}
	}
	slices.SortStableFunc(all, func(a, b RuleState) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all, nil
}
