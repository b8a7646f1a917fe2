package eval_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func BenchmarkEval(b *testing.B) {
	for _, bb := range []struct{ name, in string }{
		{"literal", "['text']"},
		{"parameter", "[parameters('count')]"},
		{"concat", "[concat('https://', variables('sfx'), parameters('sizes')[0], '.example.net/', add(copyIndex(), 1))]"},
		{"residual", "[concat('https://', reference('vm').host, '/', add(copyIndex(), 1))]"},
		{"lambda", "[map(range(0, 100), lambda('i', add(lambdaVariables('i'), 1)))]"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			n, diags := expr.Parse(bb.in, source.Map{})
			if len(diags) > 0 {
				b.Fatal(diags)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := eval.Eval(n, template); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
