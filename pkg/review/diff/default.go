package diff

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// A Default is a value that Azure uses if the template has none, so
// that writing it, or leaving it out, is not a change.
type Default struct {
	Type, Path string // as in Rule
	Value      value.Value
	// Source is the schema, the reference or the page that names it.
	Source string
	// when computes the value for a resource where it is not always the same;
	// nil is unknown.
	when  func(*expand.Resource) value.Value
	steps []string
}

func (d *Default) matches(at []string) bool { return len(at) == len(d.steps) && begins(at, d.steps) }

// of is the value for a resource; nil when the resource has none.
func (d *Default) of(r *expand.Resource) value.Value {
	if d.when != nil {
		return d.when(r)
	}
	return d.Value
}

// Where defaults are named.
const (
	setReference = "https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachinescalesets"
	addressRef   = "https://learn.microsoft.com/azure/templates/microsoft.network/publicipaddresses"
	balancerRef  = "https://learn.microsoft.com/azure/templates/microsoft.network/loadbalancers"
	networkRef   = "https://learn.microsoft.com/azure/templates/microsoft.network/virtualnetworks"
	storageRef   = "https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts"
	autoscaleRef = "https://learn.microsoft.com/azure/templates/microsoft.insights/autoscalesettings"
	groupRef     = "https://learn.microsoft.com/azure/templates/microsoft.network/networksecuritygroups"
	rollingPre   = "properties/upgradepolicy/rollingupgradepolicy/"
	interfacePre = nicPre + "/properties/"
	lbRulePre    = "properties/loadbalancingrules/*/properties/"
	natRulePre   = "properties/inboundnatrules/*/properties/"
	natPoolPre   = "properties/inboundnatpools/*/properties/"
	autoRulePre  = "properties/profiles/*/rules/*/"
	frontPre     = "properties/frontendipconfigurations/*/properties/"
)

// Defaults are those of a type of resource. The caller must not change them.
func Defaults(typ string) []Default {
	return defaults.Get()[strings.ToLower(typ)]
}

