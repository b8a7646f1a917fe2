package rules_test

import (
	"slices"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestAll(t *testing.T) {
	if err := lint.Validate(rules.All()); err != nil {
		t.Error(err)
	}
}

// answers are, for each statement, the codes of the rules that check it, and the
// reason why none does.
func answers() (checked map[guidance.ID][]string, reasons map[guidance.ID]string) {
	checked, reasons = map[guidance.ID][]string{}, map[guidance.ID]string{}
	for _, r := range rules.All() {
		for _, id := range r.Guidance {
			checked[id] = append(checked[id], string(r.Code))
		}
	}
	for _, f := range rules.Families() {
		for _, u := range f.Unchecked {
			reasons[u.ID] = u.Reason
		}
	}
	return checked, reasons
}

// TestGuidance: a statement has a rule that checks it, or a reason why none
// can, and not both. Families answer for the topics that they name.
func TestGuidance(t *testing.T) {
	checked, reasons := answers()
	for id, reason := range reasons {
		if _, ok := guidance.Find(id); !ok {
			t.Errorf("%q has a reason and is not a statement", id)
		}
		if reason == "" || reason[len(reason)-1] != '.' {
			t.Errorf("%s: the reason %q is not a sentence", id, reason)
		}
		if codes := checked[id]; len(codes) > 0 {
			t.Errorf("%s: has the rules %v, and a reason why none checks it", id, codes)
		}
	}
	for _, topic := range guidance.Topics() {
		if !slices.ContainsFunc(rules.Families(), func(f rules.Family) bool { return slices.Contains(f.Answers, topic.Name) }) {
			continue
		}
		for _, s := range topic.Statements {
			if checked[s.ID] == nil && reasons[s.ID] == "" {
				t.Errorf("%s: no rule checks it, and no reason is given: %s", s.ID, s.Text)
			}
		}
	}
}

// TestGoodPages: what a page calls good is not an error to any rule.
func TestGoodPages(t *testing.T) {
	runner, err := lint.NewRunner(rules.All(), lint.Options{Enable: []string{"all"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules.All() {
		page, err := lint.ParsePage(r.Doc())
		if err != nil {
			continue // TestAll says so
		}
		tree := jsonc.Parse(source.NewFile(string(r.Code)+" Good", []byte(lint.PageTemplate(page.Good))))
		for _, d := range runner.Check(viewOf(tree, nil)) {
			if d.Severity == diag.Error {
				t.Errorf("%s:%d: %s %s", d.Subject.File.Path(), d.Subject.StartPosition().Line, d.Code, d.Summary)
			}
		}
	}
}
