package diff

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// A Rule says how Azure applies a change of a value and of all below it.
type Rule struct {
	// Type is the resource type in lower case, "" for all; Path the names from
	// the top of the resource in lower case, "*" for the items of a list. ""
	// means all of a resource.
	Type, Path string
	Class      Class
	Why        string // one sentence without a full stop
	// Source is the evidence; Link overrides its address, and Page its title.
	Source guidance.Source
	Link   string
	Page   string
	Sure   guidance.Sureness
	// ByHand says that existing instances get the change only when you
	// reimage them, whatever the upgrade policy is.
	ByHand bool
	// others is the path of the rule that says what happens when judge does not
	// come to Class: its source is another one. "" for this rule.
	others string
	// judge decides where the class depends on the values; nil elsewhere. Class
	// is then the worst that it gives.
	judge func(*moment) (Class, string)
	steps []string
}

// Title names the source for people, with how sure it is.
func (r *Rule) Title() string {
	title := "Resource Manager templates"
	switch {
	case r.Page != "":
		title = r.Page
	case r.Source != "":
		title = r.Source.Title()
	}
	if r.Sure != guidance.Documented {
		title += " (" + r.Sure.String() + ")"
	}
	return title
}

// Address is the link to the source.
func (r *Rule) Address() string {
	if r.Link != "" {
		return r.Link
	}
	return r.Source.Link()
}

// The pages that say how changes reach a scale set: policyPage of 2026,
// inPlacePage of January 2024 with the changes that are applied without a
// restart, and restrictPage of March 2020 with the changes that are not
// possible. recordings are the recorded live tests of azure-cli, which show updates that Azure answered with
// 200. What Terraform replaces a scale set for is a sign and not evidence.
const (
	policyPage     guidance.Source = "CD:virtual-machine-scale-sets-upgrade-policy"
	inPlacePage    guidance.Source = "AD:01278860f515334d91278be7a55654bc7fe389e1/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy.md"
	restrictPage   guidance.Source = "AD:00982c446582e040c27b7c7e0faa2b611aed9f1c/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-scale-set.md"
	zonesPage      guidance.Source = "CD:virtual-machine-scale-sets-use-availability-zones"
	modesPage      guidance.Source = "CD:virtual-machine-scale-sets-orchestration-modes"
	terraform      guidance.Source = "TF"
	recordings                     = "recorded tests of azure-cli"
	recordingsLink                 = "https://github.com/Azure/azure-cli/tree/dev/src/azure-cli/azure/cli/command_modules/vm/tests/latest/recordings"
	modesLink                      = "https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes"
	machineLink                    = "https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachines"
	syntaxLink                     = "https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes#incremental-mode"
)

// Why of groups of rules.
const (
	mayRefuse  = "it may be fixed when the scale set is created: some tools replace the scale set for this change; whether Azure accepts it is not documented"
	eachVM     = "the model changes; each instance is then updated in place, without a restart"
	eachVMSome = "the model changes; each instance must then be updated"
	onReimage  = "an instance gets it when it is reimaged"
	byHand     = "new instances get it; an existing instance gets it only when you reimage it, with any upgrade policy"
	restarts   = "an instance restarts when it is updated"
	setAlone   = "it is a property of the scale set; no instance is touched"
	versionWhy = "the API version only changes how the template is read; changed defaults are listed separately"
	profilePre = "properties/virtualmachineprofile/"
	storagePre = profilePre + "storageprofile/"
	osPre      = profilePre + "osprofile/"
	nicPre     = profilePre + "networkprofile/networkinterfaceconfigurations/*"
	ipPre      = nicPre + "/properties/ipconfigurations/*/properties/"
	addressPre = ipPre + "publicipaddressconfiguration/properties/"
)