var defaults = lazy.Value[map[string][]Default]{Of: func() map[string][]Default {
	text := func(s string) value.Value { return value.String(s) }
	off, on := value.Bool(false), value.Bool(true)
	return map[string][]Default{
		"microsoft.compute/virtualmachinescalesets": table(setReference, []Default{
			{Path: "properties/overprovision", when: overprovision},
			{Path: "properties/singleplacementgroup", when: onePlacementGroup},
			{Path: "properties/orchestrationmode", Value: text("Uniform")},
			{Path: "properties/platformfaultdomaincount", when: faultDomains},
			{Path: "properties/zonebalance", Value: off},
			{Path: "properties/donotrunextensionsonoverprovisionedvms", Value: off},
			{Path: "properties/scaleinpolicy/rules", Value: value.Array{text("Default")}},
			{Path: "properties/scaleinpolicy/forcedeletion", Value: off},
			{Path: "properties/scaleinpolicy/prioritizeunhealthyvms", Value: off},
			{Path: "properties/automaticrepairspolicy/enabled", Value: off},
			{Path: "properties/automaticrepairspolicy/repairaction", Value: text("Replace")},
			{Path: "properties/automaticrepairspolicy/graceperiod", Value: text("PT10M")},
			{Path: "properties/additionalcapabilities/ultrassdenabled", Value: off},
			{Path: "properties/additionalcapabilities/hibernationenabled", Value: off},
			{Path: "properties/upgradepolicy/automaticosupgrade", Value: off},
			{Path: "properties/upgradepolicy/automaticosupgradepolicy/enableautomaticosupgrade", Value: off},
			{Path: "properties/upgradepolicy/automaticosupgradepolicy/disableautomaticrollback", Value: off},
			{Path: "properties/upgradepolicy/automaticosupgradepolicy/userollingupgradepolicy", Value: off},
			{Path: rollingPre + "maxbatchinstancepercent", Value: value.Int(20)},
			{Path: rollingPre + "maxunhealthyinstancepercent", Value: value.Int(20)},
			{Path: rollingPre + "maxunhealthyupgradedinstancepercent", Value: value.Int(20)},
			{Path: rollingPre + "pausetimebetweenbatches", Value: text("PT0S")},
			{Path: rollingPre + "enablecrosszoneupgrade", Value: off},
			{Path: rollingPre + "prioritizeunhealthyinstances", Value: off},
			{Path: rollingPre + "rollbackfailedinstancesonpolicybreach", Value: off},
			{Path: rollingPre + "maxsurge", Value: off},
			{Path: "sku/tier", when: tier},
			{Path: profilePre + "priority", Value: text("Regular")},
			{Path: profilePre + "licensetype", Value: text("None")},
			{Path: profilePre + "billingprofile/maxprice", Value: value.Int(-1)},
			{Path: profilePre + "securityprofile/encryptionathost", Value: off},
			{Path: profilePre + "diagnosticsprofile/bootdiagnostics/enabled", Value: off},
			{Path: profilePre + "scheduledeventsprofile/terminatenotificationprofile/enable", Value: off},
			{Path: profilePre + "extensionprofile/extensionstimebudget", Value: text("PT1H30M")},
			{Path: profilePre + "extensionprofile/extensions/*/properties/suppressfailures", Value: off},
			{Path: profilePre + "extensionprofile/extensions/*/properties/enableautomaticupgrade", Value: off},
			{Path: profilePre + "extensionprofile/extensions/*/properties/autoupgrademinorversion", Value: off},
			{Path: osPre + "allowextensionoperations", Value: on},
			{Path: osPre + "requireguestprovisionsignal", Value: on},
			{Path: osPre + "linuxconfiguration/disablepasswordauthentication", Value: off},
			{Path: osPre + "linuxconfiguration/provisionvmagent", Value: on},
			{Path: osPre + "linuxconfiguration/enablevmagentplatformupdates", Value: off},
			{Path: osPre + "linuxconfiguration/patchsettings/patchmode", Value: text("ImageDefault")},
			{Path: osPre + "linuxconfiguration/patchsettings/assessmentmode", Value: text("ImageDefault")},
			{Path: osPre + "windowsconfiguration/provisionvmagent", Value: on},
			{Path: osPre + "windowsconfiguration/enableautomaticupdates", Value: on},
			{Path: osPre + "windowsconfiguration/enablevmagentplatformupdates", Value: off},
			{Path: storagePre + "osdisk/writeacceleratorenabled", Value: off},
			{Path: storagePre + "datadisks/*/writeacceleratorenabled", Value: off},
			{Path: storagePre + "datadisks/*/caching", Value: text("None")},
			{Path: storagePre + "imagereference/version", Value: text("latest")},
			{Path: interfacePre + "primary", Value: on}, // of the only interface
			{Path: interfacePre + "enableacceleratednetworking", Value: off},
			{Path: interfacePre + "enableipforwarding", Value: off},
			{Path: interfacePre + "enablefpga", Value: off},
			{Path: interfacePre + "disabletcpstatetracking", Value: off},
			{Path: ipPre + "primary", Value: on}, // of the only configuration
			{Path: ipPre + "privateipaddressversion", Value: text("IPv4")},
			{Path: addressPre + "publicipaddressversion", Value: text("IPv4")},
			{Path: addressPre + "idletimeoutinminutes", Value: value.Int(4)},
		}),
		"microsoft.network/publicipaddresses": table(addressRef, []Default{
			{Path: "sku/name", Value: text("Basic")},
			{Path: "sku/tier", Value: text("Regional")},
			{Path: "properties/publicipallocationmethod", Value: text("Dynamic")},
			{Path: "properties/publicipaddressversion", Value: text("IPv4")},
			{Path: "properties/idletimeoutinminutes", Value: value.Int(4)},
			{Path: "properties/ddossettings/protectionmode", Value: text("VirtualNetworkInherited")},
		}),
		"microsoft.network/loadbalancers": table(balancerRef, []Default{
			{Path: "sku/name", Value: text("Basic")},
			{Path: "sku/tier", Value: text("Regional")},
			{Path: frontPre + "privateipallocationmethod", Value: text("Dynamic")},
			{Path: frontPre + "privateipaddressversion", Value: text("IPv4")},
			{Path: lbRulePre + "idletimeoutinminutes", Value: value.Int(4)},
			{Path: lbRulePre + "enablefloatingip", Value: off},
			{Path: lbRulePre + "enabletcpreset", Value: off},
			{Path: lbRulePre + "disableoutboundsnat", Value: off},
			{Path: lbRulePre + "loaddistribution", Value: text("Default")},
			{Path: natRulePre + "idletimeoutinminutes", Value: value.Int(4)},
			{Path: natRulePre + "enablefloatingip", Value: off},
			{Path: natRulePre + "enabletcpreset", Value: off},
			{Path: natPoolPre + "idletimeoutinminutes", Value: value.Int(4)},
			{Path: natPoolPre + "enablefloatingip", Value: off},
			{Path: natPoolPre + "enabletcpreset", Value: off},
			{Path: "properties/probes/*/properties/intervalinseconds", Value: value.Int(15)},
			{Path: "properties/probes/*/properties/probethreshold", Value: value.Int(1)},
		}),
		"microsoft.network/virtualnetworks": table(networkRef, []Default{
			{Path: "properties/enableddosprotection", Value: off},
			{Path: "properties/enablevmprotection", Value: off},
			{Path: "properties/subnets/*/properties/privatelinkservicenetworkpolicies", Value: text("Enabled")},
		}),
		"microsoft.storage/storageaccounts": table(storageRef, []Default{
			{Path: "properties/supportshttpstrafficonly", when: httpsOnly},
			{Path: "properties/ishnsenabled", Value: off},
			{Path: "sku/tier", when: tier},
		}),
		"microsoft.insights/autoscalesettings": table(autoscaleRef, []Default{
			{Path: autoRulePre + "metrictrigger/divideperinstance", Value: off},
			{Path: autoRulePre + "scaleaction/value", Value: text("1")},
			{Path: "properties/predictiveautoscalepolicy/scalemode", Value: text("Disabled")},
		}),
		"microsoft.network/networksecuritygroups": table(groupRef, []Default{
			{Path: "properties/flushconnection", Value: off},
		}),
	}
}}

