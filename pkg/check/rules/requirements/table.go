package requirements

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A table is the rows of one rule. They are sorted by resource type when they are
// first needed, the paths of a type are read when a template has it, and a clause
// when it is first asked: a template needs few of the rows.
type table struct{ types func() map[string]*typeRows }

// typeRows are the rows about one resource type.
type typeRows struct {
	rows   []placed
	groups func() []group
}

// A placed is a row at one of its places.
type placed struct {
	row   *Row
	place *Place
}

// A group is the rows about the same items of one resource type.
type group struct {
	place, at path
	entries   []entry
}

// An entry is a row at one of its places.
type entry struct {
	*placed
	when []condition
	must *condition
}

// A condition is a clause that is read when it is first asked.
type condition struct {
	text string
	read atomic.Pointer[clause]
}

func (c *condition) clause() *clause {
	if known := c.read.Load(); known != nil {
		return known
	}
	read, err := parseClause(c.text)
	if err != nil {
		panic(err) // a test reads every row
	}
	c.read.Store(&read)
	return &read
}

func newTable(rows []Row) *table {
	return &table{sync.OnceValue(func() map[string]*typeRows {
		byType := map[string]*typeRows{}
		for i := range rows {
			for j := range rows[i].Places {
				p := placed{&rows[i], &rows[i].Places[j]}
				var key [128]byte
				name := lower(key[:0], p.place.Type)
				all := byType[string(name)]
				if all == nil {
					all = &typeRows{}
					all.groups = sync.OnceValue(func() []group { return grouped(all.rows) })
					byType[string(name)] = all
				}
				all.rows = append(all.rows, p)
			}
		}
		return byType
	})}
}

// grouped puts the rows about the same items together, in their order.
func grouped(rows []placed) []group {
	var groups []group
	for i := range rows {
		p := &rows[i]
		at := slices.IndexFunc(groups, func(g group) bool { return g.place.text[1:] == p.place.Path && g.at.text[1:] == p.row.At })
		if at < 0 {
			at = len(groups)
			groups = append(groups, group{place: parsePath("/" + p.place.Path), at: parsePath("^" + p.row.At)})
		}
		groups[at].entries = append(groups[at].entries, newEntry(p))
	}
	return groups
}

func newEntry(p *placed) entry {
	when := p.row.When
	all := make([]condition, 0, 2+strings.Count(when, ";"))
	for part := range strings.SplitSeq(when, ";") {
		if part = strings.TrimSpace(part); part != "" {
			all = all[:len(all)+1]
			all[len(all)-1].text = part
		}
	}
	n := len(all)
	all = all[:n+1]
	all[n].text = p.row.Must
	return entry{placed: p, when: all[:n], must: &all[n]}
}

// anyType is the type of a place that is in every resource.
const anyType = "*"

// check judges every resource by the rows of its type.
func (t *table) check(p *lint.Pass) {
	table := t.types()
	every := table[anyType]
	types := typesOf(p)
	var room [16]*typeRows
	rows, some := room[:0], every != nil
	for _, name := range types.names {
		of := table[name]
		rows, some = append(rows, of), some || of != nil
	}
	if !some {
		return
	}
	for i, r := range p.Deployment.Expanded.Resources {
		for _, all := range [...]*typeRows{rows[types.of[i]], every} {
			if all != nil {
				all.check(p, r)
			}
		}
	}
}

// resourceTypes are the types of the resources of a template, in lower case: most
// tables have no row about any of them.
type resourceTypes struct {
	names []string // each once
	of    []int    // index of the type of each resource
}

func typesOf(p *lint.Pass) *resourceTypes {
	type key struct{}
	return lint.Once(p, key{}, func() *resourceTypes {
		all := p.Deployment.Expanded.Resources
		types := &resourceTypes{of: make([]int, len(all))}
		at := map[string]int{}
		for i, r := range all {
			var room [128]byte
			name := lower(room[:0], r.Type)
			known, ok := at[string(name)]
			if !ok {
				known = len(types.names)
				types.names = append(types.names, string(name))
				at[types.names[known]] = known
			}
			types.of[i] = known
		}
		return types
	})
}

// A place in the table: an entry of a group, or all entries if entry is -1.
type index struct{ group, entry int }

// check judges a resource. Entries that depend on the resource alone and are kept
// by it are not judged again while it does not change.
func (all *typeRows) check(p *lint.Pass, r *expand.Resource) {
	groups := all.groups()
	if p.Options.Memory == nil {
		for i := range groups {
			groups[i].check(p, r, -1, nil)
		}
		return
	}
	if again, ok := p.Recall(all, r); ok {
		for _, at := range again.([]index) {
			groups[at.group].check(p, r, at.entry, nil)
		}
		return
	}
	again := []index{}
	for i := range groups {
		groups[i].check(p, r, -1, func(entry int) { again = append(again, index{i, entry}) })
	}
	p.Remember(all, r, again)
}

