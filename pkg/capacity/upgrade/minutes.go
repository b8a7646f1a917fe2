package upgrade

import (
	"math"
	"time"
)

// Minutes is a range of durations, in minutes.
type Minutes struct{ Least, Most float64 }

// IsZero reports whether the range is the zero value.
func (m Minutes) IsZero() bool { return m == Minutes{} }

func (m Minutes) plus(o Minutes) Minutes { return Minutes{m.Least + o.Least, m.Most + o.Most} }

func minutes(d time.Duration) float64 { return d.Minutes() }

// rounded rounds a range to tenths of a minute: the lower end down, the upper
// end up, so that the range never promises more than it knows.
func (m Minutes) rounded() Minutes {
	return Minutes{max(0, math.Floor(m.Least*10+1e-9)/10), max(0, math.Ceil(m.Most*10-1e-9)/10)}
}

// recorded is how long an action took on one instance in recorded operations of 2015
// to 2024, without the wait for health: the first range for Linux, the second for
// Windows. The instances of a batch are upgraded together, so a batch takes as long
// as its slowest instance.
//
// Sources: live-test recordings of Azure/azure-cli and session records of
// Azure/azure-sdk-for-net (docs/models.md lists them by operation). Linux
// redeployment is one report (AKS#3818); replacing Linux instances was not
// recorded, so that range is assumed.
var recorded = [...][2]Minutes{
	Nothing:  {{0, 0}, {0, 0}},
	InPlace:  {{0, 1.2}, {0, 39.2}}, // update-instances, extensions
	Restart:  {{0, 10.4}, {0, 1.8}}, // restart of all instances
	Reimage:  {{0.5, 2.1}, {5.6, 32}},
	Redeploy: {{1, 6}, {1.5, 37.1}},
	Replace:  {{1, 10}, {5, 44.5}},
}

// work returns how long an action takes on one instance.
func (c Change) work(action Action) Minutes {
	if !c.Work.IsZero() {
		return c.Work
	}
	r := recorded[action]
	switch c.OS {
	case Linux:
		return r[0]
	case Windows:
		return r[1]
	}
	return Minutes{min(r[0].Least, r[1].Least), max(r[0].Most, r[1].Most)}
}

// healthLimit is how long Azure waits for an instance to become healthy
// after its update: up to five minutes
// (virtual-machine-scale-sets-automatic-upgrade).
const healthLimit = 5 * time.Minute

// noHealthWait is how long a batch waits when nothing reports health: 38
// recorded runs waited 10.0 minutes, one of them 14.
var noHealthWait = Minutes{10, 14.1}

// slack is what a recorded wait took beyond twice interval × probes: 0.4 to 3
// seconds.
const slack = 3 * time.Second

// wait returns how long a batch waits for health after its work. With a probe,
// it is at least twice interval × probes: 60 s for 15 s × 2 and 20 s for 5 s × 2
// in 78 recorded runs. The health extension has its grace period instead when
// that is longer. changed reports whether the instances of the batch changed at
// all: those that did not are healthy from the start, so nothing more is waited
// for.
func (h Health) wait(changed bool) Minutes {
	if h.Source == NoHealth {
		return noHealthWait
	}
	least := 2 * h.Interval * time.Duration(max(1, h.Probes))
	if h.Source == Extension {
		least = max(least, h.Grace)
	}
	most := least + slack
	if changed {
		most = least + healthLimit
	}
	if h.Source == Extension && !changed {
		// Three recorded runs of a set with the extension's defaults took 3.0
		// minutes where the defaults alone would be 10 seconds a batch.
		most = max(most, 2*time.Minute)
	}
	return Minutes{minutes(least), minutes(most)}
}
