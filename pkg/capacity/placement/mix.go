package placement

import "fmt"

// A PriorityMix divides a Flexible scale set into regular and Spot instances
// (priorityMixPolicy, API 2022-08-01).
type PriorityMix struct {
	Base           int // the first instances, which are regular
	RegularPercent int // percentage of regular instances above the base, 0 to 100
}

func (m *PriorityMix) check() error {
	switch {
	case m == nil:
		return nil
	case m.Base < 0:
		return fmt.Errorf("a base of %d regular instances; 0 or more are possible", m.Base)
	case m.RegularPercent < 0 || m.RegularPercent > 100:
		return fmt.Errorf("%d%% regular instances above the base; 0 to 100 are possible", m.RegularPercent)
	}
	return nil
}

// Split returns how many of n instances are regular and Spot. The percentage above the
// base is rounded down, as in all tables of the page spot-priority-mix.
func (m *PriorityMix) Split(n int) (regular, spot int) {
	regular = min(n, m.Base)
	regular += (n - regular) * m.RegularPercent / 100
	return regular, n - regular
}

func countSpot(instances []Instance) (n int) {
	for i := range instances {
		if instances[i].Flags.Has(Spot) {
			n++
		}
	}
	return n
}

// setPriority makes the new instance a Spot instance if the target already has its
// regular instances. Existing instances keep their priority.
func (g *grower) setPriority(in *Instance, target int) {
	if g.config.Mix == nil {
		if g.config.Spot {
			in.Flags |= Spot
		}
		return
	}
	if regular, _ := g.config.Mix.Split(target); g.total-g.spot >= regular {
		in.Flags |= Spot
		g.spot++
	}
}
