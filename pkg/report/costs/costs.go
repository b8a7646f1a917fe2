// Package costs writes what a scale set costs: as lines of text, as a table of
// Markdown, and as a member of JSON documents. The commands that preview a change
// show the same numbers.
package costs

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// Sentences returns a table in sentences, not yet escaped for any format: one for
// each moment, one for the surge, and what the numbers leave out.
func Sentences(t *cost.Table) (all []string) {
	if t == nil {
		return nil
	}
	if t.Missing != "" {
		return []string{"Cost: " + t.Missing}
	}
	said := ""
	for _, r := range t.Rows {
		label := render.Plural(r.Instances, "instance")
		if r.Label != "" {
			label = r.Label + ", " + label
		}
		text := "Cost " + label + ": " + money(r.Hour, 3) + " " + t.Currency + " an hour, " + money(r.Month, 2) + " a month"
		if of := r.Estimate.String(); of != said {
			text += " (" + of + ")"
			said = of
		}
		var under []string
		for _, c := range r.Commitments {
			under = append(under, c.Kind+" of "+strings.ToLower(c.Term)+" "+money(c.Hour*prices.HoursPerMonth, 2))
		}
		if len(under) > 0 {
			text += "; with a commitment, per month: " + strings.Join(under, ", ")
		}
		all = append(all, text)
	}
	if t.Surge != nil {
		all = append(all, "The surge costs "+money(t.Surge.Least, 2)+" to "+money(t.Surge.Most, 2)+" "+t.Currency+" in all")
	}
	return append(all, "Retail prices of the virtual machines in the saved list, for a month of "+strconv.Itoa(prices.HoursPerMonth)+" hours; disks, addresses and traffic are not counted")
}

// money writes a sum with commas and so many decimals.
func money(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	whole, rest, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return text
	}
	return render.Thousands(n) + "." + rest
}

// A JSON is a table for machines.
type JSON struct {
	Currency string    `json:"currency"`
	At       []JSONRow `json:"at"`
	// Surge is absent if no instances exist only during an upgrade.
	Surge   *JSONRange `json:"surge,omitempty"`
	Missing string     `json:"missing"`
}

// A JSONRow is what some instances cost.
type JSONRow struct {
	Moment      string           `json:"moment"`
	Instances   int              `json:"instances"`
	Size        string           `json:"size"`
	Region      string           `json:"region"`
	Windows     bool             `json:"windows"`
	Hour        float64          `json:"hour"`
	Month       float64          `json:"month"`
	Commitments []JSONCommitment `json:"commitments"`
}

// A JSONCommitment is the same under a commitment.
type JSONCommitment struct {
	Kind  string  `json:"kind"`
	Term  string  `json:"term"`
	Hour  float64 `json:"hour"`
	Month float64 `json:"month"`
}

// A JSONRange is a sum between two bounds.
type JSONRange struct {
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
}

// NewJSON returns a table for machines; nil for nil. redact masks secrets.
func NewJSON(t *cost.Table, redact func(string) string) *JSON {
	if t == nil {
		return nil
	}
	out := &JSON{Currency: t.Currency, At: []JSONRow{}, Missing: redact(t.Missing)}
	for _, r := range t.Rows {
		row := JSONRow{Moment: r.Label, Instances: r.Instances, Size: redact(r.Estimate.Size), Region: redact(r.Estimate.Region), Windows: r.Estimate.Windows,
			Hour: round(r.Hour), Month: round(r.Month), Commitments: []JSONCommitment{}}
		for _, c := range r.Commitments {
			row.Commitments = append(row.Commitments, JSONCommitment{c.Kind, c.Term, round(c.Hour), round(c.Hour * prices.HoursPerMonth)})
		}
		out.At = append(out.At, row)
	}
	if t.Surge != nil {
		out.Surge = &JSONRange{round(t.Surge.Least), round(t.Surge.Most)}
	}
	return out
}

// round keeps four decimals, so that sums are not written with the errors of
// their last digits.
func round(x float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	if err != nil {
		return x
	}
	return rounded
}
