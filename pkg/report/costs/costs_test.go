package costs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/report/costs"
)

// linux is an estimate of regular Linux instances at 0.1 an hour.
func linux() *cost.Estimate {
	return &cost.Estimate{Size: "Standard_D2s_v5", Region: "westus2", Regular: prices.Price{Hour: 0.1,
		Savings: map[string]float64{"3 Years": 0.06}, Reserved: map[string]float64{"1 Year": 0.07}}}
}

func TestSentences(t *testing.T) {
	const sources = "Retail prices of the virtual machines in the saved list, for a month of 730 hours; disks, addresses and traffic are not counted"
	e := linux()
	for _, tt := range []struct {
		name  string
		table *cost.Table
		want  []string
	}{
		{"none", nil, nil},
		{"no price", &cost.Table{Missing: "p.json has no price of Standard_D4s_v5"}, []string{"Cost: p.json has no price of Standard_D4s_v5"}},
		{"before and after, with a surge", &cost.Table{Currency: "USD", Rows: []cost.Row{e.Row("before", 10), e.Row("after", 2000)}, Surge: &cost.Range{Least: 1.5, Most: 12}}, []string{
			"Cost before, 10 instances: 1.000 USD an hour, 730.00 a month (Standard_D2s_v5, Linux or with a licence of your own, regular in westus2)" +
				"; with a commitment, per month: reservation of 1 year 511.00, savings plan of 3 years 438.00",
			"Cost after, 2000 instances: 200.000 USD an hour, 146,000.00 a month" +
				"; with a commitment, per month: reservation of 1 year 102,200.00, savings plan of 3 years 87,600.00",
			"The surge costs 1.50 to 12.00 USD in all", sources}},
		{"one instance, another estimate", &cost.Table{Currency: "EUR", Rows: []cost.Row{e.Row("", 1), (&cost.Estimate{Size: "Standard_D2s_v5", Region: "westus2", Windows: true, Regular: prices.Price{Hour: 0.2}}).Row("", 1)}}, []string{
			"Cost 1 instance: 0.100 EUR an hour, 73.00 a month (Standard_D2s_v5, Linux or with a licence of your own, regular in westus2)" +
				"; with a commitment, per month: reservation of 1 year 51.10, savings plan of 3 years 43.80",
			"Cost 1 instance: 0.200 EUR an hour, 146.00 a month (Standard_D2s_v5, Windows, regular in westus2)", sources}},
	} {
		if diff := cmp.Diff(tt.want, costs.Sentences(tt.table)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestNewJSON(t *testing.T) {
	mask := func(s string) string { return strings.ReplaceAll(s, "westus2", "<secure>") }
	if got := costs.NewJSON(nil, mask); got != nil {
		t.Errorf("no table gives %v", got)
	}
	table := &cost.Table{Currency: "USD", Rows: []cost.Row{linux().Row("before", 3)}, Surge: &cost.Range{Least: 0.1 + 0.2, Most: 1}}
	want := &costs.JSON{Currency: "USD", Surge: &costs.JSONRange{Least: 0.3, Most: 1}, At: []costs.JSONRow{{
		Moment: "before", Instances: 3, Size: "Standard_D2s_v5", Region: "<secure>", Hour: 0.3, Month: 219,
		Commitments: []costs.JSONCommitment{{Kind: "reservation", Term: "1 Year", Hour: 0.21, Month: 153.3}, {Kind: "savings plan", Term: "3 Years", Hour: 0.18, Month: 131.4}},
	}}}
	if diff := cmp.Diff(want, costs.NewJSON(table, mask)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	missing := costs.NewJSON(&cost.Table{Missing: "no price in westus2"}, mask)
	if diff := cmp.Diff(&costs.JSON{At: []costs.JSONRow{}, Missing: "no price in <secure>"}, missing); diff != "" {
		t.Errorf("without a price (-want +got):\n%s", diff)
	}
}
