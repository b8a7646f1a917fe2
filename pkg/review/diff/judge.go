package diff

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A moment is one change as a rule judges it.
type moment struct {
	walk      *walk
	path      path
	old, new  *expand.Node
	byDefault value.Value
}

// api returns the version that the new side deploys with.
func (m *moment) api() string { return m.walk.new.APIVersion }

// flexible reports whether one of the sides certainly is a Flexible set.
func (m *moment) flexible() bool {
	for _, r := range [...]*expand.Resource{m.walk.old, m.walk.new} {
		if mode, ok := r.Body.Get("properties", "orchestrationMode").Text(); ok && strings.EqualFold(mode, "Flexible") {
			return true
		}
	}
	return false
}

// zonesExtend is the first API version with which zones can be added.
const zonesExtend = "2023-03-01"

func judgeZones(m *moment) (Class, string) {
	before, after := texts(m.old), texts(m.new)
	for z := range before {
		if !after[z] {
			return Refused, "zones can only be added, and " + z + " would be removed"
		}
	}
	if !guidance.AtLeast(m.api(), zonesExtend) {
		return Refused, "zones can be added with API version " + zonesExtend + " or later; the template uses " + m.api()
	}
	if n, ok := m.walk.new.Body.Get("properties", "platformFaultDomainCount").Int(); ok && n != 1 && n != 5 {
		return Refused, fmt.Sprintf("zones can be added to scale sets with 1 or 5 fault domains; this one has %d", n)
	}
	return SetOnly, "new instances use the added zones; existing instances stay in their zones"
}

func texts(n *expand.Node) map[string]bool {
	set := map[string]bool{}
	if n == nil {
		return set
	}
	for _, i := range n.Items {
		if s, ok := i.Text(); ok {
			set[s] = true
		}
	}
	return set
}

func judgePlacementGroup(m *moment) (Class, string) {
	if after, ok := truth(m.new, m.byDefault); ok && !after {
		return SetOnly, "a change to several placement groups cannot be reverted"
	}
	return Refused, "a scale set with several placement groups cannot change back to one"
}

func truth(n *expand.Node, byDefault value.Value) (b, ok bool) {
	if n != nil {
		return n.Bool()
	}
	v, ok := byDefault.(value.Bool)
	return bool(v), ok
}

// judgeSubnet compares the networks of two subnets.
func judgeSubnet(m *moment) (Class, string) {
	a, okA := network(m.old)
	b, okB := network(m.new)
	switch {
	case !okA || !okB:
		return Refused, "a scale set cannot leave the virtual network in which it was created"
	case a != b:
		return Refused, "a scale set cannot move to another virtual network"
	}
	return Instances, "the subnet changes within its virtual network; each instance must then be updated"
}

func network(n *expand.Node) (string, bool) {
	text, ok := n.Text()
	if !ok {
		text, ok = n.Get("id").Text()
	}
	id, parsed := vmss.ParseID(text)
	if !ok || !parsed {
		return "", false
	}
	parent, ok := id.Parent()
	return parent.String(), ok
}

func judgeImage(m *moment) (Class, string) {
	if last(m.path) == "offer" {
		return Reimage, "an instance gets the new image when it is reimaged; documentation of 2020 says that the offer cannot change, later documentation says that it can"
	}
	return Reimage, onReimage
}

// judgeImageSKU: the SKU changes for images without plan information. The
// rejection for an image with a plan was reported twice
// (MicrosoftDocs/azure-docs#50063, Azure/azure-powershell#11911).
func judgeImageSKU(m *moment) (Class, string) {
	for _, r := range [...]*expand.Resource{m.walk.old, m.walk.new} {
		if isObject(given(r.Body.Get("plan"))) {
			return Refused, "the SKU of an image with a purchase plan cannot change"
		}
	}
	return Reimage, "an instance gets the new image when it is reimaged; the image must have the same disk layout"
}

// judgeDiskType rejects one type of disk in place of another; what a disk without
// a type has depends on its size.
func judgeDiskType(m *moment) (Class, string) {
	if m.old == nil || m.new == nil {
		return Unknown, "the type of a disk cannot change; the type of a disk that names none is not known offline"
	}
	return Refused, "the type of a disk is fixed when it is created"
}

