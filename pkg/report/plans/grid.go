package plans

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// A planGrid is the picture of one step: fault domains (by zone, when there
// are zones) down, update domains across. IDs says that the cells name their
// instances; otherwise they only count them.
type planGrid struct {
	Rows, Columns []string
	Cells         [][]planCell
	IDs           bool
}

// A planCell is what one fault and update domain keeps, loses and gets.
type planCell struct {
	Kept, Removed, Added []member // when the step keeps them
	Surplus              []member // created by overprovisioning, and deleted again
	Stay, Leave, Come    int
	Extra                int // how many are created by overprovisioning
}

// A member is one instance of a cell.
type member struct {
	text  string // its id, or the end of its name, with the marks of its state
	title string // its name and its state, shown on hover
}

func newMember(p *whatif.Plan, in *placement.Instance) member {
	title := p.Name(in.ID)
	for _, m := range stateMarks {
		if in.Flags.Has(m.flag) {
			title += ", " + m.name
		}
	}
	return member{chipName(p, in.ID) + marks(in.Flags), title}
}

// newPlanGrid draws a step; with ids while it has at most maxIDs instances.
func newPlanGrid(p *whatif.Plan, s *whatif.Step, maxIDs int) planGrid {
	ids := s.Kept != nil && len(s.Kept)+len(s.Added)+len(s.Removed) <= maxIDs
	if ids {
		return idGrid(p, s)
	}
	return countGrid(p, s)
}

// finalState returns the set after the last step, as a step that changes nothing.
func finalState(p *whatif.Plan) *whatif.Step {
	s := &whatif.Step{From: len(p.Final), To: len(p.Final), Reached: len(p.Final), Balance: p.Start, Before: p.Start}
	if len(p.Final) <= whatif.KeptMax {
		s.Kept = p.Final
	}
	return s
}

// layout makes the rows, and says in which one a zone and fault domain is.
func layout(p *whatif.Plan) (g planGrid, row func(zone string, fd int16) int) {
	c := p.Config
	for ud := range max(c.UpdateDomains, 1) {
		g.Columns = append(g.Columns, "UD"+strconv.Itoa(ud))
	}
	if c.UpdateDomains <= 1 {
		g.Columns = []string{""}
	}
	zones := c.Zones
	if p.Start.Regional > 0 || len(zones) == 0 {
		zones = append([]string{""}, zones...)
	}
	for _, z := range zones {
		for fd := range c.FaultDomains {
			g.Rows = append(g.Rows, rowLabel(c, z, fd))
		}
	}
	g.Cells = make([][]planCell, len(g.Rows))
	for i := range g.Cells {
		g.Cells[i] = make([]planCell, len(g.Columns))
	}
	return g, func(zone string, fd int16) int {
		return max(slices.Index(zones, zone), 0)*c.FaultDomains + max(int(fd), 0)
	}
}

func rowLabel(c placement.Config, zone string, fd int) string {
	label := "zone " + zone
	if zone == "" {
		label = "regional"
	}
	switch {
	case len(c.Zones) == 0 && c.FaultDomains == 1:
		return "all"
	case len(c.Zones) == 0:
		return fmt.Sprintf("FD%d", fd)
	case c.FaultDomains == 1:
		return label
	}
	return fmt.Sprintf("%s FD%d", label, fd)
}

func idGrid(p *whatif.Plan, s *whatif.Step) planGrid {
	g, row := layout(p)
	g.IDs = true
	each := func(all []placement.Instance, put func(*planCell, member)) {
		for i := range all {
			in := &all[i]
			ud := min(max(int(in.UpdateDomain), 0), len(g.Columns)-1)
			put(&g.Cells[row(in.Zone, in.FaultDomain)][ud], newMember(p, in))
		}
	}
	removed := slices.SortedFunc(slices.Values(s.Removed), func(a, b placement.Instance) int { return a.ID - b.ID })
	each(s.Kept, func(c *planCell, name member) { c.Kept, c.Stay = append(c.Kept, name), c.Stay+1 })
	each(removed, func(c *planCell, name member) { c.Removed, c.Leave = append(c.Removed, name), c.Leave+1 })
	each(s.Added, func(c *planCell, name member) { c.Added, c.Come = append(c.Added, name), c.Come+1 })
	each(s.Surplus, func(c *planCell, name member) { c.Surplus, c.Extra = append(c.Surplus, name), c.Extra+1 })
	return g
}

