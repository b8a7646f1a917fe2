package eval_test

import (
	"errors"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// FuzzEval checks that every expression ends, with a value or with a mistake
// inside the text, and that a remaining expression can be parsed again.
func FuzzEval(f *testing.F) {
	for _, seed := range []string{
		"[concat('a', parameters('count'), reference('x').y)]", "[if(parameters('secret'), 1, copyIndex())]",
		"[map(range(0, 9), lambda('i', createArray(lambdaVariables('i'), reference('vm').z)))]",
		"[tryGet(variables('o'), 'list', 0)]", "[union(createObject('a', 1), variables('o'))]", "[acme.twice(acme.twice(1))]",
		"[sort(parameters('sizes'), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]",
		"[padLeft('x', 99999999)]", "[replace('aaaa', 'a', 'bbbb')]", "[format('{0:N2} {1}', 5, 'x')]",
		"[createObject(reference('x').y, 1)['a b'][0]]", "[json('{\"a\": [1, 2.5, null]}').A[1]]", "[and(true(), reference('x').y, 1)]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("t.json", []byte(text))
		n, diags := expr.Parse(text, source.NewMap(file, 0).Map(len(text), len(text)))
		if diags.HasErrors() {
			return
		}
		p, err := eval.Eval(n, template)
		var e *eval.Error
		switch {
		case err == nil:
			checkResidual(t, p.Value)
		case errors.As(err, &e):
			if !n.Range().Contains(e.At) {
				t.Errorf("mistake at %d-%d outside of the expression: %s", e.At.Start, e.At.End, e.Summary)
			}
		case !errors.Is(err, eval.ErrReported):
			t.Errorf("%T is not a mistake of the user: %v", err, err)
		}
	})
}

func checkResidual(t *testing.T, v value.Value) {
	u, ok := v.(value.Unknown)
	if !ok {
		return
	}
	if u.Reason == "" {
		t.Errorf("no reason for %s", u.Residual)
	}
	text := "[" + u.Residual + "]"
	if len(text) > expr.MaxLength {
		return
	}
	if _, diags := expr.Parse(text, source.Map{}); diags.HasErrors() {
		t.Errorf("the rest %s cannot be read: %s", text[:min(len(text), 200)], diags[0].Summary)
	}
}