var setRules = lazy.Value[[]Rule]{Of: func() []Rule {
	by := func(source guidance.Source, sure guidance.Sureness, path string, c Class, why string) Rule {
		return Rule{Path: path, Class: c, Why: why, Source: source, Sure: sure}
	}
	documented := func(source guidance.Source, path string, c Class, why string) Rule {
		return by(source, guidance.Documented, path, c, why)
	}
	inferred := func(path string, c Class, why string) Rule {
		return by(policyPage, guidance.Inferred, path, c, why)
	}
	// byTerraform: there is no evidence that Azure rejects it, so it is not
	// known. Of 16 such marks 7 were contradicted by recorded updates.
	byTerraform := func(path string) Rule { return by(terraform, guidance.Inferred, path, Unknown, mayRefuse) }
	// recorded: Azure accepted the update; how it reaches the instances, a
	// recording does not show.
	recorded := func(path string, c Class, why string) Rule {
		return Rule{Path: path, Class: c, Why: why, Page: recordings, Link: recordingsLink, Sure: guidance.Recorded}
	}
	judged := func(r Rule, judge func(*moment) (Class, string)) Rule {
		r.judge = judge
		return r
	}
	orElse := func(r Rule, path string) Rule {
		r.others = path
		return r
	}
	onlyByHand := func(r Rule) Rule {
		r.ByHand = true
		return r
	}
	return prepare("microsoft.compute/virtualmachinescalesets", []Rule{
		// What Azure rejects.
		{Path: "location", Class: Refused, Why: "the region of a resource cannot change", Link: syntaxLink, Sure: guidance.Recorded},
		{Path: "name", Class: Replaced, Why: "a new name creates another scale set; the old one remains until you delete it", Link: modesLink},
		documented(modesPage, "properties/orchestrationmode", Refused, "the orchestration mode is fixed when the scale set is created"),
		by("MicrosoftDocs/azure-docs#108952", guidance.Recorded, "properties/platformfaultdomaincount", Refused, "the number of fault domains is fixed when the scale set is created"),
		judged(documented(restrictPage, storagePre+"osdisk/manageddisk/storageaccounttype", Refused, "the type of the OS disk is fixed when the scale set is created"), judgeDiskType),
		judged(by("MicrosoftDocs/azure-docs#48120", guidance.Recorded, storagePre+"datadisks/*/manageddisk/storageaccounttype", Refused, "the type of a data disk cannot change; remove the disk and add another one"), judgeDiskType),
		judged(documented(zonesPage, "zones", Refused, "zones can only be added"), judgeZones),
		judged(documented(restrictPage, "properties/singleplacementgroup", Refused, "it can change only from true to false"), judgePlacementGroup),
		judged(documented(restrictPage, ipPre+"subnet", Refused, "the subnet can change only within its virtual network"), judgeSubnet),
		judged(documented(policyPage, storagePre+"imagereference", Reimage, onReimage), judgeImage),
		orElse(judged(documented(restrictPage, storagePre+"imagereference/publisher", Refused, "the publisher of the image cannot change"), judgePublisher), storagePre+"imagereference"),
		orElse(judged(documented(restrictPage, storagePre+"imagereference/sku", Refused, "the SKU of an image with a purchase plan cannot change"), judgeImageSKU), storagePre+"imagereference"),
		judged(documented("CD:capacity-reservation-associate-virtual-machine-scale-set", profilePre+"capacityreservation", Refused, "a capacity reservation can be added only to zonal scale sets"), judgeReservation),
		orElse(judged(by("Azure/WALinuxAgent#2933", guidance.Recorded, profilePre+"extensionprofile/extensions/*", Refused, "an extension that others depend on cannot be removed"), judgeExtension), profilePre+"extensionprofile"),
		// What Azure may reject, without evidence.
		by(terraform, guidance.Inferred, "extendedlocation", Unknown, mayRefuse),
		byTerraform("plan"),
		byTerraform("properties/hostgroup"),
		byTerraform(osPre + "computernameprefix"),
		byTerraform(profilePre + "priority"),
		byTerraform(profilePre + "evictionpolicy"),
		byTerraform("properties/spotrestorepolicy"),
		byTerraform(osPre + "linuxconfiguration/provisionvmagent"),
		byTerraform(osPre + "windowsconfiguration/provisionvmagent"),
		byTerraform(osPre + "allowextensionoperations"),
		byTerraform(nicPre + "/name"),
		byTerraform(addressPre + "publicipaddressversion"),
		byTerraform(addressPre + "iptags"),
		byTerraform(storagePre + "osdisk/manageddisk/diskencryptionset"),
		byTerraform(storagePre + "datadisks/*/manageddisk/diskencryptionset"),
		by(restrictPage, guidance.Inferred, storagePre+"osdisk/ostype", Unknown, "an image of another operating system has other settings; whether Azure accepts it is not documented"),
		// What Azure was seen to accept.
		recorded("properties/zonebalance", SetOnly, "it applies to new instances; no existing instance is touched"),
		recorded(storagePre+"osdisk/diffdisksettings", Reimage, "the OS disk becomes ephemeral, or stops being so, when an instance is reimaged"),
		recorded("properties/additionalcapabilities/ultrassdenabled", Restart, "all instances must be deallocated first"),
		recorded(profilePre+"additionalcapabilities/ultrassdenabled", Restart, "all instances must be deallocated first"),
		recorded(profilePre+"securityprofile/securitytype", Restart, restarts),
		recorded(profilePre+"securityprofile/uefisettings", Restart, restarts),
		// What the upgrade policy brings to the instances.
		judged(by(policyPage, guidance.Documented, "properties/proximityplacementgroup", Refused, "all instances must be deallocated first"), judgeProximity),
		documented(restrictPage, "sku/name", Restart, restarts+"; if the hardware does not support the size, all instances must be deallocated first"),
		inferred("sku/tier", SetOnly, "the tier follows from the size"),
		documented(policyPage, "sku/capacity", SetOnly, "instances are added or removed; the others do not change"),
		inferred("tags", Instances, eachVMSome),
		documented(inPlacePage, profilePre+"extensionprofile", Instances, eachVM),
		documented(inPlacePage, profilePre+"networkprofile", Instances, eachVM),
		documented(inPlacePage, profilePre+"diagnosticsprofile", Instances, eachVM),
		documented(inPlacePage, storagePre+"datadisks", Instances, eachVM),
		inferred("identity", Instances, eachVMSome),
		inferred("properties/virtualmachineprofile", Instances, eachVMSome),
		// What only a reimage by hand brings to them.
		onlyByHand(judged(documented(restrictPage, osPre+"adminusername", Refused, byHand), judgeCredentials)),
		onlyByHand(judged(documented(restrictPage, osPre+"adminpassword", Refused, byHand), judgeCredentials)),
		onlyByHand(judged(documented(policyPage, osPre+"linuxconfiguration/ssh", Refused, byHand), judgeCredentials)),
		onlyByHand(judged(by(restrictPage, guidance.Inferred, osPre+"linuxconfiguration/disablepasswordauthentication", Unknown, byHand), judgeUnsureCredentials)),
		onlyByHand(judged(documented(inPlacePage, osPre+"customdata", Refused, byHand), judgeCredentials)),
		inferred(storagePre+"osdisk/image", Reimage, onReimage),
		inferred(storagePre+"osdisk", Reimage, onReimage),
		inferred(storagePre+"osdisk/vhdcontainers", SetOnly, "new instances store their disks there; existing disks do not move"),
		// The set alone.
		inferred("properties/overprovision", SetOnly, setAlone),
		inferred("properties/donotrunextensionsonoverprovisionedvms", SetOnly, setAlone),
		recorded("properties/scaleinpolicy", SetOnly, setAlone),
		recorded("properties/automaticrepairspolicy", SetOnly, setAlone),
		recorded("properties/upgradepolicy", SetOnly, setAlone),
		inferred("properties", SetOnly, setAlone),
		{Path: "apiversion", Class: NoEffect, Why: versionWhy, Link: syntaxLink, Sure: guidance.Inferred},
		inferred("", SetOnly, setAlone),
	})
}}

