package custom

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// FuzzRule compiles and evaluates any expression: it does not panic, ends, and no
// message has a secret.
func FuzzRule(f *testing.F) {
	for _, e := range []string{
		"set.sku in ['a']", "resource.tags.all(k, v, k != v)", "!has(resource.a.b) || resource.?a.?b.orValue(1) == 1",
		"deployment.resources.exists(r, r.type.matches('^a.*'))", "parameters.count / 0 > 1", "resource == resource", "set.limits['capacity'] > 3",
		"resource.zones + ['x'] == resource.zones", "size(resource.zones.map(z, z + z)) == 2", "parameters.password", "((((((((1))))))))", "'\\u0000' in resource",
	} {
		f.Add(e)
	}
	view := viewOf(f, template, new(secret.Set))
	f.Fuzz(func(t *testing.T, e string) {
		if len(e) > settings.MaxExpression || strings.ContainsAny(e, "\r\n") {
			return
		}
		quoted := "'" + strings.ReplaceAll(e, "'", "''") + "'"
		text := one("for: scale-sets\nassert: " + quoted + "\nmessage: 'm'")
		rules := loaded(t, text)
		if rules == nil {
			return
		}
		if said, err := lint.NewRunner(rules, lint.Options{}); err == nil {
			for _, d := range said.Check(view) {
				if strings.Contains(d.Summary+d.Detail, "Horse-Battery") {
					t.Errorf("%s: %s", e, d.Summary)
				}
				if d.Rule == "rule-failed" {
					t.Errorf("%s: %s", e, d.Summary)
				}
			}
		}
	})
}