// inUse reports whether scale sets of both sides, or of the old side alone, refer
// to a part of the resource at hand, such as a probe or a pool.
func (m *moment) inUse(kind string, refs func(*vmss.ScaleSet) []vmss.Ref) (both, before bool) {
	n := m.old
	for n != nil && n.Get("name") == nil {
		n = n.Parent()
	}
	name, ok := n.Get("name").Text()
	if !ok || m.walk.old.ID == "" {
		return false, false
	}
	id := strings.ToLower(m.walk.old.ID + "/" + kind + "/" + name[strings.LastIndexByte(name, '/')+1:])
	d := m.walk.diff
	used, counted := d.used[kind]
	if !counted {
		used = [2]map[string]bool{idsOf(d.left, refs), idsOf(d.right, refs)}
		if d.used == nil {
			d.used = map[string][2]map[string]bool{}
		}
		d.used[kind] = used
	}
	return used[0][id] && used[1][id], used[0][id]
}

// idsOf returns the ids that the scale sets of a deployment refer to, in lower case.
func idsOf(d *vmss.Deployment, refs func(*vmss.ScaleSet) []vmss.Ref) map[string]bool {
	ids := map[string]bool{}
	for _, set := range d.ScaleSets {
		for _, ref := range refs(set) {
			if text, ok := ref.ID.Known(); ok {
				ids[strings.ToLower(text)] = true
			}
		}
	}
	return ids
}

// judgeProbe: a probe that a scale set names as its health probe stays as it is.
// When the new side no longer names it, the order of the two updates decides.
func judgeProbe(m *moment) (Class, string) {
	both, before := m.inUse("probes", func(s *vmss.ScaleSet) []vmss.Ref { return []vmss.Ref{s.Network.HealthProbe} })
	removed := m.old != nil && m.new == nil
	switch {
	case removed && both, !removed && both && last(m.path) == "port":
		return Refused, "a scale set uses the probe as its health probe; remove it from the scale set first"
	case before && (removed || last(m.path) == "port"):
		return Unknown, "the scale set must stop using the probe before the load balancer changes"
	}
	return Update, "the resource is updated in place"
}

// emptied judges a list all items of which are removed: the worst of what judge
// says of the items.
func emptied(judge func(*moment) (Class, string)) func(*moment) (Class, string) {
	return func(m *moment) (worst Class, why string) {
		worst, why = Update, "the resource is updated in place"
		if m.old == nil || m.new != nil && len(m.new.Items) > 0 {
			return worst, why
		}
		for _, item := range m.old.Items {
			one := *m
			one.old, one.new = item, nil
			if c, reason := judge(&one); c == Refused || c == Unknown && worst != Refused {
				worst, why = c, reason
			}
		}
		return worst, why
	}
}

// judgeNATPool: a pool that a scale set uses is not removed: reported as "Cannot
// remove inbound nat pool ... since it is in use by virtual machine scale set"
// (Azure/vm-scale-sets#41, Azure/azure-powershell#4698). When the new side gives it
// up, the order of the two updates decides.
func judgeNATPool(m *moment) (Class, string) {
	both, before := m.inUse("inboundNatPools", func(s *vmss.ScaleSet) (refs []vmss.Ref) {
		for _, c := range s.Network.IPConfigurations() {
			refs = append(refs, c.NatPools.Items...)
		}
		return refs
	})
	switch {
	case m.new == nil && both:
		return Refused, "a scale set uses the NAT pool, and Azure does not delete a pool in use; remove it from the scale set first"
	case m.new == nil && before:
		return Unknown, "a scale set uses the NAT pool; Azure rejects the change unless the scale set is updated before the load balancer"
	}
	return Update, "the resource is updated in place"
}

// lives reports whether scale sets of the old side are in the subnet.
func (m *moment) lives() bool {
	_, before := m.inUse("subnets", func(s *vmss.ScaleSet) (refs []vmss.Ref) {
		for _, c := range s.Network.IPConfigurations() {
			refs = append(refs, c.Subnet)
		}
		return refs
	})
	return before
}

func judgeSubnetItem(m *moment) (Class, string) {
	if m.old != nil && m.new == nil && m.lives() {
		return Unknown, "a scale set is in the subnet, and only an empty subnet can be deleted"
	}
	return Update, "the resource is updated in place"
}

func judgeSubnetRange(m *moment) (Class, string) {
	if !m.lives() {
		return Update, "the resource is updated in place"
	}
	// Reported: InUsePrefixCannotBeDeleted, "has active allocations and cannot be
	// deleted" (hashicorp/terraform-provider-azurerm#11211). A range that holds
	// the old one keeps them.
	before, _ := m.old.Text()
	after, _ := m.new.Text()
	from, err1 := netip.ParsePrefix(before)
	to, err2 := netip.ParsePrefix(after)
	if err1 == nil && err2 == nil && !from.Overlaps(to) {
		return Refused, "a scale set has addresses of the old range, which then cannot be deleted (InUsePrefixCannotBeDeleted)"
	}
	return Unknown, "a scale set is in the subnet, and the range of a subnet can change only while it is empty"
}

