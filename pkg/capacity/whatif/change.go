package whatif

import (
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// MaxSteps is the limit of changes in one series, more than anyone reads.
const MaxSteps = 1000

// A Change is one change of the capacity: to a number (15), by a number (+5, -3) or by
// a percentage of the capacity at that step (+10%, -50%).
type Change struct {
	// Sign is 0 for an absolute change, +1 or -1 for a relative one.
	Sign    int
	Amount  int
	Percent bool
}

// String returns the change as it is written.
func (c Change) String() string {
	s := strconv.Itoa(c.Amount)
	if c.Percent {
		s += "%"
	}
	switch c.Sign {
	case +1:
		return "+" + s
	case -1:
		return "-" + s
	}
	return s
}

// Apply returns the capacity after the change of n. A percentage is rounded as by
// [autoscale.PercentOf]. The result may be negative.
func (c Change) Apply(n int) int {
	amount := c.Amount
	if c.Percent {
		amount = autoscale.PercentOf(n, c.Amount)
		if c.Sign < 0 && c.Amount <= 100 {
			amount = min(amount, n)
		}
	}
	if c.Sign == 0 {
		return amount
	}
	return n + c.Sign*amount
}

// ParseChanges parses a series such as "15,18,+5,-10%". The error is for the user.
func ParseChanges(text string) ([]Change, error) {
	var changes []Change
	for part := range strings.SplitSeq(text, ",") {
		c, err := ParseChange(part)
		if err != nil {
			return nil, err
		}
		if changes = append(changes, c); len(changes) > MaxSteps {
			return nil, instances.Mistakef("too many changes; the limit of one series is %d", MaxSteps)
		}
	}
	return changes, nil
}

// ParseChange parses one change. "-3" means three fewer, because a capacity cannot be
// negative.
func ParseChange(text string) (Change, error) {
	written := strings.TrimSpace(text)
	c, rest := Change{}, written
	switch {
	case strings.HasPrefix(rest, "+"):
		c.Sign, rest = +1, rest[1:]
	case strings.HasPrefix(rest, "-"):
		c.Sign, rest = -1, rest[1:]
	}
	rest, c.Percent = strings.CutSuffix(rest, "%")
	n, err := strconv.Atoi(rest)
	switch {
	case err != nil || rest[0] < '0' || rest[0] > '9':
		return c, instances.Mistakef("%q is not a capacity change; use a number such as 15, a difference such as +5, or a percentage such as -10%%", written)
	case c.Percent && c.Sign == 0:
		return c, instances.Mistakef("%q changes nothing; use +%s or -%s", written, written, written)
	case n > placement.MaxInstances:
		return c, instances.Mistakef("%q is too large; at most %d instances can be simulated", written, placement.MaxInstances)
	}
	c.Amount = n
	return c, nil
}
