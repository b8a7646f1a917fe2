package funcs_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

//go:generate go test . -run TestDocs -update

// TestDocs wants docs/functions.md to match the table (go generate writes it).
func TestDocs(t *testing.T) {
	families := map[string][]*funcs.Func{}
	for _, f := range funcs.All() {
		families[f.Family] = append(families[f.Family], f)
	}
	names := make([]string, 0, len(families))
	for name := range families {
		names = append(names, name)
	}
	slices.Sort(names)

	var b bytes.Buffer
	fmt.Fprintf(&b, "# Functions\n\nAfter reading this page, you know what each of the %d functions of the template language returns.\nEach name links to its documentation.\n", len(funcs.All()))
	for _, name := range names {
		title := strings.ToUpper(name[:1]) + name[1:]
		if name == "cidr" {
			title = "CIDR"
		}
		fmt.Fprintf(&b, "\n## %s\n\n| Function | Result |\n| --- | --- |\n", title)
		for _, f := range families[name] {
			fmt.Fprintf(&b, "| [`%s`](%s) | %s |\n", signature(f), f.Source, f.Doc)
		}
	}
	golden.Equal(t, golden.Root(t)+"/docs/functions.md", b.Bytes())
}

// signature returns a call of f with its parameters; brackets mark optional
// ones.
func signature(f *funcs.Func) string {
	var parts []string
	for i, p := range f.Params {
		s := p.Name + ": " + strings.ReplaceAll(p.Type, "|", " or ")
		if f.Variadic && i == len(f.Params)-1 {
			s += ", ..."
		}
		if i >= f.Min {
			s = "[" + s + "]"
		}
		parts = append(parts, s)
	}
	return f.Name + "(" + strings.Join(parts, ", ") + ")"
}
