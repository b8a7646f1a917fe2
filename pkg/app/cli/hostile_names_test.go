package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// forged is what a name would like to be: a line, a command, or a word of its own.
const forged = "PWNED"

// hostileNames are about 300 names, each a way to act joined with a payload.
func hostileNames() (names []string) {
	// White space that .NET trims from the start of a line, and what a comparison by a
	// culture passes over.
	var blanks []string
	for r := rune(0); r <= 0x3000; r++ {
		if unicode.IsSpace(r) {
			blanks = append(blanks, string(r))
		}
	}
	blanks = append(blanks, "", "\ufe0f", "\u034f", "\u180e", "\u200b", "\ufeff", "\u115f", "\u3164")
	for _, blank := range blanks {
		for _, command := range []string{"::error::" + forged, "::stop-commands::" + forged, "::set-output name=a::" + forged, "##[error]" + forged, "##vso[task.complete result=Failed;]" + forged} {
			names = append(names, blank+command)
		}
	}
	// Control characters of C0 and C1, and of the directions of text.
	for r := rune(0); r < 0xA0; r++ {
		if unicode.IsControl(r) {
			names = append(names, "a"+string(r)+"::error::"+forged)
		}
	}
	for _, r := range "\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\U000e0001" {
		names = append(names, string(r)+forged, "a"+string(r)+"##[error]"+forged)
	}
	// Line ends before whatever could begin a line, and the sequences of terminals.
	for _, end := range []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\v", "\f"} {
		names = append(names, "a"+end+forged+": error", "a"+end+"::add-mask::"+forged, end+"##[group]"+forged)
	}
	names = append(names,
		"\x1b[2J"+forged, "\x1b]0;"+forged+"\a", "\x1b]8;;https://"+forged+"\x1b\\x\x1b]8;;\x1b\\", "\x1b[31m"+forged, "\x9b31m"+forged, "\u009b2J"+forged, "\x1bP"+forged+"\x1b\\",
		":\ufe0f:error::"+forged, "##\ufe0f[error]"+forged, "#\u034f#vso[a.b]"+forged, "###[error]"+forged, "##VSO[a.b]"+forged, "%0A::error::"+forged, "%0D%0A##[error]"+forged,
		"$(touch "+forged+")", "`touch "+forged+"`", "'; touch "+forged+"; '", "\"; touch "+forged+"; \"", "&& touch "+forged, "| touch "+forged, "> "+forged, "-oProxyCommand=touch "+forged, "--"+forged,
		"=HYPERLINK(\""+forged+"\")", "+"+forged, "-"+forged, "@SUM("+forged+")", "<script>"+forged+"</script>", "</title><script>"+forged+"</script>", "\" onload=\""+forged, "](javascript:"+forged+")",
		"x\"]; "+forged+" [label=\"", "\"]\n  click n0 href \""+forged, "x]]\n"+forged+"[[", "#quot;"+forged, "a|b|"+forged, "```\n"+forged, "---\n"+forged, "# "+forged, "- "+forged, "> "+forged,
		"\xed\xa0\x80"+forged, "\xff"+forged, strings.Repeat("e\u0301\u0327", 50)+forged, strings.Repeat("x", 300)+forged)
	// What pages, tables, pictures and configuration files give a meaning.
	// What is longer or shorter in lower case.
	for _, letter := range []string{"\u023a", "\u0130", "\u212a"} {
		names = append(names, strings.Repeat(letter, 60)+forged)
	}
	return append(names,
		"=cmd|calc\x1b[31m\x1b]0;pwn\a<script>alert(1)</script>\"><img src=x onerror=alert(1)>\u202e](javascript:alert(1))`|\r\n::error::x\n##vso[task.x]y ##[add-mask]z ::add-mask::w",
		"\"' onmouseover='alert(1)' onfocus=\"alert(1)\" autofocus x='",
		"</style></title></textarea></script><script>alert(1)</script><svg/onload=alert(1)>",
		"--></script><!--<script>alert(1)//]]>{{alert(1)}}${alert(1)}",
		"javascript:alert(1)//&#106;avascript:alert(1)",
		"+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "a\",=1+1,\"", "a;=1+1", "a\n=1+1",
		"x\n\n# heading <img src=x onerror=alert(1)>\n[a](javascript:alert(1)) ![b](http://127.0.0.1/x) | c |",
		"web]\nProxyCommand calc\nHost *",
		"digraph\"]; x [URL=\"javascript:alert(1)\" label=<<b>x</b>>]; //",
		"end\nclick a href \"javascript:alert(1)\"")
}

