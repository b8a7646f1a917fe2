package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// hoverMember says what a member of a template is: by the schema of the resource
// around it, or by the language. It is nil where neither has it.
func (s *server) hoverMember(c cursor, at source.Range) *hover {
	k := placeAt(c.tree, c.pointer)
	text := ""
	switch {
	case k.resource != nil && k.path != "" && !isLanguageMember(k):
		text = s.aboutProperty(c, k)
	case k.grammarMember() != nil:
		text = aboutLanguage(k)
	}
	if text == "" {
		return nil
	}
	r := rangeOf(at)
	return &hover{Contents: markup{"markdown", c.checked.secrets.Redact(text)}, Range: &r}
}

// isLanguageMember reports a member that the deployment service reads itself, which
// the schema of the type has no more to say about.
func isLanguageMember(k *place) bool {
	if k.grammarMember() == nil {
		return false
	}
	d, err := schema.Describe(k.typ, k.version, k.path)
	return err != nil || d.Value == nil || describedMember(k.container, k.key()) != "" && len(d.Properties) == 0 && describedProperty(k.typ, k.path) == ""
}

func aboutLanguage(k *place) string {
	m := k.grammarMember()
	text := "**" + m.Name + "**"
	if kind := jsonType(m); kind != "any" {
		text += " " + kind
	}
	if m.Required {
		text += " · required"
	}
	if len(m.Words) > 0 {
		text += " · one of `" + strings.Join(m.Words, "`, `") + "`"
	}
	return paragraphs(text, describedMember(k.container, m.Name))
}

func (s *server) aboutProperty(c cursor, k *place) string {
	d, err := schema.Describe(k.typ, k.version, k.path)
	if err != nil || d.Value == nil {
		return ""
	}
	head := describe(d.Value)
	if v := d.APIVersion; v != "" && (d.Value.Since > v || d.Value.Until != "" && d.Value.Until < v) {
		head += " · **not in " + v + "**"
	}
	path := strings.NewReplacer("[]", "", "{}", "").Replace(d.Path)
	return paragraphs(head, describedProperty(d.Type, path), membersOf(d), s.capacityLimits(c, d.Type, path), s.requirements(d.Type, path),
		fmt.Sprintf("`%s` of %s %s", d.Path, d.Type, d.APIVersion))
}

// mostListed bounds the members of an object that a hover lists.
const mostListed = 15

// membersOf lists what an object can have, required members first.
func membersOf(d *schema.Description) string {
	var required, others []string
	for i := range d.Properties {
		switch p := &d.Properties[i]; {
		case p.ReadOnly:
		case p.Required:
			required = append(required, "**"+p.Name+"**")
		default:
			others = append(others, p.Name)
		}
	}
	all := append(required, others...)
	switch n := len(all); {
	case n == 0:
		return ""
	case n > mostListed:
		all = append(all[:mostListed:mostListed], fmt.Sprintf("and %d more", n-mostListed))
	}
	text := "Members: " + strings.Join(all, ", ")
	if len(required) > 0 {
		text += " (required ones in bold)"
	}
	return text
}

// mostRequirements bounds the requirements that a hover lists.
const mostRequirements = 4

