package schemas

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `Microsoft.Sample/things
2015-06-15 2016-03-30 2017-03-30
sku	0-2;object
 capacity	0-0;integer	1-2;integer;required;>=0;<=100
 tier	0-2;string;=Basic|Standard
tags	0-2;object
 {}	0-2;string
zones	2-2;array;items>=1
 []	2-2;string;len<=1;~^[1-3;]$
`

func TestParse(t *testing.T) {
	doc, err := Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	capacity, _ := doc.Root.Find("SKU.Capacity").At(2)
	want := Facet{Since: 1, Until: 2, Kind: Integer, Required: true, Minimum: "0", Maximum: "100"}
	if diff := cmp.Diff(want, capacity); diff != "" {
		t.Errorf("sku.capacity in 2017-03-30 (-want +got):\n%s", diff)
	}
	zone, _ := doc.Root.Find("zones[]").At(2)
	want = Facet{Since: 2, Until: 2, Kind: String, MaxLength: "1", Pattern: "^[1-3;]$"}
	if diff := cmp.Diff(want, zone); diff != "" {
		t.Errorf("zones[] (-want +got):\n%s", diff)
	}
	if doc.Root.Find("zones").Has(1) {
		t.Error("2016-03-30 has no zones")
	}
	if doc.Root.Find("tags{}") == nil || doc.Root.Find("tags.x") != nil {
		t.Error("tags are a map")
	}
}

func TestFacetsPrintAsRead(t *testing.T) {
	doc, err := Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	var spans []string
	for _, f := range doc.Root.Find("sku.capacity").Facets() {
		spans = append(spans, f.String())
	}
	if diff := cmp.Diff([]string{"0-0;integer", "1-2;integer;required;>=0;<=100"}, spans); diff != "" {
		t.Error(diff)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", "no API versions"},
		{"no versions", "a/b\n\nsku\t0-0;object\n", "no API versions"},
		{"no spans", "a/b\n2015-06-15\nsku\n", `bad line "sku"`},
		{"a child without a parent", "a/b\n2015-06-15\n sku\t0-0;object\n", `bad line " sku\t0-0;object"`},
		{"too deep", "a/b\n2015-06-15\n" + deep(40), "bad line"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Parse(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func deep(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "x\t0-0;object\n")
	}
	return b.String()
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("a/b\n2015-06-15\nsku\t0-x;;=|\t\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := Parse(text)
		if err != nil {
			return
		}
		var visit func(p *Property)
		visit = func(p *Property) {
			p.Facets()
			p.At(0)
			for _, c := range p.Properties {
				visit(c)
			}
		}
		visit(doc.Root)
	})
}

// TestDocuments decodes every embedded document: the versions of its properties
// must exist, and a scale set must have its original properties.
func TestDocuments(t *testing.T) {
	all := Types()
	if len(all) < 61 {
		t.Fatalf("%d documents, want 61 or more", len(all))
	}
	if !slices.IsSortedFunc(all, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) {
		t.Error("types are not in order")
	}
	for _, name := range all {
		doc, err := Load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if doc.Type != name {
			t.Errorf("the document of %s is of %s", name, doc.Type)
		}
		checkSpans(t, doc, doc.Root, name)
	}
	doc, err := Load("microsoft.compute/VIRTUALMACHINESCALESETS")
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := doc.Root.Find("sku.capacity").At(0); !ok || f.Kind != Integer {
		t.Errorf("sku.capacity in %s: %v", doc.Versions[0], f)
	}
}

func checkSpans(t *testing.T, doc *Document, p *Property, path string) {
	for _, c := range p.Properties {
		last := -1
		for _, f := range c.Facets() {
			if f.Since <= last || f.Until < f.Since || f.Until >= len(doc.Versions) || f.Kind == "" {
				t.Errorf("%s.%s: span %v", path, c.Name, f)
			}
			last = f.Until
		}
		checkSpans(t, doc, c, path+"."+c.Name)
	}
}

func TestLoadUnknown(t *testing.T) {
	if _, err := Load("Microsoft.Sample/things"); err != ErrNoDocument {
		t.Errorf("got %v, want ErrNoDocument", err)
	}
}

func TestFindType(t *testing.T) {
	known, ok := FindType("microsoft.compute/virtualmachines/EXTENSIONS")
	if !ok || known.Type != "Microsoft.Compute/virtualMachines/extensions" || !slices.Contains(known.Versions, "2015-06-15") {
		t.Errorf("got %v, %v", known, ok)
	}
	for _, name := range []string{"Microsoft.Compute/virtualMachine", "Microsoft.Compute", "", "Nobody.Nothing/x"} {
		if known, ok := FindType(name); ok {
			t.Errorf("FindType(%q) = %v", name, known)
		}
	}
}

func TestProviders(t *testing.T) {
	all := Providers()
	if len(all) < 200 || !slices.Contains(all, "Microsoft.Network") {
		t.Errorf("%d providers", len(all))
	}
	for _, p := range all {
		if len(ProviderTypes(p)) == 0 {
			t.Errorf("no types of %s", p)
		}
	}
	if ProviderTypes("Nobody.Nothing") != nil {
		t.Error("types of a provider that does not exist")
	}
}

func TestOwn(t *testing.T) {
	for _, name := range []string{"template", "resource", "parameters"} {
		doc, err := Own(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkSpans(t, doc, doc.Root, name)
	}
	if _, err := Own("nothing"); err != ErrNoDocument {
		t.Errorf("got %v, want ErrNoDocument", err)
	}
}
