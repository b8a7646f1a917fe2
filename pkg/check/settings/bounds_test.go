package settings

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestMistakesAreBounded counts how often it is looked for what a wrong name means.
func TestMistakesAreBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("rules:\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "  wrong-%d: off\n", i)
	}
	asked := 0
	checks := Checks{Rule: func(string, string) string { asked++; return "no rule is called that" }}
	_, err := parse(source.NewFile("s.yaml", []byte(text.String())), checks, nil)
	if err == nil || !strings.Contains(err.Error(), "more than 100 errors") {
		t.Errorf("the mistakes are not bounded: %.200v", err)
	}
	if asked > 110 {
		t.Errorf("%d names were looked for, want about 100", asked)
	}
}

// TestMistakesOfAllKindsAreBounded has mistakes that are found in several ways, also in
// files that are included, and one that quotes a long value.
func TestMistakesOfAllKindsAreBounded(t *testing.T) {
	included := source.NewFile("r.yaml", []byte("custom-rules:\n"+strings.Repeat("- {severity: high}\n", 90)))
	for name, text := range map[string]string{
		"suppressions": "suppress:\n" + strings.Repeat("- {until: 2026-01-01}\n", 5000),
		"paths":        "paths:\n" + strings.Repeat("- {}\n", 900),
		"includes":     "include:\n" + strings.Repeat("- r.yaml\n- r2.yaml\n- r3.yaml\n", 1),
		"a long value": "fail-on: " + strings.Repeat("9", 100_000) + "\n",
	} {
		open := func(string) (*source.File, string) { return included, "" }
		_, err := parse(source.NewFile("s.yaml", []byte(text)), Checks{}, open)
		if err == nil {
			t.Errorf("%s: no mistakes", name)
		} else if n := len(err.Error()); n > 12_000 || name != "a long value" && !strings.Contains(err.Error(), "more than 100 errors") {
			t.Errorf("%s: %d bytes: %.300s", name, n, err)
		}
	}
}

// TestPatternsAreBounded has patterns of few bytes with many alternatives, in
// each place that takes patterns, and together.
func TestPatternsAreBounded(t *testing.T) {
	const braces = "'{*,**,?}{*,**,?}{*,**,?}{*,**,?}{*,**,?}{*,**,?}z'" // 729 x 49 bytes
	for name, tt := range map[string]struct {
		text, want string
	}{
		"exclude":  {"exclude:\n" + strings.Repeat("- "+braces+"\n", 2), "s.yaml:3:3: with this pattern, the patterns of the settings have more than 64 KB together"},
		"one":      {"exclude: " + braces + "\n", ""},
		"together": {"exclude: " + braces + "\npaths:\n- {match: " + braces + ", fail-on: error}\n", "s.yaml:3:11: with this pattern"},
		"suppress": {"exclude: " + braces + "\nsuppress:\n- {rules: SS1001, reason: r, paths: [" + braces + "]}\n", "s.yaml:3:38: with this pattern"},
		"types":    {"exclude: " + braces + "\ncustom-rules:\n- {code: ORG1, name: a-b, assert: 'true', message: m, for: 'M/{a,b}" + strings.Repeat("{a,b}", 8) + strings.Repeat("x", 30) + "'}\n", "s.yaml:1:10: with this pattern"},
		"many":     {"exclude:\n" + strings.Repeat("- 'some/folder/of/a/project/t*.json'\n", 1800), ""},
	} {
		_, err := parse(source.NewFile("s.yaml", []byte(tt.text)), Checks{Rule: func(string, string) string { return "" }}, nil)
		if got := fmt.Sprint(err); tt.want == "" && err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
