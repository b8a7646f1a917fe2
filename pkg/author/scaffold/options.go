package scaffold

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// Options say what to write. The zero value of each field means the
// scenario's own choice.
type Options struct {
	Era        guidance.Era // Preview writes for the preview of 2015; Auto means Current
	Name       string       // of the scale set, and prefix of everything around it
	Capacity   int          // instances to begin with
	Maximum    int          // instances that ranges and subnets leave room for; at least Capacity
	Size       string       // such as Standard_D2s_v5
	Image      string       // an alias of imageNames, publisher:offer:sku:version, a resource id, or the URI of a VHD
	OS         string       // "linux" or "windows", for an image whose name does not show it
	APIVersion string       // of Microsoft.Compute
	Zones      []string
	Sets       int // scale sets, for multi-set
	Network    Network

	// Minimal leaves out what a scale set works without: tags, identity, health,
	// repairs, boot diagnostics, a NAT gateway beside a load balancer.
	Minimal bool
	// Hardened adds what a security and resilience review requires: encryption
	// at host, zones, a web application firewall.
	Hardened   bool
	Flexible   bool   // Flexible orchestration
	Identity   string // "system", "user" or "none"; "" is system, or none if Minimal
	Bastion    bool   // an Azure Bastion in the new network
	AppGateway bool   // an application gateway in place of the load balancer of a web front end
}

// Network names an existing subnet to use in place of a new network.
type Network struct{ ResourceGroup, Name, Subnet string }

// exists reports whether a subnet was named.
func (n Network) exists() bool { return n.Name != "" }

// An OptionError is an option that the scenario cannot take. Option is
// its name, such as "api-version", which is the key of settings and the flag of
// the command too.
type OptionError struct{ Option, Problem string }

func (e *OptionError) Error() string { return e.Option + ": " + e.Problem }

func reject(flag, format string, args ...any) error {
	return &OptionError{flag, fmt.Sprintf(format, args...)}
}

// image is a platform image, an image by resource id, or a VHD.
type image struct {
	publisher, offer, sku, version string
	id, vhd                        string
	windows                        bool
	known                          bool // one of imageNames, whose properties we know
}

// imageNames are the short names for the option Image with the images that they mean. The 2015
// ones are the images of the preview's quickstart templates.
func imageNames(era guidance.Era) map[string]string {
	if era == guidance.Preview {
		return map[string]string{
			"ubuntu":  "Canonical:UbuntuServer:14.04.3-LTS:latest",
			"windows": "MicrosoftWindowsServer:WindowsServer:2012-R2-Datacenter:latest",
		}
	}
	return map[string]string{
		"ubuntu":  "Canonical:ubuntu-24_04-lts:server:latest",
		"debian":  "Debian:debian-12:12-gen2:latest",
		"windows": "MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition:latest",
	}
}

// skusOf are the SKUs of today's images for sizes that do not start those of
// generation 2, and for sizes with Arm64 processors; Windows has none of these.
func skusOf(alias string) (generation1, arm64 string) {
	switch alias {
	case "ubuntu":
		return "server-gen1", "server-arm64"
	case "debian":
		return "12", "12-arm64"
	case "windows":
		return "2022-datacenter", ""
	}
	return "", ""
}

// parseImage returns the image that a text means, in the form that the size starts.
func parseImage(text string, era guidance.Era, windows bool, size string) (image, error) {
	alias := strings.ToLower(text)
	urn, known := imageNames(era)[alias]
	if known {
		text = urn
	}
	switch {
	case strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://"):
		return image{vhd: text, windows: windows}, nil
	case strings.HasPrefix(text, "/"):
		return image{id: text, windows: windows}, nil
	}
	parts := strings.Split(text, ":")
	if len(parts) != 4 || slices.Contains(parts, "") {
		return image{}, reject("image", "%q is not an image; use %s, publisher:offer:sku:version, a resource id or the URI of a VHD", text, strings.Join(aliases(era), ", "))
	}
	i := image{publisher: parts[0], offer: parts[1], sku: parts[2], version: parts[3],
		windows: strings.Contains(strings.ToLower(parts[0]), "windows"), known: known}
	if s, ok := sizes.Find(size); ok && known && era != guidance.Preview {
		generation1, arm64 := skusOf(alias)
		switch {
		case s.Arm64 == sizes.Yes && arm64 == "":
			return image{}, reject("image", "the size %s has Arm64 processors, for which there is no %s image; choose another size, or give publisher:offer:sku:version", s.Name, alias)
		case s.Arm64 == sizes.Yes:
			i.sku = arm64
		case s.Generation2 == sizes.No:
			i.sku = generation1
		}
	}
	return i, nil
}

