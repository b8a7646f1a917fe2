// Package sizes holds the rules about what a machine or a scale set requires of its
// size: disks, interfaces, image, security, priority. Codes SS43xx.
package sizes

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		sizeDisks, sizeEphemeralDisk, sizeInterfaces, sizeImage, sizeSecurity, sizeSpot, sizeUnknown, sizeNotOffered,
		retiredSize, retiredImage, retiredFeature,
	}
}

// A machine is a scale set or a virtual machine whose size is known.
type machine struct {
	resource *expand.Resource
	profile  *expand.Node // what holds storageProfile and its like
	at       *expand.Node // the name of the size
	size     sizes.Size
}

// machines are those of a template whose size is in the table, and certain
// there: a size that the table does not have may be a new one.
func machines(p *lint.Pass) []machine {
	type key struct{}
	return lint.Once(p, key{}, func() (all []machine) {
		for _, m := range named(p) {
			if size, ok := find(p, text(m.at)); ok {
				m.size = size
				all = append(all, m)
			}
		}
		return all
	})
}

// named are the scale sets and machines of a template whose size has a known
// name; the size itself is not looked up.
func named(p *lint.Pass) []machine {
	type key struct{}
	return lint.Once(p, key{}, func() []machine { return findNamed(p) })
}

func findNamed(p *lint.Pass) (all []machine) {
	add := func(r *expand.Resource, profile, at *expand.Node) {
		if text(at) != "" && profile != nil {
			all = append(all, machine{resource: r, profile: profile, at: at})
		}
	}
	for _, set := range p.ScaleSets {
		add(set.Resource, set.Profile, set.Body.Get("sku", "name"))
		for _, each := range items(set.Body.Get("properties", "skuProfile", "vmSizes")) {
			add(set.Resource, set.Profile, each.Get("name")) // an instance mix
		}
	}
	for _, m := range p.Deployment.Machines {
		profile := m.Body.Get("properties")
		add(m.Resource, profile, profile.Get("hardwareProfile", "vmSize"))
	}
	return all
}

// image is the image of a machine, or the definition of it in the template.
func (m machine) image() *expand.Node { return m.profile.Get("storageProfile", "imageReference") }

// disks are the OS disk and the data disks.
func (m machine) disks() (all []*expand.Node) {
	storage := m.profile.Get("storageProfile")
	if os := storage.Get("osDisk"); os != nil {
		all = append(all, os)
	}
	if data := storage.Get("dataDisks"); data != nil {
		all = append(all, data.Items...)
	}
	return all
}

// items are the items of an array; none of what is not one.
func items(n *expand.Node) []*expand.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// text is the known text at a path.
func text(n *expand.Node, path ...string) string {
	at := n.Get(path...)
	if t, ok := at.Text(); ok && !at.NeedsValue() {
		return t
	}
	return ""
}

func is(n *expand.Node, want string, path ...string) bool {
	return strings.EqualFold(text(n, path...), want)
}

func isTrue(n *expand.Node, path ...string) bool {
	b, ok := n.Get(path...).Bool()
	return ok && b
}

// A once reports each place once, however many copies share it.
type once map[source.Range]bool

func (o once) first(n *expand.Node) bool {
	if o[n.At()] {
		return false
	}
	o[n.At()] = true
	return true
}

// said ends each detail: the source and its date.
const said = "The list of sizes dates from " + sizes.AsOf + "."

// definition is the image definition in the template that an image reference
// leads to; nil when the template does not make it.
func definition(p *lint.Pass, image *expand.Node) *expand.Node {
	id := image.Get("id")
	if id == nil {
		return nil
	}
	parsed, ok := vmss.ParseID(text(image, "id"))
	if !ok {
		return nil
	}
	if strings.EqualFold(parsed.Kind(), "versions") {
		if parsed, ok = parsed.Parent(); !ok {
			return nil
		}
	}
	if r := p.Deployment.Find(parsed.String()); r != nil && strings.EqualFold(r.Type, "Microsoft.Compute/galleries/images") {
		return r.Body.Get("properties")
	}
	return nil
}
