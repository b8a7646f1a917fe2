package whatif

import (
	"container/heap"
	"sort"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// slots assigns each instance a position in the port ranges of the NAT pools. In the
// preview the position is the id ("50000 -> vmss_0"). Since overprovisioning exists,
// any free port is assigned; that it is the lowest one is assumed
// (guidance.NatPortsNotFixed).
type slots struct {
	byID bool
	size int // of the largest pool
	of   map[int]int
	free free
	next int
}

type free struct{ sort.IntSlice }

func (f *free) Push(x any) { f.IntSlice = append(f.IntSlice, x.(int)) }

func (f *free) Pop() any {
	last := len(f.IntSlice) - 1
	x := f.IntSlice[last]
	f.IntSlice = f.IntSlice[:last]
	return x
}

func newSlots(m placement.Model, pools []NatPool, start []placement.Instance) *slots {
	s := &slots{byID: m == placement.Preview, of: map[int]int{}}
	for _, p := range pools {
		s.size = max(s.size, p.Size())
	}
	s.add(start)
	return s
}

func (s *slots) add(instances []placement.Instance) {
	if s.byID {
		return
	}
	for i := range instances {
		switch {
		case s.free.Len() > 0:
			s.of[instances[i].ID] = heap.Pop(&s.free).(int)
		case s.next < s.size:
			s.of[instances[i].ID] = s.next
			s.next++
		default:
			return // a full range stays full for the rest
		}
	}
}

func (s *slots) change(c placement.Change) {
	for i := range c.Removed {
		if slot, ok := s.of[c.Removed[i].ID]; ok && !s.byID {
			heap.Push(&s.free, slot)
		}
	}
	s.add(c.Added)
}

func (s *slots) slot(id int) (int, bool) {
	if s.byID {
		return id, id < s.size
	}
	slot, ok := s.of[id]
	return slot, ok
}

// Pools returns the NAT pools of the scale set.
func (p *Plan) Pools() []NatPool { return p.source.Pools }

// Port returns the port of an instance in a pool, or false if the range has none for
// it. Ids of the current model are never reused, so an instance keeps its port.
func (p *Plan) Port(pool NatPool, id int) (int, bool) {
	slot, ok := p.slots.slot(id)
	return pool.First + slot, ok && slot < pool.Size()
}

// Account returns the storage account of an instance, or "" if it has none or it is
// unknown. It is assumed that containers are used in turn, by id.
func (p *Plan) Account(id int) string {
	if n := len(p.source.Containers); n > 0 {
		return p.source.Containers[id%n]
	}
	return ""
}

// HasAccounts reports whether the disks are in storage accounts of the template.
func (p *Plan) HasAccounts() bool { return len(p.source.Containers) > 0 }

// Name returns the resource name of an instance.
func (p *Plan) Name(id int) string { return string(p.AppendName(nil, id)) }

// AppendName appends [Plan.Name] to b.
func (p *Plan) AppendName(b []byte, id int) []byte {
	if name, ok := p.source.Names[id]; ok {
		return append(b, name...)
	}
	if p.Config.Flexible {
		return append(b, placement.FlexibleName(p.ScaleSet, id)...)
	}
	return placement.AppendName(b, p.ScaleSet, id)
}

// ComputerName returns the host name of an instance.
func (p *Plan) ComputerName(id int) string { return string(p.AppendComputerName(nil, id)) }

// AppendComputerName appends [Plan.ComputerName] to b.
func (p *Plan) AppendComputerName(b []byte, id int) []byte {
	if name, ok := p.source.ComputerNames[id]; ok {
		return append(b, name...)
	}
	prefix := p.source.Prefix
	if prefix == "" {
		prefix = p.ScaleSet
	}
	if p.Config.Flexible {
		return append(b, placement.FlexibleComputerName(prefix, p.ScaleSet, id)...)
	}
	return placement.AppendComputerName(b, prefix, id)
}
