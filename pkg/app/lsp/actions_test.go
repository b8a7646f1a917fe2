package lsp

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

const actionTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "prefix": { "type": "string", "defaultValue": "shop" },
    "count": { "type": "int" },
    "mode": { "type": "string", "allowedValues": ["Manual", "Rolling"] }
  },
  "variables": {
    "name": "[concat(parameters('prefix'), '-{web}-', uniqueString(parameters('prefix')))]",
    "label": "web's [label]",
    "tags": { "a": "b" },
    "size": "Standard_D2s_v5"
  },
  "resources": [
    {
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2019-04-01",
      "name": "net",
      "location": "westus2",
      "tags": "[variables('tags')]",
      "properties": {
        "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] },
        "subnets": [ { "name": "[concat(variables('label'), '/', variables('name'))]", "properties": { "addressPrefix": "10.0.0.0/24" } } ]
      }
    },
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2025-04-01",
      "name": "web",
      "location": "westus2",
      "sku": { "name": "[variables('size')]", "capacity": 3 },
      "properties": { "overprovision": false }
    }
  ],
  "outputs": {
    "label": { "type": "string", "value": "[variables('label')]" },
    "both": { "type": "string", "value": "[concat(variables('name'), concat('x', parameters('prefix')), 'y')]" }
  }
}
`

// An actionCase is an action that is taken at a text of a template.
type actionCase struct {
	name, at, until string // the selection is from the start of at to the end of until, which may be ""
	skip            int    // into at
	title           string // how the title begins
	want            string // in the text, "" for nothing
	never           string
	same            bool // the template evaluates to the same result
}

func TestActions(t *testing.T) {
	for _, tt := range []actionCase{
		{"a number to a variable", `3 },`, "", 0, "Extract to variable capacity", `"capacity": "[variables('capacity')]"`, "", true},
		{"a number to a parameter", `3 },`, "", 0, "Extract to parameter capacity", `"capacity": "[parameters('capacity')]"`, "", true},
		{"a boolean to a parameter", `false`, "", 1, "Extract to parameter overprovision", `"type": "bool"`, "", true},
		{"a text to a variable", `10.0.0.0/24`, "", 2, "Extract to variable addressPrefix", `"addressPrefix": "[variables('addressPrefix')]"`, "", true},
		{"a name that is taken", `"web",`, "", 1, "Extract to variable virtualMachineScaleSetName", `"name": "[variables('virtualMachineScaleSetName')]"`, "", true},
		{"a part of an expression", `concat('x', parameters('prefix'))`, `concat('x', parameters('prefix'))`, 0, "Extract to variable", `"[concat(variables('name'), variables('bothValue'), 'y')]"`, "", true},
		{"an array to a variable", `["10.0.0.0/16"]`, `["10.0.0.0/16"]`, 0, "Extract to variable addressPrefixes", `"addressPrefixes": "[variables('addressPrefixes')]"`, "", true},
		{"an expression inlined", `[variables('size')]`, "", 13, "Inline variable size", `"name": "Standard_D2s_v5"`, `variables('size')`, true},
		{"an expression inlined in others", `"name": "[concat(par`, "", 2, "Inline variable name", `concat('x', parameters('prefix'))`, `variables('name')`, true},
		{"an object inlined", `variables('tags')`, "", 12, "Inline variable tags", `"tags": { "a": "b" }`, `variables('tags')`, true},
		{"a text with a quote inlined", `variables('label'), '/'`, "", 12, "Inline variable label", `concat('web''s [label]', '/'`, `variables('label')`, true},
		{"concat to format", `concat(parameters('prefix'), '-{web}-'`, "", 2, "Convert concat to format", `format('{0}-{{web}}-{1}', parameters('prefix'), uniqueString(parameters('prefix')))`, "", true},
		{"nested concat to format", `concat('x', parameters('prefix'))`, "", 2, "Convert concat to format", `format('{0}x{1}y', variables('name'), parameters('prefix'))`, "", true},
		{"a newer version", `2019-04-01",`, "", 3, "Upgrade API version to 20", `"type": "Microsoft.Network/virtualNetworks",`, `"apiVersion": "2019-04-01"`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := serverFor(t, t.TempDir())
			uri := "file:///templates/a.json"
			s.files.put(document{URI: uri, Text: actionTemplate})
			now := takeAction(t, s, uri, actionTemplate, tt)
			if !strings.Contains(now, tt.want) || tt.never != "" && strings.Contains(now, tt.never) {
				t.Errorf("the text is\n%s", now)
			}
			before := evaluatedWith(t, s.files, "/templates/a.json")
			s.files.put(document{URI: uri, Text: now})
			if after := evaluatedWith(t, s.files, "/templates/a.json"); tt.same && after != before {
				t.Errorf("the template evaluates to\n%s\nand did to\n%s", after, before)
			}
		})
	}
}

