package autoscale_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

func TestReadCSV(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 1, 31, h, m, 0, 0, time.UTC) }
	want := autoscale.Series{Metrics: []string{"Percentage CPU", "Queue"}, Samples: []autoscale.Sample{
		{Time: at(8, 0), Values: []float64{40.5, 3}, Instances: 2},
		{Time: at(8, 5), Values: []float64{math.NaN(), -1e3}},
	}}
	for name, text := range map[string]string{
		"commas":     "time,Percentage CPU,instances,Queue\n2026-01-31T08:00:00Z,40.5,2,3\n2026-01-31T09:05:00+01:00,,,-1e3\n",
		"semicolons": "\uFEFFTimestamp; Percentage CPU; instances; Queue\r\n2026-01-31 08:00;40.5;2;3\r\n2026-01-31 08:05:00; ;;-1000\r\n",
		"quotes":     "\"Date\",\"Percentage CPU\",\"Instances\",Queue\n2026-01-31T08:00,40.5,2,3\n2026-01-31T08:05,,,-1000",
	} {
		got, err := autoscale.ReadCSV("load.csv", strings.NewReader(text), 0)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range got.Samples {
			got.Samples[i].Time = got.Samples[i].Time.UTC()
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// many are the names of n columns.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ",m%d", i+1)
	}
	return b.String()
}

// TestReadCSVValues: many metrics mean fewer samples.
func TestReadCSVValues(t *testing.T) {
	text := "time" + many(100) + "\n" + strings.Repeat("2026-01-01"+strings.Repeat(",1", 100)+"\n", 50_001)
	_, err := autoscale.ReadCSV("l.csv", strings.NewReader(text), 0)
	if want := "l.csv:50002:1: the file has more than 5000000 values, the limit; use longer intervals or fewer metrics"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestReadCSVMistakes(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "l.csv:1:1: the file is empty; it needs a header with time and the metrics"},
		{"time,cpu\n", "l.csv:1:1: the file has a header but no samples"},
		{"when,cpu\n", "l.csv:1:1: there is no column \"time\"; the file must be CSV with a header, or saved from az monitor metrics list -o json"},
		{"time,instances\n", "l.csv:1:1: there is no metric column; name columns like the metrics of the rules, such as Percentage CPU"},
		{"time,cpu,CPU\n", `l.csv:1:10: two columns are named "CPU"`},
		{"time,,cpu\n", "l.csv:1:6: the column has no name"},
		{"time,cpu\n2026-01-31,1\n31.1.2026,1\n", `l.csv:3:1: "31.1.2026" is not a time; write it as 2026-01-31T08:00:00Z`},
		{"time,cpu\n2026-01-31,1\n2026-01-30,1\n", "l.csv:3:1: 2026-01-30 is earlier than the previous sample; sort the rows by time"},
		{"time,cpu\n2026-01-31,4 %\n", `l.csv:2:12: "4 %" is not a number, in column cpu`},
		{"time,cpu\n2026-01-31,NaN\n", `l.csv:2:12: "NaN" is not a number, in column cpu`},
		{"time,cpu,instances\n2026-01-31,1,-1\n", `l.csv:2:14: "-1" is not a number of instances`},
		{"time,cpu\n2026-01-31,1,2\n", "l.csv:2:1: the row must have 2 cells, like the header"},
		{"time,cpu\n2026-01-31,\"1\n", `l.csv:2:15: extraneous or missing " in quoted-field`},
		{"time," + strings.Repeat("m", 70_000) + "\n", "l.csv:1:1: the row has more than 65536 bytes, the limit"},
		{"time,cpu\n2026-01-31,1\n2026-01-31,1" + strings.Repeat("0", 150_000) + "\n", "l.csv:3:1: the row has more than 65536 bytes, the limit"},
		{"time,cpu\n2026-01-31,\"" + strings.Repeat("1\n", 80_000) + "\n", "l.csv:2:1: the row has more than 65536 bytes, the limit"},
		{"time,cpu\n2026-01-31,x" + strings.Repeat("0", 1000) + "\n", `l.csv:2:12: "x` + strings.Repeat("0", 99) + `..." is not a number, in column cpu`},
		{"time,m0" + many(100) + "\n", "l.csv:1:396: the file has more than 100 metrics, the limit; save only those that the rules use"},
		{"time,cpu\n2026-01-01,1\n2026-01-02,1\n2026-01-03,1\n2026-01-04,1\n", "l.csv:5:1: the file has more than 3 samples, the limit; use longer intervals"},
	}
	for _, tt := range tests {
		_, err := autoscale.ReadCSV("l.csv", strings.NewReader(tt.text), 3)
		var mistake *autoscale.CSVError
		if !errors.As(err, &mistake) || mistake.Error() != tt.want {
			t.Errorf("%.200q:\ngot  %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("time,cpu\n2026-01-31,1\n")
	f.Add("time;cpu;instances\n2026-01-31 08:00;1;2\n")
	f.Add("time,\"c\npu\"\n2026-01-31,\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := autoscale.ReadCSV("l.csv", strings.NewReader(text), 100)
		var mistake *autoscale.CSVError
		if err != nil && (!errors.As(err, &mistake) || mistake.Line < 1 || mistake.Column < 1) {
			t.Errorf("%q: %v", text, err)
		}
		for _, sample := range s.Samples {
			if len(sample.Values) != len(s.Metrics) {
				t.Errorf("%q: %d values of %d metrics", text, len(sample.Values), len(s.Metrics))
			}
		}
	})
}

func TestLadder(t *testing.T) {
	p := autoscale.Profile{Minimum: 1, Maximum: 5, Rules: []autoscale.Rule{
		rule("cpu", autoscale.GreaterThanOrEqual, 80, autoscale.Increase, 1), rule("CPU", autoscale.LessThanOrEqual, 60, autoscale.Decrease, 1)}}
	want := []autoscale.Rung{{5, 4, 60, false}, {4, 3, 60, true}, {3, 2, 160. / 3, true}, {2, 1, 40, true}}
	if diff := cmp.Diff(want, p.Ladder(1, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := p.Ladder(0, 0); got != nil {
		t.Errorf("a scale-out rule has %v", got)
	}
	if got := p.Ladder(1, 2); len(got) != 2 {
		t.Errorf("limited to two: %v", got)
	}
}
