package expand

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestLinkedTemplatesAreBounded wants linked templates to be read up to the
// total size limit, and a finding for each of the others.
func TestLinkedTemplatesAreBounded(t *testing.T) {
	const head = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[`
	linked := head + `{"type":"Microsoft.Network/publicIPAddresses","apiVersion":"2022-07-01","name":"[deployment().name]","location":"westus2"}]}`
	files, text := fstest.MapFS{}, head
	for i := range 5 {
		files[fmt.Sprintf("l%d.json", i)] = &fstest.MapFile{Data: []byte(linked)}
		for range 2 { // the second link is to the same file
			text += fmt.Sprintf(`{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d%d","properties":{"mode":"Incremental","templateLink":{"relativePath":"l%d.json"}}},`, i, i)
		}
	}
	root := arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(strings.TrimSuffix(text, ",")+"]}"))))
	for _, tt := range []struct{ limit, read int }{{5 * len(linked), 5}, {5*len(linked) - 1, 4}, {3 * len(linked), 3}, {len(linked) - 1, 0}} {
		d := Expand(root, Options{Links: &Links{FS: files, Template: "t.json"}, Limits: Limits{AllLinkedBytes: int64(tt.limit)}})
		read := map[string]bool{}
		for _, n := range d.Nested {
			if n.Template != nil {
				read[n.Template.LinkPath] = true
			}
		}
		rejected := map[string]bool{}
		for _, f := range d.Diagnostics {
			if f.Code == CodeLimit && strings.Contains(f.Summary, "is not read: with it, the linked templates would have more than 0 MB, the limit of this tool") {
				rejected[f.Summary] = true
			}
		}
		if len(read) != tt.read || len(rejected) != 5-tt.read {
			t.Errorf("at most %d bytes: %d files are read, want %d; %d are refused: %v", tt.limit, len(read), tt.read, len(rejected), d.Diagnostics)
		}
	}
}
