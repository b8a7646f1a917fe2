package placement

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// A LossKind is a kind of failure.
type LossKind int

// The kinds of losses.
const (
	LoseZone LossKind = iota
	LoseFaultDomain
	LoseUpdateDomain
	LoseSpot // all Spot instances are evicted
	LoseHost // one host fails; assumed to run one instance of the scale set
)

var lossNames = [...]string{"zone", "fd", "ud", "spot", "host"}

func (k LossKind) String() string { return lossNames[k] }

// A Loss is a failure: zone=2, fd=1, ud=3, spot or host.
//
// The numbers of fault and update domains apply only inside a placement group and a
// zone (virtual-machine-scale-sets-placement-groups), so fd=1 is the failure of fault
// domain 1 of the group where that takes the most instances.
type Loss struct {
	Kind   LossKind
	Zone   string // for LoseZone
	Domain int    // for LoseFaultDomain and LoseUpdateDomain
}

// ParseLoss parses "zone=2", "fd=1", "ud=3", "spot" or "host". The error for any other
// text lists these forms.
func ParseLoss(text string) (Loss, error) {
	kind, value, valued := strings.Cut(text, "=")
	for k, name := range lossNames {
		if !strings.EqualFold(kind, name) {
			continue
		}
		l := Loss{Kind: LossKind(k)}
		switch l.Kind {
		case LoseZone:
			if l.Zone = value; value != "" {
				return l, nil
			}
		case LoseFaultDomain, LoseUpdateDomain:
			n, err := strconv.Atoi(value)
			if l.Domain = n; err == nil && n >= 0 && n < MaxDomains {
				return l, nil
			}
		default:
			if !valued {
				return l, nil
			}
		}
		break
	}
	return Loss{}, fmt.Errorf("invalid loss %q; use zone=2, fd=1, ud=3, spot or host", text)
}

func (l Loss) String() string {
	switch l.Kind {
	case LoseZone:
		return "zone " + l.Zone
	case LoseFaultDomain:
		return "fault domain " + strconv.Itoa(l.Domain)
	case LoseUpdateDomain:
		return "update domain " + strconv.Itoa(l.Domain)
	case LoseSpot:
		return "all Spot instances"
	}
	return "one host"
}

// Event returns a clause that follows "if": "zone 2 fails", or "all Spot instances are
// evicted".
func (l Loss) Event() string {
	if l.Kind == LoseSpot {
		return l.String() + " are evicted"
	}
	return l.String() + " fails"
}

// Short returns the loss in the form of [ParseLoss].
func (l Loss) Short() string {
	if name := l.Name(); name != "" {
		return l.Kind.String() + "=" + name
	}
	return l.Kind.String()
}

// Name returns the value of the loss: the zone or the number of the domain, or "" for
// spot and host.
func (l Loss) Name() string {
	switch l.Kind {
	case LoseZone:
		return l.Zone
	case LoseFaultDomain, LoseUpdateDomain:
		return strconv.Itoa(l.Domain)
	}
	return ""
}

