package cli

import (
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// An entry is one code that lint can report, a rule or not.
type entry struct {
	Code     diag.Code     `json:"code"`
	Name     string        `json:"name"`
	Severity diag.Severity `json:"severity"`
	// Severities are all that it is reported with, the worst first, and when.
	Severities []diag.Level `json:"severities"`
	Summary    string       `json:"summary"`
	// Rule says that it can be enabled and disabled; Default that it runs
	// unless it is disabled.
	Rule    bool `json:"rule"`
	Default bool `json:"default"`
	// Options are those of a rule, in the order of its page.
	Options []shownOption `json:"options"`
	// Help is the link to the page, which explain prints too.
	Help string `json:"help"`
	// page is worked out when somebody reads it; nil when there is none.
	page func() string
}

// A shownOption is an option of a rule.
type shownOption struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // integer, integers or strings
	Default any    `json:"default"`
	Minimum *int   `json:"minimum,omitempty"` // of an integer, and of each of integers
	Maximum *int   `json:"maximum,omitempty"`
	Summary string `json:"summary"` // one sentence without a full stop
}

func optionsOf(r *lint.Rule) []shownOption {
	all := []shownOption{}
	for _, o := range r.Options {
		s := shownOption{Name: o.Name, Default: o.Default, Summary: o.Doc}
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

// pageOf is what explain prints of a rule.
func pageOf(r *lint.Rule) string {
	page := strings.TrimRight(r.Doc, "\n") + "\n\n"
	if options := r.OptionsSection(); options != "" {
		page += options + "\n"
	}
	return page + r.AboutSection()
}

// docs is where the pages of docs/rules are on the web.
const docs = "https://github.com/scaleset/scaleset/blob/main/docs/rules/"

// catalog lists every code, in order.
func catalog() []entry {
	var all []entry
	for _, r := range rules.All() {
		all = append(all, ruleEntry(r))
	}
	all = append(all, otherEntries()...)
	slices.SortStableFunc(all, func(a, b entry) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
}

func ruleEntry(r *lint.Rule) entry {
	page, _ := lint.ParsePage(r.Doc) // a page that cannot be read is a defect that tests find
	return entry{
		Code: r.Code, Name: r.Name, Severity: r.Severity, Severities: diag.Levels(r.Severity, r.Also), Summary: strings.TrimSuffix(page.Sentence, "."),
		Rule: true, Default: !r.OffByDefault, Options: optionsOf(r),
		Help: docs + string(r.Code) + ".md", page: func() string { return pageOf(r) },
	}
}

// otherEntries are the codes that are not rules.
func otherEntries() []entry {
	var all []entry
	for _, k := range engine.Kinds() {
		e := entry{Code: k.Code, Name: k.Name, Severity: k.Severity, Severities: k.Levels(), Summary: k.Summary, Default: !k.OffByDefault}
		if k.Page != "" {
			e.page = func() string { return k.Page }
		}
		all = append(all, e)
	}
	for i := range all {
		all[i].Help = docs + "codes.md#" + strings.ToLower(string(all[i].Code))
		all[i].Options = []shownOption{}
	}
	return all
}

// describe is what reporters ask about a code. A run finds a few of hundreds,
// and to read the page of every rule takes longer than to check a template.
func describe() func(diag.Code) *findings.Rule {
	all, found := rules.All(), map[diag.Code]*findings.Rule{}
	others := sync.OnceValue(otherEntries)
	return func(code diag.Code) *findings.Rule {
		known, ok := found[code]
		if !ok {
			if i := slices.IndexFunc(all, func(r *lint.Rule) bool { return r.Code == code }); i >= 0 {
				known = ruleEntry(all[i]).described()
			} else if i := slices.IndexFunc(others(), func(e entry) bool { return e.Code == code }); i >= 0 {
				known = others()[i].described() // a code with two names is described by the first
			}
			found[code] = known
		}
		return known
	}
}

func (e entry) described() *findings.Rule {
	return &findings.Rule{Code: e.Code, Name: e.Name, Severity: e.Severity, Summary: e.Summary, Page: e.text(), Help: e.Help}
}

// named are the entries with a code, a name or the link of a finding.
func named(all []entry, name string) []entry {
	if i := strings.LastIndexAny(name, "/#"); i >= 0 {
		name = strings.TrimSuffix(name[i+1:], ".md")
	}
	return slices.DeleteFunc(slices.Clone(all), func(e entry) bool {
		return !strings.EqualFold(string(e.Code), name) && !strings.EqualFold(e.Name, name)
	})
}

// namesOf are the codes and names of the entries, for suggestions.
func namesOf(all []entry) []string {
	var names []string
	for _, e := range all {
		names = append(names, string(e.Code), e.Name)
	}
	return names
}
