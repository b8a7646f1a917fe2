package whatif

import (
	"fmt"
	"math"
	"net/netip"
	"strconv"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Limit is the highest capacity that something allows.
type Limit struct {
	Name     string // such as "capacity", "nat-ports", "addresses", "accounts", "cores"
	Max      int    // the highest capacity within the limit
	Severity diag.Severity
	Code     diag.Code
	Rule     string
	// Reason is what sets the limit, for "capacity 120 is above 100, REASON".
	Reason string
	Remedy string
	Says   guidance.Statement // the zero one when nobody is quoted
	Place  *expand.Node       // what to change instead of the capacity; may be nil
	// About is what the limit belongs to when a set may have several of a code:
	// a NAT pool, a subnet. Of the limits of one code about the same thing, a
	// step reports the worst that it crosses.
	About string
}

// First is the first capacity that breaks the limit.
func (l Limit) First() int { return l.Max + 1 }

// limitFrom is a limit whose number a statement gives.
func limitFrom(id guidance.ID, n int, severity diag.Severity) Limit {
	says := guidance.Get(id)
	return Limit{Name: "capacity", Max: n, Severity: severity, Code: "SS4001", Rule: "capacity-limit", Says: says}
}

// modelLimit is what the model allows any set.
func modelLimit(m placement.Model) Limit {
	l := limitFrom(guidance.MarketplaceImageMax, 1000, diag.Error)
	l.Reason, l.Remedy = "the most instances of any scale set", "Divide the instances over several scale sets."
	if m == placement.Preview {
		l = limitFrom(guidance.PlatformImageMax, 100, diag.Error)
		l.Reason, l.Remedy = "the most instances of a scale set in the preview", "Divide the instances over several scale sets."
	}
	return l
}

func templateLimits(s *Source, era guidance.Era) []Limit {
	if s.Set.Partial() {
		return nil
	}
	limits := capacityLimits(s, era)
	limits = append(limits, natLimits(s)...)
	limits = append(limits, subnetLimits(s)...)
	return append(limits, accountLimits(s, era)...)
}

func capacityLimits(s *Source, era guidance.Era) (limits []Limit) {
	if l, ok := imageLimit(s, era); ok {
		limits = append(limits, l)
	}
	one, ok := s.Set.OnePlacementGroup()
	if ok && one && era == guidance.Current {
		l := limitFrom(guidance.PlacementGroupMax, 100, diag.Error)
		l.Name, l.Reason = "placement-group", "the most instances of one placement group"
		if n := len(s.Zones); n > 0 {
			l = limitFrom(guidance.ZonalPlacementGroupMax, 100*n, diag.Error)
			l.Name, l.Reason = "placement-group", fmt.Sprintf("100 in one placement group for each of %d zones", n)
		}
		l.Remedy = "Set singlePlacementGroup to false, which needs managed disks and a Standard load balancer and cannot be undone."
		l.Place = s.Set.SinglePlacementGroup.Node
		limits = append(limits, l)
	}
	if s.Flexible {
		l := limitFrom(guidance.FlexibleMax, 1000, diag.Error)
		l.Reason, l.Remedy = "the most instances of a Flexible set", "Divide the instances over several scale sets."
		limits = append(limits, l)
	}
	return limits
}

// imageLimit is what the image and its disks allow.
func imageLimit(s *Source, era guidance.Era) (Limit, bool) {
	var l Limit
	switch kind := s.Set.Storage.Image.Kind; {
	case kind == vmss.ImageVHD && era == guidance.Preview:
		l = limitFrom(guidance.CustomImageMax, 40, diag.Error)
		l.Reason = "the most instances of a custom image, whose disks share one storage account"
	case kind == vmss.ImageVHD && s.Overprovisions:
		l = limitFrom(guidance.CustomImageOverprovisioned, 20, diag.Warning)
		l.Reason = "the most instances advised for a custom image in a storage account with overprovisioning"
	case kind == vmss.ImageVHD:
		l = limitFrom(guidance.CustomImageNotOverprovisioned, 40, diag.Error)
		l.Reason = "the most instances of a custom image in a storage account"
	case era == guidance.Preview:
		return modelLimit(placement.Preview), true
	case s.Set.Storage.OSDisk.Containers.State == vmss.Known:
		l = limitFrom(guidance.UnmanagedDisksMax, 100, diag.Error)
		l.Reason = "the most instances with disks in storage accounts"
	case kind == vmss.ImageManaged:
		l = limitFrom(guidance.ManagedImageMax, 600, diag.Error)
		l.Reason = "the most instances of a managed image"
	case s.Flexible:
		return l, false
	default:
		return modelLimit(placement.Current), true
	}
	l.Remedy = "Divide the instances over several scale sets, or use an image and disks that allow more."
	return l, true
}

// natLimits compares the ports of each pool with the instances. With
// overprovisioning two ports for each instance are advised; what certainly
// fails is fewer ports than instances.
func natLimits(s *Source) (limits []Limit) {
	for _, p := range s.Pools {
		ports := fmt.Sprintf("the ports %d to %d of NAT pool %s", p.First, p.Last, p.Name)
		l := Limit{Name: "nat-ports", Max: p.Size(), Severity: diag.Error, Code: CodePorts, Rule: "simulate-nat-ports", About: p.Name,
			Reason: "one for each of " + ports, Remedy: "Raise frontendPortRangeEnd of the pool.", Says: guidance.Get(guidance.NatRangeCapacity)}
		limits = append(limits, l)
		if s.Overprovisions {
			l.Max, l.Severity, l.Reason = p.Size()/2, diag.Warning, "half of "+ports+", since overprovisioning takes up to two for each instance"
			l.Name, l.Says = "nat-ports-overprovisioned", guidance.Get(guidance.NatRangeOverprovisioned)
			limits = append(limits, l)
		}
	}
	return limits
}

// reservedAddresses are those of each subnet that Azure keeps: the first four
// and the last.
const reservedAddresses = 5

func subnetLimits(s *Source) (limits []Limit) {
	type use struct {
		subnet vmss.Subnet
		each   int // addresses for each instance
	}
	var uses []use
next:
	for _, ip := range s.Set.Network.IPConfigurations() {
		subnet, ok := s.Set.Deployment.Subnet(ip.Subnet)
		if version, known := ip.AddressVersion.Or("IPv4"); !ok || !known || version == "IPv6" {
			continue
		}
		for i := range uses {
			if uses[i].subnet.Node == subnet.Node {
				uses[i].each++
				continue next
			}
		}
		uses = append(uses, use{subnet, 1})
	}
	for _, u := range uses {
		text, _ := u.subnet.Prefix.Known()
		prefix, err := netip.ParsePrefix(text)
		if err != nil || !prefix.Addr().Is4() {
			continue
		}
		free := max(0, int(math.Pow(2, float64(32-prefix.Bits())))-reservedAddresses)
		name, _ := u.subnet.Name.Known()
		reason := fmt.Sprintf("the addresses of subnet %s (%s has %d for instances)", name, text, free)
		if u.each > 1 {
			reason = fmt.Sprintf("%d addresses for each instance in subnet %s (%s has %d for instances)", u.each, name, text, free)
		}
		limits = append(limits, Limit{Name: "addresses", Max: free / u.each, Severity: diag.Error, Code: CodeAddresses, Rule: "simulate-addresses", About: name,
			Reason: reason, Remedy: "Widen the subnet; about 20% above the target leaves room for surplus instances.",
			Says: guidance.Get(guidance.SubnetHeadroom), Place: u.subnet.Prefix.Node})
	}
	return limits
}

// accountLimits finds the first capacity at which one storage account holds
// more instances than advised, the containers taken in turn.
func accountLimits(s *Source, era guidance.Era) []Limit {
	if len(s.Containers) == 0 {
		return nil
	}
	id := guidance.AccountMaxPreview
	if era == guidance.Current {
		if id = guidance.AccountMaxNotOverprovisioned; s.Overprovisions {
			id = guidance.AccountMaxOverprovisioned
		}
	}
	says := guidance.Get(id)
	severity := diag.Warning
	if era == guidance.Preview {
		severity = diag.Error // there the document gives a limit, later pages a plan
	}
	// A container of an unknown account counts as an account of its own, so
	// that no account is thought fuller than it certainly is.
	held, accounts := map[string]int{}, map[string]bool{}
	account := func(i int) string {
		if a := s.Containers[i]; a != "" {
			return a
		}
		return strconv.Itoa(i)
	}
	for i := range s.Containers {
		accounts[account(i)] = true
	}
	n := 0
	for ; ; n++ {
		a := account(n % len(s.Containers))
		if held[a]++; held[a] > says.Limit {
			break
		}
	}
	return []Limit{{Name: "accounts", Max: n, Severity: severity, Code: "SS5001", Rule: "storage-account-spread",
		Reason: accountReason(says.Limit, len(accounts)),
		Remedy: "Spread vhdContainers over more storage accounts, or use managed disks.", Says: says, Place: s.Set.Storage.OSDisk.Containers.Node}}
}

func accountReason(each, accounts int) string {
	if accounts == 1 {
		return "the most for one storage account"
	}
	return fmt.Sprintf("%d for each of %d storage accounts", each, accounts)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// finding tells of a limit that a step from one capacity to another crosses;
// nil when it stays within. What was broken before is only a hint.
func (l Limit) finding(s *Source, from, to int) *diag.Diagnostic {
	if to <= l.Max {
		return nil
	}
	d := &diag.Diagnostic{
		Code: l.Code, Rule: l.Rule, Severity: l.Severity,
		Summary: fmt.Sprintf("capacity %d is above %d, %s", to, l.Max, l.Reason),
		Detail:  l.Remedy, Guidance: s.Model.String(),
	}
	if from > l.Max {
		d.Severity = min(d.Severity, diag.Warning)
		d.Detail = fmt.Sprintf("The set was above it before, at %d. %s", from, l.Remedy)
	}
	if l.Says.ID != "" {
		d.Source, d.Help = l.Says.Source.Title()+": "+l.Says.Text, l.Says.Link()
	}
	place := l.Place
	if place == nil {
		place = s.Place
	}
	d.Subject, d.Pointer, d.Trail = place.At(), place.Pointer(), place.Trail()
	if s.Set != nil {
		d.Resource = s.Set.Resource.Type + "/" + s.Set.Name
	}
	return d
}
