package prices_test

import (
	"math"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/prices"
)

// answer has a row of each kind that the API mixes for one size: Linux,
// Windows, Spot, Low Priority, Cloud Services, DevTest, reservations, an older
// row, and another region. The members are those of the documentation, the
// prices are invented.
const answer = `{"BillingCurrency": "USD", "CustomerEntityId": "Default", "CustomerEntityType": "Retail", "Count": 11, "NextPageLink": null, "Items": [` +
	`{"currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 0.1, "unitPrice": 0.1, "armRegionName": "westeurope", "location": "EU West", "effectiveStartDate": "2024-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5", "serviceName": "Virtual Machines", "serviceFamily": "Compute", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5", "savingsPlan": [{"unitPrice": 0.06, "retailPrice": 0.06, "term": "3 Years"}, {"unitPrice": 0.08, "retailPrice": 0.08, "term": "1 Year"}]},` +
	`{"currencyCode": "USD", "retailPrice": 0.09, "armRegionName": "westeurope", "effectiveStartDate": "2023-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.2, "armRegionName": "westeurope", "effectiveStartDate": "2024-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series Windows", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.02, "armRegionName": "westeurope", "effectiveStartDate": "2024-05-01T00:00:00Z", "meterName": "D2s v5 Spot", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5 Spot", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.01, "armRegionName": "westeurope", "effectiveStartDate": "2025-05-01T00:00:00Z", "meterName": "D2s v5 Low Priority", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5 Low Priority", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.3, "armRegionName": "westeurope", "effectiveStartDate": "2025-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Dsv5 Series Cloud Services", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.05, "armRegionName": "westeurope", "effectiveStartDate": "2025-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series Windows", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "DevTestConsumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 613.2, "reservationTerm": "1 Year", "armRegionName": "westeurope", "effectiveStartDate": "2024-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Reservation", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 1314, "reservationTerm": "3 Years", "armRegionName": "westeurope", "effectiveStartDate": "2024-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Reservation", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.5, "armRegionName": "westeurope", "effectiveStartDate": "2026-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": false, "armSkuName": "Standard_D2s_v5"},` +
	`{"currencyCode": "USD", "retailPrice": 0.4, "armRegionName": "westus2", "effectiveStartDate": "2024-05-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5"}]}`

func TestFind(t *testing.T) {
	l, err := prices.Parse("p.json", []byte(answer))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		q    prices.Query
		want float64
	}{
		{prices.Query{Size: "standard_d2S_v5", Region: "westEurope"}, 0.1}, {prices.Query{Size: "Standard_D2s_v5", Region: "westeurope", Windows: true}, 0.2},
		{prices.Query{Size: "Standard_D2s_v5", Region: "westeurope", Spot: true}, 0.02}, {prices.Query{Size: "Standard_D2s_v5", Region: "westus2"}, 0.4},
		{prices.Query{Size: "Standard_D2s_v5", Region: "westus2", Windows: true}, -1}, {prices.Query{Size: "Standard_D4s_v5", Region: "westeurope"}, -1},
	} {
		p, ok := l.Find(tt.q)
		if ok != (tt.want >= 0) || ok && p.Hour != tt.want {
			t.Errorf("%+v: %v, %v; want %v", tt.q, p.Hour, ok, tt.want)
		}
	}
	p, _ := l.Find(prices.Query{Size: "Standard_D2s_v5", Region: "westeurope"})
	// 613.2 for a year of 8,760 hours, 1,314 for three of them.
	if p.Savings["3 Years"] != 0.06 || p.Savings["1 Year"] != 0.08 || math.Abs(p.Reserved["1 Year"]-0.07) > 1e-9 || math.Abs(p.Reserved["3 Years"]-0.05) > 1e-9 {
		t.Errorf("commitments: %+v", p)
	}
	if l.Currency != "USD" || l.More {
		t.Errorf("%s, %v", l.Currency, l.More)
	}
	if _, ok := (*prices.List)(nil).Find(prices.Query{}); ok {
		t.Error("no list has a price")
	}
}

func TestParseMistakes(t *testing.T) {
	row := func(with string) string {
		return `[{"armSkuName":"Standard_A1","armRegionName":"a","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","currencyCode":"USD","retailPrice":1` + with + `}]`
	}
	for text, want := range map[string]string{
		``: "is empty", `{`: "is not JSON", `{"value": []}`: "is not an answer of the Retail Prices API", `{"Items": []}`: "no hourly price",
		strings.Replace(row(""), "USD", "C@n", 1):                                             "not a code such as USD",
		strings.Replace(row(""), `:1}`, `:-1}`, 1):                                            "not a sum of money",
		strings.Replace(row(""), `:1}`, `:1e300}`, 1):                                         "not a sum of money",
		`[` + row("")[1:len(row(""))-1] + `,` + strings.Replace(row("")[1:], "USD", "EUR", 1): "two currencies",
	} {
		if _, err := prices.Parse("p.json", []byte(text)); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "p.json") {
			t.Errorf("%.60s: %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(answer))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := prices.Parse("p", text)
		if err == nil && len(l.Currency) != 3 {
			t.Errorf("the currency is %q", l.Currency)
		}
	})
}
