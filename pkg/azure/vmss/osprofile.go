package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// OSProfile is the osProfile object. The values of secure parameters are always
// unknown.
type OSProfile struct {
	Part
	ComputerNamePrefix       Field[string]
	AdminUsername            Field[string]
	AdminPassword            Field[string]
	CustomData               Field[string]
	Linux                    Part // linuxConfiguration
	Windows                  Part // windowsConfiguration
	Secrets                  List[*expand.Node]
	DisablePassword          Field[bool] // disablePasswordAuthentication
	AutomaticUpdates         Field[bool] // enableAutomaticUpdates of Windows
	PatchMode                Field[string]
	AllowExtensionOperations Field[bool]
}

func newOSProfile(profile *expand.Node) OSProfile {
	n := profile.Get("osProfile")
	os := OSProfile{
		Part:                     part(profile, "osProfile"),
		ComputerNamePrefix:       text(n, "computerNamePrefix"),
		AdminUsername:            text(n, "adminUsername"),
		AdminPassword:            text(n, "adminPassword"),
		CustomData:               text(n, "customData"),
		Linux:                    part(n, "linuxConfiguration"),
		Windows:                  part(n, "windowsConfiguration"),
		Secrets:                  list(n, func(n *expand.Node) *expand.Node { return n }, "secrets"),
		DisablePassword:          boolean(n, "linuxConfiguration", "disablePasswordAuthentication"),
		AutomaticUpdates:         boolean(n, "windowsConfiguration", "enableAutomaticUpdates"),
		PatchMode:                text(n, "windowsConfiguration", "patchSettings", "patchMode"),
		AllowExtensionOperations: boolean(n, "allowExtensionOperations"),
	}
	if os.PatchMode.Absent() {
		os.PatchMode = text(n, "linuxConfiguration", "patchSettings", "patchMode")
	}
	return os
}

// A System is an operating system.
type System uint8

// The operating systems. The zero System is unknown.
const (
	SystemUnknown System = iota
	Linux
	Windows
)

func (s System) String() string { return [...]string{"unknown", "Linux", "Windows"}[s] }

// System returns the operating system of the instances as far as the template
// shows it: by osDisk.osType, by the only configuration that it writes, or by
// the publisher of a platform image.
func (s *ScaleSet) System() System { return systemOf(s.OS, s.Storage) }

func systemOf(os OSProfile, storage StorageProfile) System {
	if named, ok := storage.OSDisk.OSType.Known(); ok {
		return systemNamed(named)
	}
	linux, windows := os.Linux.State, os.Windows.State
	switch {
	case linux == Known && windows == Absent:
		return Linux
	case windows == Known && linux == Absent:
		return Windows
	}
	return storage.System()
}

// OS returns the osProfile of the virtual machine.
func (m *VirtualMachine) OS() OSProfile { return newOSProfile(m.Body.Get("properties")) }

// System returns the operating system of the virtual machine as far as the
// template shows it.
func (m *VirtualMachine) System() System {
	return systemOf(m.OS(), newStorageProfile(m.Body.Get("properties")))
}

// System returns the operating system of the image, by osDisk.osType or the
// publisher of a platform image.
func (s StorageProfile) System() System {
	if os, ok := s.OSDisk.OSType.Known(); ok {
		return systemNamed(os)
	}
	publisher, _ := s.Image.Publisher.Known()
	return systemOfPublisher(publisher)
}

func systemNamed(os string) System {
	switch {
	case strings.EqualFold(os, "Linux"):
		return Linux
	case strings.EqualFold(os, "Windows"):
		return Windows
	}
	return SystemUnknown
}

// systemOfPublisher returns the operating system of publishers whose images all
// have the same one; others (Microsoft's SQL Server images, for example) have
// both.
func systemOfPublisher(publisher string) System {
	switch strings.ToLower(publisher) {
	case "microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftvisualstudio":
		return Windows
	case "canonical", "redhat", "suse", "openlogic", "debian", "credativ", "coreos", "oracle", "almalinux", "kinvolk", "rockylinux":
		return Linux
	}
	return SystemUnknown
}
