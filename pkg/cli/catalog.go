package cli

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/engine"
	"github.com/scaleset/scaleset/pkg/lint"
	"github.com/scaleset/scaleset/pkg/report"
	"github.com/scaleset/scaleset/pkg/rules"
)

// An entry is one code that lint can report, a rule or not.
type entry struct {
	Code     diag.Code     `json:"code"`
	Name     string        `json:"name"`
	Severity diag.Severity `json:"severity"`
	Summary  string        `json:"summary"`
	// Rule says that it can be enabled and disabled; Default that it runs
	// unless it is disabled.
	Rule    bool `json:"rule"`
	Default bool `json:"default"`
	// Options are those of a rule, in the order of its page.
	Options []shownOption `json:"options"`
	// Help is the link to the page, which explain prints too.
	Help string `json:"help"`
	page string
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

// helpLink is the page of a rule, or the place of a code in the page of the
// codes that are no rules.
func (e entry) helpLink() string {
	if e.Rule {
		return docs + string(e.Code) + ".md"
	}
	return docs + "codes.md#" + strings.ToLower(string(e.Code))
}

// catalog lists every code, in order.
func catalog() []entry {
	var all []entry
	for _, r := range rules.All() {
		page, _ := lint.ParsePage(r.Doc) // a page that cannot be read is a defect that tests find
		all = append(all, entry{
			Code: r.Code, Name: r.Name, Severity: r.Severity, Summary: strings.TrimSuffix(page.Sentence, "."),
			Rule: true, Default: !r.OffByDefault, Options: optionsOf(r), page: pageOf(r),
		})
	}
	for _, k := range engine.Kinds() {
		all = append(all, entry{Code: k.Code, Name: k.Name, Severity: k.Severity, Summary: k.Summary, Default: true, page: k.Page})
	}
	all = append(all, simulateEntries()...)
	slices.SortStableFunc(all, func(a, b entry) int { return strings.Compare(string(a.Code), string(b.Code)) })
	for i := range all {
		all[i].Help = all[i].helpLink()
		if all[i].Options == nil {
			all[i].Options = []shownOption{}
		}
	}
	return all
}

// described is the catalog as the reporters take it.
func described() map[diag.Code]*report.Rule {
	all := map[diag.Code]*report.Rule{}
	for _, e := range catalog() {
		if all[e.Code] == nil { // a code with two names is described by the first
			all[e.Code] = &report.Rule{Code: e.Code, Name: e.Name, Severity: e.Severity, Summary: e.Summary, Page: e.text(), Help: e.Help}
		}
	}
	return all
}

// simulateEntries are what a preview of a capacity change finds and a lint,
// which sees no change, cannot.
func simulateEntries() []entry {
	return []entry{
		{Code: "SS4902", Name: "simulate-quota", Severity: diag.Error, Default: true, Summary: "The change needs more cores or instances than the quota of the subscription leaves"},
		{Code: "SS4903", Name: "simulate-protected", Severity: diag.Error, Default: true, Summary: "Instances that are protected keep the set from shrinking so far"},
		{Code: "SS6901", Name: "simulate-nat-ports", Severity: diag.Error, Default: true, Summary: "The change needs more front-end ports than the NAT pool has"},
		{Code: "SS6902", Name: "simulate-addresses", Severity: diag.Error, Default: true, Summary: "The change needs more addresses than the subnet has"},
		{Code: "SS7901", Name: "simulate-zones", Severity: diag.Error, Default: true, Summary: "A zone that is blocked keeps the set from the capacity that was asked for"},
	}
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