func aliases(era guidance.Era) []string {
	var names []string
	for name := range imageNames(era) {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Versions that new templates use: for the preview its only one, and for today
// versions that every public region has had for a year or more.
type versions struct{ compute, network, storage, insights string }

func versionsOf(o Options) versions {
	v := versions{"2025-04-01", "2025-01-01", "2025-01-01", "2022-10-01"}
	if o.Era == guidance.Preview {
		v = versions{"2015-06-15", "2015-06-15", "2015-06-15", "2015-04-01"}
	}
	if o.APIVersion != "" {
		v.compute = o.APIVersion
	}
	return v
}

// managedFirst is the first stable API version with managed disks, zones and
// rolling upgrades (guidance managed-disks-first).
const managedFirst = "2017-03-30"

var (
	apiVersion = lazy.Regexp{Text: `^\d{4}-\d{2}-\d{2}(-preview)?$`}
	setName    = lazy.Regexp{Text: `^[a-z][a-z0-9-]*[a-z0-9]$`}
)

// Computer names are the prefix and six characters: 15 in all on Windows, 64
// on Linux (virtual-machine-scale-sets-instance-ids). Names of sets are kept to the Windows length, so
// that they can serve as prefix everywhere.
const longestName = 9

// longestName is how long the name may be: several sets append their number.
func (s Scenario) longestName(o Options) int {
	if s.sets > 0 {
		return longestName - len(strconv.Itoa(o.Sets))
	}
	return longestName
}

// resolve fills in what the options leave open and rejects what cannot be.
func (s Scenario) resolve(o Options) (Options, image, error) {
	if o.Era == guidance.Auto {
		o.Era = guidance.Current
		if o.APIVersion != "" {
			o.Era = guidance.EraOf(o.APIVersion)
		}
	}
	if o.Era&s.Eras == 0 {
		return o, image{}, reject("guidance", "%s needs what the %s service does not have; it is for guidance %s", s.Name, o.Era, s.Eras)
	}
	if o.APIVersion != "" && !apiVersion.Get().MatchString(o.APIVersion) {
		return o, image{}, reject("api-version", "%q is not an API version, such as 2025-04-01", o.APIVersion)
	}
	if o.APIVersion != "" && guidance.EraOf(o.APIVersion) != o.Era {
		return o, image{}, reject("api-version", "%s is not an API version of the %s era", o.APIVersion, o.Era)
	}
	if o.APIVersion != "" && o.Era == guidance.Current && o.APIVersion < managedFirst {
		return o, image{}, reject("api-version", "%s has no managed disks, which new templates use; %s is the first that has them", o.APIVersion, managedFirst)
	}
	o = s.Defaults(o)
	if err := s.checkCapacity(o); err != nil {
		return o, image{}, err
	}
	if err := s.CheckName(o)(o.Name); err != nil {
		return o, image{}, err
	}
	for _, z := range o.Zones {
		if n, err := strconv.Atoi(z); err != nil || n < 1 || n > 3 {
			return o, image{}, reject("zones", "%q is not a zone; use 1, 2 or 3", z)
		}
	}
	if len(o.Zones) > 0 && o.Era == guidance.Preview {
		return o, image{}, reject("zones", "the preview has no zones")
	}
	if err := s.checkExtras(o); err != nil {
		return o, image{}, err
	}
	if o.Network.exists() && o.Network.Subnet == "" {
		return o, image{}, reject("subnet", "pass the name of a subnet of %s", o.Network.Name)
	}
	img, err := s.resolveImage(o)
	return o, img, err
}

// checkExtras refuses what does not go together or what the scenario has no
// place for.
func (s Scenario) checkExtras(o Options) error {
	for _, extra := range []struct {
		option string
		given  bool
	}{{"minimal", o.Minimal}, {"hardened", o.Hardened}, {"flexible", o.Flexible}, {"identity", o.Identity != ""}, {"bastion", o.Bastion}, {"app-gateway", o.AppGateway}} {
		switch {
		case !extra.given:
		case o.Era == guidance.Preview:
			return reject(extra.option, "it did not exist in 2015")
		case !s.whole && !(s.managed && extra.option == "hardened"):
			return reject(extra.option, "the scenario %s has no use for it", s.Name)
		}
	}
	switch {
	case o.Minimal && o.Hardened:
		return reject("minimal", "it cannot be combined with hardened")
	case o.Identity != "" && !slices.Contains([]string{"system", "user", "none"}, o.Identity):
		return reject("identity", "%q must be system, user or none", o.Identity)
	case o.Identity == "system" && (o.Flexible || s.flexibleOnly):
		return reject("identity", "a Flexible scale set has no system-assigned identity; use user or none")
	case o.Flexible && s.uniformOnly:
		return reject("flexible", "the scenario %s needs Uniform orchestration", s.Name)
	case o.Flexible && o.APIVersion != "" && o.APIVersion < flexibleFirst:
		return reject("api-version", "%s has no Flexible orchestration; use %s or later", o.APIVersion, flexibleFirst)
	case o.Bastion && s.reached:
		return reject("bastion", "the instances of the scenario %s are reached without one", s.Name)
	case o.AppGateway && !s.web:
		return reject("app-gateway", "the scenario %s is not a web front end", s.Name)
	case o.Network.exists() && o.Bastion:
		return reject("bastion", "an existing network has its own")
	case o.Network.exists() && o.AppGateway:
		return reject("app-gateway", "it needs a subnet of its own, in a new network")
	}
	return nil
}

// Defaults fills in the scenario's own choice of name, counts and size where
// the options leave them open.
func (s Scenario) Defaults(o Options) Options {
	o.Name = cmp.Or(o.Name, "web")
	o.Sets = cmp.Or(o.Sets, s.sets, 1)
	if o.Hardened && len(o.Zones) == 0 {
		o.Zones = []string{"1", "2", "3"}
	}
	capacity := s.capacity
	if o.Era != guidance.Preview {
		capacity = cmp.Or(s.today, s.capacity)
	}
	o.Capacity = cmp.Or(o.Capacity, min(capacity, cmp.Or(o.Maximum, capacity)))
	o.Maximum = cmp.Or(o.Maximum, max(o.Capacity, s.maximum))
	if o.Size == "" {
		o.Size = "Standard_D2s_v5"
		if o.Era == guidance.Preview {
			o.Size = "Standard_A1"
		}
	}
	return o
}

// CheckName returns a function that says what is wrong with a name.
func (s Scenario) CheckName(o Options) func(name string) error {
	longest := s.longestName(s.Defaults(o))
	return func(name string) error {
		if setName.Get().MatchString(name) && len(name) <= longest {
			return nil
		}
		return reject("name", "%q must be 2 to %d lower-case letters, digits and hyphens, starting with a letter (it is also the prefix of computer names)", name, longest)
	}
}

const maxSets = 20 // more belong into templates of their own

func (s Scenario) checkCapacity(o Options) error {
	switch {
	case o.Capacity < 0:
		return reject("capacity", "%d is negative; use 0 or more", o.Capacity)
	case o.Maximum < 0:
		return reject("max", "%d is negative; use 0 or more", o.Maximum)
	case o.Sets < 1 || o.Sets > maxSets:
		return reject("sets", "%d scale sets are not possible; use 1 to %d", o.Sets, maxSets)
	case o.Sets > 1 && s.sets == 0:
		return reject("sets", "the scenario %s has one scale set; use multi-set for several", s.Name)
	}
	if o.Maximum < o.Capacity {
		return reject("max", "%d is smaller than the capacity of %d", o.Maximum, o.Capacity)
	}
	return nil
}

func (s Scenario) resolveImage(o Options) (image, error) {
	windows := s.windows
	switch o.OS {
	case "":
	case "linux", "windows":
		windows = o.OS == "windows"
	default:
		return image{}, reject("os", "%q must be linux or windows", o.OS)
	}
	if windows != s.windows && s.osFixed {
		return image{}, reject("os", "%s is for %s", s.Name, osName(s.windows))
	}
	text := o.Image
	if text == "" {
		text = "ubuntu"
		if windows {
			text = "windows"
		}
		if s.customImage {
			return image{windows: windows}, nil // a parameter names it
		}
	}
	img, err := parseImage(text, o.Era, windows, o.Size)
	switch {
	case err != nil:
		return img, err
	case o.OS != "" && img.windows != windows:
		return img, reject("os", "the image %s is for %s", text, osName(img.windows))
	case img.id != "" && o.Era == guidance.Preview:
		return img, reject("image", "the preview has no image resources; use the URI of a VHD")
	case img.vhd != "" && o.Era != guidance.Preview:
		return img, reject("image", "unmanaged disks are retired (2026-03-31); create an image from the VHD and use its resource id")
	case img.vhd != "" && !s.customImage:
		return img, reject("image", "a VHD is a custom image: use the scenario custom-image")
	case img.windows != s.windows && s.osFixed:
		return img, reject("image", "%s is for %s", s.Name, osName(s.windows))
	}
	return img, nil
}

// osName is how people and templates call the operating system.
func osName(windows bool) string {
	if windows {
		return "Windows"
	}
	return "Linux"
}
