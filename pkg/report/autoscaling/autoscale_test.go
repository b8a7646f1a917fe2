package autoscaling

import (
	"math"
	"testing"
	"time"
	"unicode/utf8"
)

func TestChart(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name      string
		values    []float64
		width     int
		line      string
		low, high float64
	}{
		{"rising", []float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, "▁▂▃▄▅▆▇█", 0, 7},
		{"the highest of each cell", []float64{0, 9, 1, 1}, 2, "█▂", 0, 9},
		{"equal", []float64{3, 3, 3}, 10, "▁▁▁", 3, 3},
		{"not measured", []float64{1, nan, 2}, 3, "▁ █", 1, 2},
		{"negative", []float64{-7, 0}, 2, "▁█", -7, 0},
	}
	for _, tt := range tests {
		line, low, high := chart(tt.values, tt.width)
		if line != tt.line || low != tt.low || high != tt.high {
			t.Errorf("%s: %q %v %v, want %q %v %v", tt.name, line, low, high, tt.line, tt.low, tt.high)
		}
	}
	for n := range 200 { // every sample is in a cell, and there are no more cells than asked for
		values := make([]float64, n)
		if n > 0 {
			values[n-1] = 1
		}
		line, _, high := chart(values, 40)
		if cells := utf8.RuneCountInString(line); cells != min(n, 40) || n > 0 && high != 1 {
			t.Fatalf("%d values: %d cells, highest %v", n, cells, high)
		}
	}
}

func TestISOSpan(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"PT0S": 0, "PT5M": 5 * time.Minute, "PT1H30M": 90 * time.Minute, "P7D": 7 * 24 * time.Hour, "P1DT12H": 36 * time.Hour, "PT45S": 45 * time.Second,
	} {
		if got := isoSpan(d); got != want {
			t.Errorf("%v is %s, want %s", d, got, want)
		}
	}
}
