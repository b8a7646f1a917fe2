package diff

import (
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// A Rule says what the service makes of a change of a value and of all below it.
type Rule struct {
	// Type is the resource type in lower case, "" for all; Path the names from
	// the top of the resource in lower case, "*" for the items of a list. ""
	// stands for all of a resource.
	Type, Path string
	Class      Class
	Why        string // one sentence without a full stop
	// Source is who says so; Link overrules its address.
	Source guidance.Source
	Link   string
	Sure   guidance.Sureness
	// judge decides where the class depends on the values; nil elsewhere. Class
	// is then the worst that it gives.
	judge func(*moment) (Class, string)
	steps []string
}

// Title names the source for people, with how sure it is.
func (r *Rule) Title() string {
	title := "Resource Manager templates"
	if r.Source != "" {
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

// The pages that say how changes reach a scale set, and what Terraform makes a
// new resource for, which is a sign and no proof.
const (
	policyPage  guidance.Source = "CD:virtual-machine-scale-sets-upgrade-policy"
	upgradePage guidance.Source = "AD:virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-scale-set.md"
	terraform   guidance.Source = "TF"
	modesLink                   = "https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes"
	machineLink                 = "https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachines"
	syntaxLink                  = "https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes#incremental-mode"
)

// Why of groups of rules.
const (
	fixed      = "it is fixed when the set is created"
	fixedByTF  = "tools make a new set for such a change; the service is not known to accept it"
	eachVM     = "the model takes it; each instance then has to be updated"
	anew       = "the model takes it; an instance gets it only when it is re-imaged"
	restarts   = "applying it restarts the instance"
	setAlone   = "it belongs to the set; no instance is touched"
	versionWhy = "the API version says how the template is read; what it takes by default is compared by itself"
	profilePre = "properties/virtualmachineprofile/"
	storagePre = profilePre + "storageprofile/"
	osPre      = profilePre + "osprofile/"
	nicPre     = profilePre + "networkprofile/networkinterfaceconfigurations/*"
	ipPre      = nicPre + "/properties/ipconfigurations/*/properties/"
	addressPre = ipPre + "publicipaddressconfiguration/properties/"
)

var setRules = sync.OnceValue(func() []Rule {
	documented := func(path string, c Class, why string) Rule {
		return Rule{Path: path, Class: c, Why: why, Source: policyPage}
	}
	inferred := func(path string, c Class, why string) Rule {
		return Rule{Path: path, Class: c, Why: why, Source: policyPage, Sure: guidance.Inferred}
	}
	byTerraform := func(path string) Rule {
		return Rule{Path: path, Class: Refused, Why: fixedByTF, Source: terraform, Sure: guidance.Inferred}
	}
	judged := func(path string, worst Class, why string, source guidance.Source, sure guidance.Sureness, judge func(*moment) (Class, string)) Rule {
		return Rule{Path: path, Class: worst, Why: why, Source: source, Sure: sure, judge: judge}
	}
	return prepare("microsoft.compute/virtualmachinescalesets", []Rule{
		// Create-time only.
		documented("location", Refused, fixed),
		documented("name", Refused, fixed),
		documented("extendedlocation", Refused, fixed),
		documented("plan", Refused, fixed),
		documented("properties/orchestrationmode", Refused, fixed),
		{Path: "properties/platformfaultdomaincount", Class: Refused, Why: fixed, Source: "MicrosoftDocs/azure-docs#108952", Sure: guidance.Recorded},
		documented("properties/hostgroup", Refused, fixed),
		documented(storagePre+"osdisk/manageddisk/storageaccounttype", Refused, fixed),
		documented(storagePre+"osdisk/diffdisksettings", Refused, fixed),
		documented(osPre+"computernameprefix", Refused, fixed),
		documented(profilePre+"priority", Refused, fixed),
		documented(profilePre+"evictionpolicy", Refused, fixed),
		byTerraform("properties/zonebalance"),
		byTerraform("properties/spotrestorepolicy"),
		byTerraform("properties/additionalcapabilities/ultrassdenabled"),
		byTerraform(profilePre + "additionalcapabilities/ultrassdenabled"),
		byTerraform(profilePre + "securityprofile/uefisettings/securebootenabled"),
		byTerraform(profilePre + "securityprofile/uefisettings/vtpmenabled"),
		byTerraform(profilePre + "capacityreservation"),
		byTerraform(osPre + "linuxconfiguration/provisionvmagent"),
		byTerraform(osPre + "windowsconfiguration/provisionvmagent"),
		byTerraform(osPre + "allowextensionoperations"),
		byTerraform(osPre + "adminusername"),
		byTerraform(nicPre + "/name"),
		byTerraform(addressPre + "publicipaddressversion"),
		byTerraform(addressPre + "iptags"),
		byTerraform(storagePre + "osdisk/manageddisk/diskencryptionset"),
		byTerraform(storagePre + "datadisks/*/manageddisk/diskencryptionset"),
		// Formerly create-time, and conditional.
		judged("zones", Refused, "zones can only be added", "CD:virtual-machine-scale-sets-use-availability-zones", guidance.Documented, judgeZones),
		judged("properties/singleplacementgroup", Refused, "it changes from true to false only", policyPage, guidance.Documented, judgePlacementGroup),
		judged(ipPre+"subnet", Refused, "the subnet changes within its network only", policyPage, guidance.Documented, judgeSubnet),
		judged(storagePre+"imagereference", Refused, anew, policyPage, guidance.Documented, judgeImage),
		{Path: storagePre + "imagereference/publisher", Class: Refused, Why: "the publisher of the image does not change", Source: upgradePage, judge: judgePublisher},
		{Path: storagePre + "osdisk/ostype", Class: Refused, Why: "the operating system is fixed when the set is created", Source: upgradePage},
		judged("properties/proximityplacementgroup", Refused, "the proximity placement group changes under conditions", policyPage, guidance.Documented, judgeProximity),
		documented("sku/name", Restart, restarts+"; the hardware that runs the set must have the size, or all instances be deallocated first"),
		inferred("sku/tier", SetOnly, "the tier follows from the size"),
		documented("sku/capacity", SetOnly, "instances come or go; the others stay as they are"),
		// Each instance is updated.
		documented("tags", Instances, eachVM),
		documented(profilePre+"extensionprofile", Instances, eachVM),
		documented(profilePre+"networkprofile", Instances, eachVM),
		documented(profilePre+"diagnosticsprofile", Instances, eachVM),
		inferred("identity", Instances, eachVM),
		inferred("properties/virtualmachineprofile", Instances, eachVM),
		// Each instance is re-imaged.
		judged(osPre+"adminpassword", Refused, anew, policyPage, guidance.Documented, judgeCredentials),
		judged(osPre+"linuxconfiguration/ssh", Refused, anew, policyPage, guidance.Documented, judgeCredentials),
		judged(osPre+"linuxconfiguration/disablepasswordauthentication", Refused, anew, policyPage, guidance.Inferred, judgeCredentials),
		judged(osPre+"customdata", Refused, anew, policyPage, guidance.Documented, judgeCredentials),
		inferred(storagePre+"osdisk/image", Reimage, anew),
		// Each instance is restarted.
		documented(storagePre+"osdisk", Restart, restarts),
		documented(storagePre+"datadisks", Restart, restarts),
		inferred(storagePre+"osdisk/vhdcontainers", SetOnly, "new instances keep their disks there; those of the others stay where they are"),
		// The set alone.
		inferred("properties/overprovision", SetOnly, setAlone),
		inferred("properties/donotrunextensionsonoverprovisionedvms", SetOnly, setAlone),
		inferred("properties/scaleinpolicy", SetOnly, setAlone),
		inferred("properties/automaticrepairspolicy", SetOnly, setAlone),
		inferred("properties/upgradepolicy", SetOnly, setAlone),
		inferred("properties", SetOnly, setAlone),
		{Path: "apiversion", Class: NoEffect, Why: versionWhy, Link: syntaxLink, Sure: guidance.Inferred},
		inferred("", SetOnly, setAlone),
	})
})

// otherRules are of resources that are no scale sets. Where no page says so
// they are inferred from what the services answer.
var otherRules = sync.OnceValue(func() []Rule {
	rules := prepare("", []Rule{
		{Path: "location", Class: Refused, Why: "a resource stays where it was created", Link: syntaxLink, Sure: guidance.Recorded},
		{Path: "name", Class: Replaced, Why: "another name is another resource", Link: modesLink},
		{Path: "apiversion", Class: NoEffect, Why: versionWhy, Link: syntaxLink, Sure: guidance.Inferred},
		{Path: "", Class: Update, Why: "the resource itself changes, in place", Link: syntaxLink, Sure: guidance.Inferred},
	})
	sku := func(typ, path, why string) []Rule {
		return prepare(typ, []Rule{{Path: path, Class: Refused, Why: why, Link: syntaxLink, Sure: guidance.Inferred}})
	}
	rules = append(rules, sku("microsoft.network/publicipaddresses", "sku/name", "the SKU of an address does not change by a deployment")...)
	rules = append(rules, sku("microsoft.network/publicipaddresses", "properties/publicipaddressversion", "the version of an address is fixed when it is created")...)
	rules = append(rules, sku("microsoft.network/publicipaddresses", "zones", "the zones of an address are fixed when it is created")...)
	rules = append(rules, sku("microsoft.network/loadbalancers", "sku/name", "the SKU of a load balancer does not change by a deployment")...)
	rules = append(rules, sku("microsoft.storage/storageaccounts", "properties/ishnsenabled", "the hierarchical namespace is fixed when the account is created")...)
	const vmFixed = "it is fixed when the machine is created"
	machine := func(path string, c Class, why string) Rule {
		return Rule{Path: path, Class: c, Why: why, Link: machineLink, Sure: guidance.Inferred}
	}
	rules = append(rules, prepare("microsoft.compute/virtualmachines", []Rule{
		machine("properties/osprofile", Refused, vmFixed),
		machine("properties/storageprofile/imagereference", Refused, vmFixed),
		machine("properties/storageprofile/osdisk/name", Refused, vmFixed),
		machine("properties/storageprofile/osdisk/vhd", Refused, vmFixed),
		machine("properties/availabilityset", Refused, vmFixed),
		machine("zones", Refused, vmFixed),
		machine("properties/hardwareprofile/vmsize", Restart, "another size restarts the machine"),
	})...)
	rules = append(rules, prepare("microsoft.compute/virtualmachinescalesets/extensions", []Rule{
		{Path: "properties", Class: Instances, Why: eachVM, Source: policyPage},
	})...)
	return rules
})

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
		return setRules()
	}
	return otherRules()
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

var resourceRules = sync.OnceValue(func() [2]Rule {
	return [2]Rule{
		{Class: LeftBehind, Why: "an incremental deployment leaves what the template does not have", Link: modesLink},
		{Class: Removed, Why: "a complete deployment deletes what the template does not have", Link: modesLink},
	}
})

func incrementalRule() *Rule { r := resourceRules(); return &r[0] }
func completeRule() *Rule    { r := resourceRules(); return &r[1] }
