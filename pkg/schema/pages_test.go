package schema

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestPages executes the page of each kind: its Bad block gives exactly its
// Output, its Good block nothing.
func TestPages(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(string(k.Code), func(t *testing.T) {
			page := k.Doc()
			if !strings.HasPrefix(page, "# "+string(k.Code)+" "+k.Name+"\n") {
				t.Fatalf("the page of %s is missing or has another title", k.Code)
			}
			got := output(Check(resourcesOf(t, "azuredeploy.json", "["+section(t, page, "Bad")+"]")))
			if golden.Update() {
				rewrite(t, k, page, got)
			} else if diff := cmp.Diff(section(t, page, "Output"), got); diff != "" {
				t.Errorf("Output of the page (-page +found):\n%s", diff)
			}
			if !strings.Contains(got, string(k.Code)) {
				t.Error("the Bad block does not show the kind")
			}
			if got := output(Check(resourcesOf(t, "azuredeploy.json", "["+section(t, page, "Good")+"]"))); strings.Contains(got, string(k.Code)) {
				t.Errorf("the Good block gives a finding:\n%s", got)
			}
		})
	}
}

// section is the fenced block of a section.
func section(t *testing.T, page, name string) string {
	t.Helper()
	_, rest, _ := strings.Cut(page, "\n## "+name+"\n")
	_, rest, _ = strings.Cut(rest, "```")
	_, rest, _ = strings.Cut(rest, "\n")
	body, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatalf("the page has no block in %s", name)
	}
	return body
}

func output(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
		if d.Detail != "" {
			fmt.Fprintf(&b, "  %s\n", d.Detail)
		}
	}
	return b.String()
}

func rewrite(t *testing.T, k Kind, page, got string) {
	t.Helper()
	before, rest, _ := strings.Cut(page, "\n## Output\n")
	_, after, _ := strings.Cut(rest, "\n## Good\n")
	name := "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md"
	if err := os.WriteFile(name, []byte(before+"\n## Output\n\n```text\n"+got+"```\n\n## Good\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
