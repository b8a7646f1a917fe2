// Package limits answers what a scale set may have: how many instances its
// image, its disks, its placement group, its zones, its storage accounts, its
// subnets, its NAT pools, its load balancers, its network, its region and the
// quota of the subscription allow.
//
//	set := limits.ScaleSet{ScaleSet: s, Era: guidance.Current}
//	for _, l := range limits.Of(set, limits.Options{}) {
//		if l.Exceeded(n) { ... l.Severity, l.Max, l.Says.ID, l.Place ... }
//	}
//	worst, ok := limits.Worst(limits.Of(set, limits.Options{}), n)
//
// It is the only owner of these answers. The rules of lint, the previews of
// simulate and scale, the rules about autoscale and the review read them here,
// so that the commands cannot disagree. The numbers themselves are written in
// package guidance, each with its source.
//
// A limit is there only when it certainly holds: what a template leaves open is
// taken as whatever allows most.
package limits
