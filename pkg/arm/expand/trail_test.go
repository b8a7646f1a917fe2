package expand

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestTrailOfComputedValue wants the steps of the value itself before those of
// the values that it was computed from.
func TestTrailOfComputedValue(t *testing.T) {
	size := &eval.Origin{Hop: diag.Step{Kind: diag.DefaultStep, Name: "size"}}
	name := &eval.Origin{Parts: []*eval.Origin{{Hop: diag.Step{Kind: diag.ParameterStep, Name: "size"}, From: size}, {Hop: diag.Step{Kind: diag.ParameterStep, Name: "index"}}}}
	n := &Node{origin: &eval.Origin{Hop: diag.Step{Kind: diag.VariableStep, Name: "name"}, From: name, Parts: name.Parts}}
	var got []string
	for _, s := range n.Trail() {
		got = append(got, trail.Sentence(s))
	}
	want := []string{"variable name", "parameter size", "default of parameter size", "parameter index"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
