package declared_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/declared"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// setting is the only autoscale setting of a template with these profiles.
func setting(t *testing.T, profiles string) *vmss.AutoscaleSetting {
	t.Helper()
	text := `{"parameters": {"n": {"type": "int"}}, "resources": [{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "scale",
  "properties": {"enabled": true, "profiles": [` + profiles + `]}}]}`
	d := expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{})
	all := vmss.New(d).Autoscale
	if len(all) != 1 {
		t.Fatalf("%d settings", len(all))
	}
	return all[0]
}

const rule = `{"metricTrigger": {"metricName": "CPU", "metricResourceUri": "/ID", "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M",
  "timeAggregation": "average", "operator": "greaterthan", "threshold": 70}, "scaleAction": {"direction": "increase", "type": "ChangeCount", "value": "2", "cooldown": "PT10M"}}`

func TestSetting(t *testing.T) {
	got, missing := declared.Setting(setting(t, `
    {"name": "night", "capacity": {"minimum": "1", "maximum": "9", "default": "2"}, "rules": [`+rule+`],
     "recurrence": {"frequency": "Week", "schedule": {"timeZone": "UTC", "days": ["monday", "Friday"], "hours": [6], "minutes": [30]}}},
    {"name": "sale", "capacity": {"minimum": 3, "maximum": 9, "default": 3}, "rules": [],
     "fixedDate": {"timeZone": "UTC", "start": "2026-01-01T00:00", "end": "2026-01-02T01:00:00Z"}}`))
	want := autoscale.Setting{Name: "scale", Enabled: true, Profiles: []autoscale.Profile{
		{
			Name: "night", Minimum: 1, Maximum: 9, Default: 2,
			Rules: []autoscale.Rule{{
				Metric: "CPU", Resource: "/id", Operator: autoscale.GreaterThan, Threshold: 70, Aggregation: autoscale.Average,
				Direction: autoscale.Increase, Change: autoscale.ChangeCount, Value: 2, Grain: time.Minute, Window: 5 * time.Minute, Cooldown: 10 * time.Minute,
			}},
			Recurrence: &autoscale.Recurrence{Location: time.UTC, Days: []time.Weekday{time.Monday, time.Friday}, Hours: []int{6}, Minutes: []int{30}},
		},
		{
			Name: "sale", Minimum: 3, Maximum: 9, Default: 3,
			Fixed: &autoscale.FixedDate{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 1, 2, 1, 0, 0, 0, time.UTC)},
		},
	}}
	same := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, got, same); diff != "" || len(missing) > 0 {
		t.Errorf("%d are missing (-want +got):\n%s", len(missing), diff)
	}
}

// What is unknown or wrong is listed by its place, and its profile is left out.
func TestMissing(t *testing.T) {
	for profile, want := range map[string]string{
		`{"name": "p", "capacity": {"minimum": "[parameters('n')]", "maximum": "9", "default": "2"}, "rules": []}`: "/resources/0/properties/profiles/0/capacity/minimum",
		`{"name": "p", "capacity": {"minimum": "1", "maximum": "9", "default": "2"}, "rules": [],
		  "recurrence": {"frequency": "Week", "schedule": {"timeZone": "UTC", "days": ["someday"], "hours": [6], "minutes": [0]}}}`: "/resources/0/properties/profiles/0/recurrence/schedule/days/0",
		`{"name": "p", "capacity": {"minimum": "1", "maximum": "9", "default": "2"}, "rules": [],
		  "recurrence": {"frequency": "Week", "schedule": {"timeZone": "UTC", "days": ["Monday"], "hours": ["six"], "minutes": [0]}}}`: "/resources/0/properties/profiles/0/recurrence/schedule/hours/0",
		`{"name": "p", "capacity": {"minimum": "1", "maximum": "9", "default": "2"}, "rules": [], "fixedDate": {"timeZone": "Nowhere", "start": "2026-01-01", "end": "2026-01-02"}}`: "/resources/0/properties/profiles/0/fixedDate/timeZone",
	} {
		got, missing := declared.Setting(setting(t, profile))
		if len(got.Profiles) != 0 || len(missing) != 1 || missing[0].Pointer() != want {
			t.Errorf("%s:\n%d profiles, missing %v, want %s", profile, len(got.Profiles), missing, want)
		}
	}
}