// judgeReservation: the page lets a zonal set take a capacity reservation as it
// is, and asks for a regional one to be deallocated first. Reported rejections are
// those of a regional set and of another group
// (hashicorp/terraform-provider-azurerm#33199).
func judgeReservation(m *moment) (Class, string) {
	zonal := len(texts(m.walk.new.Body.Get("zones"))) > 0
	switch {
	case m.new == nil:
		return Restart, "the group is removed when the instances are deallocated, or its reserved quantity is 0"
	case m.old != nil:
		return Refused, "the capacity reservation group cannot change; remove the old one first"
	case !zonal:
		return Refused, "a capacity reservation group can be added to a regional scale set only while all instances are deallocated"
	}
	return Instances, "each instance must then be updated; singlePlacementGroup must be false"
}

// judgeExtension rejects to lose an extension for which another one waits.
func judgeExtension(m *moment) (Class, string) {
	if m.new != nil || m.old == nil || m.path.steps[len(m.path.steps)-1] != "*" {
		return Instances, eachVM
	}
	name, _ := m.old.Get("name").Text()
	if m.walk.waiting == nil {
		m.walk.waiting = waitingExtensions(m.walk.new)
	}
	if other, ok := m.walk.waiting[strings.ToLower(name)]; ok {
		return Refused, "extension '" + other + "' depends on it (provisionAfterExtensions)"
	}
	return Instances, eachVM
}

// waitingExtensions gives, for the lower-case name of an extension, one that
// waits for it.
func waitingExtensions(r *expand.Resource) map[string]string {
	waiting := map[string]string{}
	list := r.Body.Get("properties", "virtualMachineProfile", "extensionProfile", "extensions")
	if list == nil {
		return waiting
	}
	for _, e := range list.Items {
		after := e.Get("properties", "provisionAfterExtensions")
		if after == nil {
			continue
		}
		name, _ := e.Get("name").Text()
		for _, a := range after.Items {
			if text, ok := a.Text(); ok {
				waiting[strings.ToLower(text)] = name
			}
		}
	}
	return waiting
}

// judgePublisher lets an image of a gallery take the place of one of the
// Marketplace, which then has no publisher. A managed image cannot: "The Image type
// for a Virtual Machine Scale Set may not be changed" (MicrosoftDocs/azure-docs#89791
// and #92371).
func judgePublisher(m *moment) (Class, string) {
	if m.old != nil && m.new != nil {
		return Refused, "the publisher of the image cannot change"
	}
	for _, r := range [...]*expand.Resource{m.walk.old, m.walk.new} {
		text, _ := r.Body.Get("properties", "virtualMachineProfile", "storageProfile", "imageReference", "id").Text()
		if id, ok := vmss.ParseID(text); ok && strings.EqualFold(id.Type, "Microsoft.Compute/images") {
			return Refused, "a scale set cannot change between an image of the Marketplace and a managed image"
		}
	}
	return Reimage, "the kind of image changes; an instance gets the new image when it is reimaged, and the image must have the same disk layout"
}

// judgeMachineDisk: what a disk without a type has depends on its size.
func judgeMachineDisk(m *moment) (Class, string) {
	if m.old == nil || m.new == nil {
		return Unknown, "the type of a disk that names none is not known offline; Azure rejects another type"
	}
	return Refused, "the type of a managed disk is changed at the disk, not at the virtual machine"
}

// credentialsChange is the first API version that takes new credentials and
// custom data for a set.
const credentialsChange = "2017-12-01"

func judgeCredentials(m *moment) (Class, string) {
	if !guidance.AtLeast(m.api(), credentialsChange) {
		return Refused, "it can change with API version " + credentialsChange + " or later; the template uses " + m.api()
	}
	return Reimage, byHand
}

// judgeUnsureCredentials is judgeCredentials for what no page names.
func judgeUnsureCredentials(m *moment) (Class, string) {
	class, why := judgeCredentials(m)
	if class == Refused {
		return Unknown, why
	}
	return class, why
}

func judgeProximity(m *moment) (Class, string) {
	if m.flexible() {
		return Refused, "the proximity placement group of a Flexible scale set cannot change"
	}
	return Restart, "all instances must be deallocated first"
}
