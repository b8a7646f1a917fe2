package review

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Group is facts that belong together.
type Group struct {
	Title string `json:"title"`
	Facts []Fact `json:"facts"`
}

// A Fact is one fact about a scale set, for a reviewer.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// Default is set if the template does not have it and Azure uses
	// it; Unknown is set if it is known only at deployment.
	Default bool `json:"default,omitempty"`
	Unknown bool `json:"unknown,omitempty"`
	// At is "path:line:col" of what is written; "" when nothing is.
	At string `json:"at,omitempty"`
}

// facts returns the groups of facts of a set. A set without a profile has those that
// it carries.
func facts(s *vmss.ScaleSet) []Group {
	groups := []Group{{"Size and capacity", sizeFacts(s)}}
	if s.Partial() {
		return groups
	}
	return append(groups,
		Group{"Machine", machineFacts(s)},
		Group{"Availability", availabilityFacts(s)},
		Group{"Upgrades and health", healthFacts(s)},
	)
}

// of returns the fact of a field; otherwise is the default of Azure, "" if there
// is nothing to say of a field that is absent.
func of[T any](name string, f vmss.Field[T], otherwise string) Fact {
	fact := Fact{Name: name}
	switch v, ok := f.Known(); {
	case ok:
		fact.Value = fmt.Sprint(v)
	case f.IsSet():
		fact.Unknown, fact.Value = true, residual(f)
	default:
		fact.Value, fact.Default = otherwise, otherwise != ""
	}
	if f.IsSet() {
		fact.At = place(f)
	}
	return fact
}

func residual[T any](f vmss.Field[T]) string {
	if u, ok := f.Node.Value.(value.Unknown); ok {
		return "[" + u.Residual + "]"
	}
	return value.JSON(f.Node.Value)
}

func place[T any](f vmss.Field[T]) string { return placeOf(f.Place().At()) }

