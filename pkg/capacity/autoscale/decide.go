package autoscale

// An Outcome is the result of one evaluation of a profile.
type Outcome string

// The outcomes.
const (
	Stay        Outcome = "stay"         // no rule fires
	Bound       Outcome = "bound"        // the count was outside minimum and maximum
	Out         Outcome = "scale-out"    // a rule adds instances
	In          Outcome = "scale-in"     // all rules remove instances
	InReduced   Outcome = "flap-reduced" // fewer instances are removed, because the full scale-in would flap
	InSkipped   Outcome = "flap-skipped" // none is removed, because any scale-in would flap
	AtLimit     Outcome = "at-limit"     // a rule fires, but the bound is reached
	CoolingDown Outcome = "cooldown"     // a rule fires too soon after the last action
	Unreadable  Outcome = "default"      // a metric is missing, and fewer instances than the default are running
)

// A Decision is the outcome, the new count, and the rules that decided.
type Decision struct {
	Outcome Outcome
	From    int
	To      int
	Rules   []int // indices of the rules that fired
	// Blocker is the index of the scale-out rule that the full scale-in would
	// fire, or -1, and Projected is the value of its metric then.
	Blocker   int
	Projected float64
}

// Values returns the aggregated value of the metric of a rule, per instance if the rule
// divides; ok is false if it cannot be read.
type Values func(rule int) (value float64, ok bool)

// Decide evaluates a profile once and ignores cooldowns.
func (p Profile) Decide(current int, values Values) Decision {
	return p.decide(current, values, func(int) bool { return true })
}

func (p Profile) decide(current int, values Values, ready func(rule int) bool) Decision {
	d := Decision{Outcome: Stay, From: current, To: current, Blocker: -1}
	if bound := p.clamp(current); bound != current {
		d.Outcome, d.To = Bound, bound
		return d
	}
	e := p.evaluate(current, values)
	switch {
	case e.unreadable && current < p.Default:
		d.Outcome, d.To = Unreadable, p.clamp(p.Default)
	case len(e.out) > 0:
		p.act(&d, e.out, Out, ready)
	case len(e.in) > 0 && e.allIn:
		p.act(&d, e.in, In, ready)
		p.holdFlap(&d, values)
	}
	return d
}

// evaluation is which rules fire at a count.
type evaluation struct {
	out, in    []int
	allIn      bool // no readable scale-in rule stays quiet
	unreadable bool
}

func (p Profile) evaluate(current int, values Values) evaluation {
	e := evaluation{allIn: true}
	for i, r := range p.Rules {
		direction := r.scales(current)
		v, ok := values(i)
		fires := ok && r.Operator.Holds(v, r.Threshold)
		switch {
		case !ok:
			e.unreadable = true
			e.allIn = e.allIn && direction != Decrease
		case direction == Increase && fires:
			e.out = append(e.out, i)
		case direction == Decrease && fires:
			e.in = append(e.in, i)
		case direction == Decrease:
			e.allIn = false
		}
	}
	return e
}

// act applies the fired rules that have cooled down: of several results the
// largest wins, in both directions.
func (p Profile) act(d *Decision, fired []int, outcome Outcome, ready func(int) bool) {
	d.Rules = fired
	best, any := 0, false
	for _, i := range fired {
		if !ready(i) {
			if outcome == In { // all must be able to act
				any = false
				break
			}
			continue
		}
		if t := p.Rules[i].Target(d.From); !any || t > best {
			best, any = t, true
		}
	}
	switch best = p.clamp(best); {
	case !any:
		d.Outcome = CoolingDown
	case best == d.From:
		d.Outcome = AtLimit
	default:
		d.Outcome, d.To = outcome, best
	}
}

// holdFlap reduces or skips a scale-in that would fire a scale-out rule (F).
func (p Profile) holdFlap(d *Decision, values Values) {
	if d.Outcome != In {
		return
	}
	for to := d.To; to < d.From; to++ {
		blocker, projected := p.blocker(d.From, to, values)
		if blocker < 0 {
			if to > d.To {
				d.Outcome, d.To = InReduced, to
			}
			return
		}
		if d.Blocker < 0 {
			d.Blocker, d.Projected = blocker, projected
		}
	}
	d.Outcome, d.To = InSkipped, d.From
}

// blocker finds a scale-out rule that would fire after going from one count to
// a smaller one, when the load stays the same.
func (p Profile) blocker(from, to int, values Values) (rule int, projected float64) {
	for i, r := range p.Rules {
		if r.scales(from) != Increase && r.Direction != Increase {
			continue
		}
		if v, ok := values(i); ok && to > 0 {
			if projected = v * float64(from) / float64(to); r.Operator.Holds(projected, r.Threshold) {
				return i, projected
			}
		}
	}
	return -1, 0
}
