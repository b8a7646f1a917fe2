package needs_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/capacity/need"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// table has a row of each kind of text, and more moments than a line holds.
func table(capacities ...int) need.Table {
	demands := []limits.Demand{
		{Kind: limits.DemandInstances, Each: 1, Per: 1, Total: 100},
		{Kind: limits.DemandCores, About: "standardDSv5Family", Each: 2, Per: 1, Total: 350, Taken: 20, TakenNow: true},
		{Kind: limits.DemandAddresses, About: "subnet =HYPERLINK(1)\x1b[2J", Each: 1, Per: 1, Total: 59, Taken: 4, Surplus: true},
		{Kind: limits.DemandGroups, Each: 1, Per: 100, Total: -1},
	}
	var moments []need.Moment
	for _, n := range capacities {
		m := need.At(nil, n)
		m.Surplus = 3
		moments = append(moments, m)
	}
	moments[0].Label = "now"
	return need.Of(demands, nil, moments)
}

const want = `needs                                          each     now 10          55  available
instances                                         1         10          55  100
cores of standardDSv5Family                       2         20         110  350, 20 in use
addresses in subnet =HYPERLINK(1)␛[2J          1    10 (13)     55 (58)  59, 4 for others
placement groups                              1/100          1           1  not known`

func TestLines(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	got := needs.Lines(table(10, 55), 100)
	for i, line := range strings.Split(want, "\n") {
		if squeeze(got[i]) != squeeze(line) {
			t.Errorf("line %d: %q, want %q", i, got[i], line)
		}
	}
	var many []int
	for n := range 100 {
		many = append(many, n*10)
	}
	lines := needs.Lines(table(many...), 80)
	for _, line := range lines {
		if render.Width(line) > 80 {
			t.Errorf("%d columns: %s", render.Width(line), line)
		}
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "and ") {
		t.Errorf("the last line is %q", last)
	}
}

// TestRecords: a cell is no formula and moves no cursor.
func TestRecords(t *testing.T) {
	for _, r := range needs.Records("=set", table(10)) {
		for _, cell := range r {
			if strings.HasPrefix(cell, "=") || strings.Contains(cell, "\x1b") {
				t.Errorf("a cell is %q", cell)
			}
		}
	}
}

// TestSentence: what is the same at all moments is one sentence, singular where
// there is one.
func TestSentence(t *testing.T) {
	demands := []limits.Demand{{Kind: limits.DemandInstances, Each: 1, Per: 1, Total: 9}, {Kind: limits.DemandAddresses, About: "subnet a", Each: 1, Per: 1, Total: 9}, {Kind: limits.DemandGroups, Each: 1, Per: 100, Total: -1}}
	got, ok := needs.Sentence(need.Of(demands, nil, []need.Moment{need.At(nil, 1), need.At(nil, 1)}))
	if want := "1 instance, 1 address in subnet a, 1 placement group"; !ok || got != want {
		t.Errorf("%q, %v; want %q", got, ok, want)
	}
	for _, moments := range [][]need.Moment{{need.At(nil, 1), need.At(nil, 2)}, {need.At(nil, 10), need.At(nil, 10)}} {
		if got, ok := needs.Sentence(need.Of(demands, nil, moments)); ok {
			t.Errorf("%v are one sentence: %s", moments, got)
		}
	}
}
