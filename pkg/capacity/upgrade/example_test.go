package upgrade_test

import (
	"fmt"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
)

// How 60 instances in three zones are reimaged, 20 percent at a time.
func ExampleNew() {
	set, err := placement.New(placement.Config{Zones: []string{"1", "2", "3"}}, 60)
	if err != nil {
		fmt.Println(err)
		return
	}
	state := upgrade.State{Zones: set.Config().Zones}
	for _, i := range set.Instances() {
		state.Instances = append(state.Instances, upgrade.Instance{Instance: i})
	}
	plan := upgrade.New(upgrade.Input{
		State:  state,
		Policy: upgrade.Policy{Mode: upgrade.Rolling, MaxBatchPercent: 20, MaxUnhealthyPercent: 20, MaxUnhealthyUpgradedPercent: 20, Pause: 2 * time.Minute},
		Health: upgrade.Health{Source: upgrade.Probe, Interval: 15 * time.Second, Probes: 2},
		Change: upgrade.Change{Action: upgrade.Reimage, Work: upgrade.Minutes{Least: 6, Most: 6}},
		Room:   -1,
	})
	for _, b := range plan.Batches {
		fmt.Printf("batch %d: zone %s, %d instances, %d serve\n", b.Number, b.Zone, len(b.Instances), b.Running)
	}
	fmt.Println(plan.Minutes.Least, "to", plan.Minutes.Most, "minutes")
	// Output:
	// batch 1: zone 1, 12 instances, 48 serve
	// batch 2: zone 1, 8 instances, 52 serve
	// batch 3: zone 2, 12 instances, 48 serve
	// batch 4: zone 2, 8 instances, 52 serve
	// batch 5: zone 3, 12 instances, 48 serve
	// batch 6: zone 3, 8 instances, 52 serve
	// 52 to 82 minutes
}
