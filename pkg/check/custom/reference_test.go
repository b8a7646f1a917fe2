package custom

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

//go:generate go test . -run TestReference -update

// TestReference compares the tables of docs/policy.md with the variables and the
// members of their types.
func TestReference(t *testing.T) {
	name := filepath.Join(golden.Root(t), "docs", "policy.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- The variables, by go generate ./pkg/check/custom. -->\n", "<!-- The end of the variables. -->\n"
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, found := strings.Cut(rest, end)
	if !ok || !found {
		t.Fatal("the page has no place for the variables")
	}
	want := before + begin + "\n" + reference() + "\n" + end + after
	if diff := cmp.Diff(want, string(text)); diff != "" {
		if !updating() {
			t.Fatalf("docs/policy.md is stale; run go generate ./pkg/check/custom:\n%s", diff)
		}
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// updating reports the flag that package golden declares.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

func reference() string {
	var b strings.Builder
	b.WriteString("| Variable | Type | Value |\n| --- | --- | --- |\n")
	for _, v := range Variables() {
		doc := v.Doc
		switch {
		case v.ScaleSets:
			doc += "; with `for: scale-sets` only"
		case v.Resources:
			doc += "; not with `for: deployment`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", v.Name, v.Type, doc)
	}
	last := ""
	for _, f := range Fields() {
		if f.Type != last {
			last = f.Type
			fmt.Fprintf(&b, "\n| %s | Type | Value |\n| --- | --- | --- |\n", f.Type)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Name, f.Kind, f.Doc)
	}
	return b.String()
}
