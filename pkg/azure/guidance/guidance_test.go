package guidance_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

func TestStatements(t *testing.T) {
	version := regexp.MustCompile(`^20\d\d-\d\d-\d\d(-preview)?$`)
	name := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[guidance.ID]bool{}
	for _, topic := range guidance.Topics() {
		for _, s := range topic.Statements {
			if seen[s.ID] {
				t.Errorf("%s: twice", s.ID)
			}
			seen[s.ID] = true
			if !name.MatchString(string(s.ID)) {
				t.Errorf("%s: no name of lower-case words", s.ID)
			}
			if !strings.HasSuffix(s.Text, ".") || len(s.Text) < 20 {
				t.Errorf("%s: text %q is not a sentence", s.ID, s.Text)
			}
			if (s.Limit == 0) != (s.Unit == "") {
				t.Errorf("%s: limit %d of %q: both or neither", s.ID, s.Limit, s.Unit)
			}
			if !version.MatchString(s.Since) || s.Until != "" && !version.MatchString(s.Until) {
				t.Errorf("%s: API versions %q to %q", s.ID, s.Since, s.Until)
			}
			if s.Era == 0 || s.Era == guidance.Preview && s.Until != s.Since {
				t.Errorf("%s: era %s with %s", s.ID, s.Era, s.Versions())
			}
			if u, err := url.Parse(s.Link()); err != nil || u.Scheme != "https" || u.Host == "" || strings.HasSuffix(s.Link(), "/") && s.Source != "APRL" {
				t.Errorf("%s: source %s gives no link: %q", s.ID, s.Source, s.Link())
			}
		}
	}
}

func TestEraOf(t *testing.T) {
	for version, want := range map[string]guidance.Era{
		"2015-06-15": guidance.Preview, "2016-03-30": guidance.Current, "2024-11-01": guidance.Current, "": guidance.Current,
	} {
		if got := guidance.EraOf(version); got != want {
			t.Errorf("EraOf(%q) = %s, want %s", version, got, want)
		}
	}
	if _, err := guidance.ParseEra("past"); err == nil || !strings.Contains(err.Error(), "preview") {
		t.Errorf("ParseEra(past): %v, want an error that names the eras", err)
	}
}

func TestHolds(t *testing.T) {
	tests := []struct {
		name    string
		id      guidance.ID
		era     guidance.Era
		version string
		want    bool
	}{
		{"own era", guidance.CustomImageMax, guidance.Auto, "2015-06-15", true},
		{"later version", guidance.CustomImageMax, guidance.Auto, "2016-03-30", false},
		{"asked for the other era", guidance.CustomImageMax, guidance.Preview, "2021-03-01", true},
		{"before its version", guidance.ManagedImageMax, guidance.Auto, "2016-03-30", false},
		{"at its version", guidance.ManagedImageMax, guidance.Auto, "2017-03-30", true},
		{"asked for today", guidance.ManagedImageMax, guidance.Current, "2015-06-15", true},
		{"after its last version", guidance.ExtensionOrderNone, guidance.Auto, "2018-06-01", false},
		{"preview of a date", guidance.NoDataDisksPreview, guidance.Auto, "2016-04-30-preview", false},
		{"version not known, statement of old ones", guidance.DataDisksFirst, guidance.Auto, "", false},
		{"version an expression", guidance.DataDisksFirst, guidance.Auto, "[parameters('v')]", false},
		{"version not known", guidance.ManagedImageMax, guidance.Current, "", true},
	}
	for _, tt := range tests {
		if got := guidance.Get(tt.id).Holds(tt.era, tt.version); got != tt.want {
			t.Errorf("%s: %s.Holds(%s, %q) = %t, want %t", tt.name, tt.id, tt.era, tt.version, got, tt.want)
		}
	}
}

func TestCitation(t *testing.T) {
	got := guidance.Get(guidance.AccountMaxPreview).Citation(guidance.Preview)
	want := "preview guidance, 2015-06-15: Plan for no more than 40 instances per storage account."
	if got != want {
		t.Errorf("Citation = %q, want %q", got, want)
	}
}

// TestSource wants every kind of source to have a link and a title.
func TestSource(t *testing.T) {
	for source, want := range map[guidance.Source][2]string{
		"SEED": {"https://github.com/MicrosoftDocs/azure-docs/blob/00eee37962ba08c18102d1fb9d4715387fc968eb/articles/virtual-machines/virtual-machines-vmss-overview.md", "VM scale sets overview, November 2015"},
		"CD:virtual-machine-scale-sets-upgrade-policy": {"https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy", "upgrade policy"},
		"AM:autoscale-flapping":                        {"https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-flapping", "autoscale flapping"},
		"LEARN:virtual-machines/user-data":             {"https://learn.microsoft.com/azure/virtual-machines/user-data", "user data"},
		"JULY2016":                                     {"https://github.com/MicrosoftDocs/azure-docs/blob/6a9d291535439759ffb3ac5c198343eda7cf21d7/articles/virtual-machine-scale-sets/virtual-machine-scale-sets-overview.md", "VM scale sets overview, July 2016"},
		"LIMITS":                                       {"https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits", "Azure subscription and service limits"},
		"AD:0123abc/load-balancer/overview.md":         {"https://github.com/MicrosoftDocs/azure-docs/blob/0123abc/articles/load-balancer/overview.md", "azure-docs overview.md"},
		"SCH:2015-06-15":                               {"https://github.com/Azure/azure-resource-manager-schemas/blob/main/schemas/2015-06-15/Microsoft.Compute.json", "schema 2015-06-15"},
		"SCH:2015-06-15/Microsoft.Network":             {"https://github.com/Azure/azure-resource-manager-schemas/blob/main/schemas/2015-06-15/Microsoft.Network.json", "schema 2015-06-15/Microsoft.Network"},
		"TF":                                           {"https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/linux_virtual_machine_scale_set.html.markdown", "Terraform provider azurerm"},
		"APRL":                                         {"https://azure.github.io/Azure-Proactive-Resiliency-Library-v2/azure-resources/Compute/virtualMachineScaleSets/", "Azure Proactive Resiliency Library"},
		"Azure/azure-cli#1":                            {"https://github.com/Azure/azure-cli/issues/1", "Azure/azure-cli#1"},
	} {
		if got := [2]string{source.Link(), source.Title()}; got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}
