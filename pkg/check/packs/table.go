package packs

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// all are the packs. A rule is listed with the least severity of its findings in
// the pack; it keeps its own if that is higher.
var all = []Pack{
	{Name: "security", Summary: "Secrets, encryption, identities, and what is open to the Internet", rules: func() map[diag.Code]diag.Severity {
		return map[diag.Code]diag.Severity{
			"SS2201": diag.Warning, "SS2202": diag.Warning, "SS2203": diag.Warning, "SS2204": diag.Warning, "SS2205": diag.Warning,
			"SS2206": diag.Info, "SS2207": diag.Warning, "SS2208": diag.Warning, "SS2209": diag.Warning, "SS2706": diag.Warning,
			"SS4105": diag.Warning, "SS4106": diag.Warning, "SS4209": diag.Warning, "SS4122": diag.Warning, "SS4123": diag.Warning, "SS4213": diag.Warning, "SS6062": diag.Warning, "SS6063": diag.Info, "SS6065": diag.Info,
			"SS8101": diag.Warning, "SS8102": diag.Warning, "SS8103": diag.Warning, "SS8105": diag.Warning, "SS8107": diag.Warning, "SS8108": diag.Warning, "SS8110": diag.Warning, "SS8120": diag.Warning, "SS8121": diag.Warning, "SS8122": diag.Warning, "SS8123": diag.Warning, "SS8130": diag.Warning, "SS8131": diag.Warning, "SS8132": diag.Warning, "SS8140": diag.Warning, "SS8150": diag.Warning,
			"SS8112": diag.Info, "SS8133": diag.Info, "SS8141": diag.Info, "SS8145": diag.Info, "SS8151": diag.Info,
		}
	}},
	{Name: "resilience", Summary: "Zones, health, repairs, autoscale, and what is or will be retired", rules: func() map[diag.Code]diag.Severity {
		return map[diag.Code]diag.Severity{
			"SS4072": diag.Info, "SS4208": diag.Warning, "SS4320": diag.Warning, "SS4321": diag.Warning, "SS5012": diag.Warning,
			"SS6011": diag.Warning, "SS6024": diag.Warning, "SS6046": diag.Warning,
			"SS7006": diag.Warning, "SS7007": diag.Warning, "SS7062": diag.Warning, "SS7067": diag.Warning, "SS7068": diag.Info, "SS4124": diag.Info, "SS4010": diag.Warning, "SS4073": diag.Info, "SS4322": diag.Warning, "SS6064": diag.Warning,
			"SS8104": diag.Warning, "SS8108": diag.Warning, "SS8109": diag.Warning, "SS8111": diag.Warning, "SS8113": diag.Warning, "SS8125": diag.Warning, "SS8126": diag.Warning, "SS8127": diag.Warning, "SS8130": diag.Warning,
			"SS8106": diag.Info, "SS8114": diag.Info, "SS8124": diag.Info, "SS8116": diag.Info, "SS8128": diag.Info, "SS8142": diag.Info, "SS8143": diag.Info, "SS8144": diag.Info, "SS8141": diag.Info,
		}
	}},
	{Name: "cost", Summary: "Autoscale that is missing, or that does not scale in", rules: func() map[diag.Code]diag.Severity {
		return map[diag.Code]diag.Severity{
			"SS4050": diag.Warning, "SS4052": diag.Warning, "SS4056": diag.Warning, "SS4057": diag.Warning, "SS4058": diag.Warning, "SS4059": diag.Warning,
			"SS4064": diag.Warning, "SS4066": diag.Warning, "SS4067": diag.Warning, "SS4069": diag.Warning, "SS4073": diag.Warning,
		}
	}},
	{Name: "arm-ttk", Summary: "The rules that correspond to the tests of the ARM Template Toolkit", Tool: ArmTTK},
	{Name: "psrule", Summary: "The rules that correspond to those of PSRule for Azure", Tool: PSRule},
	{Name: "checkov", Summary: "The rules that correspond to the checks of Checkov", Tool: Checkov},
	{Name: "aprl", Summary: "The rules that correspond to the Azure Proactive Resiliency Library", Tool: APRL},
}
