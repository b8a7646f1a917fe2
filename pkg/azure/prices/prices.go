// Package prices reads saved answers of the public Azure Retail Prices API, and
// finds what an instance of a size costs in a region.
//
//	list, err := prices.Parse("prices.json", text)
//	p, ok := list.Find(prices.Query{Size: "Standard_D2s_v5", Region: "westeurope", Windows: true})
//
// The shape of the answer and the meaning of its members are those of
// https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices.
// Errors are for the user. Nothing is known without a file.
package prices

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

const hint = `save the answer of: https://prices.azure.com/api/retail/prices?api-version=2023-01-01-preview&$filter=serviceName eq 'Virtual Machines' and armRegionName eq 'REGION' and armSkuName eq 'SIZE'`

// HoursPerMonth is what a month is counted as, as the pricing calculator does:
// https://azure.microsoft.com/pricing/calculator.
const HoursPerMonth = 730

// maxRows bounds the rows of a file; the sizes of all regions are some 150,000.
const maxRows = 1_000_000

// A List is what the files say.
type List struct {
	// Currency is the code of the currency, such as USD.
	Currency string
	rows     map[key][]row
	regions  map[string]bool
	// More reports that a file says that there are further pages.
	More bool
}

type key struct{ size, region string }

// A row is one meter that bills hours of an instance, or a reservation.
type row struct {
	windows, spot bool
	primary       bool
	hour          float64
	since         time.Time
	savings       map[string]float64 // an hour, by the term of the savings plan
	term          string             // of a reservation, whose hour this is; "" for others
}

// A Query is what is looked for.
type Query struct {
	Size, Region string
	Spot         bool
	// Windows says that the price includes a licence of Windows Server: false for
	// Linux, and for Windows with the Azure Hybrid Benefit.
	Windows bool
}

// A Price is what an instance costs.
type Price struct {
	Hour float64 // of pay-as-you-go, or of Spot at the time of the list
	// Savings and Reserved are the hour under a commitment, by its term, such as
	// "1 Year"; nil when the list has none. A reservation has no licence of
	// Windows in it.
	Savings, Reserved map[string]float64
}

