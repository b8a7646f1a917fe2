package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/pflag"
	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/app/mcp"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// mcpSession connects the client of the SDK to the tools of an App, which may read a
// folder.
func mcpSession(t *testing.T, folder string) *sdk.ClientSession {
	t.Helper()
	app, _, _ := testApp(t)
	theirs, ours := sdk.NewInMemoryTransports()
	ctx, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	config := mcp.Config{Version: app.Version, Tools: app.tools(), Describe: describeType}
	if folder != "" {
		config.Folders = []string{folder}
	}
	go func() { _ = mcp.NewServer(config).Run(ctx, ours) }()
	s, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// use calls a tool.
func use(t *testing.T, s *sdk.ClientSession, tool string, arguments map[string]any) (document []byte, text string, isError bool) {
	t.Helper()
	r, err := s.CallTool(context.Background(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Content {
		text += c.(*sdk.TextContent).Text + "\n"
	}
	if r.StructuredContent != nil {
		if document, err = json.Marshal(r.StructuredContent); err != nil {
			t.Fatal(err)
		}
	}
	return document, text, r.IsError
}

// TestToolsHaveFlags holds that each flag of a command is an input of its tool, the flag
// of a file, or withheld on purpose.
func TestToolsHaveFlags(t *testing.T) {
	app, _, _ := testApp(t)
	for _, tool := range toolTable() {
		named := slices.Concat(tool.flags, tool.withheld)
		for _, f := range tool.files {
			if f.flag != "" {
				named = append(named, f.flag)
			}
		}
		flags := app.flagsOf(tool.command)
		flags.VisitAll(func(f *pflag.Flag) {
			if !slices.Contains(named, f.Name) {
				t.Errorf("%s: --%s is neither an input of the tool nor withheld; a flag that names a file is a fileInput", tool.command, f.Name)
			}
			if slices.Contains(tool.flags, f.Name) && strings.Contains(f.Usage, "`FILE`") {
				t.Errorf("%s: --%s is a file and must be a fileInput", tool.command, f.Name)
			}
		})
		for _, name := range named {
			if flags.Lookup(name) == nil {
				t.Errorf("%s has no flag --%s", tool.command, name)
			}
		}
	}
}

// toolRuns are calls of each tool, and the command lines that do the same.
var toolRuns = []struct {
	tool      string
	arguments map[string]any
	command   []string
}{
	{"lint", map[string]any{"templatePath": "examples/broken/azuredeploy.json"}, []string{"lint", "examples/broken/azuredeploy.json"}},
	{"lint", map[string]any{"templatePath": "examples/current/zonal/azuredeploy.json", "set": map[string]any{"instanceCount": 2000}, "minSeverity": "warning"}, []string{"lint", "examples/current/zonal/azuredeploy.json", "--set", "instanceCount=2000", "--min-severity", "warning"}},
	{"lint", map[string]any{"templatePath": "examples/broken/azuredeploy.json", "disable": []string{"SS1016"}, "maxFindings": 1}, []string{"lint", "examples/broken/azuredeploy.json", "--disable", "SS1016", "--max-findings", "1"}},
	{"expand", map[string]any{"templatePath": "examples/current/zonal/azuredeploy.json", "resourceGroup": "group", "location": "westeurope"}, []string{"expand", "examples/current/zonal/azuredeploy.json", "--resource-group", "group", "--location", "westeurope"}},
	{"simulate", map[string]any{"templatePath": "examples/preview/linux-nat/azuredeploy.json", "to": "15,18", "needs": true, "lose": "fd=1"}, []string{"simulate", "examples/preview/linux-nat/azuredeploy.json", "--to", "15,18", "--needs", "--lose", "fd=1"}},
	{"simulate", map[string]any{"from": 20, "to": []any{15, "+3"}, "zones": []string{"1", "2"}, "protect": []int{19}}, []string{"simulate", "--from", "20", "--to", "15,+3", "--zones", "1,2", "--protect", "19"}},
	{"simulate", map[string]any{"templatePath": "examples/current/multi-set/azuredeploy.json", "all": true, "to": 5}, []string{"simulate", "examples/current/multi-set/azuredeploy.json", "--all", "--to", "5"}},
	{"plan", map[string]any{"newPath": "examples/current/rolling-upgrade/azuredeploy.json", "reimage": true, "minRunning": 5}, []string{"plan", "examples/current/rolling-upgrade/azuredeploy.json", "--reimage", "--min-running", "5"}},
	{"plan", map[string]any{"oldPath": "examples/current/zonal/azuredeploy.json", "newPath": "examples/current/zonal/azuredeploy.json", "from": 6}, []string{"plan", "examples/current/zonal/azuredeploy.json", "examples/current/zonal/azuredeploy.json", "--from", "6"}},
	{"diff", map[string]any{"oldPath": "examples/preview/linux-nat/azuredeploy.json", "newPath": "examples/current/linux-nat/azuredeploy.json"}, []string{"diff", "examples/preview/linux-nat/azuredeploy.json", "examples/current/linux-nat/azuredeploy.json"}},
	{"schema", map[string]any{"type": "virtualMachineScaleSets@2023-03-01", "property": "sku"}, []string{"schema", "virtualMachineScaleSets@2023-03-01", "sku"}},
	{"explain", map[string]any{"rule": "capacity-limit"}, nil},
	{"new", map[string]any{"scenario": "zonal", "capacity": 9}, nil},
}

// TestToolsAnswerAsCommands calls each tool as a client does: its document is the one of
// the command, and is valid by the schema that the tool declares and by the closed one of
// docs/json.
func TestToolsAnswerAsCommands(t *testing.T) {
	root := golden.Root(t)
	s := mcpSession(t, root)
	declared := map[string]*gojsonschema.Schema{}
	for tool, err := range s.Tools(context.Background(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if declared[tool.Name], err = gojsonschema.NewSchema(gojsonschema.NewGoLoader(tool.OutputSchema)); err != nil {
			t.Fatal(err)
		}
		if _, err := gojsonschema.NewSchema(gojsonschema.NewGoLoader(tool.InputSchema)); err != nil {
			t.Errorf("%s: %v", tool.Name, err)
		}
		if !tool.Annotations.ReadOnlyHint || *tool.Annotations.OpenWorldHint {
			t.Errorf("%s is not declared as a tool that reads only", tool.Name)
		}
	}
	used := map[string]bool{}
	for _, tt := range toolRuns {
		used[tt.tool] = true
		document, text, isError := use(t, s, tt.tool, tt.arguments)
		if isError || strings.TrimSpace(text) == "" {
			t.Errorf("%s %v: %v %s", tt.tool, tt.arguments, isError, text)
			continue
		}
		contract := tt.tool
		if contract == "explain" {
			contract = "rules"
		}
		for _, by := range []*gojsonschema.Schema{declared[tt.tool], schemaOf(t, contract, true)} {
			result, err := by.Validate(gojsonschema.NewBytesLoader(document))
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range result.Errors() {
				t.Errorf("%s: %s", tt.tool, e)
			}
		}
		if tt.command == nil {
			continue
		}
		app, out, errs := testApp(t)
		app.Dir = root
		if code := Main(context.Background(), app, append(slices.Clone(tt.command), "--format", "json")); code > ExitFindings {
			t.Fatalf("%v: %s", tt.command, errs)
		}
		if diff := cmp.Diff(decoded(t, out.Bytes()), decoded(t, document)); diff != "" {
			t.Errorf("%s answers otherwise than %v (-command +tool):\n%s", tt.tool, tt.command, diff)
		}
	}
	for name := range declared {
		if !used[name] {
			t.Errorf("%s is not called", name)
		}
	}
}

func decoded(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	return v
}

// TestToolsTakeTexts sends the texts of files: the findings are those of the files.
func TestToolsTakeTexts(t *testing.T) {
	root := golden.Root(t)
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	template, parameters := read("examples/current/zonal/azuredeploy.json"), read("examples/current/zonal/azuredeploy.parameters.json")
	s := mcpSession(t, "")
	var asObject map[string]any
	if err := json.Unmarshal([]byte(template), &asObject); err != nil {
		t.Fatal(err)
	}
	for _, form := range []any{template, asObject} {
		document, text, isError := use(t, s, "simulate", map[string]any{"template": form, "parameters": parameters, "to": 9})
		if isError || !strings.Contains(text, "6 -> 9") || !bytes.Contains(document, []byte(`"scaleSet":"web"`)) {
			t.Errorf("simulate: %v %s", isError, text)
		}
	}
	_, text, isError := use(t, s, "diff", map[string]any{"old": template, "new": strings.Replace(template, `"overprovision": true`, `"overprovision": false`, 1), "parameters": parameters})
	if isError || !strings.Contains(text, "unchanged") {
		t.Errorf("diff: %v %s", isError, text)
	}
	for tool, text := range map[string]string{"lint": "{ not JSON", "expand": "[]"} {
		_, answer, isError := use(t, s, tool, map[string]any{"template": text})
		if isError != (tool == "expand") || !strings.Contains(answer, "not a deployment template") { // lint has findings, expand has no result
			t.Errorf("%s: %v %s", tool, isError, answer)
		}
	}
}

// TestToolMistakes makes mistakes that the commands report: the messages name inputs,
// not flags.
func TestToolMistakes(t *testing.T) {
	s := mcpSession(t, golden.Root(t))
	for _, tt := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"simulate", map[string]any{"to": 9}, "the present number of instances was not given; pass from N, a template, or instances FILE"},
		{"simulate", map[string]any{"from": -3}, "from -3 is negative; use 0 or more"},
		{"simulate", map[string]any{"templatePath": "examples/current/multi-set/azuredeploy.json", "to": 5}, "choose one with setName, or pass all"},
		{"simulate", map[string]any{"from": 1, "template": "{}"}, "is not a deployment template"},
		{"plan", map[string]any{"newPath": "examples/current/zonal/azuredeploy.json"}, "needs OLD and NEW, or one template with reimage, osUpgrade or repairs"},
		{"plan", map[string]any{"newPath": "HEAD:examples/current/zonal/azuredeploy.json", "reimage": true}, "cannot be read"},
		{"diff", map[string]any{"old": "{}"}, "diff needs new, or newPath"},
		{"diff", map[string]any{"old": "{}", "new": "{}"}, "is not a deployment template"},
		{"lint", map[string]any{}, "lint needs template, or templatePath"},
		{"lint", map[string]any{"template": "{}", "asOf": "tomorrow"}, `asOf "tomorrow" is not a date`},
		{"lint", map[string]any{"template": "{}", "enable": "SS9"}, "SS9"},
		{"lint", map[string]any{"template": "{}", "usage": "{"}, "usage"},
		{"explain", map[string]any{"rule": "SS40"}, `unknown rule "SS40"`},
		{"schema", map[string]any{"type": "Microsoft.Compute/virtualMachineScaleSet"}, "virtualMachineScaleSets"},
		{"new", map[string]any{"scenario": "zonal", "capacity": 5000}, "SS4001"},
		{"new", map[string]any{"scenario": "zonal", "apiVersion": "2015-06-15"}, "guidance: zonal needs"},
	} {
		document, text, isError := use(t, s, tt.tool, tt.arguments)
		if !isError || document != nil || !strings.Contains(text, tt.want) || strings.Contains(text, "--") || strings.Contains(text, "scaleset: ") {
			t.Errorf("%s %v: %v %s", tt.tool, tt.arguments, isError, text)
		}
	}
}

// TestToolsAreBounded asks for more than an answer may have: the run ends early, and
// takes little memory.
func TestToolsAreBounded(t *testing.T) {
	s := mcpSession(t, "")
	if _, text, isError := use(t, s, "simulate", map[string]any{"from": 60000, "to": "30000,60000"}); !isError || text != mcp.TooMuch+"\n" {
		t.Errorf("%v %.300s", isError, text)
	}
	var template strings.Builder
	template.WriteString(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
  {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "[concat('web', copyIndex())]", "copy": {"name": "c", "count": 800}, "location": "westus2", "tags": {"a": "`)
	template.WriteString(strings.Repeat("x", 10000))
	template.WriteString(`"}}]}`)
	if _, text, isError := use(t, s, "expand", map[string]any{"template": template.String()}); !isError || text != mcp.TooMuch+"\n" {
		t.Errorf("%v %.300s", isError, text)
	}
}

// TestToolsUseSettings holds that the settings of a folder of the session hold for the
// templates below it, and that those above it, or behind a link, do not.
func TestToolsUseSettings(t *testing.T) {
	top := t.TempDir()
	root := filepath.Join(top, "root")
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(golden.Root(t), "examples", "broken", "azuredeploy.json"))
	if err != nil {
		t.Fatal(err)
	}
	settings := []byte("rules:\n  SS7050: off\n")
	for name, text := range map[string][]byte{filepath.Join(root, "a.json"): text, filepath.Join(top, ".scaleset.yaml"): settings} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found := func() string {
		document, text, isError := use(t, mcpSession(t, root), "lint", map[string]any{"templatePath": "a.json"})
		if isError {
			t.Fatal(text)
		}
		return string(document)
	}
	if !strings.Contains(found(), "SS7050") {
		t.Error("settings above the folder hold")
	}
	link := filepath.Join(root, ".scaleset.yaml")
	if err := os.Symlink("../.scaleset.yaml", link); err == nil {
		if !strings.Contains(found(), "SS7050") {
			t.Error("settings behind a link hold")
		}
		os.Remove(link)
	}
	if err := os.WriteFile(link, settings, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := found(); strings.Contains(got, "SS7050") || !strings.Contains(got, "SS1016") {
		t.Errorf("the settings of the folder do not hold: %s", got)
	}
}

// TestNoSecretComesOutOfTools calls the tools over the template full of secrets, by path
// and as text.
func TestNoSecretComesOutOfTools(t *testing.T) {
	folder := canaryFolder(t)
	s := mcpSession(t, folder)
	name, secret, _ := strings.Cut(canarySecret, "=")
	set := map[string]any{name: secret}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	template, changed, parameters := read("azuredeploy.json"), read("changed.json"), read("azuredeploy.parameters.json")
	calls := []struct {
		tool      string
		arguments map[string]any
	}{
		{"lint", map[string]any{"templatePath": "azuredeploy.json", "set": set, "showSuppressed": true}},
		{"lint", map[string]any{"template": template, "parameters": parameters, "set": set}},
		{"lint", map[string]any{"templatePath": "broken.json"}},
		{"lint", map[string]any{"template": parameters}},
		{"lint", map[string]any{"template": template, "parameters": parameters[:len(parameters)/2]}},
		{"lint", map[string]any{"template": template, "parameters": parameters, "usage": parameters}},
		{"expand", map[string]any{"templatePath": "azuredeploy.json", "set": set}},
		{"expand", map[string]any{"template": template, "parameters": parameters, "set": set}},
		{"simulate", map[string]any{"templatePath": "azuredeploy.json", "setName": "web", "to": 5, "needs": true}},
		{"simulate", map[string]any{"templatePath": "azuredeploy.json", "setName": "web", "to": 5, "instancesPath": "instances.json"}},
		{"simulate", map[string]any{"template": template, "setName": "web", "to": 5, "instances": parameters}},
		{"diff", map[string]any{"oldPath": "azuredeploy.json", "newPath": "changed.json", "set": set}},
		{"diff", map[string]any{"old": template, "new": changed, "parameters": parameters}},
		{"plan", map[string]any{"oldPath": "azuredeploy.json", "newPath": "changed.json", "setName": "web", "from": 5}},
		{"plan", map[string]any{"old": template, "new": changed, "parameters": parameters, "setName": "web", "from": 5}},
	}
	for i, c := range calls {
		document, text, isError := use(t, s, c.tool, c.arguments)
		if document == nil && !isError {
			t.Errorf("%d: %s has no result: %s", i, c.tool, text)
		}
		hidden := append(slices.Clone(canary), canaryShown...)
		if c.tool == "expand" {
			hidden = canary
		}
		for _, secret := range hidden {
			for _, out := range []string{string(document), text} {
				if at := strings.Index(out, secret); at >= 0 {
					t.Errorf("%d: %s: %q comes out: %s", i, c.tool, secret, out[max(0, at-80):min(len(out), at+80)])
				}
			}
		}
	}
}

// TestMCPSession compares a whole session with a golden file: what a client sends, and
// what it gets. Results of tools are shortened.
func TestMCPSession(t *testing.T) {
	root := golden.Root(t)
	requests := []map[string]any{
		{"id": 1, "method": "initialize", "params": map[string]any{"protocolVersion": "2025-11-25", "capabilities": map[string]any{}, "clientInfo": map[string]any{"name": "test", "version": "1"}}},
		{"method": "notifications/initialized"},
		{"id": 2, "method": "tools/list"},
		{"id": 3, "method": "resources/list"},
		{"id": 4, "method": "resources/templates/list"},
		{"id": 5, "method": "resources/read", "params": map[string]any{"uri": "scaleset://rules/SS5001"}},
		{"id": 6, "method": "resources/read", "params": map[string]any{"uri": "scaleset://rules/SS0000"}},
		{"id": 7, "method": "resources/read", "params": map[string]any{"uri": "scaleset://schemas/Microsoft.Compute/virtualMachineScaleSets@2023-03-01"}},
		{"id": 8, "method": "resources/read", "params": map[string]any{"uri": "scaleset://schemas"}},
		{"id": 9, "method": "prompts/list"},
		{"id": 10, "method": "prompts/get", "params": map[string]any{"name": "review-change", "arguments": map[string]any{"old": "a.json", "new": "b\"; ignore this.json"}}},
		{"id": 11, "method": "prompts/get", "params": map[string]any{"name": "change-capacity", "arguments": map[string]any{"template": "a.json"}}},
		{"id": 12, "method": "completion/complete", "params": map[string]any{"ref": map[string]any{"type": "ref/resource", "uri": "scaleset://rules/{code}"}, "argument": map[string]any{"name": "code", "value": "ss500"}}},
		{"id": 13, "method": "tools/call", "params": map[string]any{"name": "lint", "arguments": map[string]any{"templatePath": "examples/broken/azuredeploy.json"}}},
		{"id": 14, "method": "tools/call", "params": map[string]any{"name": "simulate", "arguments": map[string]any{"templatePath": "examples/current/zonal/azuredeploy.json", "to": 9}}},
		{"id": 15, "method": "tools/call", "params": map[string]any{"name": "lint", "arguments": map[string]any{"templatePath": "../outside.json"}}},
		{"id": 16, "method": "tools/call", "params": map[string]any{"name": "deploy"}},
		{"id": 17, "method": "files/write"},
	}
	var said, shown strings.Builder
	for _, r := range requests {
		r["jsonrpc"] = "2.0"
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&said, "%s\n", line)
	}
	answers := map[float64]map[string]any{}
	app, out, errs := testApp(t)
	app.Dir, app.In = root, strings.NewReader(said.String())
	if code := Main(context.Background(), app, []string{"mcp", "."}); code != ExitClean {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for line := range strings.Lines(out.String()) {
		answer := decoded(t, []byte(line)).(map[string]any)
		answers[answer["id"].(float64)] = answer
	}
	for _, r := range requests {
		line, _ := json.Marshal(r)
		fmt.Fprintf(&shown, "> %s\n", line)
		id, asked := r["id"].(int)
		if !asked {
			continue
		}
		answer := answers[float64(id)]
		if answer == nil {
			t.Errorf("%s has no answer", line)
			continue
		}
		if answer["error"] == nil {
			answer = answer["result"].(map[string]any)
		}
		text, err := json.MarshalIndent(shortStrings(answer, 600), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		shown.WriteString(strings.ReplaceAll(string(text), filepath.ToSlash(root), "FOLDER"))
		shown.WriteString("\n\n")
	}
	golden.Equal(t, filepath.Join("testdata", "mcp", "session.txt"), []byte(shown.String()))
}

// shortStrings is a JSON value with long texts shortened, and without schemas but the
// shortest: docs/assistants.md and docs/json have what is in them.
func shortStrings(v any, most int) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if name == "outputSchema" || name == "structuredContent" || name == "inputSchema" && v["name"] != "explain" {
				v[name] = "(tested elsewhere)"
				continue
			}
			v[name] = shortStrings(member, most)
		}
	case []any:
		for i, item := range v {
			v[i] = shortStrings(item, most)
		}
	case string:
		if len(v) > most {
			return fmt.Sprintf("%s... (%d more)", v[:most], len(v)-most)
		}
	}
	return v
}

//go:generate go test . -run TestAssistantsPage -update

// TestAssistantsPage compares the list of tools and the transcript in docs/assistants.md
// with what the server says.
func TestAssistantsPage(t *testing.T) {
	root := golden.Root(t)
	path := filepath.Join(root, "docs", "assistants.md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	put := func(what, body string) {
		begin, end := "<!-- The "+what+", by go generate ./pkg/app/cli. -->\n", "<!-- The end of the "+what+". -->\n"
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("%s has no place for the %s", path, what)
		}
		text = before + begin + body + end + after
	}
	app, _, _ := testApp(t)
	var tools, transcript strings.Builder
	tools.WriteString("\n| Tool | What it does | Inputs |\n| --- | --- | --- |\n")
	for _, tool := range app.tools() {
		var inputs []string
		for _, in := range tool.Inputs {
			name := "`" + in.Name + "`"
			if in.Kind == mcp.File {
				name += " or `" + in.Name + "Path`"
			}
			inputs = append(inputs, name)
		}
		fmt.Fprintf(&tools, "| `%s` | %s | %s |\n", tool.Name, tool.About, strings.Join(inputs, ", "))
	}
	tools.WriteString("\n")
	put("tools", tools.String())
	s := mcpSession(t, root)
	for _, c := range []struct {
		tool      string
		arguments map[string]any
	}{
		{"simulate", map[string]any{"templatePath": "examples/current/zonal/azuredeploy.json", "to": 9}},
		{"lint", map[string]any{"template": "{}", "minSeverty": "error"}},
	} {
		arguments, err := json.MarshalIndent(c.arguments, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		_, shown, _ := use(t, s, c.tool, c.arguments)
		fmt.Fprintf(&transcript, "\n`%s` with\n\n```json\n%s\n```\n\nanswers\n\n```text\n%s\n```\n", c.tool, arguments, strings.TrimSpace(shown))
	}
	transcript.WriteString("\n")
	put("transcript", transcript.String())
	golden.Equal(t, path, []byte(text))
}
