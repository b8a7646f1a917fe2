package custom

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/debug"
	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// declared are the rules of a text of settings.
func declared(t testing.TB, text string) []settings.Custom {
	t.Helper()
	name := filepath.Join(t.TempDir(), settings.Name)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := settings.Load(name, settings.Name, settings.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Custom
}

// loaded are the compiled rules of a text of settings; nil if it has a mistake.
func loaded(t testing.TB, text string) []*lint.Rule {
	t.Helper()
	name := filepath.Join(t.TempDir(), settings.Name)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := settings.Load(name, settings.Name, settings.Checks{})
	if err != nil {
		return nil
	}
	rules, mistakes := Compile(s.Custom)
	if len(mistakes) > 0 {
		return nil
	}
	return rules
}

// one is the text of one rule with these members.
func one(members string) string {
	return "custom-rules:\n  - code: ORG001\n    name: a-rule\n" + "    " + strings.ReplaceAll(strings.TrimSpace(members), "\n", "\n    ") + "\n"
}

// view is a template as the rules see it.
func viewOf(t testing.TB, text string, secrets *secret.Set) *lint.Template {
	t.Helper()
	tree := jsonc.Parse(source.NewFile("a.json", []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	parsed := arm.ParseTemplate(tree)
	d := expand.Expand(parsed, expand.Options{HideDefaults: true})
	return &lint.Template{Tree: tree, ARM: parsed, Deployment: vmss.New(d), Assumed: []string{"assumed-group"}, AssumedLocation: "westus2", Secrets: secrets}
}

// found are the findings, one a line: line, text that is pointed at, message,
// detail.
func found(t testing.TB, rules []*lint.Rule, view *lint.Template) string {
	t.Helper()
	runner, err := lint.NewRunner(rules, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range runner.Check(view) {
		fmt.Fprintf(&b, "%d %s: %s", d.Subject.StartPosition().Line, strings.Join(strings.Fields(d.Subject.Text()), " "), d.Summary)
		if d.Detail != "" {
			fmt.Fprintf(&b, " | %s", d.Detail)
		}
		b.WriteString("\n")
	}
	return b.String()
}

const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "environment": { "type": "string", "defaultValue": "dev" },
    "password": { "type": "secureString", "defaultValue": "Horse-Battery-1" },
    "nothing": { "type": "string" },
    "count": { "type": "int", "defaultValue": 5 }
  },
  "variables": { "tier": "Standard", "ids": [1, 2] },
  "resources": [
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2023-03-01",
      "name": "web",
      "location": "West Europe",
      "zones": ["1", "2"],
      "tags": { "Owner": "ann", "nothing": "[parameters('nothing')]" },
      "sku": { "name": "Standard_D8s_v5", "tier": "[variables('tier')]", "capacity": "[parameters('count')]" },
      "properties": {
        "upgradePolicy": { "mode": "Manual" },
        "virtualMachineProfile": {
          "osProfile": { "adminPassword": "[parameters('password')]", "customData": null },
          "networkProfile": {
            "networkInterfaceConfigurations": [
              { "name": "one", "properties": { "primary": true } },
              { "name": "two", "properties": { "primary": false, "enableIPForwarding": true } }
            ]
          }
        }
      }
    },
    {
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2019-11-01",
      "name": "net",
      "location": "[resourceGroup().location]",
      "properties": { "subnets": ["[parameters('nothing')]", "a"], "addressSpace": {} }
    }
  ]
}
`

// TestRules evaluates one rule on the template: what it finds, and where.
func TestRules(t *testing.T) {
	for _, tt := range []struct{ name, rule, want string }{
		{"a value", "for: scale-sets\nassert: set.sku in ['Standard_D2s_v5']\nmessage: size {{ set.sku }}\nremedy: Use {{ ['a', 'b'] }}.", "19 \"Standard_D8s_v5\": size Standard_D8s_v5 | Use a, b.\n"},
		{"it holds", "for: scale-sets\nassert: set.sku == 'Standard_D8s_v5'\nmessage: m", ""},
		{"through a variable", "for: scale-sets\nassert: resource.sku.tier == 'Basic'\nmessage: m", "10 \"Standard\": m\n"},
		{"through a parameter", "for: scale-sets\nassert: set.capacity < 5\nmessage: 'capacity {{ set.capacity }}'", "8 5: capacity 5\n"},
		{"an absent member", "for: scale-sets\nassert: resource.identity.type == 'x'\nmessage: m", "15 \"web\": m | 'identity' is not set.\n"},
		{"an absent member of a member", "for: scale-sets\nassert: resource.tags.team == 'x'\nmessage: m {{ resource.tags.team }}", "18 \"tags\": m (none) | 'team' is not set.\n"},
		{"null is absent", "for: scale-sets\nassert: has(resource.properties.virtualMachineProfile.osProfile.customData)\nmessage: m", "23 null: m\n"},
		{"names ignore case", "for: scale-sets\nassert: resource.Tags.owner == 'bob'\nmessage: m", "18 \"ann\": m\n"},
		{"has is not to hold", "for: scale-sets\nassert: '!has(resource.zones)'\nmessage: m", "17 \"zones\": m\n"},
		{"has of what is absent", "for: scale-sets\nassert: has(resource.a.b.c)\nmessage: m", "15 \"web\": m | 'a' is not set.\n"},
		{"not has of what is absent", "for: scale-sets\nassert: '!has(resource.a.b.c) && !has(resource.zones[5].x) && has(resource.sku.name) && has(set.image)'\nmessage: m", ""},
		{"has of what is unknown", "for: scale-sets\nassert: has(resource.tags.nothing) || !has(resource.tags.nothing.a)\nmessage: m", ""},
		{"an optional member", "for: scale-sets\nassert: resource.?plan.?name.orValue('none') == 'x'\nmessage: m", "15 \"web\": m | 'plan' is not set.\n"},
		{"all", "for: scale-sets\nassert: resource.properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.all(n, n.properties.?enableIPForwarding.orValue(false) == false)\nmessage: m", "27 true: m\n"},
		{"all of texts", "for: scale-sets\nassert: resource.zones.all(z, z in ['1'])\nmessage: m", "17 \"2\": m\n"},
		{"all with two variables", "for: scale-sets\nassert: resource.tags.all(k, v, k != 'Owner' || v == 'bob')\nmessage: m", "18 \"ann\": m\n"},
		{"exists", "for: scale-sets\nassert: set.zones.exists(z, z == '3')\nmessage: m {{ set.zones }}", "17 \"zones\": m 1, 2\n"},
		{"and points at the part that fails", "for: scale-sets\nassert: has(resource.sku) && resource.sku.tier == 'Standard' && resource.sku.capacity > 9\nmessage: m", "8 5: m\n"},
		{"or points at the comparison", "for: scale-sets\nassert: '!has(resource.zones) || size(resource.zones) == 3'\nmessage: m", "17 \"zones\": m\n"},
		{"a condition", "for: scale-sets\nassert: \"set.capacity <= (parameters.environment == 'prod' ? 100 : 3)\"\nmessage: m", "8 5: m\n"},
		{"at", "for: scale-sets\nassert: set.capacity < 5\nat: resource.sku\nmessage: m", "19 \"sku\": m\n"},
		{"when", "for: scale-sets\nwhen: parameters.environment == 'prod'\nassert: 'false'\nmessage: m", ""},
		{"when is absent", "for: scale-sets\nwhen: resource.a.b\nassert: 'false'\nmessage: m", ""},
		{"types", "for: Microsoft.Network/*\nassert: 'false'\nmessage: '{{ resource.name }}'", "36 \"net\": net\n"},
		{"types in another case", "for: [microsoft.network/VirtualNetworks]\nassert: 'false'\nmessage: m", "36 \"net\": m\n"},
		{"versions", "for: { types: '*', to: 2023-02-01 }\nassert: 'false'\nmessage: '{{ resource.name }}'", "36 \"net\": net\n"},
		{"versions of previews", "for: { from: 2023-03-01-preview }\nassert: 'false'\nmessage: '{{ resource.name }}'", "15 \"web\": web\n"},
		{"the deployment", "for: deployment\nassert: deployment.resources.exists(r, r.type == 'x') || deployment.scope != 'resourceGroup'\nmessage: 'there are {{ size(deployment.resources) }}'", "1 : there are 2\n"},
		{"resources of the deployment", "for: deployment\nassert: deployment.resources.all(r, r.type.startsWith('Microsoft.Compute/'))\nmessage: m", "34 \"Microsoft.Network/virtualNetworks\": m\n"},
		{"scale sets of the deployment", "for: deployment\nassert: deployment.scaleSets.all(s, s.upgradeMode == 'Rolling')\nmessage: m", "21 \"Manual\": m\n"},
		{"a parameter", "for: deployment\nassert: parameters.count != 5\nmessage: m", "8 5: m\n"},
		{"a variable", "for: deployment\nassert: variables.ids == [1, 3]\nmessage: m", "10 [: m\n"},
		{"limits", "for: scale-sets\nassert: set.capacity * 1000 < set.limits['capacity']\nmessage: 'limit {{ set.limits[\"capacity\"] }}'", "8 5: limit 1000\n"},
		{"region", "for: scale-sets\nassert: set.location == 'x' && region(resource.location) == 'westeurope'\nmessage: '{{ set.location }} {{ region(resource.location) }}'", "16 \"West Europe\": westeurope westeurope\n"},
		{"regular expressions", "for: scale-sets\nassert: resource.name.matches('^vmss-')\nmessage: m", "15 \"web\": m\n"},

		{"unknown", "for: scale-sets\nassert: resource.tags.nothing == 'x'\nmessage: m", ""},
		{"unknown || true", "for: scale-sets\nassert: resource.tags.nothing == 'x' || true\nmessage: m", ""},
		{"unknown && false", "for: scale-sets\nassert: resource.tags.nothing == 'x' && set.sku == 'a'\nmessage: m", "19 \"Standard_D8s_v5\": m\n"},
		{"not unknown", "for: scale-sets\nassert: '!(resource.tags.nothing == \"x\")'\nmessage: m", ""},
		{"an object with an unknown member", "for: scale-sets\nassert: \"resource.tags == {'Owner': 'ann', 'nothing': 'x'}\"\nmessage: m", ""},
		{"an object that certainly differs", "for: scale-sets\nassert: \"resource.tags == {'Owner': 'bob', 'nothing': 'x'}\"\nmessage: m", "18 \"tags\": m\n"},
		{"a list with an unknown item", "for: Microsoft.Network/*\nassert: resource.properties.subnets == ['x', 'a']\nmessage: m", ""},
		{"a list that is compared from the left", "for: Microsoft.Network/*\nassert: \"['x', 'a'] == resource.properties.subnets\"\nmessage: m", ""},
		{"a list that may have it", "for: Microsoft.Network/*\nassert: \"'x' in resource.properties.subnets\"\nmessage: m", ""},
		{"a list that has it", "for: Microsoft.Network/*\nassert: \"!('a' in resource.properties.subnets)\"\nmessage: m", "38 \"subnets\": m\n"},
		{"joined with an unknown item", "for: Microsoft.Network/*\nassert: resource.properties.subnets.join(',') == 'a'\nmessage: m", ""},
		{"added to an unknown item", "for: Microsoft.Network/*\nassert: \"'x' in (['b'] + resource.properties.subnets)\"\nmessage: m", ""},
		{"the size of a list with an unknown item", "for: Microsoft.Network/*\nassert: size(resource.properties.subnets) == 3\nmessage: m", "38 \"subnets\": m\n"},
		{"mapped unknown", "for: Microsoft.Network/*\nassert: resource.properties.subnets.map(s, s + 'x') == ['ax']\nmessage: m", ""},
		{"filtered unknown", "for: Microsoft.Network/*\nassert: size(resource.properties.subnets.filter(s, s == 'x')) == 1\nmessage: m", ""},
		{"optional unknown", "for: scale-sets\nassert: resource.tags.?nothing.orValue('a') == 'b'\nmessage: m", ""},
		{"a secret", "for: scale-sets\nassert: resource.properties.virtualMachineProfile.osProfile.adminPassword == 'x'\nmessage: m", ""},
		{"a secret in a message", "for: scale-sets\nassert: 'false'\nmessage: m {{ parameters.password }} {{ size(parameters.password) }}", "15 \"web\": m (unknown) (unknown)\n"},
		{"an assumed location", "for: Microsoft.Network/*\nassert: resource.location == 'x'\nmessage: m", ""},
		{"a parameter without a value", "for: deployment\nassert: parameters.nothing == 'x'\nmessage: m", ""},
		{"the location of the deployment", "for: deployment\nassert: deployment.location == 'x'\nmessage: m", ""},

		{"a value of another type", "for: scale-sets\nassert: resource.name < 3\nmessage: m", "15 \"web\": rule ORG001 cannot be evaluated here: assert: no such overload | The rule is declared at .scaleset.yaml:2:5. Test the types of values first, for example with has() or type().\n"},
		{"not a truth", "for: scale-sets\nassert: resource.name\nmessage: m", "15 \"web\": rule ORG001 cannot be evaluated here: assert: it is of type string, not true or false | The rule is declared at .scaleset.yaml:2:5. Test the types of values first, for example with has() or type().\n"},
		{"too many steps", "for: deployment\nassert: " + "'[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a + b + c + d + e > 0)))))'" + "\nmessage: m",
			"1 : rule ORG001 cannot be evaluated here: assert: it needs more than 100000 steps here | The rule is declared at .scaleset.yaml:2:5. Test the types of values first, for example with has() or type().\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules, mistakes := Compile(declared(t, one(tt.rule)))
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			if diff := cmp.Diff(tt.want, found(t, rules, viewOf(t, template, nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLiteralSecrets keeps what the set of secrets masks from the rules, since a rule
// could take it apart.
func TestLiteralSecrets(t *testing.T) {
	text := strings.Replace(template, `"[parameters('password')]"`, `"Correct-Horse-9"`, 1)
	secrets := new(secret.Set)
	secrets.AddText("Correct-Horse-9")
	secrets.AddText("ann")
	rules, mistakes := Compile(declared(t, one(`for: scale-sets
assert: "false"
message: "{{ resource.properties.virtualMachineProfile.osProfile.adminPassword.substring(0, 3) }} {{ resource.tags.Owner.upperAscii() }} {{ resource.tags.map(k, k) }}"`)))
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	if diff := cmp.Diff("15 \"web\": (unknown) (unknown) Owner, nothing\n", found(t, rules, viewOf(t, text, secrets))); diff != "" {
		t.Error(diff)
	}
}

// TestPartial says nothing of what a template for the capacity alone leaves out.
func TestPartial(t *testing.T) {
	const text = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    { "type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westeurope", "sku": { "name": "a", "capacity": 7 } }
  ]
}`
	rules, mistakes := Compile(declared(t, `custom-rules:
  - { code: ORG001, name: a-a, for: scale-sets, assert: has(resource.tags), message: tags }
  - { code: ORG002, name: b-b, for: scale-sets, assert: set.identity == 'x', message: identity }
  - { code: ORG003, name: c-c, for: scale-sets, assert: set.capacity < 5, message: capacity }
`))
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	if diff := cmp.Diff("5 7: capacity\n", found(t, rules, viewOf(t, text, nil))); diff != "" {
		t.Error(diff)
	}
}