// placeOf returns "path:line:col" of the start of a range; "" for the zero range.
func placeOf(at source.Range) string {
	if at.IsZero() {
		return ""
	}
	p := at.StartPosition()
	return at.File.Path() + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// some returns the facts that say something.
func some(all ...Fact) []Fact {
	var out []Fact
	for _, f := range all {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

func sizeFacts(s *vmss.ScaleSet) []Fact {
	return some(
		of("Size", s.SKUName, ""),
		of("Capacity", s.Capacity, ""),
		autoscaleFact(s),
		of("Location", s.Location, ""),
		Fact{Name: "API version", Value: s.APIVersion + ", checked against the guidance of " + eraWords(guidance.EraOf(s.APIVersion))},
	)
}

func eraWords(e guidance.Era) string {
	if e == guidance.Preview {
		return "the public preview"
	}
	return "today"
}

func autoscaleFact(s *vmss.ScaleSet) Fact {
	var parts []string
	for _, a := range s.Autoscale {
		if on, ok := a.Enabled.Known(); ok && !on {
			parts = append(parts, "a disabled setting")
			continue
		}
		for _, p := range a.Profiles.Items {
			low, ok1 := p.Minimum.Known()
			high, ok2 := p.Maximum.Known()
			name, _ := p.Name.Known()
			if ok1 && ok2 {
				parts = append(parts, fmt.Sprintf("%d to %d (%s, %d rules)", low, high, name, len(p.Rules.Items)))
			} else {
				parts = append(parts, "limits known only at deployment ("+name+")")
			}
		}
	}
	if len(parts) == 0 {
		return Fact{Name: "Autoscale", Value: "none in this template", Default: true}
	}
	return Fact{Name: "Autoscale", Value: strings.Join(parts, "; ")}
}

func machineFacts(s *vmss.ScaleSet) []Fact {
	system := Fact{Name: "System", Value: s.System().String(), Unknown: s.System() == vmss.SystemUnknown}
	return some(
		system,
		imageFact(s),
		diskFact(s),
		dataDiskFact(s),
		of("Computer names", s.OS.ComputerNamePrefix, ""),
		of("User", s.OS.AdminUsername, ""),
		networkFact(s),
		extensionFact(s),
		of("Priority", s.Priority, "Regular"),
		of("Identity", s.Identity.Type, "none"),
	)
}

func imageFact(s *vmss.ScaleSet) Fact {
	i := s.Storage.Image
	switch i.Kind {
	case vmss.ImagePlatform:
		var parts []string
		for _, f := range []vmss.Field[string]{i.Publisher, i.Offer, i.SKU, i.Version} {
			if text := of("", f, "").Value; text != "" {
				parts = append(parts, text)
			}
		}
		return Fact{Name: "Image", Value: strings.Join(parts, " : ")}
	case vmss.ImageNone:
		return Fact{Name: "Image", Value: "none in this template", Default: true}
	case vmss.ImageVHD:
		f := of("Image", i.URI, "")
		f.Value = "custom, " + f.Value
		return f
	case vmss.ImageManaged, vmss.ImageGallery:
		f := of("Image", i.ID, "")
		f.Value = shortID(f.Value)
		return f
	}
	return Fact{Name: "Image", Value: "known only at deployment", Unknown: true}
}

// shortID returns the end of an id, which distinguishes resources.
func shortID(id string) string {
	if parsed, ok := vmss.ParseID(id); ok {
		return parsed.Kind() + " " + strings.Join(parsed.Names, "/")
	}
	return id
}

func diskFact(s *vmss.ScaleSet) Fact {
	d := s.Storage.OSDisk
	if d.State == vmss.Unknown || d.Containers.State == vmss.Unknown {
		return Fact{Name: "OS disk", Value: "known only at deployment", Unknown: true}
	}
	var parts []string
	switch {
	case d.Containers.IsSet():
		accounts := map[string]bool{}
		for _, c := range d.Containers.Items {
			accounts[c.Account] = true
		}
		parts = append(parts, fmt.Sprintf("unmanaged, in %d containers of %d storage accounts", len(d.Containers.Items), len(accounts)))
	case d.Ephemeral.IsSet():
		parts = append(parts, "ephemeral")
	default:
		parts = append(parts, "managed")
	}
	for _, f := range []Fact{of("", d.StorageAccountType, ""), of("", d.SizeGB, ""), of("", d.Caching, "")} {
		switch {
		case f.Value == "":
		case isNumber(f.Value):
			parts = append(parts, f.Value+" GB")
		default:
			parts = append(parts, f.Value)
		}
	}
	return Fact{Name: "OS disk", Value: strings.Join(parts, ", ")}
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

func dataDiskFact(s *vmss.ScaleSet) Fact {
	n, ok := s.Storage.DataDisks.Count()
	switch {
	case !ok:
		return Fact{Name: "Data disks", Value: "known only at deployment", Unknown: true}
	case n == 0:
		return Fact{Name: "Data disks", Value: "none", Default: true}
	}
	var sizes []string
	for _, d := range s.Storage.DataDisks.Items {
		size := of("", d.SizeGB, "as the image").Value
		if isNumber(size) {
			size += " GB"
		}
		if len(sizes) < 8 {
			sizes = append(sizes, size)
		}
	}
	return Fact{Name: "Data disks", Value: fmt.Sprintf("%d: %s", n, strings.Join(sizes, ", "))}
}

func networkFact(s *vmss.ScaleSet) Fact {
	var subnets []string
	for _, c := range s.Network.IPConfigurations() {
		name := shortID(of("", c.Subnet.ID, "").Value)
		if name != "" && !contains(subnets, name) {
			subnets = append(subnets, name)
		}
	}
	return Fact{Name: "Network", Value: strings.Join(subnets, ", ")}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func extensionFact(s *vmss.ScaleSet) Fact {
	var names []string
	for _, e := range s.Extensions.Items {
		name := of("", e.Name, "").Value
		if kind := of("", e.Kind, "").Value; kind != "" && kind != name {
			name += " (" + kind + ")"
		}
		names = append(names, strings.TrimSpace(name))
	}
	if len(names) == 0 {
		return Fact{Name: "Extensions", Value: "none", Default: true}
	}
	return Fact{Name: "Extensions", Value: strings.Join(names, ", ")}
}

func availabilityFacts(s *vmss.ScaleSet) []Fact {
	era := guidance.EraOf(s.APIVersion)
	mode := of("Orchestration", s.OrchestrationMode, "Uniform")
	if mode.Default && era != guidance.Preview {
		mode.Value += " (default of templates; az and PowerShell create Flexible scale sets by default since November 2023)"
	}
	var zones []string
	for _, z := range s.Zones.Items {
		zones = append(zones, of("", z, "").Value)
	}
	zone := Fact{Name: "Zones", Value: strings.Join(zones, ", ")}
	if n, ok := s.Zones.Count(); !ok {
		zone.Value, zone.Unknown = "known only at deployment", true
	} else if n == 0 {
		zone.Value, zone.Default = "none, regional", true
	}
	over, known := s.Overprovisions(era)
	group, groupKnown := s.OnePlacementGroup()
	return some(
		mode, zone,
		of("Fault domains", s.FaultDomains, domainsByDefault(s)),
		effective("Overprovisioning", over, known, s.Overprovision, "on", "off"),
		effective("Placement groups", group, groupKnown, s.SinglePlacementGroup, "one", "several"),
		of("Zone balance", s.ZoneBalance, ""),
	)
}

// effective returns a truth with its default filled in.
func effective(name string, on, known bool, f vmss.Field[bool], yes, no string) Fact {
	fact := of(name, f, "")
	if !known {
		return fact
	}
	if fact.Value = no; on {
		fact.Value = yes
	}
	fact.Default = f.Absent()
	return fact
}

func domainsByDefault(s *vmss.ScaleSet) string {
	flexible, ok := s.Flexible()
	zonal, known := s.Zonal()
	switch {
	case guidance.EraOf(s.APIVersion) == guidance.Preview:
		return "3, in the preview"
	case !ok || !known:
		return ""
	case flexible || zonal:
		return "1 (max spreading)"
	}
	return "5"
}

func healthFacts(s *vmss.ScaleSet) []Fact {
	var rules []string
	for _, r := range s.ScaleIn.Rules.Items {
		rules = append(rules, of("", r, "").Value)
	}
	scaleIn := Fact{Name: "Scale-in", Value: strings.Join(rules, ", ")}
	if scaleIn.Value == "" {
		scaleIn.Value, scaleIn.Default = "Default: balanced over zones and fault domains, highest ids first", true
	}
	upgrades := of("OS upgrades", s.UpgradePolicy.AutomaticOSEnabled, "off")
	switch upgrades.Value {
	case "true":
		upgrades.Value = "automatic"
	case "false":
		upgrades.Value = "off"
	}
	repairs := of("Repairs", s.Repairs.Enabled, "off")
	switch repairs.Value {
	case "true":
		repairs.Value = "automatic"
	case "false":
		repairs.Value = "off"
	}
	return some(of("Upgrade policy", s.UpgradePolicy.Mode, "Manual"), upgrades, healthFact(s), repairs, scaleIn)
}

func healthFact(s *vmss.ScaleSet) Fact {
	if id := of("", s.Network.HealthProbe.ID, ""); id.Value != "" {
		id.Name, id.Value = "Health", "load balancer probe "+shortID(id.Value)
		return id
	}
	if e, maybe := s.HealthExtension(); e.Node != nil {
		return Fact{Name: "Health", Value: "application health extension"}
	} else if maybe {
		return Fact{Name: "Health", Value: "possibly an extension, known only at deployment", Unknown: true}
	}
	return Fact{Name: "Health", Value: "not watched", Default: true}
}
