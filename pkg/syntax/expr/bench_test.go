package expr_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const benchText = "[concat('https://', variables('sa')[0], '.blob.core.windows.net/', parameters('container').name, '/', add(copyIndex(), 1))]"

func BenchmarkParse(b *testing.B) {
	f := source.NewFile("t.json", []byte(benchText))
	m := source.NewMap(f, 0).Map(len(benchText), len(benchText))
	b.ReportAllocs()
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		if _, diags := expr.Parse(benchText, m); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}

func BenchmarkPrint(b *testing.B) {
	n, _ := parse(benchText)
	b.ReportAllocs()
	for b.Loop() {
		if expr.Print(n) == "" {
			b.Fatal("nothing printed")
		}
	}
}
