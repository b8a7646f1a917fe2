package lint_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// TestForeign: suppressions for other tools are told where packs are on, and
// silence the rules of their checks where they are honored.
func TestForeign(t *testing.T) {
	many := &lint.Rule{Code: "SS9001", Name: "too-many", Severity: diag.Error, Peers: []string{"CKV_AZURE_97", "apiVersions-Should-Be-Recent"}, Run: tooMany.Run}
	packs := map[diag.Code]diag.Severity{"SS9001": diag.Info}
	const capacity = `"sku": {"capacity": 20}`
	for _, tt := range []struct {
		name, text string
		reported   string // the summary of the finding about the suppression
		reason     string // why the finding is silenced where suppressions are honored
	}{
		{"metadata of Checkov", set(capacity + `, "metadata": {"checkov": "CKV_AZURE_97:not here"}`), "this suppression of CKV_AZURE_97 (Checkov) does not silence SS9001", "Checkov CKV_AZURE_97: not here"},
		{"a list", set(capacity + `, "metadata": {"checkov": ["CKV_AZURE_1", "CKV_AZURE_97"]}`), "this suppression of CKV_AZURE_97 (Checkov) does not silence SS9001", "Checkov CKV_AZURE_97: no reason given"},
		{"a comment", set(capacity + ` /* checkov:skip=CKV_AZURE_1,CKV_AZURE_97:known */`), "this suppression of CKV_AZURE_97 (Checkov) does not silence SS9001", "Checkov CKV_AZURE_97: known"},
		{"arm-ttk", set(capacity + `, "metadata": ["disable-apiVersions-should-be-recent"]`), "this suppression of apiVersions-should-be-recent (arm-ttk) does not silence SS9001", "arm-ttk apiVersions-should-be-recent: no reason given"},
		{"another check", set(capacity + `, "metadata": {"checkov": "CKV_AZURE_1"}`), "", ""},
		{"nothing found", set(`"sku": {"capacity": 2}, "metadata": {"checkov": "CKV_AZURE_97"}`), "", ""},
		{"outside resources", "// checkov:skip=CKV_AZURE_97\n" + set(capacity), "", ""},
		{"no text", set(capacity + `, "metadata": {"checkov": [1, null, {}]}`), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, c := range []struct {
				options          lint.Options
				reported, reason string
			}{
				{lint.Options{}, "", ""},
				{lint.Options{Packs: packs}, tt.reported, ""},
				{lint.Options{HonorForeign: true}, "", tt.reason},
				{lint.Options{HonorForeign: true, Packs: packs}, "", tt.reason},
			} {
				r, err := lint.NewRunner([]*lint.Rule{many}, c.options)
				if err != nil {
					t.Fatal(err)
				}
				tmpl := template(t, tt.text)
				reported, reason := "", ""
				for _, d := range r.Suppress([]*jsonc.Tree{tmpl.Tree}, r.Check(tmpl)) {
					switch {
					case d.Code == lint.CodeSuppressionForeign:
						reported = d.Summary
					case d.Suppressed != nil:
						reason = d.Suppressed.Reason
					}
				}
				if diff := cmp.Diff([]string{c.reported, c.reason}, []string{reported, reason}); diff != "" {
					t.Errorf("with packs %v, honored %v (-want +got):\n%s", c.options.Packs, c.options.HonorForeign, diff)
				}
			}
		})
	}
}