// TestMistakes compiles rules with a mistake: its place in the file, and what is
// said of it.
func TestMistakes(t *testing.T) {
	for _, tt := range []struct{ name, rule, want string }{
		{"an unknown variable", "assert: resourc.name == 'x'\nmessage: m", ".scaleset.yaml:4:13: unknown name 'resourc'; did you mean \"resource\"?"},
		{"an unknown function", "assert: region2(resource.location) == 'x'\nmessage: m", ".scaleset.yaml:4:20: unknown name 'region2'; did you mean \"region\"?"},
		{"nothing like it", "assert: foo == 'x'\nmessage: m", ".scaleset.yaml:4:13: unknown name 'foo'; the variables are resource, deployment, parameters, variables"},
		{"an unknown member of a view", "for: scale-sets\nassert: set.sku == 'x' && set.capcity < 3\nmessage: m", ".scaleset.yaml:5:35: unknown member 'capcity'; did you mean \"capacity\"?"},
		{"set without a scale set", "assert: set.capacity < 3\nmessage: m", ".scaleset.yaml:4:13: 'set' is only available in a rule with for: scale-sets"},
		{"resource of the deployment", "for: deployment\nassert: resource.name == 'x'\nmessage: m", ".scaleset.yaml:5:13: 'resource' is not available in a rule with for: deployment"},
		{"a syntax error", "assert: resource.name == == 'x'\nmessage: m", ".scaleset.yaml:4:30: this is not an expression of CEL: unexpected \"==\""},
		{"a syntax error in a block", "assert: |\n  has(resource.name) &&\n  resource.name == == 'x'\nmessage: m", ".scaleset.yaml:6:24: this is not an expression of CEL: unexpected \"==\""},
		{"a comparison of types", "for: scale-sets\nassert: set.capacity == 'x'\nmessage: m", ".scaleset.yaml:5:26: '==' does not take int and string"},
		{"has of no member", "assert: has(resource)\nmessage: m", ".scaleset.yaml:4:17: has() takes a member, such as has(resource.sku.name)"},
		{"a regular expression", "assert: resource.name.matches('(')\nmessage: m", ".scaleset.yaml:4:35: invalid matches argument"},
		{"it ends too early", "assert: resource.name ==\nmessage: m", ".scaleset.yaml:4:29: the expression ends too early"},
		{"a character", "assert: resource.name = 'x'\nmessage: m", ".scaleset.yaml:4:27: this is not an expression of CEL: unexpected \"=\""},
		{"not a truth", "for: scale-sets\nassert: set.capacity\nmessage: m", ".scaleset.yaml:5:13: assert must be true or false, but this is of type int"},
		{"in a message", "assert: 'true'\nmessage: size {{ sise(resource) }} is wrong", ".scaleset.yaml:5:26: unknown name 'sise'; did you mean \"size\"?"},
		{"an open value", "assert: 'true'\nmessage: size {{ 1", ".scaleset.yaml:5:19: message: {{ has no }}"},
		{"an empty value", "assert: 'true'\nmessage: size {{ }}", ".scaleset.yaml:5:19: message: {{ }} has no expression"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, mistakes := Compile(declared(t, one(tt.rule)))
			if len(mistakes) == 0 || !strings.HasPrefix(mistakes.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", mistakes, tt.want)
			}
		})
	}
}

