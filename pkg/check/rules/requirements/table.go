package requirements

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A table is the rows of one rule, by the resource type in lower case, read once
// when they are first needed.
type table struct{ groups func() map[string][]group }

// A group is the rows about the same items of one resource type.
type group struct {
	place, at path
	entries   []entry
}

// An entry is a row at one of its places.
type entry struct {
	row   *Row
	place path
	at    path
	when  []clause
	must  clause
}

func newTable(rows []Row) *table {
	return &table{sync.OnceValue(func() map[string][]group {
		byType := map[string][]group{}
		for i := range rows {
			entries, err := compile(&rows[i])
			if err != nil {
				panic(err) // a test compiles every row
			}
			for _, e := range entries {
				groups := byType[e.key]
				at := slices.IndexFunc(groups, func(g group) bool { return g.place.text == e.place.text && g.at.text == e.at.text })
				if at < 0 {
					at = len(groups)
					groups = append(groups, group{place: e.place, at: e.at})
				}
				groups[at].entries = append(groups[at].entries, e.entry)
				byType[e.key] = groups
			}
		}
		return byType
	})}
}

// anyType is the type of a place that is in every resource.
const anyType = "*"

type keyed struct {
	key string // the resource type in lower case
	entry
}

// compile reads the clauses of a row, for each of its places.
func compile(r *Row) ([]keyed, error) {
	when, err := parseClauses(r.When)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.ID, err)
	}
	must, err := parseClause(r.Must)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.ID, err)
	}
	var all []keyed
	for _, p := range r.Places {
		e := entry{row: r, when: when, must: must, place: parsePath("/" + p.Path), at: parsePath("^" + r.At)}
		all = append(all, keyed{strings.ToLower(p.Type), e})
	}
	return all, nil
}

// check judges every resource by the rows of its type.
func (t *table) check(p *lint.Pass) {
	byType := t.groups()
	for _, r := range p.Deployment.Expanded.Resources {
		for _, groups := range [...][]group{byType[strings.ToLower(r.Type)], byType[anyType]} {
			for i := range groups {
				groups[i].check(p, r)
			}
		}
	}
}

func (g *group) check(p *lint.Pass, r *expand.Resource) {
	top := subject{pass: p, resource: r, place: r.Body, item: r.Body}
	if partial(r) {
		return
	}
	for _, place := range g.place.find(top) {
		if place.state != known {
			continue
		}
		at := subject{pass: p, resource: r, place: place.node, item: place.node}
		for _, item := range g.at.find(at) {
			if item.state != known {
				continue
			}
			at.item = item.node
			for i := range g.entries {
				g.entries[i].judge(at)
			}
		}
	}
}

// partial reports a scale set that carries no profile: it changes the capacity
// or a policy of a set that exists, and what it does not carry is not absent.
func partial(r *expand.Resource) bool {
	return strings.EqualFold(r.Type, vmss.Type) && !r.Body.Get("properties", "virtualMachineProfile").Exists()
}

func (e *entry) judge(s subject) {
	for i := range e.when {
		if e.when[i].ask(s).truth != yes {
			return
		}
	}
	broken := e.must.violations(s)
	if len(broken) == 0 {
		return
	}
	// Few rows are broken, so only those keep their answers.
	answers := make([]answer, len(e.when))
	for i := range e.when {
		answers[i] = e.when[i].ask(s)
	}
	for _, b := range broken {
		e.report(s, answers, b)
	}
}

// report makes the finding: at the value of Must, at what should hold it, or at
// the property of When that is marked with "!".
func (e *entry) report(s subject, answers []answer, broken answer) {
	place := broken.hit
	for i := range e.when {
		if e.when[i].here {
			place = answers[i].hit
		}
	}
	at := place.node
	if place.via != nil {
		at = place.via
	}
	if at == nil {
		at = place.holder
	}
	if at == nil {
		at = s.item
	}
	m := message{entry: e, subject: s, answers: answers, broken: broken}
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
