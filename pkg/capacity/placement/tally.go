package placement

// A tally counts the instances of a set by everything that the rules look at.
type tally struct {
	config Config
	f, u   int // domains, at least 1 each
	// zones[0] counts regional instances, zones[i] those of config.Zones[i-1].
	zones []int
	fd    []int
	ud    []int
	cells []int // fd*u + ud
	// zoned and zoneCells count by zone: zone*f + fd, and that times u + ud.
	zoned, zoneCells []int
	// groups counts by placement group, in runs of stride: the total, then by
	// fault domain, update domain and cell.
	groups []int32
	stride int
	zoneOf []int // zone of each group, for the choice of a group with room
}

func newTally(c Config, instances []Instance) *tally {
	f, u := c.FaultDomains, max(c.UpdateDomains, 1)
	nz := len(c.Zones) + 1
	t := &tally{
		config: c, f: f, u: u, stride: 1 + f + u + f*u,
		zones: make([]int, nz), fd: make([]int, f), ud: make([]int, u), cells: make([]int, f*u), zoned: make([]int, nz*f), zoneCells: make([]int, nz*f*u),
	}
	for i := range instances {
		t.count(&instances[i], +1)
	}
	return t
}

// zone returns the index of a zone in t.zones.
func (t *tally) zone(name string) int {
	if name == "" {
		return 0
	}
	for i, z := range t.config.Zones {
		if z == name {
			return i + 1
		}
	}
	return 0
}

func (t *tally) ensureGroup(g, zone int) {
	for len(t.zoneOf) <= g {
		t.zoneOf = append(t.zoneOf, zone)
		t.groups = append(t.groups, make([]int32, t.stride)...)
	}
	if t.group(g)[0] == 0 {
		t.zoneOf[g] = zone
	}
}

func (t *tally) group(g int) []int32 { return t.groups[g*t.stride : (g+1)*t.stride] }

// count adds or, with by = -1, takes away an instance.
func (t *tally) count(in *Instance, by int) {
	z, fd, ud := t.zone(in.Zone), max(int(in.FaultDomain), 0), max(int(in.UpdateDomain), 0)
	t.zones[z] += by
	t.fd[fd] += by
	t.ud[ud] += by
	t.cells[fd*t.u+ud] += by
	t.zoned[z*t.f+fd] += by
	t.zoneCells[(z*t.f+fd)*t.u+ud] += by
	t.ensureGroup(int(in.Group), z)
	g := t.group(int(in.Group))
	g[0] += int32(by)
	g[1+fd] += int32(by)
	g[1+t.f+ud] += int32(by)
	g[1+t.f+t.u+fd*t.u+ud] += int32(by)
}

// cell returns the fault and update domain that the model gives to a new instance
// of a placement group.
func (t *tally) cell(id, group int) (fd, ud int16) {
	if t.config.Model == Preview {
		return int16(fewest(t.fd, id)), int16(fewest(t.ud, id))
	}
	f := t.faultDomain(group)
	if t.config.Flexible {
		return int16(f), NoDomain
	}
	return int16(f), int16(t.updateDomain(group, f))
}

// fewest returns the domain with the fewest instances; among equals the first one
// from the place that the id has in a round robin. Over ids without a gap
// this is the round robin itself, the picture that the availability set pages
// draw, of which the preview says that a scale set is one.
func fewest(counts []int, id int) int {
	best := id % len(counts)
	for i := range counts {
		if d := (id + i) % len(counts); counts[d] < counts[best] {
			best = d
		}
	}
	return best
}

// faultDomain returns the fault domain with the fewest instances in the group,
// then in the set, then the lowest: the first half of the rule that
// reproduces every recorded 5 x 5 heat map.
func (t *tally) faultDomain(group int) int {
	in := t.group(group)[1 : 1+t.f]
	best := 0
	for d := 1; d < t.f; d++ {
		if in[d] < in[best] || in[d] == in[best] && t.fd[d] < t.fd[best] {
			best = d
		}
	}
	return best
}

// updateDomain returns the second half: fewest instances, then the emptiest cell
// of the fault domain, then the first one counted from the number of the fault
// domain. Group goes before set, since domain numbers mean something only
// inside one placement group.
func (t *tally) updateDomain(group, fd int) int {
	g := t.group(group)
	in, cells := g[1+t.f:], g[1+t.f+t.u+fd*t.u:]
	best := fd % t.u
	for i := 1; i < t.u; i++ {
		d := (fd + i) % t.u
		switch {
		case in[d] != in[best]:
			if in[d] < in[best] {
				best = d
			}
		case t.ud[d] != t.ud[best]:
			if t.ud[d] < t.ud[best] {
				best = d
			}
		case cells[d] != cells[best]:
			if cells[d] < cells[best] {
				best = d
			}
		case t.cells[fd*t.u+d] < t.cells[fd*t.u+best]:
			best = d
		}
	}
	return best
}
