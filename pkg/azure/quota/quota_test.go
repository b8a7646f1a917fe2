package quota_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/quota"
)

const classic = `{"value":[
 {"limit":503,"unit":"Count","currentValue":5,"name":{"value":"cores","localizedValue":"Total Regional Cores"}},
 {"limit":350,"unit":"Count","currentValue":1,"name":{"value":"standardDv2Family","localizedValue":"Standard Dv2 Family Cores"}},
 {"unit":"Count","name":{"value":"broken"}}]}`

const az = `[
 {"localName":"Total Regional vCPUs","name":{"localizedValue":"Total Regional vCPUs","value":"cores"},"currentValue":"5","limit":"503"},
 {"localName":"Standard Dv2 Family vCPUs","name":{"localizedValue":"Standard Dv2 Family Cores","value":"standardDv2Family"},"currentValue":"1","limit":"350"}]`

func utf16(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, b := range []byte(text) {
		out = append(out, b, 0)
	}
	return out
}

func TestParseUsage(t *testing.T) {
	for name, text := range map[string][]byte{"classic": []byte(classic), "az": []byte(az), "BOM": []byte("\uFEFF" + az), "UTF-16": utf16(az)} {
		u, err := quota.ParseUsage("usage.json", text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, _ := u.Row("STANDARDDV2FAMILY")
		want := quota.Row{Name: "standardDv2Family", Label: "Standard Dv2 Family Cores", Limit: 350, Used: 1}
		if diff := cmp.Diff(want, got); diff != "" || len(u.Rows) != 2 || got.Left() != 349 {
			t.Errorf("%s: %d rows (-want +got):\n%s", name, len(u.Rows), diff)
		}
		if _, ok := u.Row("standardDSv3Family"); ok {
			t.Errorf("%s: a row that is not there", name)
		}
	}
}

func TestParseUsageMistakes(t *testing.T) {
	const hint = "; save the output of: az vm list-usage -l LOCATION -o json"
	tests := map[string]string{
		"": "u is empty" + hint, " \n": "u is empty" + hint, "[": "u is not JSON" + hint, `{"a":1}`: "u is not a list" + hint,
		"[]": "u lists no usage" + hint, `[{"name":"cores","limit":1,"currentValue":1}]`: "u lists no usage" + hint, "3": "u is not a list" + hint,
		`[{"name":{"value":"cores"},"limit":1e300,"currentValue":1}]`: "u lists no usage" + hint,
	}
	for text, want := range tests {
		_, err := quota.ParseUsage("u", []byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestParseSizes(t *testing.T) {
	skus := `[{"resourceType":"virtualMachines","name":"Standard_X9","family":"standardXFamily","capabilities":[{"name":"MemoryGB","value":"9"},{"name":"vCPUs","value":"9"}]},
	 {"resourceType":"disks","name":"P10"},{"name":"Standard_D2s_v3","family":"other","capabilities":[{"name":"vCPUs","value":"3"}]}]`
	s, err := quota.ParseSizes("skus.json", []byte(skus))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]quota.Size{
		"standard_x9":     {Name: "Standard_X9", Cores: 9, Family: "standardXFamily"},
		"Standard_D2s_v3": {Name: "Standard_D2s_v3", Cores: 3, Family: "other"},              // from the list, not the name
		"Standard_D4s_v3": {Name: "Standard_D4s_v3", Cores: 4, Family: "standardDSv3Family"}, // not in the list
		"Standard_P10":    {},
	}
	for name, size := range want {
		got, ok := s.Find(name)
		if diff := cmp.Diff(size, got); diff != "" || ok != (size.Cores > 0) {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	sizes, err := quota.ParseSizes("sizes.json", []byte(`[{"name":"Standard_Y","numberOfCores":7}]`))
	if y, ok := sizes.Listed("standard_y"); err != nil || !ok || y.Cores != 7 {
		t.Errorf("az vm list-sizes: %+v, %v", y, err)
	}
	if _, err := quota.ParseSizes("skus.json", []byte(`[{}]`)); err == nil || err.Error() != "skus.json lists no sizes with their cores; save the output of: az vm list-skus -l LOCATION -o json" {
		t.Error(err)
	}
}

func TestNamed(t *testing.T) {
	tests := []struct {
		size   string
		cores  int
		family string
	}{
		{"Standard_A0", 1, "standardA0_A7Family"}, {"Standard_A1", 1, "standardA0_A7Family"}, {"Standard_A5", 2, "standardA0_A7Family"},
		{"Standard_A7", 8, "standardA0_A7Family"}, {"Standard_A9", 16, "standardA8_A11Family"}, {"Standard_A12", 0, ""},
		{"Basic_A4", 8, "basicAFamily"}, {"Basic_D2", 0, ""}, {"Standard_A2_v2", 2, "standardAv2Family"}, {"Standard_A8m_v2", 8, "standardAv2Family"},
		{"Standard_D1", 1, "standardDFamily"}, {"Standard_D14", 16, "standardDFamily"}, {"Standard_D5", 0, ""}, {"Standard_DS3", 4, "standardDSFamily"},
		{"Standard_D2_v2", 2, "standardDv2Family"}, {"Standard_D15_v2", 20, "standardDv2Family"}, {"Standard_DS5_v2", 16, "standardDSv2Family"},
		{"Standard_DS2_v2_Promo", 2, "standardDSv2PromoFamily"}, {"STANDARD_d4S_V3", 4, "standardDSv3Family"}, {"Standard_D4ds_v4", 4, "standardDDSv4Family"},
		{"Standard_D8as_v4", 8, "standardDASv4Family"}, {"Standard_D96a_v4", 96, "standardDAv4Family"}, {"Standard_E64is_v3", 64, "standardEISv3Family"},
		{"Standard_E4-2s_v3", 0, ""}, {"Standard_M128s", 128, "standardMSFamily"}, {"Standard_F4s_v2", 4, "standardFSv2Family"}, {"Standard_F2", 2, "standardFFamily"},
		{"Standard_G5", 32, "standardGFamily"}, {"Standard_GS1", 2, "standardGSFamily"}, {"Standard_GS6", 0, ""}, {"Standard_B2ms", 2, "standardBSFamily"},
		{"Standard_L8s_v2", 8, "standardLSv2Family"}, {"Standard_NC4as_T4_v3", 4, "standardNCASv3Family"}, {"Standard_HB120rs_v2", 120, "standardHBRSv2Family"},
		{"Standard_M176s_3_v3", 176, "standardMSv3Family"}, {"Standard_Q4", 0, ""}, {"Standard_D", 0, ""}, {"Standard_", 0, ""}, {"D4s_v3", 0, ""}, {"", 0, ""},
		{"Standard_D99999s_v5", 0, ""}, {"Standard_D4s!_v5", 0, ""}, {"Standard_D0s_v5", 0, ""},
	}
	for _, tt := range tests {
		got, ok := quota.Named(tt.size)
		if got.Cores != tt.cores || got.Family != tt.family || ok != (tt.cores > 0) {
			t.Errorf("%s: %d cores of %q, %v; want %d of %q", tt.size, got.Cores, got.Family, ok, tt.cores, tt.family)
		}
	}
}

func FuzzNamed(f *testing.F) {
	for _, s := range []string{"Standard_D4s_v3", "Basic_A1", "Standard_M8-2ms", "Standard_NC4as_T4_v3", "standard__v", "Standard_é4_v3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		size, ok := quota.Named(name)
		if ok && (size.Cores <= 0 || size.Family == "") || !ok && size != (quota.Size{}) {
			t.Errorf("%q: %+v, %v", name, size, ok)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(az))
	f.Add([]byte(classic))
	f.Add([]byte(`[{"name":"Standard_Y","numberOfCores":7}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if u, err := quota.ParseUsage("u", text); err == nil && len(u.Rows) == 0 {
			t.Error("no rows and no error")
		}
		_, _ = quota.ParseSizes("s", text)
	})
}

// TestRowsAreBounded: a saved response has as many rows as there can be, not as many as
// fit into a file.
func TestRowsAreBounded(t *testing.T) {
	row := `{"name": {"value": "cores"}, "currentValue": 1, "limit": 10},`
	text := func(row string, n int) []byte {
		return []byte("[" + strings.TrimSuffix(strings.Repeat(row, n), ",") + "]")
	}
	if u, err := quota.ParseUsage("u.json", text(row, 10_000)); err != nil || len(u.Rows) != 10_000 {
		t.Errorf("10,000 usages: %v", err)
	}
	if _, err := quota.ParseUsage("u.json", text(row, 10_001)); err == nil || !strings.HasPrefix(err.Error(), "u.json has more than 10000 usages; save ") {
		t.Errorf("10,001 usages: %v", err)
	}
	size := `{"name": "Standard_X1", "numberOfCores": 1},`
	if _, err := quota.ParseSizes("s.json", text(size, 100_000)); err != nil {
		t.Errorf("100,000 sizes: %v", err)
	}
	if _, err := quota.ParseSizes("s.json", text(size, 100_001)); err == nil || !strings.HasPrefix(err.Error(), "s.json has more than 100000 sizes; save ") {
		t.Errorf("100,001 sizes: %v", err)
	}
}
