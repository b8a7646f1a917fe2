package vmss

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// An Extension is an extension of the instances, written in the profile or as a
// separate resource.
type Extension struct {
	Part
	// Resource is set if the extension is a separate resource.
	Resource *expand.Resource

	Name, Publisher, Kind, Version Field[string] // Kind is "type", Version typeHandlerVersion
	AutoUpgradeMinor               Field[bool]
	AutomaticUpgrade               Field[bool]
	Settings, Protected            Part
	// After is provisionAfterExtensions.
	After List[Field[string]]
}

// MachineExtensions returns the extensions of virtual machines, which are
// separate resources.
func (d *Deployment) MachineExtensions() (all []Extension) {
	for _, r := range d.OfType("Microsoft.Compute/virtualMachines/extensions") {
		e := newExtension(r.Body)
		e.Resource = r
		all = append(all, e)
	}
	return all
}

func newExtension(n *expand.Node) Extension {
	p := n.Get("properties")
	return Extension{
		Part:             part(n),
		Name:             text(n, "name"),
		Publisher:        text(p, "publisher"),
		Kind:             text(p, "type"),
		Version:          text(p, "typeHandlerVersion"),
		AutoUpgradeMinor: boolean(p, "autoUpgradeMinorVersion"),
		AutomaticUpgrade: boolean(p, "enableAutomaticUpgrade"),
		Settings:         part(p, "settings"),
		Protected:        part(p, "protectedSettings"),
		After:            texts(p, "provisionAfterExtensions"),
	}
}

// ShortName returns the name of the extension within its set; ok is false if it
// is unknown.
func (e Extension) ShortName() (string, bool) {
	name, ok := e.Name.Known()
	return name[strings.LastIndexByte(name, '/')+1:], ok
}

// Is reports whether the extension certainly has the publisher and type,
// ignoring case.
func (e Extension) Is(publisher, kind string) bool {
	p, ok := e.Publisher.Known()
	k, known := e.Kind.Known()
	return ok && known && fold.Equal(p, publisher) && fold.Equal(k, kind)
}

// HealthExtension returns the application health extension of the set; ok is
// false if the set certainly has none. If the type of an extension or the whole
// list is unknown, it returns the zero Extension and true.
func (s *ScaleSet) HealthExtension() (e Extension, ok bool) {
	ok = s.Extensions.State == Unknown
	for _, e := range s.Extensions.Items {
		kind, known := e.Kind.Known()
		if known && strings.HasPrefix(fold.Lower(kind), "applicationhealth") {
			return e, true
		}
		ok = ok || !known && e.Kind.IsSet() || e.State == Unknown
	}
	return Extension{}, ok
}

const fabricPublisher = "Microsoft.Azure.ServiceFabric"

var fabricTypes = []string{"ServiceFabricNode", "ServiceFabricLinuxNode"}

// ServiceFabric reports whether one of the extensions is certainly that of
// Service Fabric.
func (s *ScaleSet) ServiceFabric() bool {
	return slices.ContainsFunc(s.Extensions.Items, func(e Extension) bool {
		return slices.ContainsFunc(fabricTypes, func(t string) bool { return e.Is(fabricPublisher, t) })
	})
}

// MayBeServiceFabric reports whether one of the extensions is or may be that of
// Service Fabric, or the list of extensions is unknown.
func (s *ScaleSet) MayBeServiceFabric() bool {
	maybe := func(f Field[string], is ...string) bool {
		text, ok := f.Known()
		return ok && slices.ContainsFunc(is, func(i string) bool { return fold.Equal(i, text) }) || f.State == Unknown
	}
	return s.Extensions.State == Unknown || slices.ContainsFunc(s.Extensions.Items, func(e Extension) bool {
		return maybe(e.Publisher, fabricPublisher) && maybe(e.Kind, fabricTypes...)
	})
}
