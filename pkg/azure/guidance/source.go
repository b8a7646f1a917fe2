package guidance

import "strings"

// A Source is the source of a statement, in short form:
//
//	SEED          the overview of the public preview, 11 November 2015
//	CD:page       a page of the documentation of scale sets
//	AM:page       a page of the documentation of autoscale
//	LEARN:path    any other page of Azure's documentation, such as
//	              LEARN:virtual-machines/user-data
//	LIMITS        the page of limits of subscriptions and services
//	AD:commit/path  a page of azure-docs at a commit, below its folder articles
//	JULY2016      the overview of scale sets of July 2016
//	SCH:version   the published schema of Microsoft.Compute of an API version,
//	              or of the provider named after a slash
//	TF            the reference of the Terraform resource
//	APRL          the Azure Proactive Resiliency Library
//	owner/repo#n  an issue on GitHub
type Source string

// Link returns the address of the source.
func (s Source) Link() string {
	kind, rest, _ := strings.Cut(string(s), ":")
	switch kind {
	case "SEED":
		return azureDocs + "00eee37962ba08c18102d1fb9d4715387fc968eb/articles/virtual-machines/virtual-machines-vmss-overview.md"
	case "JULY2016":
		return azureDocs + "6a9d291535439759ffb3ac5c198343eda7cf21d7/articles/virtual-machine-scale-sets/virtual-machine-scale-sets-overview.md"
	case "LIMITS":
		return "https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits"
	case "CD":
		return "https://learn.microsoft.com/azure/virtual-machine-scale-sets/" + rest
	case "AM":
		return "https://learn.microsoft.com/azure/azure-monitor/autoscale/" + rest
	case "LEARN":
		return "https://learn.microsoft.com/azure/" + rest
	case "SCH":
		return schemaLink(rest)
	case "TF":
		return "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/linux_virtual_machine_scale_set.html.markdown"
	case "AD":
		commit, page, _ := strings.Cut(rest, "/")
		return azureDocs + commit + "/articles/" + page
	case "APRL":
		return "https://azure.github.io/Azure-Proactive-Resiliency-Library-v2/azure-resources/Compute/virtualMachineScaleSets/"
	}
	repo, number, _ := strings.Cut(string(s), "#")
	return "https://github.com/" + repo + "/issues/" + number
}

// azureDocs is the repository of the documentation; a commit follows, because
// the current pages no longer say what these said.
const azureDocs = "https://github.com/MicrosoftDocs/azure-docs/blob/"

func schemaLink(rest string) string {
	version, provider, ok := strings.Cut(rest, "/")
	if !ok {
		provider = "Microsoft.Compute"
	}
	return "https://github.com/Azure/azure-resource-manager-schemas/blob/main/schemas/" + version + "/" + provider + ".json"
}

// Title returns the title of the source for people.
func (s Source) Title() string {
	kind, rest, _ := strings.Cut(string(s), ":")
	switch kind {
	case "SEED":
		return "VM scale sets overview, November 2015"
	case "CD":
		return strings.ReplaceAll(strings.TrimPrefix(rest, "virtual-machine-scale-sets-"), "-", " ")
	case "AM":
		return strings.ReplaceAll(rest, "-", " ")
	case "LEARN":
		return strings.ReplaceAll(rest[strings.LastIndexByte(rest, '/')+1:], "-", " ")
	case "JULY2016":
		return "VM scale sets overview, July 2016"
	case "LIMITS":
		return "Azure subscription and service limits"
	case "SCH":
		return "schema " + rest
	case "TF":
		return "Terraform provider azurerm"
	case "AD":
		return "azure-docs " + rest[strings.LastIndexByte(rest, '/')+1:]
	case "APRL":
		return "Azure Proactive Resiliency Library"
	}
	return string(s)
}
