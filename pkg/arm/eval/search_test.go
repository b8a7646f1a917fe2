package eval_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// ladder returns an origin that has the one below it as two parts, n steps
// high: 2^n paths lead to its foot.
func ladder(foot *eval.Origin, n int) *eval.Origin {
	o := foot
	for range n {
		o = &eval.Origin{Parts: []*eval.Origin{o, o}}
	}
	return o
}

// TestSearch wants a search to check each origin once.
func TestSearch(t *testing.T) {
	foot := (&eval.Origin{}).Through(diag.Step{Kind: diag.ParameterStep, Name: "p"})
	top := ladder(foot, 200)
	looks := 0
	find := func(name string) *eval.Search {
		return eval.NewSearch(func(o *eval.Origin) bool {
			looks++
			return o.Hop.Kind == diag.ParameterStep && o.Hop.Name == name
		})
	}
	for name, want := range map[string]bool{"p": true, "q": false} {
		looks = 0
		s := find(name)
		for range 3 {
			if got := s.Any(top); got != want {
				t.Errorf("parameter %s is found: %v, want %v", name, got, want)
			}
		}
		if looks > 202 {
			t.Errorf("parameter %s: %d looks at 202 origins", name, looks)
		}
		if s.Any(nil) {
			t.Error("something is found in nothing")
		}
	}
	// A long chain does not use the stack.
	chain := foot
	for range 1_000_000 {
		chain = chain.Through(diag.Step{})
	}
	if !find("p").Any(chain) {
		t.Error("the end of a long chain is not found")
	}
	// A part that matches is found behind one that does not.
	pair := &eval.Origin{Parts: []*eval.Origin{{}, nil, ladder(&eval.Origin{}, 2), ladder(foot, 2)}}
	if !find("p").Any(pair) || find("q").Any(pair) {
		t.Error("one of several parts is not found, or one that is not there is")
	}
}
