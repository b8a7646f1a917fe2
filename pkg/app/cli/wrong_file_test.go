package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// wrongFiles are files that people pass to a command that needs a template, and what
// every command says about them.
var wrongFiles = []struct {
	name, text string
	want       []string // each is in the message
}{
	{"main.bicep", "param location string = 'westus2'\n", []string{"It looks like a Bicep file. Build it, and use the JSON file that is written: bicep build main.bicep"}},
	{"prod.bicepparam", "using 'main.bicep'\n", []string{"bicep build-params prod.bicepparam"}},
	{"alone.parameters.json", `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {}}`, []string{"this is a parameter file, not a template", "--parameters"}},
	{"wide.json", "{\x00}\x00", []string{"the file is UTF-16LE without a byte order mark; UTF-8 is expected"}},
	{"missing.json", "", []string{"no such file or directory", "missing.json"}},
	{"HEAD", "", []string{"HEAD is a git revision", "HEAD:azuredeploy.json"}},
}

const (
	goodTemplate = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {"instanceCount": {"type": "int"}}, "resources": [
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "[resourceGroup().location]", "sku": {"name": "Standard_D2s_v5", "capacity": "[parameters('instanceCount')]"},
  "properties": {"orchestrationMode": "Uniform", "upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {"osProfile": {"computerNamePrefix": "web", "adminUsername": "azureuser"}}}}]}`
	noScaleSet = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": []}`
)

// wrongFolder is a git repository with the wrong files, a template without a scale set
// and one whose capacity is a parameter.
func wrongFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"azuredeploy.json": goodTemplate, "none.json": noScaleSet, "metrics.json": `{"value": []}`, "list.csv": "a;b\n"}
	for _, f := range wrongFiles {
		if f.text != "" {
			files[f.name] = f.text
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git is needed: %v: %s", err, out)
		}
	}
	return dir
}

// say runs a command and returns everything that it prints, as one line.
func say(t *testing.T, dir string, args ...string) (text string, code int) {
	t.Helper()
	app, out, errs := testApp(t)
	app.Dir = dir
	code = Main(t.Context(), app, args)
	return strings.Join(strings.Fields(out.String()+" "+errs.String()), " "), code
}

// argumentsOf are command lines in which FILE is a template, by command. A command that
// takes a template and is not here fails the test.
var argumentsOf = map[string][]string{
	"lint": {"FILE"}, "fmt": {"FILE"}, "expand": {"FILE"}, "review": {"FILE"}, "graph": {"FILE"}, "connect": {"FILE"}, "autoscale": {"FILE"},
	"trace": {"FILE", "/resources/0"}, "simulate": {"FILE", "--to", "5"}, "scale": {"FILE", "--capacity", "5"}, "params": {"FILE"}, "plan": {"FILE", "azuredeploy.json"}, "diff": {"azuredeploy.json", "FILE"},
}

// TestWrongFiles: every command that takes a template says what a wrong file is, and
// what to use instead.
func TestWrongFiles(t *testing.T) {
	dir := wrongFolder(t)
	app, _, _ := testApp(t)
	for _, cmd := range Command(app).Commands() {
		takes := regexp.MustCompile(`[ \[]TEMPLATE`).MatchString(cmd.Use) || strings.Contains(cmd.Use, " OLD") || strings.Contains(cmd.Use, "[PATH...]")
		if takes != (argumentsOf[cmd.Name()] != nil) {
			t.Errorf("%s: is it a command that takes a template? Its usage is %q", cmd.Name(), cmd.Use)
		}
	}
	for command, args := range argumentsOf {
		for _, f := range wrongFiles {
			line := []string{command}
			for _, arg := range args {
				line = append(line, strings.ReplaceAll(arg, "FILE", f.name))
			}
			if f.name == "alone.parameters.json" && (command == "fmt" || command == "lint") {
				continue // they take parameter files
			}
			text, code := say(t, dir, line...)
			if code == 0 || code > 2 {
				t.Errorf("%s: exit code %d: %s", strings.Join(line, " "), code, text)
			}
			for _, want := range f.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s does not say %q: %s", strings.Join(line, " "), want, text)
				}
			}
		}
	}
}

