package main

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

const printed = `goos: linux
BenchmarkTemplates/1-2         	     676	   1776000 ns/op	       534.0 KB/template	      1754 µs/template
BenchmarkTemplates/1000-2      	       1	1776000000 ns/op	       254.0 KB/template	      1205 µs/template
BenchmarkResources/10         	       1	1776000000 ns/op	       93.0 KB/resource	      376.5 µs/resource
PASS
`

// TestRead wants the figures of a benchmark for one unit to be multiplied by
// the number of units.
func TestRead(t *testing.T) {
	charts, err := read(strings.NewReader(printed))
	if err != nil || len(charts) != 4 {
		t.Fatalf("%v, %d charts", err, len(charts))
	}
	if got := charts[0]; got.unit != "template" || len(got.points) != 2 || got.points[1] != (point{1000, 1205}) {
		t.Errorf("time by templates: %+v", got)
	}
	if got := charts[3]; got.unit != "resource" || got.measure != "MB allocated" || got.points[0].y != 10*93.0/1024 {
		t.Errorf("memory by resources: %+v", got)
	}
	if _, err := read(strings.NewReader("PASS\n")); err == nil {
		t.Error("nothing was measured, and nobody says so")
	}
}

// TestDraw wants the picture to be valid XML and to show every point, and a
// chart with one point not to divide by zero.
func TestDraw(t *testing.T) {
	charts, err := read(strings.NewReader(printed))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := draw(&b, charts); err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(strings.NewReader(b.String())); ; {
		_, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(b.String(), "<circle"); n != 6 {
		t.Errorf("%d points, want 6", n)
	}
	for _, bad := range []string{"NaN", "Inf"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("the picture has %s in it", bad)
		}
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0.1: "0.1", 12.54: "12.5", 100: "100", 1000: "1,000", 250000: "250,000"} {
		if got := number(v); got != want {
			t.Errorf("number(%g) = %s, want %s", v, got, want)
		}
	}
}
