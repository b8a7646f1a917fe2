package custom

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestGrowth evaluates what grows without bounds in one call: values whose parts
// share their parts, and texts that are a product of others. The first ones took
// years, the others gigabytes.
func TestGrowth(t *testing.T) {
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "variables": { "v": "` + strings.Repeat("x", 900_000) + `" }, "resources": [{ "type": "a.b/c", "apiVersion": "2020-01-01", "name": "n" }]}`
	lists := "[1]" + strings.Repeat(".map(a, [a, a, a, a, a, a, a, a])", 12)
	objects := "[{'a': 'b'}]" + strings.Repeat(".map(a, {'a': a, 'b': a, 'c': a, 'd': a})", 14)
	for _, e := range []string{
		"[" + lists + "].all(x, x == x)", "[" + lists + "].all(x, !(x != x))", "[" + lists + "].all(x, x in [1, x])", "[dyn(" + objects + ")].all(x, x == x)",
		"[" + lists + "].all(x, optional.of(x) == optional.of(x))", "'%s'.format([" + lists + "]) == ''", "'%s'.format([" + objects + "]) == ''",
		"variables.v.replace('x', '" + strings.Repeat("y", 3000) + "') == ''", "variables.v.replace('', 'yyyyyyy') == ''",
		"[" + strings.Repeat("variables.v, ", 200) + "''].join() == ''", "['a', 'b', 'c', 'd'].join(variables.v) == ''", "'%s%s'.format([variables.v, variables.v]) == ''",
		"variables.v.matches('^(x?){190}(x*x*x*x*)*y$')", "variables.v.matches('^(x?){190}(x*x*x*x*)*' + 'y$')",
	} {
		rules, mistakes := Compile(declared(t, one("assert: \""+e+"\"\nmessage: m")))
		if len(mistakes) > 0 {
			t.Errorf("%.60s: %v", e, mistakes)
			continue
		}
		view := viewOf(t, text, nil)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := found(t, rules, view)
		runtime.ReadMemStats(&after)
		if want := fmt.Sprintf("it needs more than %d steps here", maxCost); !strings.Contains(got, want) {
			t.Errorf("%.60s: %.300s", e, got)
		}
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 100 {
			t.Errorf("%.60s: took %d MB", e, mb)
		}
	}
}

// TestGrowingFunctions has the same results as the library.
func TestGrowingFunctions(t *testing.T) {
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "variables": { "v": "web-1" }, "resources": [{ "type": "a.b/c", "apiVersion": "2020-01-01", "name": "n" }]}`
	for e, want := range map[string]string{
		"variables.v.replace('e', 'oo') == 'woob-1'": "", "variables.v.replace('e', 'oo', 0) == variables.v": "", "variables.v.replace('-', '', -1) == 'web1'": "",
		"['a', variables.v].join() == 'aweb-1'": "", "['a', variables.v].join('-') == 'a-web-1'": "", "'%s %d %.2f'.format([variables.v, 3, 1.5]) == 'web-1 3 1.50'": "",
		"variables.v.matches('^web-[0-9]$')": "", "matches(variables.v, '^we' + 'b')": "", "!variables.v.matches('^eb')": "", "'%s'.format([[1, {'a': 'b'}]]) == '[1, {a: b}]'": "",
		"optional.of(1) == optional.of(1) && optional.of([1]) != optional.of([2]) && optional.of(1) != optional.none() && optional.none() == optional.none()": "",
		"variables.v.matches('(' + variables.v)": "missing closing )", "dyn(variables.v).matches(dyn(1))": "no such overload", "dyn(1).replace('a', 'b') == ''": "no such overload",
		"variables.v.matches('x{1000}{2}')": "invalid matches argument",
	} {
		rules, mistakes := Compile(declared(t, one("assert: \""+e+"\"\nmessage: m")))
		got := fmt.Sprint(mistakes)
		if len(mistakes) == 0 {
			got = found(t, rules, viewOf(t, text, nil))
		}
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %s", e, got)
		}
	}
}