// stateMarks are the letters that pictures put behind the id of an instance.
var stateMarks = [...]struct {
	flag placement.Flags
	mark string
	name string
}{
	{placement.Protected, "p", "protected"}, {placement.Unhealthy, "u", "unhealthy"}, {placement.Deallocated, "d", "deallocated"}, {placement.Stopped, "s", "stopped"},
}

func marks(f placement.Flags) (text string) {
	for _, m := range stateMarks {
		if f.Has(m.flag) {
			text += m.mark
		}
	}
	return text
}

// legend explains the marks of a step's picture; "" when it has none.
func legend(g planGrid, s *whatif.Step) string {
	var seen placement.Flags
	for _, list := range [...][]placement.Instance{s.Kept, s.Removed, s.Added} {
		for i := range list {
			if g.IDs {
				seen |= list[i].Flags
			}
		}
	}
	var parts []string
	for _, m := range stateMarks {
		if seen.Has(m.flag) {
			parts = append(parts, m.mark+" "+m.name)
		}
	}
	if len(s.Surplus) > 0 {
		parts = append(parts, "~ surplus of overprovisioning, or a new instance: which of them remain is random")
	}
	return strings.Join(parts, ", ")
}

// chipName returns what a picture calls an instance: its id, or the random end of
// the name of a Flexible one.
func chipName(p *whatif.Plan, id int) string {
	if !p.Config.Flexible {
		return strconv.Itoa(id)
	}
	name := p.Name(id)
	name = render.Neutral(name[strings.LastIndexByte(name, '_')+1:])
	if r := []rune(name); len(r) > 12 { // a name of another form than the usual
		return string(r[:11]) + "…"
	}
	return name
}

// countGrid counts; the zones of a set with several fault domains are added up.
func countGrid(p *whatif.Plan, s *whatif.Step) planGrid {
	c := p.Config
	if len(c.Zones) > 0 && c.FaultDomains == 1 {
		return zoneGrid(p, s)
	}
	flat := *p
	flat.Config.Zones = nil
	flat.Start.Regional = 0
	g, _ := layout(&flat)
	for i, n := range s.Before.Cells {
		g.Cells[i/len(g.Columns)][i%len(g.Columns)].Stay = n
	}
	count(p, s, func(in *placement.Instance) *planCell {
		return &g.Cells[max(int(in.FaultDomain), 0)][min(max(int(in.UpdateDomain), 0), len(g.Columns)-1)]
	})
	return g
}

func zoneGrid(p *whatif.Plan, s *whatif.Step) planGrid {
	c := p.Config
	g := planGrid{Columns: []string{""}}
	counts := s.Before.Zones
	zones := c.Zones
	if s.Before.Regional > 0 {
		zones, counts = append([]string{""}, zones...), append([]int{s.Before.Regional}, counts...)
	}
	for i, z := range zones {
		g.Rows = append(g.Rows, rowLabel(c, z, 0))
		g.Cells = append(g.Cells, []planCell{{Stay: counts[i]}})
	}
	count(p, s, func(in *placement.Instance) *planCell { return &g.Cells[max(slices.Index(zones, in.Zone), 0)][0] })
	return g
}

