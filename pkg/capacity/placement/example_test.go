package placement_test

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Which instances leave when a set of the 2015 preview shrinks from 20 to 15.
func ExampleSet_Resize() {
	set, err := placement.New(placement.Config{Model: placement.Preview}, 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	change, err := set.Resize(15)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range change.Removed {
		fmt.Println(placement.Name("web", i.ID), "fault domain", i.FaultDomain, "update domain", i.UpdateDomain)
	}
	fmt.Println(set.Balance().FaultDomains)
	// Output:
	// web_19 fault domain 1 update domain 4
	// web_18 fault domain 0 update domain 3
	// web_17 fault domain 2 update domain 2
	// web_16 fault domain 1 update domain 1
	// web_15 fault domain 0 update domain 0
	// [5 5 5]
}
