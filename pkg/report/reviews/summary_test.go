package reviews_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/report/reviews"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// lineWith returns the first line of a text that contains a part.
func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// TestVerdict: the first sentence says whether to deploy, and what to fix.
func TestVerdict(t *testing.T) {
	at := func(severities ...diag.Severity) (l diag.List) {
		for _, s := range severities {
			l = append(l, diag.Diagnostic{Code: "SS4001", Severity: s, Summary: "x"})
		}
		return l
	}
	fine := webSet("web", "westus2", "3", "Manual", "1", "")
	for _, tt := range []struct {
		name, older, newer string
		findings           diag.List
		want               string
	}{
		{"nothing", "", fine, nil, "**No errors and no warnings.**"},
		{"advice alone", "", fine, at(diag.Info), "**No errors and no warnings.**"},
		{"warnings", "", fine, at(diag.Warning, diag.Warning), "**No errors. Read 2 warnings before the deployment.**"},
		{"an error", "", fine, at(diag.Error, diag.Warning), "**Do not deploy this yet. Fix 1 error.**"},
		{"a change that Azure rejects", webSet("web", "eastus", "3", "Manual", "1", ""), fine, at(diag.Error), "**Do not deploy this yet. Fix 1 error and 1 change that Azure rejects.**"},
		{"too many instances", "", webSet("web", "westus2", "1001", "Manual", "1", ""), nil, "**Do not deploy this yet. Fix the capacity of web.**"},
	} {
		newer := sideOf(t, "new.json", tt.newer)
		var o review.Options
		if tt.older != "" {
			older := sideOf(t, "old.json", tt.older)
			o.Older, o.Diff = older.Deployment, diff.Compare(older, newer, diff.Options{})
		}
		if strings.Contains(tt.newer, "1001") {
			now := 3
			o.Current = &now // so that the plan has a step
		}
		r, err := review.New(newer.Deployment, o)
		if err != nil {
			t.Fatal(err)
		}
		r.Template, r.Findings = "new.json", tt.findings
		if got := lineWith(text(t, reviews.Document{Review: r, Secrets: secrets()}.WriteMarkdown), "**"); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestNewFindings: with a comparison, findings of the change come first, also before
// worse ones that were there already.
func TestNewFindings(t *testing.T) {
	newer := sideOf(t, "new.json", webSet("web", "westus2", "3", "Manual", "1", ""))
	older := sideOf(t, "old.json", webSet("web", "westus2", "2", "Manual", "1", ""))
	r, err := review.New(newer.Deployment, review.Options{Older: older.Deployment, Diff: diff.Compare(older, newer, diff.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	r.Template = "new.json"
	r.Findings = diag.List{{Code: "SS4001", Severity: diag.Error, Summary: "an old error"}, {Code: "SS4002", Severity: diag.Warning, Summary: "a new warning"}, {Code: "SS4003", Severity: diag.Warning, Summary: "an old warning"}}
	r.Existing = []bool{true, false, true}
	doc := reviews.Document{Review: r, Secrets: secrets()}
	inOrder(t, "the Markdown", text(t, doc.WriteMarkdown), "1 of 3 findings are new with this change.", "### New with this change", "a new warning", "<summary>Not new: found before the change, too</summary>", "an old error", "an old warning")
	inOrder(t, "the page", text(t, doc.WriteHTML), "<b>1</b><span>new finding</span>", "<h3>1 warning, new</h3>", "a new warning", "<h3>1 error, also in old.json</h3>", "an old error", "<details><summary>1 warning, also in old.json</summary>", "an old warning")
	var all struct{ NewFindings []int }
	if err := json.Unmarshal([]byte(text(t, doc.WriteJSON)), &all); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{1}, all.NewFindings); diff != "" {
		t.Error(diff)
	}
}

// TestEqualSets: sets that differ only in their names are one section, and one with
// another size is a section of its own; the totals count all.
func TestEqualSets(t *testing.T) {
	big := strings.Replace(webSet("big", "westus2", "2", "Manual", "1", ""), "Standard_D2s_v5", "Standard_D8s_v5", 1)
	named := func(name string) string {
		return strings.Replace(webSet(name, "westus2", "3", "Manual", "1", ""), `"computerNamePrefix": "web"`, `"computerNamePrefix": "`+name+`"`, 1)
	}
	side := sideOf(t, "t.json", named("web1")+","+named("web2")+","+named("web3")+","+big)
	r, err := review.New(side.Deployment, review.Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := reviews.Document{Review: r, Secrets: secrets()}
	markdown := text(t, doc.WriteMarkdown)
	for part, want := range map[string]string{
		"| web1, ": `| web1, web2 and web3 (3 equal scale sets) | Standard\_D2s\_v5 | 3 each | 6 each | OS managed |`, "| big | Standard": `| big | Standard\_D8s\_v5 | 2 | 16 | OS managed |`, "| Total": `| Total |  | 11 | 34 |  |`,
	} {
		if got := lineWith(markdown, part); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	page := text(t, doc.WriteHTML)
	if got := strings.Count(page, "<h3>web1, web2 and web3 (3 equal scale sets)</h3>"); got != 2 { // facts and capacity
		t.Errorf("%d headings of the equal sets", got)
	}
	holds(t, "the page", page, "<b>34</b><span>cores</span>")
	if facts, _, _ := strings.Cut(page, `<h2 id="exposure">`); strings.Contains(facts, "<h3>web2</h3>") {
		t.Error("an equal set has a section of its own")
	}
}