// TestWrongUse: what is missing in a template, formats and saved files of another kind.
func TestWrongUse(t *testing.T) {
	dir := wrongFolder(t)
	for _, tt := range []struct{ args, want string }{
		{"simulate none.json --to 5", "none.json deploys no scale set; use a template that does, or pass --from N without a template"},
		{"scale none.json --capacity 5", "none.json deploys no scale set"},
		{"plan none.json azuredeploy.json", "none.json and azuredeploy.json have no scale set in common"},
		{"connect none.json", "none.json deploys no scale set"},
		{"autoscale none.json", "none.json deploys no autoscale setting"},
		{"review none.json", "The template deploys no scale set."},
		{"simulate azuredeploy.json --to 5", "the capacity of web comes from parameter 'instanceCount', which has no value; pass --set instanceCount=N or --from N"},
		{"plan azuredeploy.json azuredeploy.json", "the capacity of web comes from parameter 'instanceCount', which has no value; pass --set instanceCount=N or --from N"},
		{"review azuredeploy.json", "web: no preview, "},
		{"lint azuredeploy.json --parameters azuredeploy.json", "this is a template, a parameter file was expected"},
		{"lint azuredeploy.json --parameters list.csv", "this does not look like a parameter file"},
		{"lint azuredeploy.json --parameters wide.json", "wide.json: error: the file is UTF-16LE without a byte order mark; UTF-8 is expected"},
		{"fmt wide.json", "wide.json:1:1: the file is UTF-16LE without a byte order mark; UTF-8 is expected; the file is not formatted"},
		{"lint HEAD:azuredeploy.json", "HEAD:azuredeploy.json is a file at a git revision; pass it on the standard input: git show HEAD:azuredeploy.json | scaleset lint -"},
		{"lint azuredeploy.json --baseline none.json", "--baseline none.json: it is not a baseline"},
		{"simulate --from 3 --to 5 --instances none.json", "none.json is not a list of instances; save the output of: az vmss list-instances"},
		{"simulate --from 3 --to 5 --usage none.json", "none.json is not a list; save the output of: az vm list-usage"},
		{"simulate --from 3 --to 5 --skus list.csv", "list.csv is not JSON; save the output of: az vm list-skus"},
		{"diff azuredeploy.json azuredeploy.json --prices list.csv", "list.csv is not JSON; save the answer of: https://prices.azure.com"},
		{"trace azuredeploy.json /resources/9", "azuredeploy.json has no value at /resources/9; run scaleset expand to see all values"},
		{"schema Foo", "Foo is not a known resource type"},
		{"new nosuch", `unknown scenario "nosuch"; scaleset new --list shows them`},
	} {
		text, _ := say(t, dir, strings.Fields(tt.args)...)
		if !strings.Contains(text, tt.want) {
			t.Errorf("%s does not say %q: %s", tt.args, tt.want, text)
		}
	}
}

// TestUnknownFormat: every command that has a format lists those that it knows.
func TestUnknownFormat(t *testing.T) {
	dir := wrongFolder(t)
	app, _, _ := testApp(t)
	var with []*cobra.Command
	for _, cmd := range Command(app).Commands() {
		if cmd.Flags().Lookup("format") != nil {
			with = append(with, cmd)
		}
	}
	if len(with) < 10 {
		t.Fatalf("%d commands with a format", len(with))
	}
	others := map[string][]string{"rules": {}, "explain": {"SS4001"}, "schema": {"Microsoft.Compute/virtualMachineScaleSets"}, "new": {"--list"}}
	for _, cmd := range with {
		args, ok := argumentsOf[cmd.Name()]
		if !ok {
			args = others[cmd.Name()]
		}
		line := append([]string{cmd.Name()}, args...)
		for i := range line {
			line[i] = strings.ReplaceAll(line[i], "FILE", "azuredeploy.json")
		}
		text, code := say(t, dir, append(line, "--format", "xml")...)
		if code != 2 || !strings.Contains(text, `--format: unknown value "xml"; use one of: `) {
			t.Errorf("%s --format xml: exit code %d: %s", strings.Join(line, " "), code, text)
		}
	}
}
