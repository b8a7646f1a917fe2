package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The texts of testdata/canary that must not come out. canary begins the values
// of secrets; a default of a secret and the text of protectedSettings are shown
// by expand alone, as the engine does (docs/fidelity.md).
var (
	canary        = []string{"C@nary", "C%40nary", "Q0BuYXJ5", "NAbmFyeS", "DQG5hcnkg"} // plain, in a URI, in base64 at each of the three offsets
	canaryShown   = []string{"D@fault", "D%40fault", "REBmYXVsd", "RAZmF1bHQ", "EQGZhdWx0", "Pr@tected", "UHJAdGVjdGVk"}
	canarySecret  = "setPw=C@nary set/zz?"
	canaryFormats = map[string][]string{
		"lint":     {"text", "json", "junit", "github", "azure-devops", "checkstyle", "gitlab", "sarif", "markdown", "html"},
		"expand":   {"text", "json", "template"},
		"simulate": {"text", "json", "csv", "markdown", "svg", "html"},
		"connect":  {"text", "json", "markdown", "ssh-config"},
		"diff":     {"text", "json", "markdown"},
		"graph":    {"dot", "mermaid", "svg"},
	}
	canaryArguments = map[string]string{
		"lint": "azuredeploy.json --show-suppressed", "expand": "azuredeploy.json", "simulate": "azuredeploy.json --set-name web --to 5",
		"connect": "azuredeploy.json", "diff": "azuredeploy.json changed.json", "graph": "azuredeploy.json",
	}
	canaryOthers = []string{
		"lint --diff azuredeploy.json", "fmt --diff --indent 4 azuredeploy.json", "fmt --diff --indent 4 azuredeploy.parameters.json",
		"autoscale azuredeploy.json", "scale azuredeploy.json --set-name web --capacity 5 --yes", "scale azuredeploy.json --set-name lit --capacity 5 --yes",
		"simulate azuredeploy.json --set-name web --instances instances.json --to 5 --format json", "simulate --instances instances.json --to 5",
		"trace azuredeploy.json /resources/0/properties/virtualMachineProfile/osProfile/adminPassword",
		"trace azuredeploy.json /resources/1/properties/virtualMachineProfile/osProfile/adminPassword",
		"trace azuredeploy.json /resources/0/properties/virtualMachineProfile/extensionProfile/extensions/0/properties/protectedSettings",
		"trace azuredeploy.json /resources/0/properties/virtualMachineProfile/extensionProfile/extensions/0/properties/settings/b",
	}
)

// TestNoSecretComesOut runs the commands over a template full of secrets: in
// parameter files, flags, defaults, properties, saved answers; computed with,
// passed on, and at the heart of mistakes.
func TestNoSecretComesOut(t *testing.T) {
	folder := canaryFolder(t)
	run := func(t *testing.T, hidden []string, args ...string) {
		app, out, errs := testApp(t)
		app.Dir = folder
		if set := args[0] != "fmt" && args[len(args)-1] != "5"; set {
			args = append(args, "--set", canarySecret)
		}
		if code := Main(context.Background(), app, args); code == ExitUsage || code == ExitFailure {
			t.Fatalf("exit code %d: %s", code, errs)
		}
		for line := range strings.Lines(out.String() + "\n" + errs.String()) {
			for _, secret := range hidden {
				if at := strings.Index(strings.ToLower(line), strings.ToLower(secret)); at >= 0 && (secret[1] == '@' || strings.Contains(line, secret)) {
					t.Errorf("%q comes out: %s", secret, line[max(0, at-80):min(len(line), at+80)])
				}
			}
		}
	}
	everywhere := append(append([]string{}, canary...), canaryShown...)
	for command, formats := range canaryFormats {
		for _, format := range formats {
			t.Run(command+" "+format, func(t *testing.T) {
				hidden := everywhere
				if command == "expand" {
					hidden = canary
				}
				args := append([]string{command}, strings.Fields(canaryArguments[command])...)
				run(t, hidden, append(args, "--format", format)...)
			})
		}
	}
	for _, line := range canaryOthers {
		t.Run(line, func(t *testing.T) { run(t, everywhere, strings.Fields(line)...) })
	}
}

// canaryFolder is a copy of testdata/canary, so that nothing can be written there.
func canaryFolder(t *testing.T) string {
	folder := filepath.Join(t.TempDir(), "canary")
	if err := os.CopyFS(folder, os.DirFS("testdata/canary")); err != nil {
		t.Fatal(err)
	}
	return folder
}
