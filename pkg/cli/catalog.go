package cli

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/engine"
	"github.com/scaleset/scaleset/pkg/lint"
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
	page    string
}

// catalog lists every code, in order.
func catalog() []entry {
	var all []entry
	for _, r := range rules.All() {
		page, _ := lint.ParsePage(r.Doc) // a page that cannot be read is a defect that tests find
		all = append(all, entry{
			Code: r.Code, Name: r.Name, Severity: r.Severity, Summary: strings.TrimSuffix(page.Sentence, "."),
			Rule: true, Default: !r.OffByDefault, page: r.Doc,
		})
	}
	for _, k := range engine.Kinds() {
		all = append(all, entry{Code: k.Code, Name: k.Name, Severity: k.Severity, Summary: k.Summary, Default: true, page: k.Page})
	}
	all = append(all, simulateEntries()...)
	slices.SortStableFunc(all, func(a, b entry) int { return strings.Compare(string(a.Code), string(b.Code)) })
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

// named are the entries with a code or a name.
func named(all []entry, name string) []entry {
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
