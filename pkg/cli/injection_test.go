package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// evil is a name that wants to be more than one: for terminals, HTML, CSV,
// Markdown and the logs of build services.
const evil = "=cmd|calc\x1b[31m\x1b]0;pwn\a<script>alert(1)</script>\"><img src=x onerror=alert(1)>\u202e](javascript:alert(1))`|\r\n::error::x\n##vso[task.x]y ##[add-mask]z ::add-mask::w"

func evilFolder(t *testing.T) string {
	folder := t.TempDir()
	set := map[string]any{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": evil, "location": evil, "zones": []any{evil},
		"tags": map[string]any{evil: evil}, "sku": map[string]any{"name": evil, "capacity": 3}, "properties": map[string]any{
			"upgradePolicy": map[string]any{"mode": evil}, evil: evil, "virtualMachineProfile": map[string]any{"osProfile": map[string]any{"computerNamePrefix": evil, "adminUsername": evil}}}}
	text, err := json.Marshal(map[string]any{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": map[string]any{evil: map[string]any{"type": "string"}}, "resources": []any{set}, "outputs": map[string]any{evil: map[string]any{"type": "string", "value": "[nope('" + evil + "')]"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "t.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestNothingActs wants names that hold commands to be shown as text by every
// command in every format.
func TestNothingActs(t *testing.T) {
	folder := evilFolder(t)
	arguments := map[string]string{"lint": "t.json", "expand": "t.json", "simulate": "t.json --to 5", "connect": "t.json", "diff": "t.json t.json", "graph": "t.json"}
	for command, formats := range canaryFormats {
		for _, format := range formats {
			t.Run(command+" "+format, func(t *testing.T) {
				app, out, errs := testApp(t)
				app.Dir = folder
				Main(context.Background(), app, append(append([]string{command}, strings.Fields(arguments[command])...), "--format", format))
				checkInert(t, format, out.String()+errs.String())
			})
		}
	}
}

func checkInert(t *testing.T, format, text string) {
	banned := []string{"\x1b", "\a"}
	switch format {
	case "html", "svg", "markdown":
		banned = append(banned, "<script>alert", "<img src=x")
	case "text", "github", "azure-devops", "csv":
		banned = append(banned, "\u202e")
	}
	for _, b := range banned {
		if at := strings.Index(text, b); at >= 0 {
			t.Errorf("%q comes out: %q", b, text[max(0, at-40):min(len(text), at+40)])
		}
	}
	for line := range strings.Lines(text) {
		// Azure Pipelines takes a command from anywhere in a line, GitHub the old
		// form too and the new one from the first character that is no space.
		own := format == "azure-devops" && strings.HasPrefix(line, "##vso[task.logissue ") || format == "github" && strings.HasPrefix(line, "::")
		start := strings.TrimSpace(line)
		if !own && (strings.Contains(line, "##vso[") || strings.Contains(line, "##[") || strings.HasPrefix(start, "::error::") || strings.HasPrefix(start, "::add-mask")) {
			t.Errorf("a command for a build service: %q", line)
		}
		for cell := range strings.SplitSeq(line, ",") {
			if format == "csv" && (strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, `"=`)) {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
}
