package funcs_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
)

func benchmark(b *testing.B, name string, args ...value.Value) {
	b.Helper()
	f, ok := funcs.Lookup(name)
	if !ok {
		b.Fatal("no function ", name)
	}
	c := &funcs.Call{Context: world, Args: args}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Apply(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUniqueString(b *testing.B) {
	benchmark(b, "uniqueString", value.String("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/oracle-rg"), value.String("web"))
}

func BenchmarkFormat(b *testing.B) {
	benchmark(b, "format", value.String("{0}-{1:D3}-{2,8}"), value.String("web"), value.Int(7), value.String("x"))
}

func BenchmarkConcat(b *testing.B) {
	benchmark(b, "concat", value.String("web"), value.String("-"), value.Int(12))
}

func BenchmarkResourceID(b *testing.B) {
	benchmark(b, "resourceId", value.String("Microsoft.Network/virtualNetworks/subnets"), value.String("vnet"), value.String("subnet"))
}

func BenchmarkLessText(b *testing.B) {
	benchmark(b, "less", value.String("Standard_A1"), value.String("standard_a2"))
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		funcs.Lookup("RESOURCEID")
	}
}
