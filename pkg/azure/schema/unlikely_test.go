package schema

import "testing"

func TestUnlikely(t *testing.T) {
	for _, c := range []struct {
		provider, version string
		want              bool
	}{
		{"Microsoft.Network", "2015-06-17", true},
		{"Microsoft.Network", "2015-06-15", false},
		{"Microsoft.Network", "2017-04-01", false}, // not in any specification, and in many templates
		{"Microsoft.Storage", "2018-07-03", true},
		{"Microsoft.Storage", "2012-01-01", true},
		{"Microsoft.Storage", "2014-06-01", false},
		{"Microsoft.OperationalInsights", "2017-03-15-preview", false},
		{"Contoso.Unknown", "2018-07-03", false},
	} {
		if got := unlikely(c.provider, c.version); got != c.want {
			t.Errorf("%s %s: %v", c.provider, c.version, got)
		}
	}
	for version, want := range map[string]bool{"2019-06-01-prevew": true, "2019-06-01-preview": false, "2019-06-01": false, "2019-06-01-alpha": false, "2019-06-01-privatepreview": false} {
		if got := misspelled(version); got != want {
			t.Errorf("misspelled(%s) = %v", version, got)
		}
	}
}
