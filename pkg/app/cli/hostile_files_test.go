package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// expandShows are the folders of testdata/hostile with a secret that the template
// itself spells out or computes, which expand shows, as SECURITY.md says.
var expandShows = []string{"customData_base64_", "default_twice", "protectedSettings_as_variable", "protectedSettings_expr", "secureValue", "special_01_literal", "userData"}

var marked = regexp.MustCompile(`Zq7[A-Za-z0-9]*`)

// TestHostileFiles runs the commands and the editor over each template that once
// hung the tool or showed a secret. With SCALESET_CANARY=all every command runs
// over every one, else each runs over some. A command that hangs ends with go test.
func TestHostileFiles(t *testing.T) {
	folders, err := filepath.Glob("testdata/hostile/leak-*")
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	runs := 0
	for i, folder := range folders {
		name := strings.TrimPrefix(filepath.Base(folder), "leak-")
		t.Run(name, func(t *testing.T) {
			text := func(file string) string {
				text, err := os.ReadFile(filepath.Join(folder, file))
				if err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
				return string(text)
			}
			v := vector{name: name, template: text("t.json"), parameters: text("t.parameters.json"), settings: text(".scaleset.yaml"), shown: slices.Contains(expandShows, name)}
			for _, secret := range marked.FindAllString(v.template+v.parameters+v.settings, -1) {
				if !slices.ContainsFunc(birds, func(b string) bool { return strings.HasPrefix(secret, b) || strings.HasPrefix(b, secret) }) {
					t.Fatalf("nothing looks for %q", secret)
				}
			}
			var commands []string
			for k, line := range vectorCommands {
				if allVectors || k < 2 || (i+k)%12 == 0 {
					commands = append(commands, line)
				}
			}
			runs += v.run(t, commands, allVectors || i%4 == 0)
		})
	}
	templates, err := filepath.Glob("testdata/hostile/*.json")
	if err != nil || len(templates) < 8 {
		t.Fatalf("%d templates, %v", len(templates), err)
	}
	lines := []string{"lint t.json", "expand t.json", "trace t.json --who-uses p", "trace t.json t.json:1:170", "review t.json --against o.json", "simulate t.json --to 3", "graph t.json", "fmt --check t.json", "autoscale t.json", "connect t.json"}
	for _, template := range templates {
		t.Run(filepath.Base(template), func(t *testing.T) {
			text, err := os.ReadFile(template)
			if err != nil {
				t.Fatal(err)
			}
			runs += vector{template: string(text)}.run(t, lines, true)
		})
	}
	t.Logf("%d runs", runs)
}

// TestExpandTwice: what expand writes as a template expands to itself, but for the
// values at properties of secrets, which the first run computes as Azure would and
// the second one finds spelled out, and hides.
func TestExpandTwice(t *testing.T) {
	folder := t.TempDir()
	template := vectorTemplate(`"adminPassword": {"type": "securestring"}, "n": {"type": "int", "defaultValue": 2}`,
		`"script": "#!/bin/sh", "login": "[concat('P', 'w-', parameters('n'))]"`,
		vectorSet(`, "adminPassword": "[variables('login')]", "customData": "[base64(variables('script'))]"`, `"userData": "[base64(concat(variables('script'), parameters('n')))]",`, `"tags": {"n": "[string(parameters('n'))]"},`),
		strings.Replace(vectorSet(`, "adminPassword": "[parameters('adminPassword')]"`, "", ""), `"web"`, `"[concat('web', parameters('n'))]"`, 1))
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	expand := func(name string) (text string, properties any) {
		app, out, errs := testApp(t)
		app.Dir = folder
		if code := Main(context.Background(), app, []string{"expand", name, "--format", "template"}); code != ExitClean {
			t.Fatalf("%s: exit code %d: %s%s", name, code, out, errs)
		}
		if err := json.Unmarshal(out.Bytes(), &properties); err != nil {
			t.Fatal(err)
		}
		return out.String(), properties
	}
	write("t.json", template)
	first, _ := expand("t.json")
	for _, want := range []string{`"adminPassword": "Pw-2"`, `"customData": "IyEvYmluL3No"`, `"userData": "IyEvYmluL3NoMg=="`, `"[parameters('adminPassword')]"`, `"name": "web2"`} {
		if !strings.Contains(first, want) {
			t.Errorf("the first run lacks %s:\n%s", want, first)
		}
	}
	write("once.json", first)
	second, got := expand("once.json")
	hidden := regexp.MustCompile(`"(adminPassword|customData|userData)": "[^\["][^"]*"`).ReplaceAllString(first, `"$1": "<secure>"`)
	var want any
	if err := json.Unmarshal([]byte(hidden), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the second run differs in more than what is secret (-want +got):\n%s", diff)
	}
	write("twice.json", second)
	if third, _ := expand("twice.json"); third != second {
		t.Errorf("the third run differs from the second (-second +third):\n%s", cmp.Diff(second, third))
	}
}

// TestSetIsNotShown: a mistake in --set shows nothing of it, which may be a secret.
func TestSetIsNotShown(t *testing.T) {
	for _, command := range []string{"lint", "expand", "simulate --to 3", "review", "graph", "connect", "autoscale", "trace", "scale --capacity 3", "params", "params --check", "lsp"} {
		for _, given := range []string{"adminPassword " + bird, "=" + bird, bird, "adminPassword:" + bird} {
			app, out, errs := testApp(t)
			args := append(strings.Fields(command), "t.json", "--set", given)
			if command == "lsp" {
				args = slices.DeleteFunc(args, func(a string) bool { return a == "t.json" })
			}
			if command == "trace" {
				args = slices.Insert(args, 2, "/resources/0")
			}
			code := Main(context.Background(), app, args)
			if code != ExitUsage || !strings.Contains(errs.String(), "needs NAME=VALUE; the value given is not shown") || strings.Contains(errs.String()+out.String(), bird) {
				t.Errorf("%q: exit code %d: %s%s", args, code, out, errs)
			}
		}
	}
}
