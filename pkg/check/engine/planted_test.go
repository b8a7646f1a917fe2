package engine_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// An object of JSON.
type object = map[string]any

// plant is a change of a template: it returns false if the template has no
// place for it.
type plant func(t object, r object) bool

// misspelt swaps two letters of the name of a member.
func misspelt(o object, name string) bool {
	v, ok := o[name]
	if !ok {
		return false
	}
	delete(o, name)
	o[name[:1]+name[2:3]+name[1:2]+name[3:]] = v
	return true
}

// set gives a member of the resource a value.
func set(name string, v any) plant {
	return func(_, r object) bool {
		r[name] = v
		return true
	}
}

// section changes the first entry, by name, of a section of the template.
func section(name string, change func(entry object) bool) plant {
	return func(t, _ object) bool {
		entries, _ := t[name].(object)
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			if entry, ok := entries[key].(object); ok && change(entry) {
				return true
			}
		}
		return false
	}
}

// inName replaces a part of the name of the resource.
func inName(from, to string) plant {
	return func(_, r object) bool {
		name, _ := r["name"].(string)
		r["name"] = strings.Replace(name, from, to, 1)
		return strings.Contains(name, from)
	}
}

// mistakes are changes of which Azure rejects each, as recorded from the
// validation of its deployment service.
var mistakes = map[string]plant{
	"misspelt type":           func(_, r object) bool { return misspelt(r, "type") },
	"misspelt name":           func(_, r object) bool { return misspelt(r, "name") },
	"misspelt version":        func(_, r object) bool { return misspelt(r, "apiVersion") },
	"misspelt location":       func(_, r object) bool { return misspelt(r, "location") },
	"misspelt properties":     func(_, r object) bool { return misspelt(r, "properties") },
	"misspelt dependsOn":      func(_, r object) bool { return misspelt(r, "dependsOn") },
	"misspelt copy":           func(_, r object) bool { return misspelt(r, "copy") },
	"misspelt parameter type": section("parameters", func(e object) bool { return misspelt(e, "type") }),
	"misspelt default":        section("parameters", func(e object) bool { return misspelt(e, "defaultValue") }),
	"misspelt metadata":       section("parameters", func(e object) bool { return misspelt(e, "metadata") }),
	"misspelt output value":   section("outputs", func(e object) bool { return misspelt(e, "value") }),
	"misspelt resources":      func(t, _ object) bool { return misspelt(t, "resources") },

	"location of a list":    set("location", []any{}),
	"name of an object":     set("name", object{}),
	"version of a list":     set("apiVersion", []any{}),
	"dependsOn of a text":   set("dependsOn", "network"),
	"dependsOn of a number": set("dependsOn", []any{7}),
	"condition of a text":   set("condition", "true"),
	"condition of a string": set("condition", "[string(true())]"),
	"copy of a list":        set("copy", []any{}),
	"tags of a text":        set("tags", "web"),
	"identity of a word":    set("identity", object{"type": "System"}),
	"identity of a text":    set("identity", object{"type": "[concat('System', 'Assign')]"}),
	"plan without a name":   set("plan", object{"publisher": "contoso"}),
	"comments of a list":    set("comments", []any{}),
	"a member of a GET":     set("etag", "1"),
	"type of a parameter in other words": section("parameters", func(e object) bool {
		e["type"] = "integer"
		return true
	}),
	"default of another type": section("parameters", func(e object) bool {
		e["defaultValue"] = map[bool]any{true: 7, false: "seven"}[e["type"] == "string" || e["type"] == "securestring"]
		return true
	}),
	"default in another case": section("parameters", func(e object) bool {
		allowed, _ := e["allowedValues"].([]any)
		for _, a := range allowed {
			if text, ok := a.(string); ok && text != strings.ToUpper(text) {
				e["defaultValue"] = strings.ToUpper(text)
				return true
			}
		}
		return false
	}),

	"no type":            func(_, r object) bool { delete(r, "type"); return true },
	"no name":            func(_, r object) bool { delete(r, "name"); return true },
	"no version":         func(_, r object) bool { delete(r, "apiVersion"); return true },
	"no output value":    section("outputs", func(e object) bool { delete(e, "value"); return true }),
	"no schema":          func(t, _ object) bool { delete(t, "$schema"); return true },
	"no content version": func(t, _ object) bool { delete(t, "contentVersion"); return true },

	"empty version":   set("apiVersion", ""),
	"empty name":      set("name", ""),
	"name of more":    set("name", "a/b/c/d/e"),
	"computed type":   set("type", "[concat('Microsoft.Network', '/virtualNetworks')]"),
	"parameter":       inName("parameters('", "parameters('x"),
	"variable":        inName("variables('", "variables('x"),
	"function":        inName("parameters(", "paramters("),
	"bracket":         inName("')", "'"),
	"runtime in name": set("name", "[reference('x').name]"),

	"missing dependency": set("dependsOn", []any{"nothing-here"}),
	"waits for itself": func(_, r object) bool {
		r["dependsOn"] = []any{r["name"]}
		return r["copy"] == nil && !strings.Contains(fmt.Sprint(r["name"]), "/")
	},
	"twice": func(t, r object) bool {
		resources, _ := t["resources"].([]any)
		t["resources"] = append(resources, r)
		return r["condition"] == nil
	},
	"missing target": set("tags", object{"t": "[reference('x').name]"}),
}

