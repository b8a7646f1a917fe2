package funcs_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

func TestReadTimes(t *testing.T) {
	const noon = 1430913600 // 2015-05-06T12:00:00Z
	for in, want := range map[string]int64{
		"2015-05-06T12:00:00Z":            noon,
		" 2015-05-06 12:00 ":              noon,
		"2015-05-06T14:00:00+02:00":       noon,
		"2015-05-06T14:00:00 +0200":       noon,
		"2015-05-06T14:00:00+02":          noon,
		"2015-05-06t12:00:00.9999999z":    noon,
		"2015/05/06 12:00:00":             noon,
		"05/06/2015 12:00 PM":             noon,
		"5/6/2015 12:00:00 pm":            noon,
		"Wed, 06 May 2015 12:00:00 GMT":   noon,
		"6 May 2015 12:00":                noon,
		"May 6, 2015 12:00":               noon,
		"Wednesday, 06 May 2015 12:00:00": noon,
		"20150506T120000Z":                noon,
		"2015-05-06":                      noon - 12*3600,
		"2015-05":                         noon - 12*3600 - 5*86400,
		"0001-01-01T00:00:00Z":            -62135596800,
		"9999-12-31T23:59:59Z":            253402300799,
	} {
		v, err := apply(t, "dateTimeToEpoch", value.String(in))
		if err != nil || v != value.Value(value.Int(want)) {
			t.Errorf("%s: got %v (%v), want %d", in, v, err, want)
		}
	}
	for _, in := range []string{"", "2015", "2015-02-30", "2015-05-06T25:00:00Z", "2015-05-06T12:00:00+15:00", "12:00", "2015-05-06T12:00:00X", "0001-01-01T00:00:00+01:00"} {
		if v, err := apply(t, "dateTimeToEpoch", value.String(in)); err == nil {
			t.Errorf("%q: got %v, want an error", in, v)
		}
	}
}

func TestDurations(t *testing.T) {
	for in, want := range map[string]string{
		"P1Y":              "2016-01-01T00:00:00Z",
		"-P1Y":             "2014-01-01T00:00:00Z",
		"P1Y2M3DT4H5M6.5S": "2016-03-04T04:05:06Z",
		"PT0S":             "2015-01-01T00:00:00Z",
		"PT36H":            "2015-01-02T12:00:00Z",
		"-PT1S":            "2014-12-31T23:59:59Z",
		"P400Y":            "2414-09-26T00:00:00Z",
	} {
		v, err := apply(t, "dateTimeAdd", value.String("2015-01-01"), value.String(in))
		if err != nil || v != value.Value(value.String(want)) {
			t.Errorf("%s: got %v (%v), want %s", in, v, err, want)
		}
	}
	for _, in := range []string{"", "P", "PT", "1D", "P1", "P1S", "PT1D", "P1D2Y", "P1DT", "P-1D", "P1.5D", "PT1.S", "PT.5S", "P1D1D", "P1W", "p1d", "P99999999999D", "+P1D"} {
		if v, err := apply(t, "dateTimeAdd", value.String("2015-01-01"), value.String(in)); err == nil {
			t.Errorf("%q: got %v, want an error", in, v)
		}
	}
}

// TestTimeFormats has the examples of .NET's documentation.
//
// https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
func TestTimeFormats(t *testing.T) {
	for format, want := range map[string]string{
		"d": "06/05/2009", "D": "Friday, 05 June 2009", "f": "Friday, 05 June 2009 13:45", "F": "Friday, 05 June 2009 13:45:30",
		"g": "06/05/2009 13:45", "G": "06/05/2009 13:45:30", "M": "June 05", "o": "2009-06-05T13:45:30.0900000-07:00",
		"R": "Fri, 05 Jun 2009 20:45:30 GMT", "s": "2009-06-05T13:45:30", "t": "13:45", "T": "13:45:30",
		"u": "2009-06-05 20:45:30Z", "y": "2009 June",
		"": "06/05/2009 13:45:30 -07:00", "%h": "1", "hh": "01", "%H": "13", "%t": "P", "tt": "PM", "%y": "9", "yy": "09", "yyy": "2009", "yyyyy": "02009",
		"ddd": "Fri", "MMM": "Jun", "%f": "0", "ff": "09", "%F": "", "FF": "09", "ss.FFFF": "30.09", "ss.F": "30",
		"%z": "-7", "zz": "-07", "zzz": "-07:00", "%K": "-07:00", "%g": "A.D.", `h \h m \m`: "1 h 45 m", "'at' HH\"h\"": "at 13h",
	} {
		v, err := apply(t, "dateTimeAdd", value.String("2009-06-05T13:45:30.09-07:00"), value.String("PT0S"), value.String(format))
		if err != nil || v != value.Value(value.String(want)) {
			t.Errorf("%q: got %v (%v), want %q", format, v, err, want)
		}
	}
	for _, format := range []string{"x", "U", "'open", `yyyy\`, "yyyy%", "%%", "ffffffff"} {
		if v, err := apply(t, "dateTimeAdd", value.String("2009-06-05"), value.String("PT0S"), value.String(format)); err == nil {
			t.Errorf("%q: got %v, want an error", format, v)
		}
	}
}
