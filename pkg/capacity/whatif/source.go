package whatif

import "github.com/scaleset/scaleset/pkg/capacity/instances"

// A Source is what is known about a scale set before it is changed.
type Source = instances.State

// A NatPool is an inbound NAT pool of a source.
type NatPool = instances.NatPool

// A Mistake is an error in the input.
type Mistake = instances.Mistake
