package funcs

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const dateDocs = docs + "date#"

var dateFuncs = []Func{
	{Name: "dateTimeAdd", Family: "date", Result: "string", Params: []Param{{Name: "base", Type: "string"}, {Name: "duration", Type: "string"}, {Name: "format", Type: "string"}}, Min: 2, Answer: dateTimeAdd,
		Doc: "A time plus a duration such as P1DT2H, in a .NET format.", Source: dateDocs + "datetimeadd"},
	{Name: "dateTimeFromEpoch", Family: "date", Result: "string", Params: []Param{{Name: "epochTime", Type: "int"}}, Min: 1, Answer: dateTimeFromEpoch,
		Doc: "The time that is a number of seconds after the start of 1970 (UTC).", Source: dateDocs + "datetimefromepoch"},
	{Name: "dateTimeToEpoch", Family: "date", Result: "int", Params: []Param{{Name: "dateTime", Type: "string"}}, Min: 1, Answer: dateTimeToEpoch,
		Doc: "The number of seconds from the start of 1970 (UTC) to a time.", Source: dateDocs + "datetimetoepoch"},
	{Name: "newGuid", Family: "string", Result: "string", Where: InParameter, Answer: atDeployment,
		Doc: "A new GUID in each deployment; allowed only in the default of a parameter.", Source: stringDocs + "newguid"},
	{Name: "utcNow", Family: "date", Result: "string", Params: []Param{{Name: "format", Type: "string"}}, Where: InParameter, Answer: atDeployment,
		Doc: "The time of the deployment, in a .NET format.", Source: dateDocs + "utcnow"},
}

// defaultTime is the format of a time if the call has none. Its Z is a literal
// letter: a time with an offset is not converted.
const defaultTime = "yyyy-MM-ddTHH:mm:ssZ"

func dateTimeAdd(c *Call) (value.Value, error) {
	args, err := c.strs(0)
	if err != nil {
		return nil, err
	}
	t, ok := parseTime(args[0])
	if !ok {
		return nil, wrong(0, "must be a time such as 2020-04-07T14:53:14Z, not '%s'", clip(args[0]))
	}
	d, ok := parseDuration(args[1])
	if !ok {
		return nil, wrong(1, "must be an ISO 8601 duration such as P1M, PT36H or -P9D (without weeks), not '%s'", clip(args[1]))
	}
	if t = d.after(t); !inYears(t) {
		return nil, wrong(1, "leads to a year outside 1 to 9999: %s after %s", args[1], args[0])
	}
	layout := defaultTime
	if len(args) > 2 {
		layout = args[2]
	}
	text, err := formatTime(t, layout)
	if err != nil {
		return nil, wrong(2, "is not a valid .NET date format: %w", err)
	}
	return value.String(text), nil
}

func inYears(t time.Time) bool { return t.Year() >= 1 && t.Year() <= 9999 }

func dateTimeFromEpoch(c *Call) (value.Value, error) {
	var n int64
	switch v := c.Args[0].(type) {
	case value.Int:
		n = int64(v)
	case value.String:
		var ok bool
		if n, ok = parseInt(string(v)); !ok {
			return nil, wrong(0, "must be a number of seconds, not '%s'", clip(string(v)))
		}
	default:
		return nil, wrongType(0, "an int", v)
	}
	const least, most int64 = -62135596800, 253402300799 // the years 1 to 9999
	if n < least || n > most {
		return nil, wrong(0, "must be from %d to %d (the years 1 to 9999), not %d", least, most, n)
	}
	text, err := formatTime(time.Unix(n, 0).UTC(), defaultTime)
	return value.String(text), err
}

func dateTimeToEpoch(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	t, ok := parseTime(s)
	if !ok {
		return nil, wrong(0, "must be a time such as 2020-04-07T14:53:14Z, not '%s'", clip(s))
	}
	return value.Int(t.Unix()), nil
}

// dayForms and clockForms are the formats of dates and times of day that .NET
// parses in the invariant culture, as layouts of package time. A fraction may
// follow the seconds.
const (
	dayForms   = "2006-1-2|2006/1/2|1/2/2006|1-2-2006|2006-1|2006 Jan 2|2 Jan 2006|2 January 2006|Jan 2, 2006|January 2, 2006|Jan 2 2006|January 2 2006|Mon, 2 Jan 2006|Monday, 2 January 2006|Monday, January 2, 2006"
	clockForms = "15:4:5|15:4|3:4:5 PM|3:4 PM|3:4:5PM|3:4PM|3 PM|3PM"
	zoneForms  = "|Z07:00|-07:00|-0700|-07"
	// packed is the default format of utcNow().
	packed = "20060102T150405Z"
)