// otherRules are of resources that are not scale sets. Where no page says so
// they are inferred from what the services answer; what is only inferred to be
// rejected is of class Unknown.
var otherRules = lazy.Value[[]Rule]{Of: func() []Rule {
	rules := prepare("", []Rule{
		{Path: "location", Class: Refused, Why: "the region of a resource cannot change", Link: syntaxLink, Sure: guidance.Recorded},
		{Path: "name", Class: Replaced, Why: "a new name creates another resource", Link: modesLink},
		{Path: "apiversion", Class: NoEffect, Why: versionWhy, Link: syntaxLink, Sure: guidance.Inferred},
		{Path: "", Class: Update, Why: "the resource is updated in place", Link: syntaxLink, Sure: guidance.Inferred},
	})
	sku := func(typ, path, why string) []Rule {
		return prepare(typ, []Rule{{Path: path, Class: Unknown, Why: why + ", as far as is known", Link: syntaxLink, Sure: guidance.Inferred}})
	}
	rules = append(rules, prepare("microsoft.network/publicipaddresses", []Rule{{Path: "sku/name", Class: Refused, Sure: guidance.Recorded,
		Why: "the SKU of an address is fixed when it is created (SkuCannotBeChangedOnUpdate)", Source: "Azure/azure-cli#27806"}})...)
	rules = append(rules, prepare("microsoft.insights/autoscalesettings", []Rule{{Path: "properties/targetresourceuri", Class: Refused, Sure: guidance.Recorded, Source: "Azure/Moodle#311",
		Why: "the target of a setting is immutable (TargetResourceIdIsImmutable); create a setting with another name"}})...)
	const manageSubnet guidance.Source = "LEARN:virtual-network/virtual-network-manage-subnet"
	rules = append(rules, prepare("microsoft.network/virtualnetworks", []Rule{
		{Path: "properties/subnets", Class: Update, Link: syntaxLink, Sure: guidance.Inferred, Why: "the resource is updated in place", judge: emptied(judgeSubnetItem)},
		{Path: "properties/subnets/*", Class: Unknown, Sure: guidance.Documented, Source: manageSubnet, Why: "only an empty subnet can be deleted", judge: judgeSubnetItem},
		{Path: "properties/subnets/*/properties", Class: Update, Link: syntaxLink, Sure: guidance.Inferred, Why: "the subnet is updated in place"},
		{Path: "properties/subnets/*/properties/addressprefix", Class: Unknown, Sure: guidance.Documented, Source: manageSubnet,
			Why: "the range of a subnet can change only while it is empty (InUsePrefixCannotBeDeleted)", judge: judgeSubnetRange},
	})...)
	probe := guidance.Get(guidance.HealthProbeInUse).Source
	rules = append(rules, prepare("microsoft.network/loadbalancers", []Rule{
		{Path: "properties/probes", Class: Refused, Source: probe, Why: "a probe cannot be removed while a scale set uses it as its health probe", judge: emptied(judgeProbe)},
		{Path: "properties/probes/*", Class: Refused, Source: probe, Why: "a probe cannot be removed while a scale set uses it as its health probe", judge: judgeProbe},
		{Path: "properties/probes/*/properties/port", Class: Refused, Source: probe, Why: "the port of a probe cannot change while a scale set uses it as its health probe", judge: judgeProbe},
		{Path: "properties/inboundnatpools", Class: Refused, Sure: guidance.Recorded, Source: "Azure/vm-scale-sets#41", Why: "a NAT pool cannot be removed while a scale set uses it", judge: emptied(judgeNATPool)},
		{Path: "properties/inboundnatpools/*", Class: Refused, Sure: guidance.Recorded, Source: "Azure/vm-scale-sets#41", Why: "a NAT pool cannot be removed while a scale set uses it", judge: judgeNATPool},
	})...)
	rules = append(rules, sku("microsoft.network/publicipaddresses", "properties/publicipaddressversion", "the version of an address is fixed when it is created")...)
	rules = append(rules, sku("microsoft.network/publicipaddresses", "zones", "the zones of an address are fixed when it is created")...)
	rules = append(rules, sku("microsoft.network/loadbalancers", "sku/name", "a deployment cannot change the SKU of a load balancer")...)
	rules = append(rules, sku("microsoft.storage/storageaccounts", "properties/ishnsenabled", "the hierarchical namespace is fixed when the account is created")...)
	const vmFixed = "it is fixed when the virtual machine is created, as far as is known"
	machine := func(path string, c Class, why string) Rule {
		return Rule{Path: path, Class: c, Why: why, Link: machineLink, Sure: guidance.Inferred}
	}
	rules = append(rules, prepare("microsoft.compute/virtualmachines", []Rule{
		machine("properties/osprofile", Unknown, vmFixed),
		machine("properties/storageprofile/imagereference", Unknown, vmFixed),
		machine("properties/storageprofile/osdisk/vhd", Unknown, vmFixed),
		machine("properties/hardwareprofile/vmsize", Restart, "a new size restarts the virtual machine"),
	})...)
	// Reported with PropertyChangeNotAllowed, or OperationNotAllowed for the type of
	// a disk.
	fixed := func(path, what string, source guidance.Source) Rule {
		return Rule{Path: path, Class: Refused, Why: what + " fixed when the virtual machine is created", Source: source, Sure: guidance.Recorded}
	}
	rules = append(rules, prepare("microsoft.compute/virtualmachines", []Rule{
		fixed("properties/availabilityset", "the availability set is", "Azure/azure-powershell#1820"),
		fixed("zones", "the zone is", "hashicorp/terraform-provider-azurerm#3277"),
		fixed("properties/osprofile/adminpassword", "the password is", "hashicorp/terraform#6517"),
		fixed("properties/osprofile/customdata", "the custom data is", "Azure/azure-sdk-for-node#2297"),
		fixed("properties/osprofile/linuxconfiguration/ssh/publickeys", "the public keys are", "Azure/azure-cli#11840"),
		fixed("properties/osprofile/linuxconfiguration/disablepasswordauthentication", "the kind of login is", "Azure/bicep-types-az#2311"),
		fixed("properties/osprofile/windowsconfiguration/winrm", "the listeners are", "Azure/azure-quickstart-templates#3712"),
		fixed("properties/osprofile/windowsconfiguration/enableautomaticupdates", "the setting is", "ansible-collections/azure#1332"),
		fixed("properties/storageprofile/osdisk/createoption", "the origin of the OS disk is", "Azure/azure-powershell#7621"),
		fixed("properties/storageprofile/osdisk/ostype", "the operating system is", "MicrosoftDocs/azure-docs#45880"),
		fixed("properties/storageprofile/osdisk/name", "the name of the OS disk is", "hashicorp/terraform-provider-azurerm#16323"),
		{Path: "properties/storageprofile/osdisk/manageddisk/storageaccounttype", Class: Refused, Source: "hashicorp/terraform-provider-azurerm#921", Sure: guidance.Recorded,
			Why: "the type of a managed disk is changed at the disk, not at the virtual machine", judge: judgeMachineDisk},
	})...)
	rules = append(rules, prepare("microsoft.compute/virtualmachinescalesets/extensions", []Rule{
		{Path: "properties", Class: Instances, Why: eachVM, Source: inPlacePage},
	})...)
	return rules
}}