func takeAction(t *testing.T, s *server, uri, text string, tt actionCase) string {
	t.Helper()
	start := strings.Index(text, tt.at)
	if start < 0 {
		t.Fatalf("no %q", tt.at)
	}
	end := start + tt.skip
	if tt.until != "" {
		end = start + strings.Index(text[start:], tt.until) + len(tt.until)
	}
	p := actionParams{TextDocument: document{URI: uri}, Range: textRange{positionOf(text, start+tt.skip), positionOf(text, end)}}
	all := checkedActions(t, s, p)
	i := slices.IndexFunc(all, func(a codeAction) bool { return strings.HasPrefix(a.Title, tt.title) })
	if i < 0 {
		var titles []string
		for _, a := range all {
			titles = append(titles, a.Title)
		}
		t.Fatalf("no action %q among %q", tt.title, titles)
	}
	texts := applied(t, s, all[i].Edit)
	for name, now := range texts {
		if tree := jsonc.Parse(source.NewFile(name, now)); tree.Diagnostics.HasErrors() {
			t.Fatalf("%v\n%s", tree.Diagnostics[0], now)
		}
	}
	for _, now := range texts {
		return string(now)
	}
	return text
}

// What would change the result is not offered.
func TestActionsThatAreNotOffered(t *testing.T) {
	s, _ := serverFor(t, t.TempDir())
	text := strings.NewReplacer(
		`"overprovision": false`, `"overprovision": "[equals(reference('net').id, copyIndex('loop'))]", "doNotRunExtensionsOnOverprovisionedVMs": "[equals(variables(concat('si', 'ze')), 'x')]"`,
		"2025-04-01", newest(t, "Microsoft.Compute/virtualMachineScaleSets"),
	).Replace(actionTemplate)
	s.files.put(document{URI: "file:///templates/a.json", Text: text})
	for _, tt := range []struct{ at, never string }{
		{`[equals(reference`, "Extract"},                                    // a variable cannot hold it
		{newest(t, "Microsoft.Compute/virtualMachineScaleSets"), "Upgrade"}, // it is the newest
		{`Microsoft.Compute/virtual`, "Extract"},
		{`[variables('size')]`, "Extract"}, // it is a variable
		{`variables('size')`, "Inline"},    // another expression computes a name
		{`parameters('prefix'), '-{`, "Inline"},
	} {
		at := positionOf(text, strings.Index(text, tt.at)+3)
		for _, a := range checkedActions(t, s, actionParams{TextDocument: document{URI: "file:///templates/a.json"}, Range: textRange{at, at}}) {
			if strings.HasPrefix(a.Title, tt.never) {
				t.Errorf("%q is offered at %s", a.Title, tt.at)
			}
		}
	}
}

func newest(t *testing.T, resourceType string) string {
	known, ok := schemas.FindType(resourceType)
	if !ok {
		t.Fatal(resourceType)
	}
	return known.Versions[len(known.Versions)-1]
}

