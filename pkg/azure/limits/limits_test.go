package limits_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestSpread wants Most to be one less than the smallest number for which an
// account is too full.
func TestSpread(t *testing.T) {
	for _, names := range []string{"a", "ab", "aab", "aabbb", "a-", "--", "abcab", "aaaaaab"} {
		var containers []vmss.Container
		for _, c := range names {
			c := vmss.Container{Account: string(c)}
			if c.Account == "-" {
				c.Account = "" // unknown
			}
			containers = append(containers, c)
		}
		s := limits.AccountsOf(containers)
		for each := range 50 {
			most := s.Most(each)
			_, at := s.Fullest(most)
			_, above := s.Fullest(most + 1)
			if at > each || above <= each {
				t.Errorf("%s, %d each: %d hold %d, %d hold %d", names, each, most, at, most+1, above)
			}
		}
	}
}

// TestGroupSize wants package placement, which does not import guidance, to use
// the documented size of placement groups.
func TestGroupSize(t *testing.T) {
	if got, want := placement.GroupSize, guidance.Get(guidance.PlacementGroupMax).Limit; got != want {
		t.Errorf("placement.GroupSize is %d, guidance says %d", got, want)
	}
}

func TestWorst(t *testing.T) {
	all := []limits.Limit{
		{Name: "a", Max: 20, Severity: diag.Warning, Code: "SS1"}, {Name: "b", Max: 40, Severity: diag.Error, Code: "SS1"},
		{Name: "c", Max: 50, Severity: diag.Error, Code: "SS1"}, {Name: "d", Max: 30, Severity: diag.Warning, Code: "SS1", About: "pool"},
	}
	for n, want := range map[int][]string{20: {""}, 21: {"a", "a"}, 31: {"a", "a", "d"}, 41: {"b", "b", "d"}, 60: {"b", "b", "d"}} {
		worst, ok := limits.Worst(all, n)
		got := []string{worst.Name}
		for _, l := range limits.Exceeded(all, n) {
			got = append(got, l.Name)
		}
		if ok != (worst.Name != "") || len(got) != len(want) {
			t.Fatalf("%d: %v, want %v", n, got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%d: %v, want %v", n, got, want)
			}
		}
	}
}

// TestQuota wants the cores in use to count as the set itself as far as it is
// known to exist.
func TestQuota(t *testing.T) {
	row := quota.Row{Name: "cores", Limit: 100, Used: 40}
	ten := 10
	tests := []struct {
		name     string
		others   int
		certain  bool
		existing *int
		want     []limits.Limit
	}{
		{"nothing known", 0, true, nil, []limits.Limit{{Max: 50, Severity: diag.Error}, {Max: 30, Severity: diag.Warning}}},
		{"ten exist", 0, true, &ten, []limits.Limit{{Max: 40, Severity: diag.Error}}},
		{"others", 20, true, nil, []limits.Limit{{Max: 40, Severity: diag.Error}, {Max: 20, Severity: diag.Warning}}},
		{"perhaps another region", 0, false, nil, []limits.Limit{{Max: 30, Severity: diag.Warning}}},
		{"perhaps another region, ten exist", 0, false, &ten, []limits.Limit{{Max: 40, Severity: diag.Warning}}},
	}
	for _, tt := range tests {
		got := limits.QuotaLimits(row, 2, tt.others, tt.certain, tt.existing)
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v", tt.name, got)
			continue
		}
		for i := range got {
			if got[i].Max != tt.want[i].Max || got[i].Severity != tt.want[i].Severity || got[i].Says.ID != guidance.CoreQuota {
				t.Errorf("%s: %d %v, want %d %v", tt.name, got[i].Max, got[i].Severity, tt.want[i].Max, tt.want[i].Severity)
			}
		}
	}
}

// TestNames wants Names to list every constant that names a limit, because the
// tests of the commands rely on it.
func TestNames(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "limit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, d := range file.Decls {
		group, ok := d.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, s := range group.Specs {
			for _, v := range s.(*ast.ValueSpec).Values {
				name, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, name)
			}
		}
	}
	if diff := cmp.Diff(want, limits.Names()); diff != "" || len(want) == 0 {
		t.Errorf("constants and names (-constants +names):\n%s", diff)
	}
}
