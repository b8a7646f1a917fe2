// Package needs writes what a scale set needs: as columns of text, as a table of
// Markdown or of a page, and as members of JSON documents. The commands that
// preview a change show the same table.
package needs

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/capacity/need"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// A View is a table as texts, not yet escaped for any format.
type View struct {
	Header []string
	Rows   []RowView
	// Legend explains the marks that the rows use; "" when they use none.
	Legend string
}

// A RowView is one row: its name, what one instance takes, the amounts, and how
// much there is.
type RowView struct {
	Name, Each string
	Cells      []CellView
	Available  string
}

// A CellView is one amount; Over says that there is not enough.
type CellView struct {
	Text string
	Over bool
}

// mark follows an amount that exceeds what is available or recommended.
const mark = "!"

// NewView lays out a table.
func NewView(t need.Table) View {
	v := View{Header: []string{"needs", "each"}}
	for _, m := range t.Moments {
		label := m.Label
		if label != "" {
			label += " "
		}
		v.Header = append(v.Header, label+render.Thousands(m.Instances))
	}
	v.Header = append(v.Header, "available")
	over, surplus := false, false
	for _, r := range t.Rows {
		row := RowView{Name: nameOf(r.Demand), Each: each(r.Demand), Available: availableOf(r.Demand)}
		for _, c := range r.Cells {
			text := render.Thousands(c.Amount)
			if c.Peak > c.Amount {
				text += " (" + render.Thousands(c.Peak) + ")"
				surplus = true
			}
			if c.Over {
				text += mark
				over = true
			}
			row.Cells = append(row.Cells, CellView{text, c.Over})
		}
		v.Rows = append(v.Rows, row)
	}
	var legend []string
	if over {
		legend = append(legend, mark+" more than available or recommended")
	}
	if surplus {
		legend = append(legend, "(n) including the surplus instances of overprovisioning, which exist temporarily")
	}
	v.Legend = strings.Join(legend, "; ")
	return v
}

// nameOf returns what a demand is called in a table.
func nameOf(d limits.Demand) string {
	name := map[limits.DemandKind]string{
		limits.DemandInstances: "instances", limits.DemandCores: "cores", limits.DemandSpotCores: "spot cores", limits.DemandMachines: "virtual machines",
		limits.DemandAddresses: "addresses", limits.DemandNATPorts: "ports", limits.DemandBackends: "members", limits.DemandPublicAddresses: "public IPs",
		limits.DemandAccounts: "storage accounts", limits.DemandDisks: "managed disks", limits.DemandGroups: "placement groups",
	}[d.Kind]
	switch {
	case d.About == "" || d.Kind == limits.DemandSpotCores || d.Kind == limits.DemandMachines:
		return name
	case d.Kind == limits.DemandCores && strings.EqualFold(d.About, quota.Cores):
		return "cores in the region"
	case d.Kind == limits.DemandAddresses:
		return name + " in " + d.About
	}
	return name + " of " + d.About
}

// each returns what one instance takes: "2", "1/100" for one of a hundred.
func each(d limits.Demand) string {
	if d.Per > 1 {
		return strconv.Itoa(d.Each) + "/" + strconv.Itoa(d.Per)
	}
	return strconv.Itoa(d.Each)
}

// availableOf returns how much is available: "251", "350, 10 in use", "?".
func availableOf(d limits.Demand) string {
	if d.Total < 0 {
		return "not known"
	}
	text := render.Thousands(d.Total)
	switch {
	case d.TakenNow:
		text += ", " + render.Thousands(d.Taken) + " in use"
	case d.Taken > 0:
		text += ", " + render.Thousands(d.Taken) + " for others"
	}
	return text
}

// maxBlocks bounds the blocks of columns that text shows; JSON and CSV have all
// moments.
const maxBlocks = 4

// Lines returns the table in columns, in blocks that are at most width wide where
// there are more moments than fit side by side.
func Lines(t need.Table, width int) []string {
	v := NewView(t)
	names := column(v, func(r RowView) string { return r.Name }, v.Header[0])
	each := column(v, func(r RowView) string { return r.Each }, v.Header[1])
	available := column(v, func(r RowView) string { return r.Available }, v.Header[len(v.Header)-1])
	var columns [][]string
	for i, head := range v.Header[2 : len(v.Header)-1] {
		columns = append(columns, column(v, func(r RowView) string { return r.Cells[i].Text }, head))
	}
	room := width - cells(names) - cells(each) - cells(available) - 4
	var lines []string
	for block := 0; len(columns) > 0; block++ {
		if block == maxBlocks {
			return append(lines, "", "and "+render.Plural(len(columns), "more capacity")+"; the JSON and CSV formats list all")
		}
		if block > 0 {
			lines = append(lines, "")
		}
		n, used := 0, 0
		for n < len(columns) && (n == 0 || used+cells(columns[n])+2 <= room) {
			used += cells(columns[n]) + 2
			n++
		}
		lines = append(lines, join(names, each, columns[:n], available)...)
		columns = columns[n:]
	}
	return lines
}

