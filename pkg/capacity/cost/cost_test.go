package cost_test

import (
	"math"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func list(t *testing.T) *prices.List {
	t.Helper()
	row := func(product, meter, rest string) string {
		return `{"armSkuName": "Standard_D2s_v5", "armRegionName": "westus2", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "currencyCode": "USD", "productName": "` + product + `", "meterName": "` + meter + `", ` + rest + `}`
	}
	l, err := prices.Parse("p", []byte(`[`+strings.Join([]string{
		row("Virtual Machines Dsv5 Series", "D2s v5", `"type": "Consumption", "retailPrice": 0.1, "savingsPlan": [{"retailPrice": 0.06, "term": "3 Years"}]`),
		row("Virtual Machines Dsv5 Series Windows", "D2s v5", `"type": "Consumption", "retailPrice": 0.2`), row("Virtual Machines Dsv5 Series", "D2s v5 Spot", `"type": "Consumption", "retailPrice": 0.02`),
		row("Virtual Machines Dsv5 Series", "D2s v5", `"type": "Reservation", "reservationTerm": "1 Year", "retailPrice": 613.2`),
	}, ",")+`]`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func set(t *testing.T, size, properties, profile string) *vmss.ScaleSet {
	t.Helper()
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "West US 2", "sku": {"name": "` + size + `", "capacity": 10},
  "properties": {` + properties + ` "virtualMachineProfile": {` + profile + ` "storageProfile": {}}}}]}`
	return vmss.New(expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{})).ScaleSets[0]
}

// TestOf: the row is chosen by priority and licence.
func TestOf(t *testing.T) {
	const linux, windows = `"osProfile": {"linuxConfiguration": {}},`, `"osProfile": {"windowsConfiguration": {}},`
	for _, tt := range []struct {
		name, size, properties, profile string
		hour                            float64 // of ten instances
		commitments                     int
		missing                         string
	}{
		{name: "Linux", size: "Standard_D2s_v5", profile: linux, hour: 1, commitments: 2},
		{name: "Windows", size: "Standard_D2s_v5", profile: windows, hour: 2},
		{name: "hybrid benefit", size: "Standard_D2s_v5", profile: windows + `"licenseType": "Windows_Server",`, hour: 1, commitments: 2},
		{name: "Spot", size: "Standard_D2s_v5", profile: linux + `"priority": "Spot",`, hour: 0.2},
		{name: "mix", size: "Standard_D2s_v5", profile: linux + `"priority": "Spot",`, hour: 6*0.1 + 4*0.02, commitments: 2,
			properties: `"orchestrationMode": "Flexible", "priorityMixPolicy": {"baseRegularPriorityCount": 2, "regularPriorityPercentageAboveBase": 50},`},
		{name: "a mix out of range", size: "Standard_D2s_v5", profile: linux + `"priority": "Spot",`, missing: "is rejected by Azure",
			properties: `"orchestrationMode": "Flexible", "priorityMixPolicy": {"baseRegularPriorityCount": 2, "regularPriorityPercentageAboveBase": 101},`},
		{name: "another size", size: "Standard_D4s_v5", profile: linux, missing: "has no regular price of Standard_D4s_v5 with Linux in westus2"},
		{name: "no system", size: "Standard_D2s_v5", missing: "Linux or Windows is not known"},
		{name: "unknown size", size: "[reference('x').size]", profile: linux, missing: "size of web is not known"},
	} {
		e, err := cost.Of(set(t, tt.size, tt.properties, tt.profile), list(t), "")
		if tt.missing != "" {
			if err == nil || !strings.Contains(err.Error(), tt.missing) {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.missing)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := e.Hour(10); math.Abs(got-tt.hour) > 1e-9 || math.Abs(e.Month(10)-730*tt.hour) > 1e-6 || len(e.Commitments(10)) != tt.commitments {
			t.Errorf("%s: %v an hour, %d commitments; want %v, %d", tt.name, got, len(e.Commitments(10)), tt.hour, tt.commitments)
		}
	}
}

// TestBetween: what a set costs before and after, and why there is no price.
func TestBetween(t *testing.T) {
	const linux, windows = `"osProfile": {"linuxConfiguration": {}},`, `"osProfile": {"windowsConfiguration": {}},`
	older, newer := set(t, "Standard_D2s_v5", "", linux), set(t, "Standard_D2s_v5", "", windows)
	got := cost.Between(older, newer, 10, 20, list(t), "")
	if got.Missing != "" || got.Currency != "USD" || len(got.Rows) != 2 {
		t.Fatalf("got %+v", got)
	}
	for i, want := range []struct {
		label     string
		instances int
		hour      float64
	}{{"before", 10, 1}, {"after", 20, 4}} {
		if r := got.Rows[i]; r.Label != want.label || r.Instances != want.instances || math.Abs(r.Hour-want.hour) > 1e-9 || math.Abs(r.Month-730*want.hour) > 1e-6 {
			t.Errorf("row %d: %+v, want %+v", i, r, want)
		}
	}
	for name, tt := range map[string]struct {
		older, newer *vmss.ScaleSet
		from         int
		want         string
	}{
		"a capacity that is not known": {older, newer, -1, "the number of instances of web is not known offline, so no price is given"},
		"a size without a price":       {older, set(t, "Standard_D4s_v5", "", linux), 1, "the list of prices has no regular price of Standard_D4s_v5 with Linux in westus2"},
		"an instance mix":              {older, set(t, "Mix", `"skuProfile": {"vmSizes": [{"name": "Standard_D2s_v5"}]},`, linux), 1, "web has an instance mix: which size an instance gets is not known, so no price is given"},
		"an old set without a system":  {set(t, "Standard_D2s_v5", "", ""), newer, 1, "whether web runs Linux or Windows is not known offline, so no price is given"},
	} {
		if got := cost.Between(tt.older, tt.newer, tt.from, 2, list(t), ""); !strings.HasPrefix(got.Missing, tt.want) || len(got.Rows) != 0 {
			t.Errorf("%s: %q, %d rows; want %q", name, got.Missing, len(got.Rows), tt.want)
		}
	}
}

// TestString: the words name what the price is for.
func TestString(t *testing.T) {
	for want, e := range map[string][3]string{
		"Standard_D2s_v5, Linux or with a licence of your own, regular in westus2":          {"", `"osProfile": {"linuxConfiguration": {}},`},
		"Standard_D2s_v5, Linux or with a licence of your own, Spot in westus2":             {"", `"priority": "Spot", "osProfile": {"linuxConfiguration": {}},`},
		"Standard_D2s_v5, Windows, regular in westus2":                                      {"", `"osProfile": {"windowsConfiguration": {}},`},
		"Standard_D2s_v5, Linux or with a licence of your own, regular and Spot in westus2": {`"orchestrationMode": "Flexible", "priorityMixPolicy": {"baseRegularPriorityCount": 2},`, `"priority": "Spot", "osProfile": {"linuxConfiguration": {}},`},
	} {
		got, err := cost.Of(set(t, "Standard_D2s_v5", e[0], e[1]), list(t), "")
		if err != nil || got.String() != want {
			t.Errorf("%v, %v; want %s", got, err, want)
		}
	}
}
