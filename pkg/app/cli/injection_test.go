package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// evil are names that want to be more than one: for terminals, HTML, CSV,
// Markdown and the logs of build services.
var evil = []string{
	"=cmd|calc\x1b[31m\x1b]0;pwn\a<script>alert(1)</script>\"><img src=x onerror=alert(1)>\u202e](javascript:alert(1))`|\r\n::error::x\n##vso[task.x]y ##[add-mask]z ::add-mask::w",
	"\"' onmouseover='alert(1)' onfocus=\"alert(1)\" autofocus x='",
	"</style></title></textarea></script><script>alert(1)</script><svg/onload=alert(1)>",
	"--></script><!--<script>alert(1)//]]>{{alert(1)}}${alert(1)}",
	"javascript:alert(1)//&#106;avascript:alert(1)",
	"+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "a\",=1+1,\"", "a;=1+1", "a\n=1+1",
	"x\n\n# heading <img src=x onerror=alert(1)>\n[a](javascript:alert(1)) ![b](http://127.0.0.1/x) | c |",
	"%0A::error::x", "web]\nProxyCommand calc\nHost *",
	"digraph\"]; x [URL=\"javascript:alert(1)\" label=<<b>x</b>>]; //",
	"end\nclick a href \"javascript:alert(1)\"",
}

func evilFolder(t *testing.T, name string) string {
	folder := t.TempDir()
	set := map[string]any{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": name, "location": name, "zones": []any{name},
		"tags": map[string]any{name: name}, "sku": map[string]any{"name": name, "capacity": 3}, "properties": map[string]any{
			"upgradePolicy": map[string]any{"mode": name}, name: name, "virtualMachineProfile": map[string]any{"osProfile": map[string]any{"computerNamePrefix": name, "adminUsername": name},
				"extensionProfile": map[string]any{"extensions": []any{map[string]any{"name": name, "properties": map[string]any{"publisher": name, "type": name}}}}}}}
	balancer := map[string]any{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": name, "location": name, "properties": map[string]any{
		"frontendIPConfigurations": []any{map[string]any{"name": name, "properties": map[string]any{}}},
		"inboundNatPools":          []any{map[string]any{"name": name, "properties": map[string]any{"protocol": name, "frontendPortRangeStart": 1, "frontendPortRangeEnd": 9, "backendPort": 22}}}}}
	autoscale := map[string]any{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": name, "location": name, "properties": map[string]any{
		"enabled": true, "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', '" + strings.ReplaceAll(name, "'", "''") + "')]", "profiles": []any{map[string]any{
			"name": name, "capacity": map[string]any{"minimum": "1", "maximum": "9", "default": name}, "rules": []any{map[string]any{
				"metricTrigger": map[string]any{"metricName": name, "operator": "GreaterThan", "threshold": 70, "timeGrain": "PT1M", "timeWindow": "PT5M", "statistic": "Average", "timeAggregation": "Average"},
				"scaleAction":   map[string]any{"direction": "Increase", "type": "ChangeCount", "value": "1", "cooldown": "PT1M"}}}}}}}
	template := map[string]any{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": map[string]any{name: map[string]any{"type": "string", "metadata": map[string]any{"description": name}}},
		"resources":  []any{set, balancer, autoscale}, "outputs": map[string]any{name: map[string]any{"type": "string", "value": "[nope('" + name + "')]"}}}
	for file, capacity := range map[string]int{"t.json": 3, "u.json": 4} {
		set["sku"].(map[string]any)["capacity"] = capacity
		text, err := json.Marshal(template)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, file), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestNothingActs wants names that hold commands to be shown as text by every
// command in every format.
func TestNothingActs(t *testing.T) {
	arguments := map[string]string{
		"lint": "t.json", "expand": "t.json", "simulate": "t.json --to 5", "connect": "t.json", "diff": "t.json u.json", "graph": "t.json",
		"review": "t.json --against u.json --to 5", "autoscale": "t.json",
	}
	formats := maps.Clone(canaryFormats)
	formats["autoscale"] = []string{"text", "json", "csv", "markdown"}
	calm := map[string]int{} // scripts in pages of a name that does nothing
	for n, name := range append([]string{"calm"}, evil...) {
		folder := evilFolder(t, name)
		for command, formats := range formats {
			for _, format := range formats {
				t.Run(fmt.Sprint(n, " ", command, " ", format), func(t *testing.T) {
					app, out, errs := testApp(t)
					app.Dir = folder
					code := Main(context.Background(), app, append(append([]string{command}, strings.Fields(arguments[command])...), "--format", format))
					if code == ExitFailure || code == ExitUsage && errs.Len() == 0 {
						t.Errorf("exit code %d: %s", code, errs)
					}
					checkInert(t, format, out.String()+errs.String())
					scripts := checkFormat(t, format, out.String())
					if n == 0 {
						calm[command+format] = scripts
					} else if out.Len() > 0 && scripts > calm[command+format] {
						t.Errorf("%d scripts, %d where the name is calm", scripts, calm[command+format])
					}
				})
			}
		}
	}
}

// checkFormat reads pages, pictures and tables as their readers do, and wants
// nothing in them that acts. It counts the scripts, of which ours is one.
func checkFormat(t *testing.T, format, text string) (scripts int) {
	switch format {
	case "csv":
		rows := csv.NewReader(strings.NewReader(text))
		rows.FieldsPerRecord, rows.Comment = -1, '#'
		all, err := rows.ReadAll()
		if err != nil {
			t.Errorf("no CSV: %v", err)
		}
		for _, row := range all {
			for _, cell := range row {
				if _, err := strconv.ParseFloat(cell, 64); err != nil && strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
					t.Errorf("a formula: %q", cell)
				}
			}
		}
	case "html", "svg":
		d := xml.NewDecoder(strings.NewReader(text))
		d.Strict = format == "svg"
		if !d.Strict {
			d.AutoClose, d.Entity = xml.HTMLAutoClose, xml.HTMLEntity
		}
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return scripts
			}
			if err != nil {
				t.Errorf("cannot be read: %v", err)
				return scripts
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if slices.Contains([]string{"script", "img", "iframe", "object", "embed", "foreignObject"}, start.Name.Local) {
				scripts++
			}
			for _, a := range start.Attr {
				address := slices.Contains([]string{"href", "src", "action", "formaction", "data"}, a.Name.Local)
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || address && !strings.HasPrefix(a.Value, "https://") && !strings.HasPrefix(a.Value, "#") {
					t.Errorf("<%s %s=%q>", start.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
	return 0
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
	}
}
