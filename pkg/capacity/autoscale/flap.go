package autoscale

// A Flap is a pair of rules on one metric whose thresholds are too close: at some
// counts a value that fires the scale-in rule would, projected on fewer instances, fire
// the scale-out rule, and Azure skips the scale-in.
type Flap struct {
	Out, In int // indices of the rules
	// Counts are the instance counts, ascending, at which a scale-in that has just
	// reached its threshold is prevented.
	Counts []int
	// Total says that this is so at every count of the profile, for every value
	// down to Need: scale-in happens only when the scale set is nearly idle.
	Total bool
	// First is the smallest of Counts, To the count after the scale-in, and
	// Projected the value then, at the threshold of the scale-in rule.
	First, To int
	Projected float64
	// Need is the value to which the metric must fall at First before the scale-in
	// runs.
	Need float64
}

// Flaps returns the flapping pairs of rules of a profile, in the order of the rules. It
// returns none for a profile whose bounds allow no scaling. It checks at most limit
// counts (0 means 10,000), so that hostile bounds cost no time.
func (p Profile) Flaps(limit int) []Flap {
	if limit == 0 {
		limit = 10_000
	}
	var flaps []Flap
	for o, out := range p.Rules {
		if out.Direction != Increase || !out.Operator.Upward() {
			continue
		}
		for i, in := range p.Rules {
			if in.Direction != Decrease || !in.Operator.Downward() || in.Key() != out.Key() {
				continue
			}
			if f := p.flap(out, in, limit); len(f.Counts) > 0 {
				f.Out, f.In = o, i
				flaps = append(flaps, f)
			}
		}
	}
	return flaps
}

func (p Profile) flap(out, in Rule, limit int) Flap {
	f := Flap{Total: true}
	for n := p.Minimum + 1; n <= p.Maximum && n-p.Minimum <= limit; n++ {
		to := p.clamp(in.Target(n))
		if to >= n || to <= 0 {
			continue
		}
		projected := in.Threshold * float64(n) / float64(to)
		if !held(out, in, projected) {
			f.Total = false
			continue
		}
		if len(f.Counts) == 0 {
			f.First, f.To, f.Projected = n, to, projected
			f.Need = out.Threshold * float64(to) / float64(n)
		}
		f.Counts = append(f.Counts, n)
	}
	f.Total = f.Total && len(f.Counts) > 0
	return f
}

// held reports whether a value just inside the scale-in threshold, projected,
// fires the scale-out rule. With a strict scale-in operator the threshold
// itself does not fire, only values below it, so equality is not a flap there.
func held(out, in Rule, projected float64) bool {
	if in.Operator == LessThan && projected == out.Threshold {
		return false
	}
	return out.Operator.Holds(projected, out.Threshold)
}