func prepare(typ string, rules []Rule) []Rule {
	for i := range rules {
		rules[i].Type, rules[i].steps = typ, steps(rules[i].Path)
	}
	return rules
}

func steps(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// Rules are those for a type of resource. The caller must not change them.
func Rules(typ string) []Rule {
	if strings.EqualFold(typ, "Microsoft.Compute/virtualMachineScaleSets") {
		return setRules.Get()
	}
	return otherRules.Get()
}

// rule is the most exact rule for a path of a resource; there is always one.
func rule(rules []Rule, typ string, at []string) *Rule {
	best := &rules[len(rules)-1]
	depth := -1
	for i := range rules {
		r := &rules[i]
		if (r.Type == "" || r.Type == typ) && len(r.steps) > depth && begins(at, r.steps) {
			best, depth = r, len(r.steps)
		}
	}
	return best
}

// begins reports whether a path is what a pattern says, or below it.
func begins(at, pattern []string) bool {
	if len(at) < len(pattern) {
		return false
	}
	for i, s := range pattern {
		if s != "*" && s != at[i] {
			return false
		}
	}
	return true
}

var resourceRules = lazy.Value[[2]Rule]{Of: func() [2]Rule {
	return [2]Rule{
		{Class: LeftBehind, Why: "an incremental deployment leaves resources that are not in the template", Link: modesLink},
		{Class: Removed, Why: "a complete deployment deletes resources that are not in the template", Link: modesLink},
	}
}}

func incrementalRule() *Rule { r := resourceRules.Get(); return &r[0] }
func completeRule() *Rule    { r := resourceRules.Get(); return &r[1] }
