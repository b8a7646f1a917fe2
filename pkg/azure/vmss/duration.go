package vmss

import (
	"strconv"
	"strings"
	"time"
)

// ParseDuration parses an ISO 8601 duration in the form that Azure uses: PT30M,
// PT1H30M, P7D, P1DT12H, PT0.5S. Years and months have no fixed length and are
// rejected; ok is false for all other text.
func ParseDuration(text string) (d time.Duration, ok bool) {
	rest, ok := strings.CutPrefix(strings.ToUpper(text), "P")
	if !ok || rest == "" {
		return 0, false
	}
	date, clock, timed := strings.Cut(rest, "T")
	if timed && clock == "" {
		return 0, false
	}
	days, ok := durationPart(date, "WD", 7*24*time.Hour, 24*time.Hour)
	if !ok {
		return 0, false
	}
	hours, ok := durationPart(clock, "HMS", time.Hour, time.Minute, time.Second)
	return days + hours, ok
}

// durationPart parses numbers, each followed by one of the units in order.
func durationPart(text, units string, lengths ...time.Duration) (sum time.Duration, ok bool) {
	for text != "" {
		end := strings.IndexAny(text, units)
		if end <= 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(text[:end], 64)
		at := strings.IndexByte(units, text[end])
		if err != nil || n < 0 || n > 1e6 || strings.ContainsAny(text[:end], "EXINP+-_") {
			return 0, false
		}
		sum += time.Duration(n * float64(lengths[at]))
		units, lengths, text = units[at+1:], lengths[at+1:], text[end+1:]
	}
	return sum, true
}
