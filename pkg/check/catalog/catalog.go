// Package catalog lists every code that a finding can have: of the rules, and
// of the other kinds of findings. It is what explain and rules show, what
// reports link to, and where selectors of settings are looked up.
package catalog

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/packs"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// An Entry is one code that lint can report, a rule or not.
type Entry struct {
	Code     diag.Code     `json:"code"`
	Name     string        `json:"name"`
	Severity diag.Severity `json:"severity"` // the usual one
	// Severities are all that it is reported with, the worst first, and when.
	Severities []diag.Level `json:"severities"`
	Summary    string       `json:"summary"` // one sentence without a full stop
	// Rule reports whether it can be enabled and disabled; Default whether it runs
	// unless it is disabled.
	Rule    bool `json:"rule"`
	Default bool `json:"default"`
	// Options lists the options of a rule, in the order of its page.
	Options []Option `json:"options"`
	// Packs lists the names of the packs that a rule is in, Peers the ids of the checks
	// of other tools that it corresponds to.
	Packs []string `json:"packs"`
	Peers []string `json:"peers"`
	// Help is the link to the page, which explain prints too; "" for a rule of a
	// project without a link.
	Help string `json:"help"`
	// Origin is where a project declares the rule; "" for a rule of ours.
	Origin string `json:"origin,omitempty"`
	// page is computed when it is asked for; it is "" if there is none.
	page func() string
}

// An Option is an option of a rule.
type Option struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // integer, integers or strings
	Default any    `json:"default"`
	Minimum *int   `json:"minimum,omitempty"` // of an integer, and of each of integers
	Maximum *int   `json:"maximum,omitempty"`
	Summary string `json:"summary"` // one sentence without a full stop
}

func optionsOf(r *lint.Rule) []Option {
	all := []Option{}
	for _, o := range r.Options {
		s := Option{Name: o.Name, Default: o.Default, Summary: o.Doc}
		switch o.Kind {
		case lint.Texts:
			s.Type = "strings"
		case lint.Numbers:
			s.Type, s.Minimum, s.Maximum = "integers", &o.Least, &o.Most
		default:
			s.Type, s.Minimum, s.Maximum = "integer", &o.Least, &o.Most
		}
		all = append(all, s)
	}
	return all
}

// docs is where the pages of docs/rules are on the web.
const docs = "https://github.com/scaleset/scaleset/blob/main/docs/rules/"

// All lists every code once, in order; custom are the rules of a project.
func All(custom ...*lint.Rule) []Entry {
	var all []Entry
	for _, r := range append(rules.All(), custom...) {
		all = append(all, ofRule(r))
	}
	for _, k := range engine.Kinds() {
		all = append(all, ofKind(k))
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
}

// Find returns the entry of a code. It makes no other: a run finds a few codes
// of hundreds, and to read the page of every rule takes longer than to check a
// template.
func Find(code diag.Code, custom ...*lint.Rule) (e Entry, ok bool) {
	for _, r := range append(rules.All(), custom...) {
		if r.Code == code {
			return ofRule(r), true
		}
	}
	for _, k := range engine.Kinds() {
		if k.Code == code {
			return ofKind(k), true
		}
	}
	return Entry{}, false
}

func ofRule(r *lint.Rule) Entry {
	page, _ := lint.ParsePage(r.Doc()) // a page that cannot be read is a defect that tests find
	help := docs + string(r.Code) + ".md"
	if r.Origin != "" {
		help = r.Link
	}
	return Entry{
		Code: r.Code, Name: r.Name, Severity: r.Severity, Severities: diag.Levels(r.Severity, r.Also), Summary: strings.TrimSuffix(page.Sentence, "."),
		Rule: true, Default: !r.OffByDefault, Options: optionsOf(r), Origin: r.Origin,
		Packs: append([]string{}, packs.Of(r)...), Peers: append([]string{}, r.Peers...),
		Help: help, page: func() string {
			page := strings.TrimRight(r.Doc(), "\n") + "\n\n"
			if options := r.OptionsSection(); options != "" {
				page += options + "\n"
			}
			page += r.AboutSection()
			if section := packs.Section(r); section != "" {
				page += "\n" + section
			}
			return page
		},
	}
}

func ofKind(k diag.Kind) Entry {
	e := Entry{Code: k.Code, Name: k.Name, Severity: k.Severity, Severities: k.Levels(), Summary: k.Summary, Default: !k.OffByDefault,
		Options: []Option{}, Packs: []string{}, Peers: append([]string{}, packs.PeersOfKind(k.Code)...), Help: docs + "codes.md#" + strings.ToLower(string(k.Code))}
	e.page = k.Page
	return e
}

// Named returns the entries with a code, a name, or the link of a finding; if there are
// none, those that correspond to a check of another tool with that id or name.
func Named(all []Entry, name string) []Entry {
	if i := strings.LastIndexAny(name, "/#"); i >= 0 {
		name = strings.TrimSuffix(name[i+1:], ".md")
	}
	named := slices.DeleteFunc(slices.Clone(all), func(e Entry) bool {
		return !strings.EqualFold(string(e.Code), name) && !strings.EqualFold(e.Name, name)
	})
	peer, ok := packs.FindPeer(name)
	if len(named) > 0 || !ok {
		return named
	}
	return slices.DeleteFunc(slices.Clone(all), func(e Entry) bool { return !slices.Contains(e.Peers, peer.ID) })
}

// Names returns the codes and names of the entries, for suggestions.
func Names(all []Entry) []string {
	var names []string
	for _, e := range all {
		names = append(names, string(e.Code), e.Name)
	}
	return names
}
