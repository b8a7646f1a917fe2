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
	slices.SortStableFunc(all, func(a, b entry) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
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