// harmless are changes that Azure accepts, as recorded.
var harmless = map[string]plant{
	"comments":         set("comments", "for the web"),
	"metadata":         set("metadata", object{"owner": []any{"web"}}),
	"condition":        set("condition", "[equals(1, 1)]"),
	"null":             set("plan", nil),
	"an empty list":    func(_, r object) bool { _, has := r["dependsOn"]; r["dependsOn"] = []any{}; return !has },
	"type in capitals": section("parameters", func(e object) bool { e["type"] = strings.ToUpper(fmt.Sprint(e["type"])); return true }),
	"null type":        section("parameters", func(e object) bool { e["type"] = nil; return true }),
	"metadata of text": section("parameters", func(e object) bool { e["metadata"] = "text"; return true }),
	"template metadata": func(t, _ object) bool {
		t["metadata"] = []any{1}
		return true
	},
	"another version of the content": func(t, _ object) bool {
		t["contentVersion"] = "one"
		return true
	},
	"an unused variable": func(t, _ object) bool {
		variables, ok := t["variables"].(object)
		if ok {
			variables["unused"] = []any{nil}
		}
		return ok
	},
}

// plain is a template with a place for each mistake.
const plain = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "tier": { "type": "string", "defaultValue": "Standard", "allowedValues": ["Basic", "Standard"], "metadata": { "description": "The tier." } },
    "name": { "type": "string", "metadata": { "description": "The name." } }
  },
  "variables": { "network": "[concat(parameters('name'), '-net')]" },
  "resources": [
    { "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "[variables('network')]", "location": "westus2", "properties": {} },
    { "type": "Contoso.Own/things", "apiVersion": "2023-01-01", "name": "[concat(parameters('name'), copyIndex())]", "location": "westus2",
      "copy": { "name": "things", "count": 2 }, "dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', variables('network'))]"],
      "properties": { "tier": "[parameters('tier')]" } }
  ],
  "outputs": { "network": { "type": "string", "value": "[variables('network')]" } }
}`

// planted returns a template with a change in one resource, for each resource
// with a place for it. Its parameters have values.
func planted(t *testing.T, text []byte, change plant) (changed []string) {
	t.Helper()
	for n := 0; ; n++ {
		var template object
		if err := json.Unmarshal(text, &template); err != nil {
			t.Fatal(err)
		}
		resources, _ := template["resources"].([]any)
		if n >= len(resources) {
			return changed
		}
		parameters, _ := template["parameters"].(object)
		for name, p := range parameters {
			if e := p.(object); e["defaultValue"] == nil && e["type"] != "int" {
				e["defaultValue"] = strings.ToLower(name)
			}
		}
		if change != nil && !change(template, resources[n].(object)) {
			continue
		}
		out, err := json.MarshalIndent(template, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		changed = append(changed, string(out))
	}
}

// TestPlantedMistakes plants mistakes in templates, and wants an error of the
// language for each; a harmless change must not have one.
func TestPlantedMistakes(t *testing.T) {
	example, err := os.ReadFile(filepath.Join(golden.Root(t), "examples", "current", "autoscale", "azuredeploy.json"))
	if err != nil {
		t.Fatal(err)
	}
	files, about := memory{}, map[string]string{}
	var names []string
	add := func(text, what string) {
		name := fmt.Sprintf("c%d/t.json", len(names))
		names = append(names, name)
		files[name], about[name] = text, what
	}
	for n, text := range [][]byte{example, []byte(plain)} {
		add(planted(t, text, nil)[0], "")
		for _, plants := range []map[string]plant{mistakes, harmless} {
			for _, what := range slices.Sorted(maps.Keys(plants)) {
				all := planted(t, text, plants[what])
				for _, changed := range all[:min(1+n, len(all))] { // the example is large
					add(changed, what)
				}
			}
		}
	}
	e, err := engine.New(engine.Config{Files: files, Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(t.Context(), names)
	if err != nil {
		t.Fatal(err)
	}
	reported := map[string]string{}
	for _, d := range result.Findings {
		if d.Severity == diag.Error && language([]diag.Diagnostic{d}) != "" && d.Subject.File != nil {
			reported[d.Subject.File.Path()] = d.Summary
		}
	}
	total, found := map[string]int{}, 0
	for _, name := range names {
		what := about[name]
		summary, is := reported[name]
		total[what]++
		switch {
		case mistakes[what] == nil && is:
			t.Errorf("%s has an error: %s\n%s", cmp.Or(what, "the untouched template"), summary, files[name])
		case mistakes[what] != nil && is:
			found++
		case mistakes[what] != nil:
			t.Errorf("%s is not reported:\n%s", what, files[name])
		}
	}
	for what := range mistakes {
		if total[what] == 0 {
			t.Errorf("no template has a place for %s", what)
		}
	}
	t.Logf("%d planted mistakes of %d kinds are reported", found, len(mistakes))
}
