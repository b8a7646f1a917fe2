package plans

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// CSV writes one row for each instance that a step removes, adds or
// creates for a while, in that order, and then one for each that exists at the
// end. Ports are joined by spaces, POOL=PORT. A cell that a spreadsheet would
// take for a formula begins with an apostrophe.
type CSV struct{}

var planColumns = [...]string{
	"scaleSet", "step", "from", "to", "action", "order", "id", "name", "computerName",
	"faultDomain", "updateDomain", "zone", "placementGroup", "ports", "storageAccount", "state",
}

// Report implements [Reporter].
func (CSV) Report(w io.Writer, p Preview) error {
	cw := &planCSV{Writer: csv.NewWriter(w)}
	if p.Needs {
		return needsCSV(cw, p)
	}
	cw.write(planColumns[:])
	for _, plan := range p.Plans {
		cw.plan(plan)
	}
	cw.Flush()
	if cw.err != nil {
		return cw.err
	}
	return cw.Error()
}

// needsCSV writes one row for each need at each capacity.
func needsCSV(cw *planCSV, p Preview) error {
	for i, plan := range p.Plans {
		records := needs.Records(plan.ScaleSet, plan.Needs())
		if i > 0 {
			records = records[1:]
		}
		for _, r := range records {
			cw.write(r)
		}
	}
	cw.Flush()
	if cw.err != nil {
		return cw.err
	}
	return cw.Error()
}

type planCSV struct {
	*csv.Writer
	row [len(planColumns)]string
	err error
}

func (w *planCSV) write(row []string) {
	if w.err == nil {
		w.err = w.Write(row)
	}
}

func (w *planCSV) plan(p *whatif.Plan) {
	w.row[0] = render.Cell(p.ScaleSet)
	for i := range p.Steps {
		s := &p.Steps[i]
		w.row[1], w.row[2], w.row[3] = strconv.Itoa(i+1), strconv.Itoa(s.From), strconv.Itoa(s.To)
		w.instances(p, "remove", s.Removed)
		w.instances(p, "add", s.Added)
		w.instances(p, "surplus", s.Surplus)
	}
	n := strconv.Itoa(len(p.Final))
	w.row[1], w.row[2], w.row[3] = "final", n, n
	w.instances(p, "stand", p.Final)
}

func (w *planCSV) instances(p *whatif.Plan, action string, all []placement.Instance) {
	w.row[4] = action
	for i := range all {
		in := &all[i]
		w.row[5], w.row[6] = strconv.Itoa(i+1), strconv.Itoa(in.ID)
		w.row[7], w.row[8] = render.Cell(p.Name(in.ID)), render.Cell(p.ComputerName(in.ID))
		w.row[9], w.row[10] = domain(in.FaultDomain), domain(in.UpdateDomain)
		w.row[11], w.row[12] = render.Cell(in.Zone), strconv.Itoa(int(in.Group))
		w.row[13], w.row[14] = render.Cell(ports(p, in.ID)), render.Cell(p.Account(in.ID))
		w.row[15] = states(in.Flags)
		w.write(w.row[:])
	}
}

// states names the known states of an instance, separated by blanks.
func states(f placement.Flags) string {
	var all []string
	for _, m := range stateMarks {
		if f.Has(m.flag) {
			all = append(all, m.name)
		}
	}
	return strings.Join(all, " ")
}

// domain returns the number of a domain, empty for none.
func domain(n int16) string {
	if n == placement.NoDomain {
		return ""
	}
	return strconv.Itoa(int(n))
}

// ports returns the NAT ports of an instance, "natpool=50015".
func ports(p *whatif.Plan, id int) string {
	var all []string
	for _, pool := range p.Pools() {
		if port, ok := p.Port(pool, id); ok {
			all = append(all, pool.Name+"="+strconv.Itoa(port))
		}
	}
	return strings.Join(all, " ")
}