// Parse reads a saved answer: an object with the rows under "Items", or the rows
// alone, as tools write them that follow all pages.
func Parse(name string, text []byte) (*List, error) {
	root, err := savedjson.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s %w; %s", name, err, hint)
	}
	items := root
	if root.IsObject() {
		items = member(root, "Items")
	}
	if !items.IsArray() {
		return nil, fmt.Errorf("%s is not an answer of the Retail Prices API; %s", name, hint)
	}
	l := &List{rows: map[key][]row{}, regions: map[string]bool{}, More: member(root, "NextPageLink").String() != ""}
	n := 0
	items.ForEach(func(_, item gjson.Result) bool {
		if n++; n > maxRows {
			err = fmt.Errorf("%s has more than %d rows; filter by region and size", name, maxRows)
			return false
		}
		err = l.add(name, item)
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	if len(l.rows) == 0 {
		return nil, fmt.Errorf("%s has no hourly price of a virtual machine; %s", name, hint)
	}
	return l, nil
}

// add reads one row; it skips rows that are not about an hour of a virtual
// machine.
func (l *List) add(name string, item gjson.Result) error {
	text := func(of string) string { return member(item, of).String() }
	k := key{strings.ToLower(text("armSkuName")), strings.ToLower(text("armRegionName"))}
	product, meter, sku := text("productName"), text("meterName"), text("skuName")
	price := member(item, "retailPrice")
	if k.size == "" || k.region == "" || !strings.EqualFold(text("serviceName"), "Virtual Machines") || price.Type != gjson.Number {
		return nil
	}
	// Cloud Services bill the same sizes by meters of their own; Low Priority is
	// of Batch; tiers above the first one do not begin at the first hour.
	if strings.Contains(product, "Cloud Services") || strings.Contains(meter+sku, "Low Priority") || member(item, "tierMinimumUnits").Num > 0 {
		return nil
	}
	r := row{
		windows: strings.Contains(product, "Windows"), spot: strings.Contains(meter, "Spot") || strings.HasSuffix(sku, "Spot"),
		primary: member(item, "isPrimaryMeterRegion").Type != gjson.False, hour: price.Num,
	}
	r.since, _ = time.Parse(time.RFC3339Nano, text("effectiveStartDate"))
	switch kind := text("type"); {
	case strings.EqualFold(kind, "Consumption"):
		if !strings.EqualFold(text("unitOfMeasure"), "1 Hour") {
			return nil
		}
		member(item, "savingsPlan").ForEach(func(_, plan gjson.Result) bool {
			if hour := member(plan, "retailPrice"); hour.Type == gjson.Number && sane(hour.Num) {
				if term := member(plan, "term").String(); known(term) {
					if r.savings == nil {
						r.savings = map[string]float64{}
					}
					r.savings[term] = hour.Num
				}
			}
			return true
		})
	case strings.EqualFold(kind, "Reservation"):
		r.term = text("reservationTerm")
		if !known(r.term) {
			return nil
		}
		r.hour /= years(r.term) * 12 * HoursPerMonth // the price is that of the whole term
	default:
		return nil // such as DevTestConsumption
	}
	if !sane(r.hour) {
		return fmt.Errorf("%s has a price that is not a sum of money; %s", name, hint)
	}
	currency := text("currencyCode")
	if l.Currency == "" {
		l.Currency = currency
	}
	if currency != l.Currency {
		return fmt.Errorf("%s has prices in two currencies; save one of them", name)
	}
	if len(l.Currency) != 3 || strings.Trim(l.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return fmt.Errorf("%s has prices whose currencyCode is not a code such as USD", name)
	}
	l.rows[k] = append(l.rows[k], r)
	l.regions[k.region] = true
	return nil
}

// sane reports whether a price an hour is a sum of money.
func sane(hour float64) bool { return hour >= 0 && hour < 1e6 && !math.IsNaN(hour) }

// known are the terms of reservations and savings plans.
func known(term string) bool { return years(term) > 0 }

func years(term string) float64 {
	return map[string]float64{"1 Year": 1, "3 Years": 3, "5 Years": 5}[term]
}

// Find returns the price of an instance. Of several rows the newest one counts,
// and one of the primary meters before others. ok is false when the list does
// not have it.
func (l *List) Find(q Query) (p Price, ok bool) {
	if l == nil {
		return p, false
	}
	var best *row
	reserved := map[string]*row{}
	rows := l.rows[key{strings.ToLower(q.Size), strings.ToLower(q.Region)}]
	for i := range rows {
		r := &rows[i]
		if r.term != "" {
			if !q.Spot && better(r, reserved[r.term]) {
				reserved[r.term] = r
			}
			continue
		}
		if r.windows == q.Windows && r.spot == q.Spot && better(r, best) {
			best = r
		}
	}
	if best == nil {
		return p, false
	}
	p = Price{Hour: best.hour, Savings: best.savings}
	for term, r := range reserved {
		if p.Reserved == nil {
			p.Reserved = map[string]float64{}
		}
		p.Reserved[term] = r.hour
	}
	return p, true
}

func better(r, than *row) bool {
	switch {
	case than == nil || r.primary != than.primary:
		return than == nil || r.primary
	}
	return r.since.After(than.since)
}

// Covers reports whether the list has a price in a region.
func (l *List) Covers(region string) bool { return l != nil && l.regions[strings.ToLower(region)] }

// member is the member of an object by its name, ignoring case.
func member(v gjson.Result, name string) (found gjson.Result) {
	if !v.IsObject() {
		return found
	}
	v.ForEach(func(key, value gjson.Result) bool {
		if strings.EqualFold(key.Str, name) {
			found = value
		}
		return !found.Exists()
	})
	return found
}
