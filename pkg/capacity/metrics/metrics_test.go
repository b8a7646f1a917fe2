package metrics_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/metrics"
)

// saved is what az monitor metrics list prints, shortened: two metrics, of which
// one is split by instance.
const saved = `{"cost": 59, "interval": "PT5M", "namespace": "Microsoft.Compute/virtualMachineScaleSets", "timespan": "2026-01-31T08:00:00Z/2026-01-31T09:00:00Z", "value": [
 {"name": {"localizedValue": "Percentage CPU", "value": "Percentage CPU"}, "type": "Microsoft.Insights/metrics", "unit": "Percent", "timeseries": [
  {"metadatavalues": [{"name": {"value": "vmname"}, "value": "web_0"}], "data": [{"average": 80.0, "timeStamp": "2026-01-31T08:05:00+00:00"}, {"average": 60.0, "count": null, "timeStamp": "2026-01-31T08:00:00+00:00"}]},
  {"metadatavalues": [{"name": {"value": "vmname"}, "value": "web_1"}], "data": [{"average": 40.0, "timeStamp": "2026-01-31T08:00:00+00:00"}, {"average": null, "timeStamp": "2026-01-31T08:05:00+00:00"}]}]},
 {"name": {"value": "Network In Total"}, "timeseries": [{"metadatavalues": [], "data": [{"total": 7.0, "timeStamp": "2026-01-31T08:05:00Z"}]}]}]}`

func TestParse(t *testing.T) {
	s, err := metrics.Parse("cpu.json", []byte(saved))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(s.Metrics, len(s.Samples)); got != "[Percentage CPU Network In Total] 2" {
		t.Fatal(got)
	}
	first, second := s.Samples[0], s.Samples[1]
	if first.Values[0] != 50 || !math.IsNaN(first.Values[1]) || first.Instances != 2 || !first.Time.Before(second.Time) {
		t.Errorf("the first sample is %+v", first)
	}
	if second.Values[0] != 80 || second.Values[1] != 7 || second.Instances != 1 {
		t.Errorf("the second sample is %+v", second)
	}
}

func TestParseMistakes(t *testing.T) {
	for text, want := range map[string]string{
		``: "is empty", `{`: "is not JSON", `{"value": 3}`: "is not a list of metrics", `[]`: "has no values", `[{"timeseries": []}]`: "a metric without a name",
		`[{"name": {"value": "a"}}, {"name": {"value": "A"}}]`:                                     `the metric "A" twice`,
		`[{"name": {"value": "a"}, "timeseries": [{"data": [{"timeStamp": "C@nary"}]}]}]`:          "not a time",
		`[` + strings.Repeat(`{"name":{"value":"x"}},`, 1) + `{"name":{"value":"y"}}, {"name":3}]`: "a metric without a name",
	} {
		_, err := metrics.Parse("m.json", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "m.json") || strings.Contains(err.Error(), "C@nary") {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestIsJSON(t *testing.T) {
	for text, want := range map[string]bool{" {": true, "[": true, "time,cpu": false, "": false, "\uFEFF[": true, "\xFF\xFE[\x00": true} {
		if got := metrics.IsJSON([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(saved))
	f.Add([]byte(`[{"name":{"value":"a"},"timeseries":[{"data":[{"timeStamp":"2026-01-31T08:00:00Z","average":1e308},{"timeStamp":"2026-01-31T08:00:00Z","average":1e308}]}]}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := metrics.Parse("m", text)
		if err == nil && len(s.Samples) == 0 {
			t.Error("no samples and no error")
		}
		for i := 1; i < len(s.Samples); i++ {
			if s.Samples[i].Time.Before(s.Samples[i-1].Time) {
				t.Error("the samples are not in order")
			}
		}
	})
}
