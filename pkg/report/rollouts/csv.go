package rollouts

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
)

// columns are those of the CSV.
var columns = []string{
	"scaleSet", "batch", "action", "id", "name", "newId", "newName", "zone", "faultDomain", "updateDomain",
	"startLeast", "startMost", "minutesLeast", "minutesMost", "serve",
}

// WriteCSV writes one row for each instance: those of the batches in their order,
// those that an earlier stop leaves (batch "pending"), those to upgrade by hand
// ("by hand"), and the others ("none"). Times are minutes from the start. A cell
// that a spreadsheet would take for a formula begins with an apostrophe.
func (p Report) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	for _, r := range p.Rollouts {
		if err := p.csvSet(out, r); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (p Report) csvSet(out *csv.Writer, r *rollout.Rollout) error {
	minutes := func(m float64) string { return strconv.FormatFloat(m, 'f', -1, 64) }
	row := func(batch, action string, i upgrade.Instance, surge *upgrade.Instance, rest ...string) error {
		cells := []string{
			render.Cell(p.Secrets.Redact(r.Name)), batch, action, strconv.Itoa(i.ID), render.Cell(p.Secrets.Redact(name(r, i.ID))), "", "",
			render.Cell(i.Zone), domain(i.FaultDomain), domain(i.UpdateDomain), "", "", "", "", "",
		}
		if surge != nil {
			cells[5], cells[6] = strconv.Itoa(surge.ID), render.Cell(p.Secrets.Redact(name(r, surge.ID)))
		}
		copy(cells[10:], rest)
		return out.Write(cells)
	}
	for _, b := range r.Plan.Batches {
		for n, i := range b.Instances {
			var surge *upgrade.Instance
			if len(b.Surge) > 0 {
				surge = &b.Surge[n]
			}
			err := row(strconv.Itoa(b.Number), b.Action.String(), i, surge, minutes(b.Start.Least), minutes(b.Start.Most), minutes(b.Took.Least), minutes(b.Took.Most), strconv.Itoa(b.Running))
			if err != nil {
				return err
			}
		}
	}
	if s := r.Plan.Stop; s != nil {
		for _, i := range s.Pending {
			if err := row("pending", "none", i, nil); err != nil {
				return err
			}
		}
	}
	byHand := map[int]bool{}
	for _, i := range r.Plan.ByHand {
		byHand[i.ID] = true
		if err := row("by hand", "reimage", i, nil); err != nil {
			return err
		}
	}
	for _, i := range r.Plan.Untouched {
		if byHand[i.ID] {
			continue
		}
		if err := row("none", "none", i, nil); err != nil {
			return err
		}
	}
	return nil
}

// domain returns the number of a domain, empty for none.
func domain(n int16) string {
	if n < 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}
