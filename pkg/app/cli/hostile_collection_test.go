package cli

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outside is what lies beside the tree: nothing of it may be written or shown.
const outsideMark = "Zq7OutsideX9"

// hostileTree is testdata/hostile with links out of it, and what they lead to:
// top/tree and top/outside.
func hostileTree(t *testing.T) (top string) {
	top = t.TempDir()
	tree, outside := filepath.Join(top, "tree"), filepath.Join(top, "outside")
	if err := os.CopyFS(tree, os.DirFS("testdata/hostile")); err != nil {
		t.Fatal(err)
	}
	template := vectorTemplate(`"p": {"type": "string", "defaultValue": "`+outsideMark+`"}`, "", `{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2022-09-01", "name": "`+outsideMark+`", "location": "westus2", "sku": {"name": "Standard_LRS"}, "kind": "StorageV2", }`)
	for name, text := range map[string]string{
		"outside/victim": outsideMark, "outside/environ": "GITHUB_TOKEN=" + outsideMark + "\x00PATH=/bin\x00", "outside/shadow": "root:" + outsideMark + ":20228:\n", "outside/t.json": template,
		"outside/values.json": vectorParameters + `{"p": {"value": "` + outsideMark + `"}}}`, "outside/config.json": `{"auths": {"x": {"auth": "` + outsideMark + `"}}}`,
		"outside/ignore": "*.json\n# " + outsideMark, "outside/editorconfig": "[*]\n" + outsideMark + "\n",
		"tree/t.json": strings.ReplaceAll(template, outsideMark, "inside"), "tree/linking.json": vectorTemplate("", "", `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "far.json"}}}`),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(top, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(top, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{
		"t.parameters.json": "../outside/environ", "linking.parameters.json": "../outside/values.json", "far.json": "../outside/t.json", "absolute.json": filepath.Join(outside, "t.json"), "environ.json": "../outside/environ",
		"config.json": "../outside/config.json", "folder": "../outside", "findings.sarif": "../outside/victim", "out.json": "../outside/new", ".gitignore": "../outside/ignore", ".editorconfig": "../outside/editorconfig", "loop.json": "loop.json",
	} {
		if err := os.Symlink(target, filepath.Join(tree, name)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	return top
}

// snapshot is what is below a folder: names, modes, texts, targets of links.
func snapshot(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		state := info.Mode().String()
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			state += " -> " + target
		case info.Mode().IsRegular():
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			state += " " + string(text)
		}
		rel, _ := filepath.Rel(folder, path)
		all[rel] = state
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// hostileCommands are run in the tree, and from above it with tree/ in front of
// each name that begins with @.
var hostileCommands = []string{
	"lint", "lint @.", "lint @t.json", "lint @linking.json", "lint @environ.json", "lint @config.json", "lint @absolute.json --format json", "lint @t.json --format sarif=@findings.sarif", "lint @t.json --format json=@folder/new.json",
	"lint @t.json --output @out.json", "lint @t.json --write-baseline @out.json", "lint @t.json --write-baseline @folder/baseline.json", "lint @t.json --baseline @config.json", "lint @t.json --usage @environ.json", "lint @t.json --usage @config.json --skus @config.json",
	"lint @t.json --parameters @environ.json", "lint @t.json --parameters @config.json", "lint --fix @.", "lint --fix @far.json", "lint --fix @folder/t.json", "lint --fix @absolute.json", "lint --diff @t.json", "lint --config @settings/.scaleset.yaml @settings", "lint --strict-settings @.",
	"lint @settings", "lint @another --format html", "lint --config @environ.json", "lint --config @folder/shadow", "lint @linking.json --link-root @.",
	"fmt @.", "fmt @far.json", "fmt @folder/t.json", "fmt @environ.json", "fmt --diff --indent 4 @t.json", "fmt --check @.",
	"expand @t.json", "expand @linking.json", "expand @environ.json", "expand @t.json -o @findings.sarif", "expand @t.json -o @folder/new", "expand @t.json -o @t.json", "expand @t.json --force -o @out.json",
	"diff @t.json @linking.json", "diff @config.json @t.json", "diff @t.json @t.json -o @findings.sarif", "review @t.json -o @findings.sarif", "review @linking.json", "graph @t.json -o @out.json", "graph @linking.json", "connect @linking.json", "connect @linking.json --rdp @folder/rdp",
	"simulate @t.json --to 3 -o @out.json", "simulate --to 3 --instances @environ.json", "simulate --to 3 --instances @config.json", "simulate --to 3 --vmss @config.json", "autoscale @t.json --metrics @environ.json", "trace @t.json /resources/0/name -o @out.json", "trace @linking.json /resources/0/name",
	"scale @t.json --capacity 3 --yes -o @out.json", "params @t.json -o @out.json", "params @t.json --force -o @findings.sarif", "params @t.json --parameters @environ.json", "params @t.json --check --parameters @config.json", "new linux-nat -o @folder/new", "new linux-nat -o @folder --force", "config --config @environ.json",
}

// writes are the commands that name a file to write.
var writes = regexp.MustCompile(`^fmt @|--fix|--output|--write-baseline|=@| -o |--rdp`)

// TestHostileCollection runs every command over a tree that a stranger made, and
// wants nothing outside of it to be written or shown, and no failure.
func TestHostileCollection(t *testing.T) {
	for _, from := range []string{"tree", "."} {
		t.Run(from, func(t *testing.T) {
			top := hostileTree(t)
			prefix := ""
			if from == "." {
				prefix = "tree/"
			}
			before, tree := snapshot(t, filepath.Join(top, "outside")), snapshot(t, filepath.Join(top, "tree"))
			for _, line := range hostileCommands {
				if from == "." && line == "lint" {
					continue // all of it is named then
				}
				app, out, errs := testApp(t)
				app.Dir = filepath.Join(top, from)
				code := Main(context.Background(), app, strings.Fields(strings.ReplaceAll(line, "@", prefix)))
				if code == ExitFailure {
					t.Errorf("%s: exit code %d: %s", line, code, errs)
				}
				text := out.String() + errs.String()
				named := strings.Contains(line, "absolute.json") || strings.Contains(line, "far.json") || strings.Contains(line, "folder/t.json") // a template that the command line names may be anywhere
				if at := strings.Index(text, outsideMark); at >= 0 && !named {
					t.Errorf("%s: what lies outside is shown: %s", line, text[max(0, at-150):min(len(text), at+50)])
				}
				if strings.Contains(text, bird) && !strings.HasPrefix(line, "expand") {
					t.Errorf("%s: a secret is shown", line)
				}
				if diff := cmp.Diff(before, snapshot(t, filepath.Join(top, "outside"))); diff != "" {
					t.Fatalf("%s (exit code %d): what lies outside has changed (-before +after):\n%s", line, code, diff)
				}
				after := snapshot(t, filepath.Join(top, "tree"))
				for name, state := range after {
					if strings.Contains(state, outsideMark) {
						t.Fatalf("%s: %s in the tree holds what lies outside", line, name)
					}
				}
				if !writes.MatchString(line) {
					if diff := cmp.Diff(tree, after); diff != "" {
						t.Errorf("%s names no file to write, and the tree has changed (-before +after):\n%s", line, diff)
					}
				}
				tree = after
			}
		})
	}
}