func table(source string, list []Default) []Default {
	for i := range list {
		d := &list[i]
		d.steps = steps(d.Path)
		if d.Source == "" {
			d.Source = source
		}
	}
	return list
}

func text(r *expand.Resource, path ...string) (string, bool) { return r.Body.Get(path...).Text() }

// isFlexible reports Flexible orchestration; known is false when that depends
// on the deployment.
func isFlexible(r *expand.Resource) (flexible, known bool) {
	n := r.Body.Get("properties", "orchestrationMode")
	if n == nil {
		return false, true
	}
	mode, known := n.Text()
	return strings.EqualFold(mode, "Flexible"), known
}

// overprovision: guidance.OverprovisionDefault.
func overprovision(r *expand.Resource) value.Value {
	flexible, known := isFlexible(r)
	if !known {
		return nil
	}
	return value.Bool(!flexible && guidance.EraOf(r.APIVersion) != guidance.Preview)
}

// onePlacementGroup: guidance.PlacementGroupZonalDefault, as in
// [vmss.ScaleSet.OnePlacementGroup].
func onePlacementGroup(r *expand.Resource) value.Value {
	set := vmss.New(&expand.Deployment{Resources: []*expand.Resource{r}}).ScaleSets[0]
	set.SinglePlacementGroup = vmss.Field[bool]{}
	one, ok := set.OnePlacementGroup()
	if !ok {
		return nil
	}
	return value.Bool(one)
}

// faultDomains: 5 for regional Uniform sets, 1 (as many as there are) for
// zonal and Flexible ones
// (virtual-machine-scale-sets-manage-fault-domains).
func faultDomains(r *expand.Resource) value.Value {
	flexible, known := isFlexible(r)
	zones := given(r.Body.Get("zones"))
	switch {
	case !known || zones != nil && !isArray(zones):
		return nil
	case flexible || zones != nil:
		return value.Int(1)
	}
	return value.Int(5)
}

// tier is the first word of the size.
func tier(r *expand.Resource) value.Value {
	size, ok := text(r, "sku", "name")
	word, _, found := strings.Cut(size, "_")
	if !ok || !found {
		return nil
	}
	return value.String(word)
}

// httpsOnly: true from API version 2019-04-01 on.
func httpsOnly(r *expand.Resource) value.Value {
	return value.Bool(guidance.AtLeast(r.APIVersion, "2019-04-01"))
}
