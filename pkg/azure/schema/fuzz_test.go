package schema

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// FuzzCheck checks any resource: the check must end, every range must be inside
// its file, a second run must report the same, and the validator must find nothing
// wrong with what the walk has found right.
func FuzzCheck(f *testing.F) {
	for _, name := range []string{"clean.json", "mistakes.json"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add(`{"resources": [{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2", "sku": {"capacity": 1e999999999}, "zones": {}, "tags": []}]}`)
	f.Add(`{"resources": [{"type": "Microsoft.Compute/availabilitySets", "apiVersion": "2099-01-01", "properties": {"platformFaultDomainCount": "0x1p99", "Platformfaultdomaincount": -1.50}}]}`)
	f.Add(`{"resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2019-06-01", "sku": {"name": ",,,"}, "properties": null}]}`)
	c := new(Checker)
	f.Fuzz(func(t *testing.T, text string) {
		root, ok := jsonc.Parse(source.NewFile("fuzz.json", []byte(text))).Root.(*jsonc.Object)
		if !ok || root.Get("resources") == nil {
			return
		}
		list, ok := root.Get("resources").Value.(*jsonc.Array)
		if !ok {
			return
		}
		dep := &expand.Deployment{}
		for _, e := range list.Elements {
			body := nodeOf(e)
			typ, _ := body.Get("type").Text()
			version, _ := body.Get("apiVersion").Text()
			dep.Resources = append(dep.Resources, &expand.Resource{Type: typ, APIVersion: version, Body: body})
		}
		for _, res := range dep.Resources {
			doc := c.document(res.Type)
			if doc == nil {
				continue
			}
			s := walked(res, doc)
			part := errorsOf(t, c.schema(&batch{schemaKey{doc, s.version.index}, []*subject{s}}), s.item)
			doubt(s.item)
			if diff := cmp.Diff(errorsOf(t, c.schema(&batch{schemaKey{doc, s.version.index}, []*subject{s}}), s.item), part); diff != "" {
				t.Errorf("%s (-all values, +those that the walk doubts):\n%s", res.Type, diff)
			}
		}
		first := output(new(Checker).Check(dep))
		for _, d := range new(Checker).Check(dep) {
			_ = d.Subject.Text()
		}
		if again := output(new(Checker).Check(dep)); again != first {
			t.Errorf("two runs differ:\n%s\n%s", first, again)
		}
	})
}
