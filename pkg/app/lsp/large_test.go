package lsp

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestLargeDocuments wants bounded work where a document is as large as the
// service takes, whatever is in it.
func TestLargeDocuments(t *testing.T) {
	s, _ := serverFor(t, t.TempDir())
	fill := func(unit string) string { return strings.Repeat(unit, (longestDocument-600_000)/len(unit)) }
	var names, resources strings.Builder
	for i := range 25_000 {
		fmt.Fprintf(&names, `"a%d": { "type": "int" },`, i)
		fmt.Fprintf(&resources, `{"type": "Microsoft.Network/virtualNetworks", "name": "[concat('a', '%d')]"},`, i)
	}
	for name, text := range map[string]string{
		"names":     shop("OUTPUT", `[parameters('¦')]`, `"parameters": {`, `"parameters": {`+names.String()),
		"resources": shop("DEPENDS", `"¦"`, `"resources": [`, `"resources": [`+resources.String()),
		"quotes":    shop("INSIDE", `"¦`+fill("\"[\n")),
		"nesting":   shop("OUTPUT", `[`+fill("concat(")+`¦]`),
		"dots":      shop("OUTPUT", `[`+fill("a.")+`¦]`),
		"strings":   shop("OUTPUT", `[`+fill("''")+`¦]`),
		"selected":  shop("OUTPUT", `[parameters('size').¦`+fill("parameters('size').")+`]`),
		"arrays":    shop("INSIDE", `"¦": `+fill("[")+`,`),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		offersAt(t, s, "file:///templates/a.json", text)
		runtime.ReadMemStats(&after)
		took := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%s: %d MB", name, took)
		if took > 128 {
			t.Errorf("%s: a completion allocates %d MB", name, took)
		}
	}
}
