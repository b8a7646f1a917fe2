package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
)

// A restless folder changes a file as soon as it was read so many times.
type restless struct {
	engine.Folder
	name   string
	left   *int
	change func()
}

func (r restless) ReadFile(name string) ([]byte, error) {
	text, err := r.Folder.ReadFile(name)
	if strings.HasSuffix(name, r.name) {
		if *r.left--; *r.left == 0 {
			r.change()
		}
	}
	return text, err
}

// TestChangedDuringFix wants --fix to leave alone what was saved meanwhile, or
// removed, since it was read, and to say so.
func TestChangedDuringFix(t *testing.T) {
	const fixable = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[{"type":"Microsoft.Compute/virtualMachineScaleSets","apiVersion":"2023-03-01","name":"web","location":"westus2","sku":{"name":"Standard_A1","capacity":"3"},"properties":{"upgradePolicy":{"mode":"Manual"},"virtualMachineProfile":{}}}]}`
	newer := strings.Replace(fixable, `"web"`, `"newer"`, 1)
	for _, c := range []struct {
		name   string
		change func(name string) error
		want   string // what the file holds afterwards
		says   string
	}{
		{"nothing", func(string) error { return nil }, "", ""},
		{"saved", func(name string) error { return os.WriteFile(name, []byte(newer), 0o644) }, newer, atomicfile.ErrChanged.Error()},
		{"removed", os.Remove, "", "no such file or directory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app, _, errs := testApp(t)
			name := filepath.Join(app.Dir, "t.json")
			other := filepath.Join(app.Dir, "a.json") // another file to fix, which must not be written either
			for _, n := range []string{name, other} {
				if err := os.WriteFile(n, []byte(fixable), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			var err error
			cmd := newLintCmd(app, func(ctx context.Context, o *lintOptions) error {
				p, failed := o.plan()
				if failed != nil {
					return failed
				}
				left := 2 // with all files, then for its fixes
				p.config.Files = restless{engine.Folder(app.Dir), "t.json", &left, func() {
					if failed := c.change(name); failed != nil {
						t.Error(failed)
					}
				}}
				err = o.fix(ctx, p, []string{"a.json", "t.json"})
				if left > 0 {
					t.Errorf("the file was read too seldom to change in between: %d", left)
				}
				return nil
			})
			cmd.SetArgs([]string{"--enable", "SS3010", "a.json", "t.json"})
			if failed := cmd.Execute(); failed != nil {
				t.Fatal(failed)
			}
			text, _ := os.ReadFile(name)
			untouched, _ := os.ReadFile(other)
			if c.says == "" {
				if err != nil || string(text) == fixable || string(untouched) == fixable {
					t.Fatalf("nothing is fixed: %v %s", err, errs)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
			if string(text) != c.want || string(untouched) != fixable {
				t.Errorf("the files hold\n%s\n%s", text, untouched)
			}
			if entries, _ := os.ReadDir(app.Dir); len(entries) > 2 {
				t.Errorf("left behind: %v", entries)
			}
		})
	}
}