func TestAddMissingParameters(t *testing.T) {
	folder := t.TempDir()
	template, file := filepath.Join(folder, "a.json"), filepath.Join(folder, "a.parameters.json")
	const values = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "prefix": { "value": "x" }
  }
}
`
	for name, text := range map[string]string{template: actionTemplate, file: values} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, _ := serverFor(t, folder)
	s.setFolders([]workspaceFolder{{URI: "file://" + filepath.ToSlash(folder)}})
	for name, text := range map[string]string{template: actionTemplate, file: values} {
		s.files.put(document{URI: "file://" + filepath.ToSlash(name), Text: text})
	}
	got := takeAction(t, s, "file://"+filepath.ToSlash(file), values, actionCase{at: `"prefix"`, title: "Add 2 missing parameters"})
	if !strings.Contains(got, `"count": { "value": 0 }`) || !strings.Contains(got, `"mode": { "value": "Manual" }`) {
		t.Errorf("the parameter file is\n%s", got)
	}
	got = takeAction(t, s, "file://"+filepath.ToSlash(template), actionTemplate, actionCase{at: `"count"`, skip: 2, title: "Add count to a.parameters.json"})
	if !strings.Contains(got, `"count": { "value": 0 }`) || strings.Contains(got, `"mode"`) {
		t.Errorf("the parameter file is\n%s", got)
	}
}

// TestRefactoringsKeepTheResult takes actions at 100 places of the examples and of
// published templates: each template then evaluates to what it did before.
func TestRefactoringsKeepTheResult(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads many templates")
	}
	folders, _ := golden.Corpus(t, "scale-sets")
	var paths []string
	golden.WalkCorpus(t, folders, func(_, path string) {
		// An expression with an error is left as it is written, with its variables.
		broken := filepath.Base(filepath.Dir(path)) == "broken"
		if info, err := os.Stat(path); err == nil && info.Size() < 200_000 && !broken {
			paths = append(paths, path)
		}
	})
	draw := rand.New(rand.NewPCG(25, 4))
	taken := map[string]int{}
	for tries := 0; tries < 3000 && sumOf(taken) < 100; tries++ {
		path := paths[draw.IntN(len(paths))]
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tree := jsonc.Parse(source.NewFile(path, text))
		if !arm.IsTemplate(tree) || tree.Diagnostics.HasErrors() {
			continue
		}
		s, _ := serverFor(t, filepath.Dir(path))
		uri := "file://" + filepath.ToSlash(path)
		s.files.put(document{URI: uri, Text: string(text)})
		at := positionOf(string(text), draw.IntN(len(text)))
		var some []codeAction
		name := pathOf(uri)
		s.known[name] = s.look(t.Context(), name, newWatched(s.files))
		for _, a := range s.refactorings(actionParams{TextDocument: document{URI: uri}, Range: textRange{at, at}}) {
			kind, _, _ := strings.Cut(a.Title, " ")
			if (kind == "Extract" || kind == "Inline" || kind == "Convert") && taken[a.Kind] < 40 {
				some = append(some, a)
			}
		}
		if len(some) == 0 {
			continue
		}
		a := some[draw.IntN(len(some))]
		before := evaluatedWith(t, s.files, path)
		now := applied(t, s, a.Edit)[path]
		s.files.put(document{URI: uri, Text: string(now)})
		after := evaluatedWith(t, s.files, path)
		taken[a.Kind]++
		if a.Kind == actionRewrite {
			// What is known only at deployment is shown as the expression that is left.
			before, after = left.ReplaceAllString(before, `"[]"`), left.ReplaceAllString(after, `"[]"`)
		}
		if before != after {
			t.Errorf("%s in %s at %d:%d changes the result:\n%s\n%s", a.Title, path, at.Line+1, at.Character+1, before, after)
		}
	}
	t.Logf("the result is the same after %v", taken)
	if sumOf(taken) < 50 {
		t.Errorf("only %v actions were taken", taken)
	}
}

var left = regexp.MustCompile(`(?m)"\[([^"\\]|\\.)*\]"|^\[[a-zA-Z]+\(.*$`)

func sumOf(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}

