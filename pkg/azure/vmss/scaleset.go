package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// Type is the resource type of scale sets.
const Type = "Microsoft.Compute/virtualMachineScaleSets"

// A ScaleSet is one scale set of a deployment.
type ScaleSet struct {
	Resource   *expand.Resource
	Name       string // full; an expression in brackets when unknown
	APIVersion string
	// Body is the whole resource, Properties and Profile the objects
	// "properties" and "virtualMachineProfile"; nil when absent.
	Body, Properties, Profile *expand.Node

	Location      Field[string]
	SKUName       Field[string]
	SKUTier       Field[string]
	Capacity      Field[int]
	Zones         List[Field[string]]
	Plan          Part
	Identity      Identity
	Tags          Part
	UpgradePolicy UpgradePolicy
	Repairs       Repairs
	ScaleIn       ScaleInPolicy

	OrchestrationMode    Field[string]
	Overprovision        Field[bool] // as written; see Overprovisions
	SinglePlacementGroup Field[bool] // as written; see OnePlacementGroup
	FaultDomains         Field[int]
	ZoneBalance          Field[bool]
	// NoExtensionsOnSurplus is doNotRunExtensionsOnOverprovisionedVMs.
	NoExtensionsOnSurplus Field[bool]
	ProximityGroup        Ref
	HostGroup             Ref

	Priority            Field[string]
	EvictionPolicy      Field[string]
	MaxPrice            Part
	PriorityMix         Part
	LicenseType         Field[string]
	UserData            Field[string]
	CapacityReservation Ref
	TerminateAfter      Field[string] // notBeforeTimeout of the terminate notification
	OSImageNotice       Field[string] // notBeforeTimeout of the OS image notification
	ResiliencyPolicy    Part
	ExternalHealth      Part
	SecurityProfile     Part
	Diagnostics         Part

	OS      OSProfile
	Storage StorageProfile
	Network NetworkProfile
	// Extensions are those of the profile, then those that the template writes
	// as resources of their own. ExtensionsBudget is extensionsTimeBudget.
	Extensions       List[Extension]
	ExtensionsBudget Field[string]
	// Autoscale are the settings of the deployment whose target is this set.
	Autoscale []*AutoscaleSetting
	// Deployment is what the set belongs to.
	Deployment *Deployment
}

// Identity is who the instances are to other services.
type Identity struct {
	Type         Field[string]
	UserAssigned Part
}

// Repairs is automaticRepairsPolicy.
type Repairs struct {
	Part
	Enabled     Field[bool]
	GracePeriod Field[string]
	Action      Field[string]
}

// ScaleInPolicy is scaleInPolicy.
type ScaleInPolicy struct {
	Part
	Rules         List[Field[string]]
	ForceDeletion Field[bool]
}