// TestAbsent holds the words of the library for what is not there.
func TestAbsent(t *testing.T) {
	for _, e := range []string{"resource.nope == 1", "resource.zones[7] == '1'", "resource.tags['nope'] == '1'", "set.identity == 'x'", "parameters.nope == 1"} {
		rules, mistakes := Compile(declared(t, one("for: scale-sets\nassert: "+e+"\nmessage: absent")))
		if len(mistakes) > 0 {
			t.Fatal(mistakes)
		}
		if got := found(t, rules, viewOf(t, template, nil)); !strings.Contains(got, ": absent") {
			t.Errorf("%s: %q", e, got)
		}
	}
}

// TestBudget ends a rule once the run has no steps left, and says so once.
func TestBudget(t *testing.T) {
	var resources []string
	for i := range 100 {
		resources = append(resources, fmt.Sprintf(`{ "type": "a.b/c", "apiVersion": "2020-01-01", "name": "n%d" }`, i))
	}
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [` + strings.Join(resources, ",\n") + `]}`
	rules, mistakes := Compile(declared(t, one("assert: resource.name == 'x'\nmessage: m")))
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	view, left := viewOf(t, text, nil), 500
	view.DrawSteps = func(n int) int {
		n = min(n, left)
		left -= n
		return n
	}
	got := found(t, rules, view)
	if strings.Count(got, "the rules of the project need too many steps; ORG001 was not checked to the end") != 1 || left != 0 {
		t.Errorf("%s", got)
	}
	if n := strings.Count(got, ": m\n"); n == 0 || n > 50 {
		t.Errorf("%d findings", n)
	}
	if got := found(t, rules, view); got != "1 : the rules of the project need too many steps; ORG001 was not checked to the end | Write simpler expressions, or limit the rules with for and when. The rule is declared at .scaleset.yaml:2:5.\n" {
		t.Errorf("without any steps: %s", got)
	}
}

// TestSteps ends evaluations whose work the library does not count: comparisons,
// lists of all resources, members of large objects.
func TestSteps(t *testing.T) {
	var resources []string
	for i := range 200 {
		resources = append(resources, fmt.Sprintf(`{ "type": "a.b/c", "apiVersion": "2020-01-01", "name": "n%d", "tags": { "a": "b" } }`, i))
	}
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [` + strings.Join(resources, ",\n") + `]}`
	const loops = "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9].all(d, %s))))"
	for _, e := range []string{
		"a + b + c + d < 39", "!deployment.resources.exists(r, r.name == 'q')", "deployment.resources == deployment.resources", "[deployment.resources] == [deployment.resources]",
		"(deployment.resources + deployment.resources).size() > 3", "!('q' in deployment.resources.map(r, r.name))", "deployment.resources.all(z, z.tags == z.tags)",
		"has(resource.a.b.c) == false", "resource.all(k, v, k != 'q')", "size(resource.tags) > 0",
		"resource.name.replace('n', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb').matches('^(c|d|b)*x') == false",
	} {
		rules, mistakes := Compile(declared(t, one("assert: \""+fmt.Sprintf(loops, e)+"\"\nmessage: m")))
		if len(mistakes) > 0 {
			t.Errorf("%s: %v", e, mistakes)
			continue
		}
		view, left := viewOf(t, text, nil), 1_000_000
		view.DrawSteps = func(n int) int {
			n = min(n, left)
			left -= n
			return n
		}
		found(t, rules, view)
		if left > 0 {
			t.Errorf("%s: %d steps are left; some work is not counted", e, left)
		}
	}
}