// lower appends the ASCII lower case of a resource type.
func lower(to []byte, text string) []byte {
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// check judges a resource by one entry, or by all if only is -1. It calls again, if
// that is not nil, with the entries that have to be judged again at the next check
// even if the resource stays the same: those that looked at other resources, and
// those with findings.
func (g *group) check(p *lint.Pass, r *expand.Resource, only int, again func(entry int)) {
	if partial(r) {
		return
	}
	top := subject{pass: p, resource: r, place: r.Body, item: r.Body}
	entries := g.entries
	if only >= 0 {
		entries = entries[only : only+1]
	}
	if again == nil {
		g.each(top, func(at subject) {
			for i := range entries {
				entries[i].judge(at)
			}
		})
		return
	}
	elsewhere := false
	top.elsewhere = &elsewhere
	notes := make([]bool, len(entries)) // those to judge again
	g.each(top, func(at subject) {
		items := elsewhere
		for i := range entries {
			elsewhere = false
			found := entries[i].judge(at)
			notes[i] = notes[i] || found || elsewhere
		}
		elsewhere = items
	})
	if elsewhere { // the items themselves depend on other resources
		again(-1)
		return
	}
	for i, note := range notes {
		if note {
			again(i)
		}
	}
}

// each calls f with the items of the group in a resource.
func (g *group) each(top subject, f func(at subject)) {
	var places, below someHits
	for _, place := range g.place.find(places[:0], top) {
		if place.state != known {
			continue
		}
		at := top
		at.place, at.item = place.node, place.node
		for _, item := range g.at.find(below[:0], at) {
			if item.state != known {
				continue
			}
			at.item = item.node
			f(at)
		}
	}
}

// partial reports a scale set that carries no profile: it changes the capacity
// or a policy of a set that exists, and what it does not carry is not absent.
func partial(r *expand.Resource) bool {
	return strings.EqualFold(r.Type, vmss.Type) && !r.Body.Get("properties", "virtualMachineProfile").Exists()
}

// judge reports what breaks the row, and whether anything does.
func (e *entry) judge(s subject) bool {
	if !e.must.clause().mayBreak(s) {
		return false
	}
	for i := range e.when {
		if e.when[i].clause().ask(s).truth != yes {
			return false
		}
	}
	broken := e.must.clause().violations(s)
	if len(broken) == 0 {
		return false
	}
	// Few rows are broken, so only those keep their answers.
	answers := make([]answer, len(e.when))
	for i := range e.when {
		answers[i] = e.when[i].clause().ask(s)
	}
	for _, b := range broken {
		e.report(s, answers, b)
	}
	return true
}

// report makes the finding: at the value of Must, at what should hold it, or at
// the property of When that is marked with "!".
func (e *entry) report(s subject, answers []answer, broken answer) {
	place := broken.hit
	for i := range e.when {
		if e.when[i].clause().here {
			place = answers[i].hit
		}
	}
	at := place.node
	if place.via != nil {
		at = place.via
	}
	if at == nil {
		at = place.parent
	}
	if at == nil {
		at = s.item
	}
	m := message{entry: e, subject: s, answers: answers, broken: broken, parts: 3}
	f := s.pass.Reportf(at, "%s", m.summary()).Severity(e.row.Sure.Severity())
	f.Detailf("%s %s", e.row.Why, m.remedy())
	f.Because(e.row.Sure.String()+": "+e.row.Source, e.row.Source)
	for _, other := range m.others(at) {
		f.Relatedf(other.node, "%s", m.label(other))
	}
}

// Severity is the highest severity of the rows of the family.
func (f *Family) Severity() diag.Severity {
	worst := diag.Info
	for i := range f.Rows {
		worst = max(worst, f.Rows[i].Sure.Severity())
	}
	return worst
}

// also are the severities of other rows of the family than the worst.
func (f *Family) also() (all []diag.Level) {
	for _, l := range []diag.Level{
		{Severity: diag.Warning, When: "the rejection is inferred"},
		{Severity: diag.Info, When: "Azure ignores the property"},
	} {
		if l.Severity < f.Severity() && slices.ContainsFunc(f.Rows, func(r Row) bool { return r.Sure.Severity() == l.Severity }) {
			all = append(all, l)
		}
	}
	return all
}
