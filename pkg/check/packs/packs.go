// Package packs groups rules: a pack turns on the rules of one concern, such as
// security, or those that correspond to the checks of another tool. Most of its
// rules are off otherwise. The package also lists the checks of other tools, and
// why no rule corresponds to some of them.
package packs

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Pack is a named list of rules.
type Pack struct {
	Name string
	// Summary says in one sentence without a full stop what the rules are about.
	Summary string
	// Tool is the tool whose checks the rules of the pack correspond to; its rules are
	// those with [lint.Rule.Peers] of the tool. It is "" for a pack with a list.
	Tool Tool
	// rules has the rules of a pack without Tool, and the least severity of each there.
	rules func() map[diag.Code]diag.Severity
}

// All returns the packs, in the order of the documentation.
func All() []Pack { return slices.Clone(all) }

// Names returns the names of the packs.
func Names() []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return names
}

// Find returns the pack with a name, ignoring case.
func Find(name string) (p Pack, ok bool) {
	i := slices.IndexFunc(all, func(p Pack) bool { return strings.EqualFold(p.Name, name) })
	if i < 0 {
		return Pack{}, false
	}
	return all[i], true
}

// Hint returns what to say after the name of a pack that does not exist.
func Hint(name string) string {
	if hint := nearest.Hint(name, Names()); hint != "" {
		return hint
	}
	return "; the packs are " + strings.Join(Names(), ", ")
}

// Listed returns the rules that the pack lists by their codes, with the least severity
// of each.
func (p Pack) Listed() map[diag.Code]diag.Severity {
	if p.rules == nil {
		return nil
	}
	return p.rules()
}

// Rules returns those of the rules that are in the pack, with the least severity
// that their usual findings have there.
func (p Pack) Rules(rules []*lint.Rule) map[diag.Code]diag.Severity {
	in, all := map[diag.Code]diag.Severity{}, p.Listed()
	for _, r := range rules {
		least, listed := all[r.Code]
		if p.Tool == "" && listed || p.Tool != "" && len(p.Tool.peersOf(r)) > 0 {
			in[r.Code] = max(least, r.Severity)
		}
	}
	return in
}

// Union returns the rules of several packs; a rule of more than one has the
// highest of its severities. Names of packs that do not exist are ignored.
func Union(names []string, rules []*lint.Rule) map[diag.Code]diag.Severity {
	var in map[diag.Code]diag.Severity
	for _, name := range names {
		p, ok := Find(name)
		if !ok {
			continue
		}
		for code, severity := range p.Rules(rules) {
			if in == nil {
				in = map[diag.Code]diag.Severity{}
			}
			in[code] = max(in[code], severity)
		}
	}
	return in
}

// Of returns the names of the packs that a rule is in.
func Of(r *lint.Rule) (names []string) {
	for _, p := range all {
		if len(p.Rules([]*lint.Rule{r})) > 0 {
			names = append(names, p.Name)
		}
	}
	return names
}