// parseTime parses a time as .NET's DateTimeOffset.Parse does; without an
// offset it is in UTC.
func parseTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 64 { // longer than the longest format
		return time.Time{}, false
	}
	if t, err := time.Parse(packed, s); err == nil {
		return t, true
	}
	day, clock, offset := splitTime(s)
	d, ok := parseForms(day, dayForms)
	if !ok {
		return time.Time{}, false
	}
	clockTime := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	if clock != "" {
		if clockTime, ok = parseForms(clock, clockForms); !ok {
			return time.Time{}, false
		}
	}
	zone := time.UTC
	if offset != "" {
		z, ok := parseForms(strings.ToUpper(offset), zoneForms)
		if !ok {
			return time.Time{}, false
		}
		zone = z.Location()
		if _, seconds := z.Zone(); seconds > 14*3600 || seconds < -14*3600 {
			return time.Time{}, false // the range of .NET
		}
	}
	h, m, sec := clockTime.Clock()
	ticks := clockTime.Nanosecond() / 100 * 100
	t := time.Date(d.Year(), d.Month(), d.Day(), h, m, sec, ticks, zone)
	return t, inYears(t) && inYears(t.UTC())
}

func parseForms(s, forms string) (time.Time, bool) {
	for form := range strings.SplitSeq(forms, "|") {
		if t, err := time.Parse(form, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// splitTime splits text into date, time of day and offset. The time of day
// starts with the digits before the first colon, or before am or pm.
func splitTime(s string) (day, clock, offset string) {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		if n := len(s) - 1; n > 0 && (s[n] == 'Z' || s[n] == 'z') {
			return s[:n], "", "Z"
		}
		return s, "", ""
	}
	start := colon
	for start > 0 && s[start-1] >= '0' && s[start-1] <= '9' {
		start--
	}
	day, clock = strings.TrimRight(s[:start], " "), s[start:]
	if n := len(day) - 1; n > 0 && (day[n] == 'T' || day[n] == 't') {
		day = day[:n]
	}
	if i := strings.IndexAny(clock, "zZ+-"); i >= 0 {
		clock, offset = clock[:i], clock[i:]
	} else if rest, ok := strings.CutSuffix(clock, " GMT"); ok {
		clock, offset = rest, "Z"
	}
	return strings.TrimSpace(day), strings.ToUpper(strings.TrimSpace(clock)), strings.TrimSpace(offset)
}

// A duration is a number of whole days and a remainder, since a time.Duration
// alone is limited to 292 years.
type duration struct {
	days int
	rest time.Duration
}

func (d duration) after(t time.Time) time.Time {
	return t.AddDate(0, 0, d.days).Add(d.rest)
}

// parseDuration parses an ISO 8601 duration as .NET's XmlConvert.ToTimeSpan
// does: a year is 365 days, a month 30, weeks are not supported, and only
// seconds can have a fraction.
//
// https://learn.microsoft.com/dotnet/api/system.xml.xmlconvert.totimespan
func parseDuration(s string) (duration, bool) {
	sign := 1
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = -1, rest
	}
	s, ok := strings.CutPrefix(s, "P")
	if !ok {
		return duration{}, false
	}
	day, clock, hasClock := strings.Cut(s, "T")
	if day == "" && !hasClock || hasClock && clock == "" {
		return duration{}, false
	}
	var d duration
	days, err1 := units(day, "YMD", []int64{365, 30, 1})
	seconds, nanos, err2 := clockUnits(clock)
	if err1 != nil || err2 != nil {
		return duration{}, false
	}
	total := days + seconds/86400
	if total > 10_675_199 { // the days of a TimeSpan
		return duration{}, false
	}
	d.days = sign * int(total)
	d.rest = time.Duration(sign) * (time.Duration(seconds%86400)*time.Second + time.Duration(nanos))
	return d, true
}

var errDuration = errors.New("no duration")

// units adds up numbers with unit letters, each at most once and in order.
func units(s, letters string, factors []int64) (int64, error) {
	var sum int64
	for s != "" {
		i := strings.IndexAny(s, letters)
		if i <= 0 || i > 10 {
			return 0, errDuration
		}
		n, err := strconv.ParseUint(s[:i], 10, 31)
		if err != nil {
			return 0, errDuration
		}
		at := strings.IndexByte(letters, s[i])
		sum += int64(n) * factors[at]
		letters, factors = letters[at+1:], factors[at+1:]
		s = s[i+1:]
	}
	return sum, nil
}

// clockUnits returns the seconds and nanoseconds of a duration in hours,
// minutes and seconds.
func clockUnits(s string) (seconds, nanos int64, err error) {
	if whole, fraction, ok := strings.Cut(s, "."); ok {
		digits, ok := strings.CutSuffix(fraction, "S")
		if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
			return 0, 0, errDuration
		}
		nanos, _ = strconv.ParseInt((digits + "000000000")[:9], 10, 64)
		s = whole + "S"
	}
	seconds, err = units(s, "HMS", []int64{3600, 60, 1})
	return seconds, nanos, err
}