// hostileFolder has a template in which every name is hostile, another version of it,
// and a broken one: what the four names of a group are used for changes with them.
func hostileFolder(t *testing.T, group []string) string {
	t.Helper()
	folder := t.TempDir()
	at := 0
	name := func() string { at++; return group[at%len(group)] }
	size := name()
	set := map[string]any{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": name(), "location": name(), "zones": []any{name()},
		"tags": map[string]any{name(): name()}, "dependsOn": []any{name()}, "sku": map[string]any{"name": size, "capacity": 3}, "properties": map[string]any{
			"upgradePolicy": map[string]any{"mode": name()}, name(): name(), "virtualMachineProfile": map[string]any{
				"osProfile": map[string]any{"computerNamePrefix": name(), "adminUsername": name()}, "storageProfile": map[string]any{"imageReference": map[string]any{"publisher": name(), "offer": name()}},
				"networkProfile": map[string]any{"networkInterfaceConfigurations": []any{map[string]any{"name": name(), "properties": map[string]any{"primary": true, "ipConfigurations": []any{
					map[string]any{"name": name(), "properties": map[string]any{
						"loadBalancerInboundNatPools":     []any{map[string]any{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'pool')]"}},
						"publicIPAddressConfiguration":    map[string]any{"name": name(), "properties": map[string]any{"dnsSettings": map[string]any{"domainNameLabel": name()}}},
						"subnet":                          map[string]any{"id": "/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/virtualNetworks/" + name() + "/subnets/" + name()},
						"loadBalancerBackendAddressPools": []any{map[string]any{"id": name()}}}}}}}}},
				"extensionProfile": map[string]any{"extensions": []any{map[string]any{"name": name(), "properties": map[string]any{"publisher": name(), "type": name(), "settings": map[string]any{"commandToExecute": name()}}}}}}}}
	balancer := map[string]any{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": name(), "properties": map[string]any{
		"frontendIPConfigurations": []any{map[string]any{"name": name(), "properties": map[string]any{"publicIPAddress": map[string]any{"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}}}},
		"inboundNatPools": []any{map[string]any{"name": "pool", "properties": map[string]any{"frontendIPConfiguration": map[string]any{"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', '" + strings.ReplaceAll(group[0], "'", "''") + "')]"},
			"protocol": name(), "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50009, "backendPort": 22}}}}}
	ip := map[string]any{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "id": "/" + name() + "/providers/x", "location": name(), "properties": map[string]any{"dnsSettings": map[string]any{"domainNameLabel": name()}}}
	metric := name()
	autoscale := map[string]any{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": name(), "location": name(), "properties": map[string]any{
		"enabled": true, "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', '" + strings.ReplaceAll(group[1%len(group)], "'", "''") + "')]", "profiles": []any{map[string]any{
			"name": name(), "capacity": map[string]any{"minimum": "1", "maximum": "9", "default": "2"}, "rules": []any{map[string]any{
				"metricTrigger": map[string]any{"metricName": metric, "operator": "GreaterThan", "threshold": 70, "timeGrain": "PT1M", "timeWindow": "PT5M", "statistic": "Average", "timeAggregation": "Average"},
				"scaleAction":   map[string]any{"direction": "Increase", "type": "ChangeCount", "value": "1", "cooldown": "PT1M"}}}}}}}
	template := map[string]any{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": map[string]any{name(): map[string]any{"type": "string", "metadata": map[string]any{"description": name()}}, "p": map[string]any{"type": "string", "defaultValue": name(), "allowedValues": []any{name()}}},
		"variables":  map[string]any{name(): name()},
		"resources":  []any{set, balancer, ip, autoscale}, "outputs": map[string]any{name(): map[string]any{"type": "string", "value": "[nope('" + name() + "')]"}, "o": map[string]any{"type": "string", "value": "[parameters('p')]"}}}
	write := func(file string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, file), text, 0o644); err != nil && file == "t.json" {
			t.Fatal(err)
		}
	}
	write("t.json", template)
	set["sku"].(map[string]any)["capacity"] = 4
	write("u.json", template)
	given := map[string]any{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": map[string]any{group[0]: map[string]any{"value": name()}}}
	write("t.parameters.json", given)
	// Metrics, one named as the rule names it, and one that no rule watches.
	values := []any{map[string]any{"timeStamp": "2026-03-28T00:00:00Z", "average": 90}, map[string]any{"timeStamp": "2026-03-28T00:05:00Z", "average": 95}}
	write("load.json", map[string]any{"value": []any{
		map[string]any{"name": map[string]any{"value": metric}, "timeseries": []any{map[string]any{"data": values}}},
		map[string]any{"name": map[string]any{"value": name() + " "}, "timeseries": []any{map[string]any{"data": values}}}}})
	price := map[string]any{"armSkuName": size, "armRegionName": name(), "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "currencyCode": "USD", "retailPrice": 1, "productName": name()}
	write("prices.json", map[string]any{"Items": []any{price}})
	planned := func(set string, instances int) map[string]any {
		return map[string]any{"name": set, "sku": name(), "instances": instances, "location": name(), "upgrade_mode": "Rolling", "zones": []any{name()}, "tags": map[string]any{name(): name()}, "computer_name_prefix": name(), name(): name(),
			"extension": []any{map[string]any{"name": name(), "publisher": name(), "settings": "{\"a\": 1}"}}, "source_image_reference": []any{map[string]any{"publisher": name()}}}
	}
	older := name()
	write("tf.json", map[string]any{"format_version": "1.2", "resource_changes": []any{
		map[string]any{"address": name(), "type": "azurerm_linux_virtual_machine_scale_set", "name": name(), "change": map[string]any{"actions": []any{"update"}, "before": planned(older, 3), "after": planned(older, 4), "after_unknown": map[string]any{name(): true, "tags": map[string]any{name(): true}}}},
		map[string]any{"address": name(), "type": "azurerm_windows_virtual_machine_scale_set", "name": name(), "change": map[string]any{"actions": []any{"create"}, "before": nil, "after": planned(name(), 2)}},
		map[string]any{"address": name(), "type": "azurerm_linux_virtual_machine_scale_set", "name": name(), "change": map[string]any{"actions": []any{"delete"}, "before": planned(name(), 2), "after": nil}}}})
	// Settings: JSON is YAML.
	write("settings.yaml", map[string]any{"exclude": group, "set": map[string]any{group[0]: name()}, "location": name(), "disable": []string{name()},
		"suppress": []any{map[string]any{"rules": []string{"SS1010"}, "paths": []string{name()}, "reason": name()}}})
	write("strange.yaml", map[string]any{group[0]: name()})
	// A text that is not JSON, with the names as they are.
	_ = os.WriteFile(filepath.Join(folder, "broken.json"), []byte("{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"resources\": [\n"+strings.Join(group, "\n")), 0o644)
	_ = os.WriteFile(filepath.Join(folder, "comment.json"), []byte("{ /*\n"+strings.Join(group, "\n")+"\n*/ \"a\":1,\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"resources\": []}"), 0o644)
	// The names of files, where the system has such.
	if runtime.GOOS != "windows" {
		for i, n := range group {
			if n = strings.Map(func(r rune) rune {
				if r == '/' || r == 0 {
					return '_'
				}
				return r
			}, n); len(n) < 200 {
				if i == 0 {
					_ = os.MkdirAll(filepath.Join(folder, "files"), 0o755)
				}
				write(filepath.Join("files", n+".json"), template)
				write(filepath.Join("files", n+".parameters.json"), given)
			}
		}
	}
	return folder
}

// TestHostileNames feeds some 300 names to every command and format. What comes out
// moves no cursor, turns no text, starts no line and is not a command of a build service
// or of a shell.
func TestHostileNames(t *testing.T) {
	names := hostileNames()
	if len(names) < 300 {
		t.Fatalf("only %d names", len(names))
	}
	commands := map[string]string{
		"lint": "lint t.json --parameters t.parameters.json --show-suppressed", "lint files": "lint files", "lint broken": "lint broken.json", "expand": "expand t.json", "simulate": "simulate t.json --to 5", "lose zone": "simulate t.json --to 5 --lose zone=1", "lose": "simulate t.json --to 5 --lose fd=1 --lose spot --explain 0", "plan lose": "plan t.json u.json --from 5 --lose fd=1 --fail 1", "needs": "simulate t.json --to 5 --needs --prices prices.json", "connect": "connect t.json",
		"diff": "diff t.json u.json", "plan": "plan t.json u.json --from 5", "terraform": "plan --terraform tf.json", "graph": "graph t.json", "review": "review t.json --against u.json --to 5", "autoscale": "autoscale t.json --at 2026-03-28 --calendar week", "replay": "autoscale t.json --metrics load.json --placement --calendar day --at 2026-03-28", "trace": "trace t.json /resources/0/properties",
	}
	formats := maps.Clone(canaryFormats)
	formats["autoscale"] = []string{"text", "json", "csv", "markdown", "svg", "html"}
	formats["replay"] = formats["autoscale"]
	formats["needs"] = []string{"text", "json", "csv", "markdown", "html"}
	formats["lose"], formats["lose zone"], formats["plan lose"] = formats["needs"], []string{"text"}, canaryFormats["plan"]
	formats["terraform"] = canaryFormats["plan"]
	formats["trace"] = []string{"text", "json"}
	formats["lint files"] = []string{"text", "compact", "github", "azure-devops", "junit"}
	formats["lint broken"] = []string{"text", "compact", "json", "github", "azure-devops", "html", "markdown"}
	others := []string{"fmt --diff t.json", "fmt --check files", "fmt --diff comment.json", "fmt --check broken.json", "trace t.json --who-uses p", "params t.json", "params t.json --parameters t.parameters.json", "params --check t.json", "scale t.json --capacity 5", "expand broken.json", "lint --diff t.json", "lint t.json --timing", "config --config settings.yaml", "config --config settings.yaml --format json", "config --config strange.yaml", "lint t.json --config settings.yaml"}
	const size = 40
	calm := map[string]int{} // scripts in pages of a name that does nothing
	for n, group := range append([][]string{{"calm"}}, slices.Collect(slices.Chunk(names, size))...) {
		folder := hostileFolder(t, group)
		run := func(label, format string, args ...string) {
			app, out, errs := testApp(t)
			app.Dir = folder
			code := Main(context.Background(), app, args)
			if code == ExitFailure {
				t.Errorf("%s: exit code %d: %s", label, code, errs)
			}
			if strings.Contains(out.String(), "SS0002") {
				t.Errorf("%s, names %q: a rule fails", label, group)
			}
			for stream, text := range map[string]string{format: out.String(), "text": errs.String()} {
				if bad := obeyed(stream, text); bad != "" {
					t.Errorf("%s, names %q: %s", label, group, bad)
				}
			}
			if scripts := checkFormat(t, format, out.String()); n == 0 {
				calm[label] = scripts
			} else if out.Len() > 0 && scripts > calm[label] {
				t.Errorf("%s, names %q: %d scripts, %d where the name is calm", label, group, scripts, calm[label])
			}
		}
		for command, line := range commands {
			for _, format := range formats[command] {
				run(command+" "+format, format, append(strings.Fields(line), "--format", format)...)
			}
		}
		for _, line := range others {
			run(line, "text", strings.Fields(line)...)
		}
		for _, given := range group[:min(2, len(group))] {
			if !strings.Contains(given, "\x00") {
				run("an argument", "text", "lint", given, "--set", given, "--format", given)
				run("an argument", "text", "expand", "t.json", "--set", given+"=x")
			}
		}
	}
}

// obeyed says what in an output would be obeyed by a terminal, a build service or a
// shell; "" for nothing. It shares no code with the guard.
func obeyed(format, text string) string {
	if !utf8.ValidString(text) {
		return fmt.Sprintf("not UTF-8: %q", text[:min(200, len(text))])
	}
	for i, r := range text {
		if r != '\n' && r != '\t' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)) {
			if format == "text" && strings.HasPrefix(text[i:], "\r\n") {
				continue
			}
			return fmt.Sprintf("U+%04X comes out: %q", r, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	for line := range strings.Lines(text) {
		seen := strings.Map(func(r rune) rune {
			if unicode.In(r, unicode.M, unicode.Other_Default_Ignorable_Code_Point) {
				return -1
			}
			return unicode.ToLower(r)
		}, line)
		start := strings.TrimLeftFunc(seen, unicode.IsSpace)
		own := format == "azure-devops" && strings.HasPrefix(line, "##vso[task.logissue ") || format == "github" && (strings.HasPrefix(line, "::error ") || strings.HasPrefix(line, "::warning ") || strings.HasPrefix(line, "::notice "))
		if own {
			start, seen = "", strings.TrimPrefix(strings.TrimPrefix(seen, "##vso["), "::")
		}
		if rest, found := strings.CutPrefix(start, "::"); found && strings.Contains(rest, "::") {
			return fmt.Sprintf("GitHub obeys %q", line)
		}
		if strings.Contains(seen, "##[") || strings.Contains(seen, "##vso[") {
			return fmt.Sprintf("Azure Pipelines or GitHub obey %q", line)
		}
		// A name is in the middle of what we say. Lines that our wrapping begins with one
		// are indented.
		if strings.HasPrefix(line, forged) && format != "html" {
			return fmt.Sprintf("a name starts a line: %q", line)
		}
		if words := strings.Fields(line); len(words) > 0 && words[0] == "ssh" && format != "ssh-config" {
			for _, w := range words[1:] {
				if strings.HasPrefix(w, "-o") || strings.HasPrefix(w, "'-") || strings.HasPrefix(w, "$(") || strings.HasPrefix(w, "`") {
					return fmt.Sprintf("a shell obeys %q", line)
				}
			}
		}
	}
	return ""
}
