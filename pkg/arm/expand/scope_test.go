package expand

import (
	"fmt"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestFunctionsOfScopes checks the functions that are allowed in a deployment
// of each scope, as recorded from the validation of the deployment service.
func TestFunctionsOfScopes(t *testing.T) {
	const id = "11111111-2222-3333-4444-555555555555"
	schemas := []string{"2019-04-01/deploymentTemplate", "2018-05-01/subscriptionDeploymentTemplate", "2019-08-01/managementGroupDeploymentTemplate", "2019-08-01/tenantDeploymentTemplate"}
	for expression, accepted := range map[string][4]bool{
		"resourceGroup().name":                               {true, false, false, false},
		"subscription().subscriptionId":                      {true, true, false, false},
		"managementGroup().name":                             {false, false, true, false},
		"tenant().tenantId":                                  {true, true, true, true},
		"subscriptionResourceId('A.B/c', 'd')":               {true, true, false, false},
		"subscriptionResourceId('" + id + "', 'A.B/c', 'd')": {true, true, true, true},
		"resourceId('A.B/c', 'd')":                           {true, true, true, true},
		"resourceId('g', 'A.B/c', 'd')":                      {true, false, false, false},
		"resourceId('" + id + "', 'g', 'A.B/c', 'd')":        {true, true, true, true},
	} {
		for scope, schema := range schemas {
			text := fmt.Sprintf(`{"$schema": "https://schema.management.azure.com/schemas/%s.json#", "contentVersion": "1.0.0.0", "resources": [], "outputs": {"o": {"type": "string", "value": "[%s]"}}}`, schema, expression)
			context := oracleContext
			context.ManagementGroup = "mg"
			d := Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), Options{Context: context})
			if got := !d.Diagnostics.HasErrors(); got != accepted[scope] {
				t.Errorf("%s in a %s: accepted %t", expression, scopeWords[scope], got)
			}
		}
	}
}
