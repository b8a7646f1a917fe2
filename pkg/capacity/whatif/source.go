package whatif

import "github.com/scaleset/scaleset/pkg/capacity/instances"

// A Source is what is known of a scale set before it is changed.
type Source = instances.State

// A NatPool is one inbound NAT pool of a source.
type NatPool = instances.NatPool

// A Mistake is an input that makes no sense.
type Mistake = instances.Mistake