// TestStopped ends with the context of the run.
func TestStopped(t *testing.T) {
	rules, mistakes := Compile(declared(t, one("assert: 'false'\nmessage: m")))
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	runner, err := lint.NewRunner(rules, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	if list := runner.CheckContext(ctx, viewOf(t, template, nil)); len(list) > 0 {
		t.Errorf("%v", list)
	}
}

// TestFields names every member of every view in an expression.
func TestFields(t *testing.T) {
	for _, f := range Fields() {
		e := map[string]string{"ScaleSet": "set.", "Image": "set.image.", "Extension": "set.extensions[0].", "Deployment": "deployment."}[f.Type] + f.Name
		rules, mistakes := Compile(declared(t, one("for: scale-sets\nassert: has("+e+")\nmessage: '"+"{{ "+e+" }}'")))
		if len(mistakes) > 0 {
			t.Error(mistakes)
			continue
		}
		if got := found(t, rules, viewOf(t, template, nil)); strings.Contains(got, "cannot be evaluated") {
			t.Errorf("%s: %s", e, got)
		}
	}
}

func TestSeverity(t *testing.T) {
	rules, _ := Compile(declared(t, one("severity: error\nassert: 'false'\nmessage: m")))
	if r := rules[0]; r.Severity != diag.Error || len(r.Also) != 1 || r.Origin != ".scaleset.yaml:2:5" {
		t.Errorf("%+v", r)
	}
}

// TestCompiledOnce gives the same rules for the same text, and others for another.
func TestCompiledOnce(t *testing.T) {
	a, _ := Compile(declared(t, one("assert: 'false'\nmessage: m")))
	b, _ := Compile(declared(t, one("assert: 'false'\nmessage: m")))
	c, _ := Compile(declared(t, one("assert: 'false'\nmessage: n")))
	if a[0] != b[0] {
		t.Error("the same text was compiled twice")
	}
	if a[0] == c[0] {
		t.Error("another text has the rules of the first")
	}
}

// BenchmarkCompile compiles a rule of one line again and again.
func BenchmarkCompile(b *testing.B) {
	all := declared(b, one("for: scale-sets\nassert: set.sku in ['Standard_D2s_v5', 'Standard_D4s_v5']\nmessage: size {{ set.sku }} is not one of ours"))
	for b.Loop() {
		if _, mistakes := compileAll(all); len(mistakes) > 0 {
			b.Fatal(mistakes)
		}
	}
}

// TestParsers compares the parser with the one that cel-go uses by itself, which is
// slower: both make the same of every expression of the examples.
func TestParsers(t *testing.T) {
	l, err := languages[forScaleSets]()
	if err != nil {
		t.Fatal(err)
	}
	root := golden.Root(t)
	var texts []string
	for _, name := range []string{"compute", "network", "everything"} {
		s, err := settings.Load(filepath.Join(root, "examples", "policy", ".scaleset", name+".yaml"), name, settings.Checks{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Custom {
			texts = append(texts, c.Assert.Text, c.When.Text)
		}
	}
	texts = append(texts, "a.?b[?0].orValue('x')", "-1 - -2 * 3 % 4", "!(a || b && c) ? {'x': [1, 2.5, 3u, b'y', null]} : {}", "a.b.c(1)(2)", `r'\d' + "\u00e4" + '\n'`, "x in y == z",
		"a < b <= c", "1 ? 2", "[1, 2", "a..b", "has(a)", "a.all(1, true)", "a.exists_one(x, x > 1) && a.filter(x, x).map(x, x > 1, x)", "// a comment", "a // a comment", "9223372036854775808", "0x1F + 1e3")
	for _, text := range texts {
		if text == "" {
			continue
		}
		theirs, issues := l.env.Parse(text)
		ours, errs := l.parser.Parse(common.NewTextSource(text))
		if (issues.Err() == nil) != (len(errs.GetErrors()) == 0) {
			t.Errorf("%s: %v and %v", text, issues.Err(), errs.GetErrors())
			continue
		}
		if issues.Err() != nil {
			continue
		}
		if a, b := debug.ToDebugString(theirs.NativeRep().Expr()), debug.ToDebugString(ours.Expr()); a != b {
			t.Errorf("%s:\n%s\n%s", text, a, b)
		}
	}
}
