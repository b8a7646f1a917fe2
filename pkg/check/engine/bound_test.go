package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestBoundedFindings wants a template with more mistakes than anybody reads to
// give the first of each kind, and to say that there are more.
func TestBoundedFindings(t *testing.T) {
	var list diag.List
	for i := range maxFindings + 5 {
		list.Add(diag.Diagnostic{Code: "SS2101", Summary: fmt.Sprint(i)})
	}
	list.Add(diag.Diagnostic{Code: "SS4001", Summary: "rare"})
	got := bounded(list)
	if len(got) != maxFindings+2 {
		t.Fatalf("%d findings are left, want %d", len(got), maxFindings+2)
	}
	if got[maxFindings-1].Summary != fmt.Sprint(maxFindings-1) || got[maxFindings].Code != "SS4001" {
		t.Errorf("not the first are left, or the rare one is lost: %v", got[maxFindings-1:])
	}
	last := got[len(got)-1]
	if last.Code != expand.CodeLimit || !strings.Contains(last.Summary, "more than 1000 findings SS2101") {
		t.Errorf("nothing says what is left out: %+v", last)
	}
}
