package diff

import (
	"fmt"
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

// api is the version that the new side deploys with.
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
			return Refused, "zones can only be added, and " + z + " would go"
		}
	}
	if !guidance.AtLeast(m.api(), zonesExtend) {
		return Refused, "zones can be added from API version " + zonesExtend + " on, the template has " + m.api()
	}
	if n, ok := m.walk.new.Body.Get("properties", "platformFaultDomainCount").Int(); ok && n != 1 && n != 5 {
		return Refused, fmt.Sprintf("zones can be added to sets of 1 or 5 fault domains, this one has %d", n)
	}
	return SetOnly, "zones are added for new instances; those that exist stay where they are"
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
		return SetOnly, "from one placement group to several there is no way back"
	}
	return Refused, "a set of several placement groups does not go back to one"
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
		return Refused, "a set stays in the network that it was created in"
	case a != b:
		return Refused, "the set would move to another virtual network"
	}
	return Instances, "the subnet changes within its network; each instance then has to be updated"
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
	switch last(m.path) {
	case "offer", "sku":
		return Reimage, "an instance gets another image only when it is re-imaged; its disks must be laid out alike (data disks, operating system)"
	}
	return Reimage, anew
}

// judgePublisher lets an image of a gallery take the place of one of the
// Marketplace, which then has no publisher.
func judgePublisher(m *moment) (Class, string) {
	if m.old == nil || m.new == nil {
		return Reimage, "another kind of image; an instance gets it only when it is re-imaged, and its disks must be laid out alike"
	}
	return Refused, "the publisher of the image does not change"
}

// credentialsChange is the first API version that takes new credentials and
// custom data for a set.
const credentialsChange = "2017-12-01"

func judgeCredentials(m *moment) (Class, string) {
	if !guidance.AtLeast(m.api(), credentialsChange) {
		return Refused, "it can be changed from API version " + credentialsChange + " on, the template has " + m.api()
	}
	return Reimage, anew
}

func judgeProximity(m *moment) (Class, string) {
	if m.flexible() {
		return Refused, "the proximity placement group of a Flexible set does not change"
	}
	return Restart, "all instances must be deallocated first"
}
