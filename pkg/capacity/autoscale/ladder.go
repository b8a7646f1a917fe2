package autoscale

// A Rung says when one scale-in from a count runs.
type Rung struct {
	Count, To int // instances before and after it
	// Below is the value that the metric must fall below, or to: the threshold of
	// the rule, or less if the projected value would scale out again. Held says that
	// it is less.
	Below float64
	Held  bool
}

// Ladder returns, for the scale-in rule with an index in the profile, one rung for each
// count, descending, as if the scale-out rules on the same metric were the only other
// rules. It computes at most limit rungs; 0 means 10,000.
func (p Profile) Ladder(rule, limit int) []Rung {
	if limit <= 0 {
		limit = 10_000
	}
	in := p.Rules[rule]
	if in.Direction != Decrease || !in.Operator.Downward() {
		return nil
	}
	var rungs []Rung
	for n := p.Maximum; n > p.Minimum && len(rungs) < limit; n-- {
		to := p.clamp(in.Target(n))
		if to >= n || to <= 0 {
			continue
		}
		r := Rung{Count: n, To: to, Below: in.Threshold}
		for _, out := range p.Rules {
			if out.Direction != Increase || !out.Operator.Upward() || out.Key() != in.Key() {
				continue
			}
			if need := out.Threshold * float64(to) / float64(n); held(out, in, in.Threshold*float64(n)/float64(to)) && need <= r.Below {
				r.Below, r.Held = need, true
			}
		}
		rungs = append(rungs, r)
	}
	return rungs
}
