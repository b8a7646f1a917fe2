package whatif_test

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// A set of which only numbers are known goes from 6 to 4 instances.
func ExampleNew() {
	changes, err := whatif.ParseChanges("4")
	if err != nil {
		fmt.Println(err)
		return
	}
	from := 6
	plan, err := whatif.New(instances.New("web"), changes, whatif.Options{From: &from})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range plan.Steps {
		fmt.Println(step.From, "->", step.To)
		for _, i := range step.Removed {
			fmt.Println("removes", i.ID)
		}
	}
	// Output:
	// 6 -> 4
	// removes 5
	// removes 4
}
