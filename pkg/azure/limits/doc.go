// Package limits returns the limits of a scale set: the number of instances
// that its image, disks, placement group, zones, storage accounts, subnets, NAT
// pools, load balancers, network, region and the quota of the subscription
// allow.
//
//	set := limits.ScaleSet{ScaleSet: s, Era: guidance.Current}
//	for _, l := range limits.Of(set, limits.Options{}) {
//		if l.Exceeded(n) { ... l.Severity, l.Max, l.Says.ID, l.Place ... }
//	}
//	worst, ok := limits.Worst(limits.Of(set, limits.Options{}), n)
//
// It is the only owner of these limits. The rules of lint, the previews of
// simulate and scale, the rules about autoscale and the review use them, so
// that the commands cannot disagree. The numbers themselves are in package
// guidance, each with its source.
//
// A limit is returned only if it certainly applies: a value that a template
// leaves open counts as the one that allows the most instances.
package limits
