// Package prices parses saved responses of the public Azure Retail Prices API
// and returns the price of an instance of a size in a region.
//
//	list, err := prices.Parse("prices.json", text)
//	p, ok := list.Find(prices.Query{Size: "Standard_D2s_v5", Region: "westeurope", Windows: true})
//
// The format is that of
// https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices.
// Errors are messages for the user. Without a file, no price is known.
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

// HoursPerMonth is the number of hours in a month, as in the pricing
// calculator: https://azure.microsoft.com/pricing/calculator.
const HoursPerMonth = 730

// maxRows limits the rows of a file; the sizes of all regions have about
// 150,000.
const maxRows = 1_000_000

// A List has the prices of the files.
type List struct {
	// Currency is the code of the currency, such as USD.
	Currency string
	rows     map[key][]row
	// More is set if a file says that there are further pages.
	More bool
}

type key struct{ size, region string }

// A row is a meter for hours of an instance, or a reservation.
type row struct {
	windows, spot bool
	primary       bool
	hour          float64
	since         time.Time
	savings       map[string]float64 // price of an hour, by term of the savings plan
	term          string             // term of a reservation, for which this is the price of an hour; "" for others
}

// A Query selects a price.
type Query struct {
	Size, Region string
	Spot         bool
	// Windows is set if the price includes a Windows Server licence: false for
	// Linux, and for Windows with the Azure Hybrid Benefit.
	Windows bool
}

// A Price is the price of an instance.
type Price struct {
	Hour float64 // pay-as-you-go, or Spot at the time of the list
	// Savings and Reserved are the price of an hour under a commitment, by its
	// term, such as "1 Year"; nil if the list has none. A reservation does not
	// include a Windows licence.
	Savings, Reserved map[string]float64
}

// Parse parses a saved response: an object with the rows under "Items", or an
// array of rows, as tools write that follow all pages. It returns an error if
// the text is neither or has too many rows. name is the name of the file.
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
	l := &List{rows: map[key][]row{}, More: member(root, "NextPageLink").String() != ""}
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

// add reads one row; it skips rows that are not about hours of a virtual
// machine.
func (l *List) add(name string, item gjson.Result) error {
	text := func(of string) string { return member(item, of).String() }
	k := key{strings.ToLower(text("armSkuName")), strings.ToLower(text("armRegionName"))}
	product, meter, sku := text("productName"), text("meterName"), text("skuName")
	price := member(item, "retailPrice")
	if k.size == "" || k.region == "" || !strings.EqualFold(text("serviceName"), "Virtual Machines") || price.Type != gjson.Number {
		return nil
	}
	// Cloud Services bill the same sizes with meters of their own; Low Priority
	// belongs to Batch; higher tiers do not start at the first hour.
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
		r.hour /= years(r.term) * 12 * HoursPerMonth // the price is for the whole term
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
	return nil
}

// sane reports whether a price of an hour is plausible.
func sane(hour float64) bool { return hour >= 0 && hour < 1e6 && !math.IsNaN(hour) }

// known reports whether a term of a reservation or savings plan is known.
func known(term string) bool { return years(term) > 0 }

func years(term string) float64 {
	return map[string]float64{"1 Year": 1, "3 Years": 3, "5 Years": 5}[term]
}

// Find returns the price of an instance. Of several rows the newest one is
// used, and primary meters are preferred. ok is false if the list has no price.
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

// member returns the member of an object with a name, ignoring case.
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
