package funcs_test

import (
	"net/netip"
	"testing"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

func FuzzFormat(f *testing.F) {
	for _, s := range []string{"{0}", "{0,-8:D3}|{{}}", "{0:#,##0.00;(0)}", "{0:0.0E+00}", "{0:F20}", "{", "}", "{0:'}"} {
		f.Add(s, int64(-42), 2.5)
	}
	f.Fuzz(func(t *testing.T, format string, n int64, x float64) {
		for _, v := range []value.Value{value.Int(n), value.Number{Text: value.FormatFloat(x)}} {
			got, err := apply(t, "format", value.String(format), v)
			if err == nil && utf8.ValidString(format) && !utf8.ValidString(string(got.(value.String))) {
				t.Errorf("%q gives broken text %q", format, got)
			}
		}
	})
}

func FuzzDateTimeAdd(f *testing.F) {
	f.Add("2015-11-01T23:59:59.1234567Z", "-P1Y2M3DT4H5M6.7S", "dddd, dd MMMM yyyy 'at' h:mm tt K")
	f.Add("Wed, 06 May 2015 12:00:00 GMT", "P", "o")
	f.Fuzz(func(t *testing.T, base, duration, format string) {
		if _, err := apply(t, "dateTimeAdd", value.String(base), value.String(duration), value.String(format)); err != nil {
			return
		}
		v, err := apply(t, "dateTimeAdd", value.String(base), value.String(duration), value.String("o"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := apply(t, "dateTimeToEpoch", v); err != nil {
			t.Errorf("%s is not read back: %v", v, err)
		}
	})
}

func FuzzCidrSubnet(f *testing.F) {
	f.Add("10.0.0.0/16", int64(24), int64(3))
	f.Add("fd00::/48", int64(64), int64(65535))
	f.Fuzz(func(t *testing.T, network string, bits, index int64) {
		apply(t, "cidrHost", value.String(network), value.Int(index))
		v, err := apply(t, "cidrSubnet", value.String(network), value.Int(bits), value.Int(index))
		if err != nil {
			return
		}
		part, whole := netip.MustParsePrefix(string(v.(value.String))), netip.MustParsePrefix(network)
		if !whole.Overlaps(part) || int64(part.Bits()) != bits || part != part.Masked() {
			t.Errorf("%s is not a part /%d of %s", part, bits, whole)
		}
	})
}

func FuzzURI(f *testing.F) {
	f.Add("https://contoso.com/a/", "b c/%zz?x")
	f.Fuzz(func(t *testing.T, base, rel string) {
		apply(t, "uri", value.String(base), value.String(rel))
		apply(t, "dataUriToString", value.String(base))
		v, err := apply(t, "uriComponent", value.String(rel))
		if err != nil || !utf8.ValidString(rel) {
			return
		}
		back, err := apply(t, "uriComponentToString", v)
		if err != nil || back != value.Value(value.String(rel)) {
			t.Errorf("%q becomes %v, and %v back (%v)", rel, v, back, err)
		}
	})
}
