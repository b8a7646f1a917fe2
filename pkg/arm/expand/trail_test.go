package expand

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/eval"
)

// TestTrailOfComputedValue follows the hops of the value itself, then those of
// what it was computed from.
func TestTrailOfComputedValue(t *testing.T) {
	size := &eval.Origin{Hop: "default of parameter size"}
	name := &eval.Origin{Parts: []*eval.Origin{{Hop: "parameter size", From: size}, {Hop: "parameter index"}}}
	n := &Node{Origin: &eval.Origin{Hop: "variable name", From: name, Parts: name.Parts}}
	var got []string
	for _, s := range n.Trail() {
		got = append(got, s.Message)
	}
	want := []string{"variable name", "parameter size", "default of parameter size", "parameter index"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