// LossNames returns the names of what fails: "zone 2 and fault domain 1".
func LossNames(all []Loss) string {
	var names []string
	for _, l := range all {
		names = append(names, l.String())
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// A Remainder says how many instances are running after a failure.
type Remainder struct {
	Loss    Loss
	Running int
}

// A Serving counts the running instances by what can fail together. It is the only
// owner of what is left after a failure: instances that are deallocated, stopped,
// unhealthy or in a zone that is down do not count as running, and a regional instance
// of a zonal scale set counts as lost with any zone, because it may be in any of them
// (virtual-machine-scale-sets-use-availability-zones).
type Serving struct {
	down  []string
	zonal bool
	// runs are the pairs of a zone and a placement group in which the numbers of
	// domains mean something; recent are those of the instances before, since
	// neighbours go round the zones.
	runs    []run
	recent  [4]int
	next    int // of recent, to be replaced
	index   map[runKey]int
	running int
	spot    int
	// faults and updates have a bit for each domain that had instances, of which
	// there are at most MaxDomains.
	faults, updates uint64
}

type runKey struct {
	zone  string
	group int32
}

// A run counts the serving instances of one placement group in one zone.
type run struct {
	runKey
	total           int
	faults, updates []int32
}

// NewServing returns an empty count for a scale set with the given zones, some of which
// are down.
func NewServing(zones, down []string) *Serving {
	return &Serving{down: down, zonal: len(zones) > 0, index: map[runKey]int{}}
}

// Add counts an instance n times; n is -1 to subtract it. It ignores instances that are
// not running.
func (s *Serving) Add(in *Instance, n int) {
	if !in.Running() {
		return
	}
	r := s.run(in)
	if r == nil {
		return
	}
	s.running += n
	r.total += n
	r.faults = counted(r.faults, in.FaultDomain, n)
	r.updates = counted(r.updates, in.UpdateDomain, n)
	s.faults |= 1 << max(in.FaultDomain, 0)
	s.updates |= 1 << max(in.UpdateDomain, 0)
	if in.Flags.Has(Spot) {
		s.spot += n
	}
}

func counted(counts []int32, domain int16, n int) []int32 {
	d := int(domain)
	if d < 0 {
		return counts
	}
	if d >= len(counts) {
		more := make([]int32, max(5, d+1)) // the usual number of domains
		copy(more, counts)
		counts = more
	}
	counts[d] += int32(n)
	return counts
}

// run returns where an instance is counted; nil in a zone that is down.
func (s *Serving) run(in *Instance) *run {
	if len(s.runs) > 0 {
		for _, at := range s.recent {
			if r := &s.runs[at]; r.group == in.Group && r.zone == in.Zone {
				return r
			}
		}
	}
	if len(s.down) > 0 && in.Zone != "" && slices.Contains(s.down, in.Zone) {
		return nil
	}
	key := runKey{in.Zone, in.Group}
	at, ok := s.index[key]
	if !ok {
		at = len(s.runs)
		s.index[key] = at
		s.runs = append(s.runs, run{runKey: key})
	}
	s.recent[s.next] = at
	s.next = (s.next + 1) % len(s.recent)
	return &s.runs[at]
}

// Running returns the number of running instances.
func (s *Serving) Running() int { return s.running }

// Regional returns the number of running instances of a zonal scale set that are in no
// zone.
func (s *Serving) Regional() int {
	if !s.zonal {
		return 0
	}
	return s.zone("")
}

func (s *Serving) zone(name string) (n int) {
	for i := range s.runs {
		if s.runs[i].zone == name {
			n += s.runs[i].total
		}
	}
	return n
}

// Taken returns the number of running instances that a loss takes.
func (s *Serving) Taken(l Loss) int {
	switch l.Kind {
	case LoseZone:
		return s.zone(l.Zone) + s.Regional()
	case LoseFaultDomain, LoseUpdateDomain:
		_, n := s.fullest(l)
		return n
	case LoseSpot:
		return s.spot
	}
	return min(1, s.running)
}

// fullest returns the run in which a domain holds most instances, and how many; among
// equals the first by zone and group.
func (s *Serving) fullest(l Loss) (best, most int) {
	best = -1
	for i := range s.runs {
		r := &s.runs[i]
		n := r.of(l.Kind, l.Domain)
		if n == 0 || n < most {
			continue
		}
		if n > most || r.zone < s.runs[best].zone || r.zone == s.runs[best].zone && r.group < s.runs[best].group {
			best, most = i, n
		}
	}
	return best, most
}

// of returns how many instances a domain of the run holds.
func (r *run) of(kind LossKind, domain int) int {
	counts := r.faults
	if kind == LoseUpdateDomain {
		counts = r.updates
	}
	if domain >= len(counts) {
		return 0
	}
	return int(counts[domain])
}

// Worst returns the single failures that would take the most instances now: of one of
// the given zones, of a fault domain and of an update domain, in that order, each the
// first of its kind among equals. It leaves out kinds of which the scale set has only
// one.
func (s *Serving) Worst(zones []string) []Loss {
	var all []Loss
	if len(zones) > 1 {
		best, most := zones[0], s.zone(zones[0])
		for _, z := range zones[1:] {
			if n := s.zone(z); n > most {
				best, most = z, n
			}
		}
		all = append(all, Loss{Kind: LoseZone, Zone: best})
	}
	for _, k := range [...]struct {
		kind LossKind
		seen uint64
	}{{LoseFaultDomain, s.faults}, {LoseUpdateDomain, s.updates}} {
		if bits.OnesCount64(k.seen) < 2 {
			continue
		}
		best, most := 0, 0
		for d, n := range s.largest(k.kind) {
			if n > most {
				best, most = d, n
			}
		}
		all = append(all, Loss{Kind: k.kind, Domain: best})
	}
	return all
}

// largest is, for each number of a domain, the most that one of them holds.
func (s *Serving) largest(kind LossKind) (most []int) {
	for i := range s.runs {
		counts := s.runs[i].faults
		if kind == LoseUpdateDomain {
			counts = s.runs[i].updates
		}
		for len(most) < len(counts) {
			most = append(most, 0)
		}
		for d, n := range counts {
			most[d] = max(most[d], int(n))
		}
	}
	return most
}

// After returns how many of the instances are running after each loss, and after all of
// them together.
func After(instances []Instance, zones, down []string, losses []Loss) (each []Remainder, together int) {
	s := NewServing(zones, down)
	for i := range instances {
		s.Add(&instances[i], 1)
	}
	for _, l := range losses {
		each = append(each, Remainder{l, s.running - s.Taken(l)})
	}
	return each, s.after(instances, losses)
}

// after counts the serving instances that no loss takes.
func (s *Serving) after(instances []Instance, losses []Loss) int {
	switch len(losses) {
	case 0:
		return s.running
	case 1:
		return s.running - s.Taken(losses[0])
	}
	type domain struct {
		kind LossKind
		run  int
		n    int16
	}
	cells := map[domain]bool{}
	zones := map[string]bool{}
	spot, hosts := false, 0
	for _, l := range losses {
		switch l.Kind {
		case LoseZone:
			zones[l.Zone] = true
			zones[""] = s.zonal
		case LoseFaultDomain, LoseUpdateDomain:
			if at, n := s.fullest(l); n > 0 {
				cells[domain{l.Kind, at, int16(l.Domain)}] = true
			}
		case LoseSpot:
			spot = true
		case LoseHost:
			hosts++
		}
	}
	n := 0
	for i := range instances {
		in := &instances[i]
		if !in.Running() || zones[in.Zone] || spot && in.Flags.Has(Spot) {
			continue
		}
		at, ok := s.index[runKey{in.Zone, in.Group}]
		if ok && !cells[domain{LoseFaultDomain, at, in.FaultDomain}] && !cells[domain{LoseUpdateDomain, at, in.UpdateDomain}] {
			n++
		}
	}
	return max(0, n-hosts)
}
