package eval_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// defined returns a scope whose values have ranges in a file of their own,
// where each text appears once.
func defined() testScope {
	f := source.NewFile("defs.json", []byte(`{"size": "A1", "zones": ["z1", "z2"], "sku": {"Name": "S1", "tier": "T1"}}`))
	at := func(text string) *eval.Origin {
		i := strings.Index(string(f.Bytes()), text)
		return &eval.Origin{At: f.Range(i, i+len(text))}
	}
	zones := at(`["z1", "z2"]`)
	zones.Items = []*eval.Origin{at(`"z1"`), at(`"z2"`)}
	sku := at(`{"Name": "S1", "tier": "T1"}`)
	sku.Members = map[string]*eval.Origin{"name": at(`"S1"`), "tier": at(`"T1"`)}
	size := eval.Placed{Value: value.String("A1"), Origin: at(`"A1"`)}
	s := testScope{
		parameters: map[string]eval.Placed{
			"size":  size,
			"zones": {Value: value.Array{value.String("z1"), value.String("z2")}, Origin: zones},
			"sku":   {Value: object("Name", value.String("S1"), "tier", value.String("T1")), Origin: sku},
		},
		variables: map[string]eval.Placed{},
	}
	// The variable "all" is written as [parameters('sku')].
	text := `[parameters('sku')]`
	v := source.NewFile("vars.json", []byte(text))
	n, _ := expr.Parse(text, source.NewMap(v, 0).Map(len(text), len(text)))
	s.variables["all"], _ = eval.Eval(n, s)
	return s
}

// way returns an origin as the text to change and the hops, nearest first.
func way(o *eval.Origin) string {
	if o == nil {
		return "here"
	}
	out := o.At.Text()
	for ; o != nil; o = o.From {
		if !o.Hop.IsZero() {
			out += " < " + trail.Sentence(o.Hop) + " at " + o.Hop.Place.Text()
		}
	}
	return out
}

func TestOrigins(t *testing.T) {
	tests := []struct{ in, want string }{
		{"['lit']", "here"},
		{"[add(1, 2)]", "here"},
		{"[parameters('size')]", `"A1" < parameter size at parameters('size')`},
		{"[parameters('sku').name]", `"S1" < parameter sku at parameters('sku')`},
		{"[variables('all').name]", `"S1" < variable all at variables('all') < parameter sku at parameters('sku')`},
		{"[variables('all')['tier']]", `"T1" < variable all at variables('all') < parameter sku at parameters('sku')`},
		{"[parameters('zones')[1]]", `"z2" < parameter zones at parameters('zones')`},
		{"[last(parameters('zones'))]", `"z2" < parameter zones at parameters('zones')`},
		{"[first(skip(parameters('zones'), 1))]", `"z2" < parameter zones at parameters('zones')`},
		{"[indexFromEnd(parameters('zones'), 2)]", `"z1" < parameter zones at parameters('zones')`},
		{"[if(true(), parameters('size'), 'A2')]", `"A1" < parameter size at parameters('size')`},
		{"[if(false(), parameters('size'), 'A2')]", `'A2'`},
		{"[coalesce(null(), parameters('size'))]", `"A1" < parameter size at parameters('size')`},
		{"[tryGet(parameters('sku'), 'tier')]", `"T1" < parameter sku at parameters('sku')`},
		{"[createArray('a', parameters('size'))[1]]", `"A1" < parameter size at parameters('size')`},
		{"[createArray('a', parameters('size'))[0]]", `'a'`},
		{"[createObject('k', parameters('size')).k]", `"A1" < parameter size at parameters('size')`},
		{"[concat(createArray(1), parameters('zones'))[2]]", `"z2" < parameter zones at parameters('zones')`},
		{"[union(createObject('tier', 'mine'), parameters('sku')).tier]", `"T1" < parameter sku at parameters('sku')`},
		{"[union(parameters('sku'), createObject('tier', 'mine')).tier]", `'mine'`},
		{"[array(parameters('size'))[0]]", `"A1" < parameter size at parameters('size')`},
		{"[first(take(parameters('zones'), 1))]", `"z1" < parameter zones at parameters('zones')`},
		{"[take(parameters('zones'), 2)[1]]", `"z2" < parameter zones at parameters('zones')`},
		{"[tryIndexFromEnd(parameters('zones'), 1)]", `"z2" < parameter zones at parameters('zones')`},
		{"[tryIndexFromEnd(parameters('zones'), 3)]", "here"},
		{"[array(parameters('zones'))[1]]", `"z2" < parameter zones at parameters('zones')`},
		{"[array('a')[0]]", "here"},
		{"[union(parameters('zones'), createArray('z3'))[1]]", `"z2" < parameter zones at parameters('zones')`},
		{"[union(parameters('zones'), createArray('z1'))[1]]", "here"}, // one of four was removed
		{"[concat(take(parameters('zones'), 1), skip(parameters('zones'), 1))[1]]", `"z2" < parameter zones at parameters('zones')`},
		{"[acme.twice(2)]", "here"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			p, err := evaluate(tt.in, defined())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, way(p.Origin)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestParts wants a computed value to list its inputs.
func TestParts(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"[concat('a', 'b')]", nil},
		{"[toLower(concat(parameters('size'), '-', variables('all').name))]", []string{
			`"A1" < parameter size at parameters('size')`,
			`"S1" < variable all at variables('all') < parameter sku at parameters('sku')`}},
		{"[concat(parameters('size'), reference('x').y)]", []string{`"A1" < parameter size at parameters('size')`}},
		{"[json(string(parameters('sku'))).tier]", []string{`{"Name": "S1", "tier": "T1"} < parameter sku at parameters('sku')`}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			p, err := evaluate(tt.in, defined())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, o := range p.Parts {
				got = append(got, way(o))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestOriginKeys wants a member of createObject to have the range of the name
// that is written there, and a member that is returned unchanged to keep its
// own.
func TestOriginKeys(t *testing.T) {
	in := "[createObject('k', 'v', toLower('L'), 'w')]"
	p, err := evaluate(in, defined())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Origin.Member("K").Key.Text(); got != "'k'" {
		t.Errorf("the key of k is %s", got)
	}
	if !p.Origin.Member("l").Key.IsZero() {
		t.Error("a name that is computed is written nowhere")
	}
}