// TestFixesAndSuppressions applies what is offered at a finding, and checks the
// text again: the finding is gone, or suppressed.
func TestFixesAndSuppressions(t *testing.T) {
	const text = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    { "type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "ip", "location": "westus2",
      "sku": { "nam": "Standard" }, "properties": { "publicIPAllocationMetod": "Static" } },
    { "type": "Microsoft.Network/loadBalancers", "apiVersion": "2024-05-01", "name": "lb", "location": "westus2",
      "sku": { "name": "Standard" },
      "properties": {
        "frontendIPConfigurations": [
          { "name": "f", "properties": { "publicIPAddress": { "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]" } } }
        ]
      }
    }
  ]
}
`
	const uri, path = "file:///templates/a.json", "/templates/a.json"
	check := func(text string) (*server, checked) {
		s := newServer(t.Context(), Config{Engine: engine.Config{Files: engine.Folder(t.TempDir()), Rules: rules.All()}, Clock: still{}})
		s.files.put(document{URI: uri, Text: text})
		c := s.look(t.Context(), path, newWatched(s.files))
		s.known[path] = c
		return s, *c
	}
	codes := func(c checked, suppressed bool) (all []string) {
		for _, d := range c.findings {
			if (d.Suppressed != nil) == suppressed {
				all = append(all, string(d.Code))
			}
		}
		return all
	}
	take := func(s *server, text, at, title string, only ...string) string {
		t.Helper()
		p := positionOf(text, strings.Index(text, at)+1)
		params := actionParams{TextDocument: document{URI: uri}, Range: textRange{p, p}}
		params.Context.Only = only
		for _, a := range checkedActions(t, s, params) {
			if strings.HasPrefix(a.Title, title) {
				return string(applied(t, s, a.Edit)[path])
			}
		}
		t.Fatalf("no action %q at %s", title, at)
		return ""
	}
	s, before := check(text)
	found := codes(before, false)
	for _, tt := range []struct{ at, title, code string }{
		{`"publicIPAllocationMetod"`, "Suppress SS3001", "SS3001"},
		{`[resourceId(`, "Suppress SS1210", "SS1210"},
	} {
		now := take(s, text, tt.at, tt.title)
		if !strings.Contains(now, "scaleset:ignore "+tt.code+" "+reason) {
			t.Errorf("%s: no comment in\n%s", tt.title, now)
		}
		if _, c := check(now); !slices.Contains(codes(c, true), tt.code) || slices.Contains(codes(c, false), "SS0010") {
			t.Errorf("%s: suppressed are %v, reported %v\n%s", tt.title, codes(c, true), codes(c, false), now)
		}
	}
	now := take(s, text, `[resourceId(`, "add ")
	if _, c := check(now); slices.Contains(codes(c, false), "SS1210") || !strings.Contains(now, `"dependsOn"`) {
		t.Errorf("after the dependency is added, reported are %v\n%s", codes(c, false), now)
	}
	now = take(s, text, `"resources"`, "Fix all", actionFixAll)
	if _, c := check(now); len(codes(c, false)) >= len(found)-1 || slices.Contains(codes(c, false), "SS3001") {
		t.Errorf("after all fixes, reported are %v, before %v\n%s", codes(c, false), found, now)
	}
	params := actionParams{TextDocument: document{URI: uri}}
	params.Context.Only = []string{"source.fixAll"}
	for _, a := range checkedActions(t, s, params) {
		if a.Kind != actionFixAll {
			t.Errorf("%q is offered when only fixes of all are asked for", a.Title)
		}
	}
}

// checkedActions are the actions of a document after a check, as a client gets them.
func checkedActions(t testing.TB, s *server, p actionParams) []codeAction {
	t.Helper()
	name := pathOf(p.TextDocument.URI)
	s.known[name] = s.look(t.Context(), name, newWatched(s.files))
	return s.actions(p)
}

// TestActionsCopyNoSecret: no action writes a secret to another place.
func TestActionsCopyNoSecret(t *testing.T) {
	const text = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Compute/virtualMachines/extensions", "apiVersion": "2023-09-01", "name": "a/b", "location": "westus2",
  "properties": {"publisher": "p", "type": "t", "typeHandlerVersion": "2.1", "settings": {"open": "anything"}, "protectedSettings": {"storageAccountKey": "Correct-Horse-9"}}}]}`
	for at, want := range map[string]bool{`"anything"`: true, `"Correct-Horse-9"`: false, `{"storageAccountKey"`: false} {
		s, _ := serverFor(t, t.TempDir())
		uri := "file:///templates/a.json"
		s.files.put(document{URI: uri, Text: text})
		p := actionParams{TextDocument: document{URI: uri}}
		p.Range.Start = positionOf(text, strings.Index(text, at)+1)
		p.Range.End = p.Range.Start
		p.Context.Only = []string{actionExtract}
		if got := checkedActions(t, s, p); (len(got) > 0) != want {
			t.Errorf("at %s: %d actions, want some: %v", at, len(got), want)
		}
	}
}