// requirements lists what Azure requires of a property, with the source of each.
func (s *server) requirements(resourceType, path string) string {
	if s.config.Requirements == nil {
		return ""
	}
	all := s.config.Requirements(resourceType, path)
	if len(all) == 0 {
		return ""
	}
	lines := []string{"Requirements:", ""}
	for _, r := range all[:min(len(all), mostRequirements)] {
		lines = append(lines, fmt.Sprintf("- %s ([%s](%s), %s)", r.Text, r.Evidence, r.Source, r.Code))
	}
	if more := len(all) - mostRequirements; more > 0 {
		lines = append(lines, fmt.Sprintf("- and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// capacityLimits lists what limits the capacity of the scale set at the cursor.
func (s *server) capacityLimits(c cursor, resourceType, path string) string {
	run := s.run(c)
	if run == nil || !strings.EqualFold(resourceType, vmss.Type) || !strings.EqualFold(path, "sku.capacity") {
		return ""
	}
	sets := vmss.New(run.Deployment).ScaleSets
	i := slices.IndexFunc(sets, func(set *vmss.ScaleSet) bool {
		at := set.Resource.Declared
		return clean(at.File.Path()) == c.name && at.Start <= c.offset && c.offset <= at.End
	})
	if i < 0 {
		return ""
	}
	var lines []string
	for _, l := range limits.Of(limits.Judge(sets[i], s.config.Engine.Lint.Era), limits.Options{}) {
		if len(lines) < 5 {
			lines = append(lines, fmt.Sprintf("- up to %d instances: %s", l.Max, l.Reason))
		}
	}
	return strings.Join(lines, "\n")
}

// hoverVersion says of an API version whether it is the newest, and what it is
// checked against.
func hoverVersion(c cursor, k *place, n *jsonc.String) *hover {
	d, err := schema.Describe(k.typ, n.Value, "")
	if err != nil || len(d.APIVersions) == 0 {
		return nil
	}
	text := fmt.Sprintf("**%s** API version of %s", escaped(n.Value), d.Type)
	newest := d.APIVersions[len(d.APIVersions)-1]
	switch at := slices.Index(d.APIVersions, n.Value); {
	case n.Value == newest:
		text += " · the newest one that is known"
	case at >= 0:
		text += fmt.Sprintf(" · %s · the newest is %s", counted(len(d.APIVersions)-1-at, "newer version"), newest)
	default:
		text += " · the newest that is known is " + newest
	}
	r := rangeOf(n.At)
	return &hover{Contents: markup{"markdown", c.checked.secrets.Redact(paragraphs(text, d.Note))}, Range: &r}
}

var scopeNames = []struct {
	scope types.Scope
	name  string
}{
	{types.ResourceGroup, "resource groups"}, {types.Subscription, "subscriptions"}, {types.ManagementGroup, "management groups"},
	{types.Tenant, "tenants"}, {types.Extension, "other resources"},
}

// hoverType says of a resource type where it can be deployed, and which versions
// and list functions it has.
func hoverType(k *place, n *jsonc.String) *hover {
	d, err := schema.Describe(k.typ, "", "")
	if err != nil || len(d.APIVersions) == 0 {
		return nil
	}
	first, last := d.APIVersions[0], d.APIVersions[len(d.APIVersions)-1]
	text := fmt.Sprintf("**%s** · %s, %s to %s", d.Type, counted(len(d.APIVersions), "API version"), first, last)
	more := ""
	if t, ok := types.Find(d.Type); ok {
		var scopes []string
		for _, s := range scopeNames {
			if s.scope != types.Extension && t.At(s.scope) {
				scopes = append(scopes, s.name)
			}
		}
		switch {
		case t.ReadOnly:
			more = "It can only be read, not deployed."
		case len(scopes) > 0:
			more = "Deployed to " + strings.Join(scopes, ", ") + "."
		}
		if len(t.Lists) > 0 {
			more += " List functions: " + strings.Join(t.Lists, ", ") + "."
		}
	}
	reference := "[reference](https://learn.microsoft.com/azure/templates/" + strings.ToLower(d.Type) + ")"
	r := rangeOf(n.At)
	return &hover{Contents: markup{"markdown", paragraphs(text, strings.TrimSpace(more), d.Note, reference)}, Range: &r}
}

// paragraphs joins texts; empty ones are left out.
func paragraphs(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(text string) bool { return text == "" }), "\n\n")
}

// aboutValue says what is known of a size or a region; "" for any other value.
func (s *server) aboutValue(k *place, text string) string {
	switch {
	case isSize(k):
		if size, ok := sizes.Find(text); ok {
			return s.aboutSize(size)
		}
	case k.key() == "location" && k.resource != nil:
		if r, ok := regions.Find(text); ok && r.Listed {
			return aboutRegion(r)
		}
	}
	return ""
}

func (s *server) aboutSize(size sizes.Size) string {
	head := "**" + size.Name + "**"
	for _, fact := range []struct {
		n    int
		unit string
	}{
		{size.DataDisks, "data disk"}, {size.Interfaces, "network interface"},
	} {
		if fact.n > 0 {
			head += " · up to " + counted(fact.n, fact.unit)
		}
	}
	for _, fact := range []struct {
		gib  int
		what string
	}{
		{size.CacheGiB, "cache"}, {size.TempGiB, "temporary disk"}, {size.NVMeGiB, "local NVMe disks"},
	} {
		if fact.gib > 0 {
			head += fmt.Sprintf(" · %d GiB of %s", fact.gib, fact.what)
		}
	}
	var has, lacks []string
	for _, fact := range []struct {
		supported sizes.Support
		what      string
	}{
		{size.PremiumStorage, "Premium SSD"}, {size.AcceleratedNetworking, "accelerated networking"}, {size.EphemeralOSDisk, "ephemeral OS disks"},
		{size.EncryptionAtHost, "encryption at host"}, {size.Spot, "Spot"}, {size.UltraDisk, "Ultra disks"}, {size.TrustedLaunch, "Trusted Launch"},
		{size.Confidential, "confidential VMs"}, {size.Generation1, "generation 1 images"}, {size.Generation2, "generation 2 images"},
		{size.NVMe, "NVMe"}, {size.Arm64, "Arm64"},
	} {
		switch fact.supported {
		case sizes.Yes:
			has = append(has, fact.what)
		case sizes.No:
			lacks = append(lacks, fact.what)
		}
	}
	retired := ""
	if r, ok := retirements.OfSize(size.Name); ok {
		retired = "The " + r.What + " " + r.When(s.config.Engine.Lint.Today) + "."
	}
	return paragraphs(head, labelled("Supports: ", has), labelled("Does not support: ", lacks), retired, "As of "+sizes.AsOf)
}

func labelled(label string, all []string) string {
	if len(all) == 0 {
		return ""
	}
	return label + strings.Join(all, ", ")
}

func aboutRegion(r regions.Region) string {
	text := "**" + r.Name + "** " + r.DisplayName
	switch r.Zones {
	case regions.HasZones:
		text += " · has availability zones"
	case regions.NoZones:
		text += " · no availability zones"
	}
	if r.FaultDomains > 0 {
		text += fmt.Sprintf(" · availability sets with up to %d fault domains", r.FaultDomains)
	}
	return text + " · as of " + regions.AsOf
}
