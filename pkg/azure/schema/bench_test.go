package schema

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/schemas"
)

// whole returns the use of every property of a version.
func whole(p *schemas.Property, version int) *use {
	u := &use{def: p, members: map[string]*use{}}
	for _, c := range p.Properties {
		if c.Has(version) {
			u.members[c.Name] = whole(c, version)
		}
	}
	if p.Items != nil && p.Items.Has(version) {
		u.items = whole(p.Items, version)
	}
	if p.Values != nil && p.Values.Has(version) {
		u.values = whole(p.Values, version)
	}
	return u
}

func load(t testing.TB, resourceType string) *schemas.Document {
	t.Helper()
	doc, err := schemas.Load(resourceType)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// BenchmarkCompileWhole compiles the largest schema of a scale set as a whole;
// a run compiles only the part that the resources use.
func BenchmarkCompileWhole(b *testing.B) {
	doc := load(b, "Microsoft.Compute/virtualMachineScaleSets")
	newest := len(doc.Versions) - 1
	b.ReportAllocs()
	for b.Loop() {
		if _, err := compile(whole(doc.Root, newest).project(newest, schemas.Facet{Kind: schemas.Object})); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadDocument(b *testing.B) {
	for _, t := range []string{"Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Network/networkInterfaces", "Microsoft.Insights/autoscaleSettings"} {
		b.Run(filepath.Base(t), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := schemas.Load(t); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCheck checks a whole template without caches: every document is
// decoded again.
func BenchmarkCheck(b *testing.B) {
	for _, name := range []string{"clean", "mistakes"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
		if err != nil {
			b.Fatal(err)
		}
		dep := resourcesOf(b, name+".json", string(raw))
		b.Run(name+"/cold", func(b *testing.B) { benchCheck(b, dep, nil) })
		b.Run(name+"/warm", func(b *testing.B) { benchCheck(b, dep, new(Checker)) })
	}
}

func benchCheck(b *testing.B, dep *expand.Deployment, c *Checker) {
	b.ReportAllocs()
	for b.Loop() {
		if c == nil {
			new(Checker).Check(dep)
			continue
		}
		c.Check(dep)
	}
}