func newScaleSet(d *Deployment, r *expand.Resource) *ScaleSet {
	body := r.Body
	props := present(body.Get("properties"))
	profile := present(props.Get("virtualMachineProfile"))
	return &ScaleSet{
		Resource: r, Name: r.Name, APIVersion: r.APIVersion, Deployment: d,
		Body: body, Properties: props, Profile: profile,

		Location: text(body, "location"),
		SKUName:  text(body, "sku", "name"),
		SKUTier:  text(body, "sku", "tier"),
		Capacity: integer(body, "sku", "capacity"),
		Zones:    texts(body, "zones"),
		Plan:     part(body, "plan"),
		Tags:     part(body, "tags"),
		Identity: Identity{
			Type:         text(body, "identity", "type"),
			UserAssigned: part(body, "identity", "userAssignedIdentities"),
		},
		UpgradePolicy: newUpgradePolicy(body),
		Repairs: Repairs{
			Part:        part(body, "properties", "automaticRepairsPolicy"),
			Enabled:     boolean(body, "properties", "automaticRepairsPolicy", "enabled"),
			GracePeriod: text(body, "properties", "automaticRepairsPolicy", "gracePeriod"),
			Action:      text(body, "properties", "automaticRepairsPolicy", "repairAction"),
		},
		ScaleIn: ScaleInPolicy{
			Part:          part(body, "properties", "scaleInPolicy"),
			Rules:         texts(body, "properties", "scaleInPolicy", "rules"),
			ForceDeletion: boolean(body, "properties", "scaleInPolicy", "forceDeletion"),
		},

		OrchestrationMode:     text(body, "properties", "orchestrationMode"),
		Overprovision:         boolean(body, "properties", "overprovision"),
		SinglePlacementGroup:  boolean(body, "properties", "singlePlacementGroup"),
		FaultDomains:          integer(body, "properties", "platformFaultDomainCount"),
		ZoneBalance:           boolean(body, "properties", "zoneBalance"),
		NoExtensionsOnSurplus: boolean(body, "properties", "doNotRunExtensionsOnOverprovisionedVMs"),
		ProximityGroup:        d.ref(body, "properties", "proximityPlacementGroup", "id"),
		HostGroup:             d.ref(body, "properties", "hostGroup", "id"),

		Priority:            text(profile, "priority"),
		EvictionPolicy:      text(profile, "evictionPolicy"),
		MaxPrice:            field(profile, anything, []string{"billingProfile", "maxPrice"}),
		PriorityMix:         part(body, "properties", "priorityMixPolicy"),
		LicenseType:         text(profile, "licenseType"),
		UserData:            text(profile, "userData"),
		CapacityReservation: d.ref(profile, "capacityReservation", "capacityReservationGroup", "id"),
		TerminateAfter:      text(profile, "scheduledEventsProfile", "terminateNotificationProfile", "notBeforeTimeout"),
		OSImageNotice:       text(profile, "scheduledEventsProfile", "osImageNotificationProfile", "notBeforeTimeout"),
		ResiliencyPolicy:    part(body, "properties", "resiliencyPolicy"),
		ExternalHealth:      part(body, "properties", "externalHealthPolicy"),
		SecurityProfile:     part(profile, "securityProfile"),
		Diagnostics:         part(profile, "diagnosticsProfile"),

		OS:               newOSProfile(profile),
		Storage:          newStorageProfile(profile),
		Network:          newNetworkProfile(d, profile),
		Extensions:       list(profile, newExtension, "extensionProfile", "extensions"),
		ExtensionsBudget: text(profile, "extensionProfile", "extensionsTimeBudget"),
	}
}

func anything(n *expand.Node) (*expand.Node, bool) { return n, n.Known() }

// Place is where to point for the whole set: its name.
func (s *ScaleSet) Place() *expand.Node {
	if name := s.Body.Get("name"); name != nil {
		return name
	}
	return s.Body
}

// Partial reports that the template carries no profile: it changes the
// capacity, or a policy, of a set that exists. What such a template does not
// carry is neither absent nor known, and no rule speaks about it.
func (s *ScaleSet) Partial() bool { return s.Profile == nil }

// Flexible reports whether the set has Flexible orchestration; ok is false when
// that is unknown. Uniform is the default of the service for templates.
func (s *ScaleSet) Flexible() (flexible, ok bool) {
	mode, ok := s.OrchestrationMode.Or("Uniform")
	return strings.EqualFold(mode, "Flexible"), ok
}

// Overprovisions reports whether the set makes surplus instances while it
// grows, judged by an era; ok is false when that is unknown. The default is
// true from API version 2016-03-30 on (guidance.OverprovisionDefault), false in
// the preview; a Flexible set never does.
func (s *ScaleSet) Overprovisions(era guidance.Era) (on, ok bool) {
	flexible, known := s.Flexible()
	if known && flexible {
		return false, true
	}
	on, ok = s.Overprovision.Or(era != guidance.Preview)
	return on, ok && (known || !on)
}

// Zonal reports whether the set names zones; ok is false when that is unknown.
func (s *ScaleSet) Zonal() (zonal, ok bool) {
	n, ok := s.Zones.Count()
	return n > 0, ok
}

// OnePlacementGroup reports whether the set keeps to one placement group; ok is
// false when that is unknown. The default is true, but false for zonal sets
// from API version 2017-12-01 on (guidance.PlacementGroupZonalDefault) and for
// Flexible sets. Before 2016-04-30-preview there is no other way.
func (s *ScaleSet) OnePlacementGroup() (one, ok bool) {
	if s.SinglePlacementGroup.Given() {
		return s.SinglePlacementGroup.Known()
	}
	flexible, ok := s.Flexible()
	if !ok || flexible {
		return false, ok
	}
	zonal, ok := s.Zonal()
	return !zonal || !guidance.AtLeast(s.APIVersion, "2017-12-01"), ok
}
