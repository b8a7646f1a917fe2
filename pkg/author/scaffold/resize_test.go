package scaffold_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func expanded(t *testing.T, text string) *expand.Deployment {
	t.Helper()
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return expand.Expand(arm.ParseTemplate(tree), expand.Options{})
}

func resized(t *testing.T, parameters, set string) (scaffold.Resize, error) {
	t.Helper()
	d := expanded(t, `{"$schema": "http://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json", "contentVersion": "1.0.0.0", "parameters": {`+parameters+`}, "resources": [{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", `+set+`, "properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {}}}]}`)
	return scaffold.NewResize(vmss.New(d).ScaleSets[0], 7)
}

// TestNewResize: the small template names the set, its place and its SKU, with the
// parameters that these need, and nothing else.
func TestNewResize(t *testing.T) {
	got, err := resized(t, `"any": {"type": "string"}, "base": {"type": "string", "defaultValue": "west"}, "other": {"type": "int"}, "region": {"type": "string", "defaultValue": "[concat(parameters('any'), '2')]"}`,
		`"name": "web", "location": "[parameters('region')]", "sku": {"name": "Standard_D2s_v3", "tier": "Standard", "capacity": 3}`)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
  "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "any": { "type": "string" }
  },
  "resources": [
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2023-03-01",
      "name": "web",
      "location": "[concat(parameters('any'), '2')]",
      "sku": {
        "name": "Standard_D2s_v3",
        "tier": "Standard",
        "capacity": 7
      }
    }
  ]
}
`
	if diff := cmp.Diff(want, string(got.Template)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(got.Parameters) != 1 || got.Parameters[0].Name() != "any" {
		t.Errorf("parameters: %v", got.Parameters)
	}
	plain, err := resized(t, "", `"name": "[[odd]", "sku": {"capacity": 3}`)
	if err != nil || strings.Contains(string(plain.Template), `"parameters"`) || strings.Contains(string(plain.Template), `"location"`) || strings.Contains(string(plain.Template), `"tier"`) || !strings.Contains(string(plain.Template), `"name": "[[odd]"`) {
		t.Errorf("%v:\n%s", err, plain.Template)
	}
}

// TestResizeRefuses: parts of a set that cannot be told outside of its template.
func TestResizeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, parameters, set, want string }{
		{"what the deployment answers", "", `"name": "web", "location": "[reference('x', '2020-01-01').location]", "sku": {"capacity": 3}`, "location uses reference() of its template, so it cannot be copied"},
		{"a name that is not text", "", `"name": "web", "sku": {"name": 4, "capacity": 3}`, "sku.name is not text"},
	} {
		_, err := resized(t, tt.parameters, tt.set)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// TestReadme: the page of a scenario has a picture, the parameters, and the command
// that writes the same files again.
func TestReadme(t *testing.T) {
	for _, s := range scaffold.Scenarios() {
		for _, era := range []guidance.Era{guidance.Preview, guidance.Current} {
			if era&s.Eras == 0 {
				continue
			}
			files, err := s.Write(scaffold.Options{Era: era})
			if err != nil {
				t.Fatal(err)
			}
			page := string(s.Readme(scaffold.Options{Era: era, Name: "web", Capacity: 3, Zones: []string{"1", "2"}}, expanded(t, string(files.Template))))
			title, deploy := "# "+s.Name+"\n", "az deployment group create"
			if era == guidance.Preview {
				title, deploy = "# "+s.Name+" (preview of 2015)\n", "azure group deployment create"
			}
			for _, want := range []string{title, "```mermaid\nflowchart LR\n", "scale set", "| parameter | what it is | default |\n| --- | --- | --- |\n| `", deploy,
				"    scaleset new " + s.Name + " --guidance " + era.String() + " --name web --capacity 3 --zones 1,2\n"} {
				if !strings.Contains(page, want) {
					t.Errorf("%s, %s: the page lacks %q:\n%s", s.Name, era, want, page)
				}
			}
		}
	}
}

// TestReadmeOfStrangeValues wants the command line of the page to have the words that
// were given, whatever they are, and code to stay code.
func TestReadmeOfStrangeValues(t *testing.T) {
	i := slices.IndexFunc(scaffold.Scenarios(), func(s scaffold.Scenario) bool { return s.Name == "linux-nat" })
	s := scaffold.Scenarios()[i]
	for _, value := range []string{"$(touch x)", "`touch x`", "a'b; c", "<script>", "a\n# x", "\x1b[2J|"} {
		o := scaffold.Options{Era: guidance.Current, Size: value}
		files, err := s.Write(o)
		if err != nil {
			t.Fatal(err)
		}
		page := string(s.Readme(o, expanded(t, string(files.Template))))
		if want := "--size " + render.ShellWord(value) + "\n"; !strings.Contains(page, want) || !strings.Contains(want, "'") {
			t.Errorf("%q: the page lacks %q:\n%s", value, want, page)
		}
		for line := range strings.Lines(page) {
			if strings.HasPrefix(line, "| `vmSize`") && (strings.Count(line, "`") != 4 || strings.Count(line, "|")-strings.Count(line, `\|`) != 4) {
				t.Errorf("%q: %s", value, line)
			}
		}
	}
}
