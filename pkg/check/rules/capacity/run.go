package capacity

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A share is what one scale set adds to a total over the templates of a run.
type share struct {
	pass *lint.Pass
	set  lint.ScaleSet
	n    int
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
	id := strings.ToLower(s.set.Resource.ID)
	if i, ok := t.ids[id]; ok && t.shares[i].path() != s.path() {
		if s.n > t.shares[i].n {
			t.shares[i] = s
		}
		return
	}
	if s.set.Resource.NameKnown && id != "" {
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

// totals adds up what measure says of each set; a set counts when ok. A set
// that a condition may leave out, or whose number of copies is not known, does
// not count. The parameter sets of one template are alternatives: under each
// key the one with the largest sum counts.
func totals(p *lint.RunPass, measure func(*lint.Pass, lint.ScaleSet) (key string, n int, ok bool)) []total {
	var all []total
	at := map[string]int{}
	for _, runs := range p.Files() {
		best := map[string][]share{}
		var keys []string
		for _, pass := range runs {
			found := map[string][]share{}
			for _, set := range pass.AllScaleSets {
				if key, n, ok := measure(pass, set); ok && !set.Resource.Conditional && !set.Resource.Repeated {
					found[key] = append(found[key], share{pass, set, n})
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
func (t total) crossing(limit func(lint.ScaleSet) int) (s share, max int, ok bool) {
	n := 0
	for _, s := range t.shares {
		n += s.n
		if max := limit(s.set); max > 0 && n > max {
			return s, max, true
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
	for _, s := range t.shares {
		i := slices.IndexFunc(all, func(o share) bool { return o.path() == s.path() })
		if i < 0 {
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
		what = func(s share) string { return s.set.Name }
	}
	var words []string
	for i, s := range parts {
		if i == named {
			words = append(words, fmt.Sprintf("and %d more", len(parts)-named))
			break
		}
		words = append(words, fmt.Sprintf("%s %d", what(s), s.n))
	}
	return "They add up from " + strings.Join(words, ", ") + "."
}

// related names the capacities of the other sets.
func (t total) related(f *lint.Finding, not share) {
	count := 0
	for _, s := range t.shares {
		if s.set.ScaleSet == not.set.ScaleSet || count == named {
			continue
		}
		count++
		f.Relatedf(s.set.Capacity, "%s adds %d", s.set.Name, s.n)
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
