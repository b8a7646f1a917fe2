package connections_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/connections"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// everything is a context without assumed facts.
var everything = funcs.Context{
	TenantID: "99999999-0000-0000-0000-000000000000", SubscriptionID: "11111111-2222-3333-4444-555555555555",
	ResourceGroup: "web", Location: "West Europe", DeploymentName: "d",
}

func read(t *testing.T, name string) *arm.Template {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	tree := jsonc.Parse(source.NewFile(filepath.Base(name), text))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return arm.ParseTemplate(tree)
}

// sets reads a template with everything known, or with nothing known of where
// it is deployed.
func sets(t *testing.T, template *arm.Template, known bool) []connect.Set {
	t.Helper()
	d := expand.Expand(template, expand.Options{Context: everything})
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	if known {
		return connect.New(vmss.New(d), connect.Options{})
	}
	other := expand.Expand(template, expand.Options{})
	return connect.New(vmss.New(d), connect.Options{Known: func(r *expand.Resource) *expand.Resource {
		for i := range d.Resources {
			if d.Resources[i] == r {
				return other.Resources[i]
			}
		}
		return nil
	}})
}

func TestWriters(t *testing.T) {
	writers := map[string]func(io.Writer, []connect.Set) error{
		"txt":      func(w io.Writer, s []connect.Set) error { return connections.WriteText(w, s, nil) },
		"md":       func(w io.Writer, s []connect.Set) error { return connections.WriteMarkdown(w, s, nil) },
		"ssh":      func(w io.Writer, s []connect.Set) error { return connections.WriteSSHConfig(w, s, nil) },
		"out.json": func(w io.Writer, s []connect.Set) error { return connections.WriteJSON(w, "azuredeploy.json", s, nil) },
	}
	tests := []struct {
		name    string
		known   bool
		formats []string
	}{
		{"nat", true, []string{"txt", "md", "ssh", "out.json"}},
		{"nat", false, []string{"txt"}},
		{"jumpbox", true, []string{"txt", "ssh"}},
		{"windows", true, []string{"txt", "ssh"}},
		{"modern", true, []string{"txt", "md", "ssh"}},
		{"elsewhere", true, []string{"txt"}},
	}
	for _, tt := range tests {
		template := read(t, filepath.Join("testdata", tt.name+".json"))
		for _, format := range tt.formats {
			var b bytes.Buffer
			if err := writers[format](&b, sets(t, template, tt.known)); err != nil {
				t.Fatal(err)
			}
			file := tt.name + "." + format
			if !tt.known {
				file = tt.name + ".unknown." + format
			}
			golden.Equal(t, filepath.Join("testdata", file), b.Bytes())
		}
	}
}

func TestRemoteDesktops(t *testing.T) {
	template := read(t, filepath.Join("testdata", "windows.json"))
	files, unknown := connections.RemoteDesktops(sets(t, template, true), nil)
	var names []string
	for _, f := range files {
		names = append(names, f.File)
	}
	if diff := cmp.Diff([]string{"web_0.rdp", "web_1.rdp", "box.rdp"}, names); diff != "" || unknown != 0 {
		t.Fatalf("%d unknown (-want +got):\n%s", unknown, diff)
	}
	want := "full address:s:web-front.westeurope.cloudapp.azure.com:50001\r\nusername:s:operator1\r\nprompt for credentials:i:1\r\n"
	if diff := cmp.Diff(want, string(files[1].Text)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	files, unknown = connections.RemoteDesktops(sets(t, template, false), nil)
	if len(files) != 0 || unknown != 3 {
		t.Errorf("%d files, %d unknown; want none and 3", len(files), unknown)
	}
}