// column returns the head and the cells of one column, safe to print.
func column(v View, cell func(RowView) string, head string) []string {
	all := []string{head}
	for _, r := range v.Rows {
		all = append(all, render.Neutral(cell(r)))
	}
	return all
}

// cells returns how wide a column is.
func cells(column []string) (widest int) {
	for _, text := range column {
		widest = max(widest, render.Width(text))
	}
	return widest
}

// join writes columns side by side, numbers to the right.
func join(names, each []string, amounts [][]string, available []string) (lines []string) {
	for i := range names {
		line := names[i] + strings.Repeat(" ", cells(names)-render.Width(names[i]))
		for _, c := range append([][]string{each}, amounts...) {
			line += strings.Repeat(" ", cells(c)-render.Width(c[i])+2) + c[i]
		}
		lines = append(lines, strings.TrimRight(line+"  "+available[i], " "))
	}
	return lines
}

// Sentence lists the amounts of a table whose moments all need the same; ok is
// false for others, and where there is not enough of something.
func Sentence(t need.Table) (text string, ok bool) {
	var parts []string
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if c.Over || c.Peak != r.Cells[0].Amount {
				return "", false
			}
		}
		if len(r.Cells) > 0 {
			parts = append(parts, counted(r.Demand, r.Cells[0].Amount))
		}
	}
	return strings.Join(parts, ", "), len(parts) > 0
}

// counted returns an amount with the name of what is counted.
func counted(d limits.Demand, n int) string {
	name := nameOf(d)
	if n == 1 {
		for _, plural := range [...]string{"instances", "cores", "virtual machines", "addresses", "ports", "members", "public IPs", "storage accounts", "managed disks", "placement groups"} {
			if rest, ok := strings.CutPrefix(name, plural); ok {
				return "1 " + strings.Replace(strings.TrimSuffix(plural, "s"), "addresse", "address", 1) + rest
			}
		}
	}
	return render.Thousands(n) + " " + name
}

// A JSON is one row for machines.
type JSON struct {
	Kind  limits.DemandKind `json:"kind"`
	About string            `json:"about"`
	// Each is what Per instances take.
	Each int `json:"each"`
	Per  int `json:"per"`
	// Available is how much there is, null when that is not known. Taken is what
	// others take of it; with InUse everything that is in use now.
	Available *int     `json:"available"`
	Taken     int      `json:"taken"`
	InUse     bool     `json:"inUse"`
	At        []JSONAt `json:"at"`
}

// A JSONAt is what is needed at one moment.
type JSONAt struct {
	Moment    string `json:"moment"`
	Instances int    `json:"instances"`
	Amount    int    `json:"amount"`
	Peak      int    `json:"peak"`
	Over      bool   `json:"over"`
	Code      string `json:"code"`
}

// NewJSON returns the rows of a table; redact masks secrets.
func NewJSON(t need.Table, redact func(string) string) []JSON {
	out := []JSON{}
	for _, r := range t.Rows {
		j := JSON{Kind: r.Kind, About: redact(r.About), Each: r.Each, Per: r.Per, Taken: r.Taken, InUse: r.TakenNow, At: []JSONAt{}}
		if total := r.Total; total >= 0 {
			j.Available = &total
		}
		for i, c := range r.Cells {
			m := t.Moments[i]
			at := JSONAt{Moment: m.Label, Instances: m.Instances, Amount: c.Amount, Peak: c.Peak, Over: c.Over}
			if c.Broken != nil {
				at.Code = string(c.Broken.Code)
			}
			j.At = append(j.At, at)
		}
		out = append(out, j)
	}
	return out
}

// Records returns the table as records of CSV, the first one their header.
func Records(set string, t need.Table) [][]string {
	records := [][]string{{"set", "kind", "about", "each", "per", "available", "taken", "moment", "instances", "amount", "peak", "over", "code"}}
	for _, r := range NewJSON(t, func(s string) string { return s }) {
		available := ""
		if r.Available != nil {
			available = strconv.Itoa(*r.Available)
		}
		for _, at := range r.At {
			records = append(records, []string{
				render.Cell(set), string(r.Kind), render.Cell(r.About), strconv.Itoa(r.Each), strconv.Itoa(r.Per), available, strconv.Itoa(r.Taken),
				at.Moment, strconv.Itoa(at.Instances), strconv.Itoa(at.Amount), strconv.Itoa(at.Peak), strconv.FormatBool(at.Over), at.Code,
			})
		}
	}
	return records
}
