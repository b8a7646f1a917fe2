// Package metrics reads the saved output of az monitor metrics list -o json, or
// the answer of the REST API, as the series that a replay takes.
//
//	series, err := metrics.Parse("cpu.json", text)
//
// Errors are for the user.
package metrics

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

const hint = "save the output of: az monitor metrics list --resource ID --metric \"Percentage CPU\" --interval PT1M -o json"

// maxSamples and maxMetrics bound what is read: 30 days at PT1M are 43,200
// samples, and a request names at most 20 metrics.
const (
	maxSamples = 1_000_000
	maxMetrics = 100
	maxValues  = 5_000_000 // samples times metrics
)

// IsJSON reports whether a text is JSON and not CSV, by its first character.
func IsJSON(text []byte) bool {
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\uFEFF")), " \t\r\n")
	utf16 := len(text) > 1 && (text[0] == 0xFF && text[1] == 0xFE || text[0] == 0xFE && text[1] == 0xFF)
	return utf16 || len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// Parse parses a saved answer: an object with a list of metrics under "value". Of each
// point it uses the average, or else the total, the maximum, the minimum or the count,
// whichever the answer has. It averages the series of a metric that is split by a
// dimension; if the dimension is VMName, the number of series with a value is the
// number of instances that shared the load. name is the name of the file in errors,
// which are for the user.
func Parse(name string, text []byte) (autoscale.Series, error) {
	var none autoscale.Series
	root, err := savedjson.Parse(text)
	if err != nil {
		return none, fmt.Errorf("%s %w; %s", name, err, hint)
	}
	list := root
	if root.IsObject() {
		list = member(root, "value")
	}
	if !list.IsArray() {
		return none, fmt.Errorf("%s is not a list of metrics; %s", name, hint)
	}
	r := reader{name: name}
	list.ForEach(func(_, m gjson.Result) bool {
		err = r.metric(m)
		return err == nil
	})
	if err != nil {
		return none, err
	}
	if len(r.points) == 0 {
		return none, fmt.Errorf("%s has no values; %s", name, hint)
	}
	return r.series()
}

// A reader gathers the points of all metrics.
type reader struct {
	name    string
	metrics []string
	points  []point
}

// A point is a value of one series of a metric.
type point struct {
	at       int64 // Unix time in nanoseconds
	value    float64
	metric   int32
	instance bool // of a series for one instance
}

func (r *reader) metric(m gjson.Result) error {
	name := member(member(m, "name"), "value").String()
	if name == "" {
		return fmt.Errorf("%s has a metric without a name; %s", r.name, hint)
	}
	if slices.ContainsFunc(r.metrics, func(s string) bool { return strings.EqualFold(s, name) }) {
		return fmt.Errorf("%s has the metric %q twice; save each metric once", r.name, name)
	}
	if len(r.metrics) == maxMetrics {
		return fmt.Errorf("%s has more than %d metrics; save only those that the rules use", r.name, maxMetrics)
	}
	r.metrics = append(r.metrics, name)
	var err error
	member(m, "timeseries").ForEach(func(_, series gjson.Result) bool {
		instance := false
		member(series, "metadatavalues").ForEach(func(_, d gjson.Result) bool {
			instance = instance || strings.EqualFold(member(member(d, "name"), "value").String(), "VMName")
			return true
		})
		member(series, "data").ForEach(func(_, p gjson.Result) bool {
			err = r.point(len(r.metrics)-1, instance, p)
			return err == nil
		})
		return err == nil
	})
	return err
}

func (r *reader) point(metric int, instance bool, p gjson.Result) error {
	written := member(p, "timeStamp").String()
	at, err := time.Parse(time.RFC3339Nano, written)
	if err != nil {
		return fmt.Errorf("%s has a point whose timeStamp is not a time; %s", r.name, hint)
	}
	value := math.NaN()
	for _, aggregation := range []string{"average", "total", "maximum", "minimum", "count"} {
		if v := member(p, aggregation); v.Type == gjson.Number {
			value = v.Num
			break
		}
	}
	if len(r.points) == maxValues {
		return fmt.Errorf("%s has more than %d values, the limit of a replay; save a shorter time or a longer interval", r.name, maxValues)
	}
	r.points = append(r.points, point{at.UnixNano(), value, int32(metric), instance})
	return nil
}

// series puts the points in order.
func (r *reader) series() (autoscale.Series, error) {
	slices.SortStableFunc(r.points, func(a, b point) int { return cmp.Compare(a.at, b.at) })
	times := 1
	for i := 1; i < len(r.points); i++ {
		if r.points[i].at != r.points[i-1].at {
			times++
		}
	}
	if times > maxSamples || times*len(r.metrics) > maxValues {
		return autoscale.Series{}, fmt.Errorf("%s has more than %d values, the limit of a replay; save a shorter time or fewer metrics", r.name, maxValues)
	}
	out := autoscale.Series{Metrics: r.metrics, Samples: make([]autoscale.Sample, 0, times)}
	sums, counts, instances := make([]float64, len(r.metrics)), make([]int, len(r.metrics)), make([]int, len(r.metrics))
	for left := r.points; len(left) > 0; {
		at := left[0].at
		clear(sums)
		clear(counts)
		clear(instances)
		for ; len(left) > 0 && left[0].at == at; left = left[1:] {
			p := left[0]
			if math.IsNaN(p.value) || math.IsInf(p.value, 0) {
				continue
			}
			sums[p.metric] += p.value
			counts[p.metric]++
			if p.instance {
				instances[p.metric]++
			}
		}
		s := autoscale.Sample{Time: time.Unix(0, at).UTC(), Values: make([]float64, len(r.metrics)), Instances: slices.Max(instances)}
		for i := range s.Values {
			s.Values[i] = math.NaN()
			if counts[i] > 0 {
				s.Values[i] = sums[i] / float64(counts[i])
			}
		}
		out.Samples = append(out.Samples, s)
	}
	return out, nil
}

// member is the member of an object by its name, ignoring case.
func member(v gjson.Result, name string) (found gjson.Result) {
	if !v.IsObject() {
		return found
	}
	v.ForEach(func(key, value gjson.Result) bool {
		if strings.EqualFold(key.Str, name) {
			found = value
		}
		return !found.Exists()
	})
	return found
}
