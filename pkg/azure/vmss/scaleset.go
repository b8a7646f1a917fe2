package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// Type is the resource type of scale sets.
const Type = "Microsoft.Compute/virtualMachineScaleSets"

// A ScaleSet is a scale set of a deployment.
type ScaleSet struct {
	Resource   *expand.Resource
	Name       string // full; an expression in brackets when unknown
	APIVersion string
	// Body is the whole resource; Properties and Profile are the objects
	// "properties" and "virtualMachineProfile", nil if absent.
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
	// Extensions are the extensions of the profile, followed by those that are
	// separate resources. ExtensionsBudget is extensionsTimeBudget.
	Extensions       List[Extension]
	ExtensionsBudget Field[string]
	// Autoscale are the autoscale settings of the deployment whose target is
	// this set.
	Autoscale []*AutoscaleSetting
	// Deployment is the deployment that contains the set.
	Deployment *Deployment
}

// Identity is the managed identity of the instances.
type Identity struct {
	Type         Field[string]
	UserAssigned Part
}

// Repairs is the automaticRepairsPolicy object.
type Repairs struct {
	Part
	Enabled     Field[bool]
	GracePeriod Field[string]
	Action      Field[string]
}

// ScaleInPolicy is the scaleInPolicy object.
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
		MaxPrice:            field(profile, anyNode, []string{"billingProfile", "maxPrice"}),
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

func anyNode(n *expand.Node) (*expand.Node, bool) { return n, n.Known() }

// Place returns the node for findings about the whole set: its name.
func (s *ScaleSet) Place() *expand.Node {
	if name := s.Body.Get("name"); name != nil {
		return name
	}
	return s.Body
}

// Partial reports whether the template has no profile: it changes the capacity,
// or a policy, of an existing set. Properties that such a template leaves out
// are neither absent nor known, and no rule reports them.
func (s *ScaleSet) Partial() bool { return s.Profile == nil }

// Flexible reports whether the set has Flexible orchestration; ok is false if
// that is unknown. Azure defaults to Uniform for templates.
func (s *ScaleSet) Flexible() (flexible, ok bool) {
	mode, ok := s.OrchestrationMode.Or("Uniform")
	return strings.EqualFold(mode, "Flexible"), ok
}

// Overprovisions reports whether the set creates surplus instances during a
// scale-out, in an era; ok is false if that is unknown. The default is true
// since API version 2016-03-30 (guidance.OverprovisionDefault) and false in the
// preview; a Flexible set never overprovisions.
func (s *ScaleSet) Overprovisions(era guidance.Era) (on, ok bool) {
	flexible, known := s.Flexible()
	if known && flexible {
		return false, true
	}
	on, ok = s.Overprovision.Or(era != guidance.Preview)
	return on, ok && (known || !on)
}

// Zonal reports whether the set has zones; ok is false if that is unknown.
func (s *ScaleSet) Zonal() (zonal, ok bool) {
	n, ok := s.Zones.Count()
	return n > 0, ok
}

// OnePlacementGroup reports whether the set is limited to one placement group;
// ok is false if that is unknown. The default is true, but false for zonal sets
// since API version 2017-12-01 (guidance.PlacementGroupZonalDefault) and for
// Flexible sets. Before 2016-04-30-preview it is always true.
func (s *ScaleSet) OnePlacementGroup() (one, ok bool) {
	if s.SinglePlacementGroup.IsSet() {
		return s.SinglePlacementGroup.Known()
	}
	flexible, ok := s.Flexible()
	if !ok || flexible {
		return false, ok
	}
	zonal, ok := s.Zonal()
	return !zonal || !guidance.AtLeast(s.APIVersion, "2017-12-01"), ok
}
