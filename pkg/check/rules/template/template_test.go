package template_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/template"
)

func TestRules(t *testing.T) { ruletest.Run(t, template.Rules()) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, template.Rules(), nil) }

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, template.Rules()) }

// TestBoundaries: the last value that is taken and the first that is not.
func TestBoundaries(t *testing.T) {
	// section is an object of n members that are all alike.
	section := func(n int, member string) string {
		var members []string
		for i := range n {
			members = append(members, fmt.Sprintf(`"m%d": %s`, i, member))
		}
		return "{" + strings.Join(members, ", ") + "}"
	}
	const output = `{ "type": "int", "value": 1 }`
	const id = "/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/web"
	ruletest.Boundaries(t, template.Rules(), []ruletest.Boundary{
		{Rule: "SS2501", Template: "good_two_years.json", Pointer: "/resources/0/apiVersion",
			Good: []string{`"2022-11-01"`, `"2022-11-01-preview"`, `"2022"`, `"latest-version"`}, Info: []string{`"2022-10-31"`, `"2022-10-31-preview"`}},
		{Rule: "SS2601", Template: "good_sections.json", Pointer: "/parameters", Good: []string{section(256, `{ "type": "int" }`)}, Error: []string{section(257, `{ "type": "int" }`)}},
		{Rule: "SS2601", Template: "good_sections.json", Pointer: "/variables", Good: []string{section(512, "1")}, Error: []string{section(513, "1")}},
		{Rule: "SS2601", Template: "good_sections.json", Pointer: "/outputs", Good: []string{section(64, output)}, Error: []string{section(65, output)}},
		{Rule: "SS2601", Template: "good_sections.json", Pointer: "/asserts", Good: []string{section(32, "true")}, Error: []string{section(33, "true")}},
		{Rule: "SS2601", Template: "good_sections.json", Pointer: "/resources/0/copy/count", Good: []string{"799"}, Error: []string{"800"}},
		{Rule: "SS2601", Template: "good_sections.json", Pointer: "/resources/2/properties/template/resources/1/copy/count", Good: []string{"799"}, Error: []string{"800"}},
		{Rule: "SS2401", Template: "good_computed.json", Pointer: "/resources/0/properties/ipConfigurations/0/properties/subnet/id",
			Good: []string{
				`"[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'web')]"`, `"/subscriptions/"`, `"/subscriptions/11111111-1111-1111-1111-111111111111"`,
				`"/subscriptions/11111111-1111-1111-1111-11111111111` + id + `"`, `"/subscriptions/11111111-1111-1111-11111111111111111` + id + `"`,
				`"/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net"`, `"/subscription/11111111-1111-1111-1111-111111111111` + id + `"`, `"` + id + `"`},
			Warning: []string{`"/subscriptions/11111111-1111-1111-1111-111111111111` + id + `"`, `"/Subscriptions/AAAAAAAA-1111-1111-1111-111111111111` + id + `"`}},
		{Rule: "SS2303", Template: "good_own.json", Pointer: "/outputs/b/value",
			Good: []string{`"https://contoso.com"`, `"management"`, `"https://schema.management.azure.com/schemas/x"`, `"privatelink.blob.core.windows.net"`, `"[concat('https://', environment().suffixes.storage)]"`},
			Info: []string{`"management.azure.com"`, `"https://Management.Azure.com/x"`, `"https://login.microsoftonline.com/"`, `"https://management.core.windows.net/"`, `"https://a.blob.core.windows.net/v"`,
				`"https://a.file.core.windows.net/"`, `"https://a.queue.core.windows.net/"`, `"https://a.table.core.windows.net/"`, `"a.database.windows.net"`, `"https://a.vault.azure.net/"`,
				`"https://gallery.azure.com/"`, `"https://graph.windows.net/"`}},
	})
}