// count adds what a step does to the cells, which hold the counts before it, and
// the names of the instances where the step keeps them.
func count(p *whatif.Plan, s *whatif.Step, cell func(*placement.Instance) *planCell) {
	named := s.Kept != nil
	for _, k := range []struct {
		list []placement.Instance
		add  func(*planCell, member)
	}{
		{s.Kept, func(c *planCell, name member) { c.Kept = append(c.Kept, name) }},
		{s.Removed, func(c *planCell, name member) {
			c.Stay, c.Leave = c.Stay-1, c.Leave+1
			c.Removed = append(c.Removed, name)
		}},
		{s.Added, func(c *planCell, name member) {
			c.Come++
			c.Added = append(c.Added, name)
		}},
		{s.Surplus, func(c *planCell, name member) {
			c.Extra++
			c.Surplus = append(c.Surplus, name)
		}},
	} {
		for i := range k.list {
			var m member
			if named {
				m = newMember(p, &k.list[i])
			}
			k.add(cell(&k.list[i]), m)
		}
	}
}

// title lists the instances of a cell that only counts them, shown on hover;
// "" where their names are not kept.
func (c *planCell) title() string {
	const most = 400 // bytes
	var parts []string
	for _, k := range []struct {
		words string
		names []member
	}{{"stay", c.Kept}, {"are removed", c.Removed}, {"are added", c.Added}, {"surplus", c.Surplus}} {
		if len(k.names) == 0 || k.names[0].text == "" {
			continue
		}
		text := strconv.Itoa(len(k.names)) + " " + k.words + ":"
		for i, name := range k.names {
			if len(text) > most {
				text += fmt.Sprintf(" and %d more", len(k.names)-i)
				break
			}
			text += " " + name.text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// A token is one word of a cell, and what becomes of what it names.
type token struct {
	text  string
	sign  byte // ' ', '-', '+' or '~'
	title string
}

// tokens returns the words of a cell: 0 -15 +20, or 400 -20 +30.
func (c *planCell) tokens(ids bool) (all []token) {
	if !ids {
		if c.Stay > 0 || c.Leave+c.Come == 0 {
			all = append(all, token{text: strconv.Itoa(c.Stay), sign: ' '})
		}
		if c.Leave > 0 {
			all = append(all, token{text: "-" + strconv.Itoa(c.Leave), sign: '-'})
		}
		if c.Come > 0 {
			all = append(all, token{text: "+" + strconv.Itoa(c.Come), sign: '+'})
		}
		if c.Extra > 0 {
			all = append(all, token{text: "~" + strconv.Itoa(c.Extra), sign: '~'})
		}
		return all
	}
	for _, name := range c.Kept {
		all = append(all, token{name.text, ' ', name.title + ", stays"})
	}
	for _, name := range c.Removed {
		all = append(all, token{"-" + name.text, '-', name.title + ", is removed"})
	}
	for _, name := range c.Added {
		all = append(all, token{"+" + name.text, '+', name.title + ", is added"})
	}
	for _, name := range c.Surplus {
		all = append(all, token{"~" + name.text, '~', name.title + ", is surplus of overprovisioning"})
	}
	return all
}

// newZone reports whether a row begins another zone than the row above it, where
// zones have several rows.
func (g planGrid) newZone(r int) bool {
	if r == 0 || !strings.Contains(g.Rows[r], " FD") {
		return false
	}
	zone, _, _ := strings.Cut(g.Rows[r], " FD")
	above, _, _ := strings.Cut(g.Rows[r-1], " FD")
	return zone != above
}

// addUp joins the columns, for a picture that is too wide otherwise.
func (g planGrid) addUp() planGrid {
	sum := planGrid{Rows: g.Rows, Columns: []string{""}, Cells: make([][]planCell, len(g.Cells))}
	for r, row := range g.Cells {
		var c planCell
		for i := range row {
			c.Stay, c.Leave, c.Come, c.Extra = c.Stay+row[i].Stay, c.Leave+row[i].Leave, c.Come+row[i].Come, c.Extra+row[i].Extra
		}
		sum.Cells[r] = []planCell{c}
	}
	return sum
}
