package capacity

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A counted is what totals need of a scale set.
type counted struct {
	id, name  string
	nameKnown bool
	// capacity is the place of the capacity, set that of the set, and most that
	// of the maximum of its autoscale, or of the capacity where it has none.
	capacity, set, most lint.Spot
}

// An entry is what a scale set of one template adds to the totals of a rule.
type entry struct {
	measure int // which of the totals of the rule
	key     string
	n       int
	limit   int // that holds for the set, 0 for none
	set     *counted
}

// A measure says what a set adds to a total, under which key, and the limit that
// holds for the set; a set counts when ok.
type measure func(*lint.Pass, lint.ScaleSet) (key string, n, limit int, ok bool)

// sums are the entries of a template for some measures. A set that a condition
// may leave out, or whose number of copies is not known, does not count.
func sums(pass *lint.Pass, measures ...measure) any {
	var all []entry
	for _, set := range pass.AllScaleSets {
		if set.Resource.Conditional || set.Resource.Repeated {
			continue
		}
		for i, measure := range measures {
			if key, n, limit, ok := measure(pass, set); ok {
				all = append(all, entry{i, key, n, limit, countedOf(pass, set)})
			}
		}
	}
	return all
}

type countedKey struct{}

// countedOf is the counted set of a set, one for all rules.
func countedOf(pass *lint.Pass, set lint.ScaleSet) *counted {
	known := lint.Once(pass, countedKey{}, func() map[*vmss.ScaleSet]*counted { return map[*vmss.ScaleSet]*counted{} })
	c := known[set.ScaleSet]
	if c == nil {
		c = &counted{id: strings.ToLower(set.Resource.ID), name: set.Name, nameKnown: set.Resource.NameKnown, capacity: pass.Spot(set.Capacity), set: pass.Spot(set)}
		c.most = c.capacity
		if highest, found := set.MaxCapacity(); found {
			c.most = pass.Spot(highest)
		}
		known[set.ScaleSet] = c
	}
	return c
}

// A share is what one scale set adds to a total over the templates of a run.
type share struct {
	pass *lint.Pass
	entry
}

// path is the template that the share comes from.
func (s share) path() string { return s.pass.Template.Tree.File.Path() }

// A total is what the templates of a run add up to under one key, such as a
// region. Its shares are in the order of the run.
type total struct {
	key    string
	shares []share
	ids    map[string]int // indices of shares, by the id of the set
}

// add adds a share. Templates that make the same set, by its id, are variants
// of each other: of them the one with more counts.
func (t *total) add(s share) {
	id := s.set.id
	if i, ok := t.ids[id]; ok && t.shares[i].path() != s.path() {
		if s.n > t.shares[i].n {
			t.shares[i] = s
		}
		return
	}
	if s.set.nameKnown && id != "" {
		t.ids[id] = len(t.shares)
	}
	t.shares = append(t.shares, s)
}

// group is the key under which sets of several templates add up. Assumed facts
// are shared by the templates of one folder only: templates of other folders may
// be deployed elsewhere.
func group(pass *lint.Pass, key string, assumed bool) string {
	if assumed {
		return key + "\x00" + path.Dir(pass.Template.Tree.File.Path())
	}
	return key
}

// place is the key without what group added.
func (t total) place() string {
	name, _, _ := strings.Cut(t.key, "\x00")
	return name
}

func (t total) sum() int { return sum(t.shares) }

func sum(shares []share) (n int) {
	for _, s := range shares {
		n += s.n
	}
	return n
}

// totals adds up one measure of all templates. The parameter sets of one
// template are alternatives: under each key the one with the largest sum counts.
func totals(p *lint.RunPass, measure int) []total {
	var all []total
	at := map[string]int{}
	for _, runs := range p.Files() {
		best := map[string][]share{}
		var keys []string
		for _, pass := range runs {
			found := map[string][]share{}
			entries, _ := pass.Sum.([]entry)
			for _, e := range entries {
				if e.measure == measure {
					found[e.key] = append(found[e.key], share{pass, e})
				}
			}
			for key, shares := range found {
				if _, seen := best[key]; !seen {
					keys = append(keys, key)
				}
				if sum(shares) > sum(best[key]) || best[key] == nil {
					best[key] = shares
				}
			}
		}
		slices.Sort(keys)
		for _, key := range keys {
			i, ok := at[key]
			if !ok {
				i = len(all)
				at[key] = i
				all = append(all, total{key: key, ids: map[string]int{}})
			}
			for _, s := range best[key] {
				all[i].add(s)
			}
		}
	}
	return all
}

// crossing is the share with which the total goes above the limit that holds
// for the set of the share; ok is false when it stays within.
func (t total) crossing() (s share, max int, ok bool) {
	n := 0
	for _, s := range t.shares {
		n += s.n
		if s.limit > 0 && n > s.limit {
			return s, s.limit, true
		}
	}
	return share{}, 0, false
}

// crossingAt is the share with which the total goes above n, which may be 0.
func (t total) crossingAt(n int) (share, bool) {
	for _, s := range t.shares {
		if n -= s.n; n < 0 {
			return s, true
		}
	}
	return share{}, false
}

// holders says how many sets the total comes from, and of how many templates.
func (t total) holders() string {
	templates := t.byPath()
	if len(templates) == 1 {
		return lint.Count(len(t.shares), "scale set")
	}
	return fmt.Sprintf("%s of %d templates", lint.Count(len(t.shares), "scale set"), len(templates))
}

// byPath sums the shares by template, the largest first.
func (t total) byPath() []share {
	var all []share
	at := map[string]int{}
	for _, s := range t.shares {
		i, ok := at[s.path()]
		if !ok {
			at[s.path()] = len(all)
			all = append(all, s)
		} else {
			all[i].n += s.n
		}
	}
	slices.SortStableFunc(all, func(a, b share) int { return cmp.Compare(b.n, a.n) })
	return all
}

// named is how many parts of a total a message names.
const named = 6

// sentence says what adds up: the templates when there are several, else the sets.
func (t total) sentence() string {
	parts, what := t.byPath(), func(s share) string { return s.path() }
	if len(parts) == 1 {
		parts = slices.Clone(t.shares)
		slices.SortStableFunc(parts, func(a, b share) int { return cmp.Compare(b.n, a.n) })
		what = func(s share) string { return s.set.name }
	}
	var words []string
	for i, s := range parts {
		if i == named {
			words = append(words, fmt.Sprintf("and %d more", len(parts)-named))
			break
		}
		words = append(words, fmt.Sprintf("%s %d", what(s), s.n))
	}
	return "The total is from " + strings.Join(words, ", ") + "."
}

// related names the capacities of the other sets.
func (t total) related(f *lint.Finding, not share) {
	count := 0
	for _, s := range t.shares {
		if s.set == not.set || count == named {
			continue
		}
		count++
		f.RelatedSpotf(s.set.capacity, "%s adds %d", s.set.name, s.n)
	}
}

// instances is the capacity of a set in a region that is known.
func instances(pass *lint.Pass, set lint.ScaleSet) (region string, n int, ok bool) {
	region, ok1 := regionOf(pass, set)
	n, ok2 := set.Capacity.Known()
	return region, n, ok1 && ok2
}

// regionOf is the region of a set as its name is in the service: "West US" and
// "westus" are the same.
func regionOf(pass *lint.Pass, set lint.ScaleSet) (string, bool) {
	region, ok := set.Region()
	return group(pass, region, region == pass.Template.AssumedLocation), ok
}
