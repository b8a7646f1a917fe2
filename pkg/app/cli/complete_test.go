package cli

import (
	"context"
	"strings"
	"testing"
)

func TestCompletion(t *testing.T) {
	tests := []struct {
		args []string
		want string // the first line
	}{
		{[]string{"lint", "--enable", "SS400"}, "SS4001"},
		{[]string{"lint", "--disable", "capacity-l"}, "capacity-limit"},
		{[]string{"lint", "--format", "sa"}, "sarif"},
		{[]string{"lint", "--fail-on", "n"}, "never"},
		{[]string{"simulate", "--guidance", "p"}, "preview"},
		{[]string{"version", "--color", "al"}, "always"},
		{[]string{"new", "linux-j"}, "linux-jumpbox"},
		{[]string{"explain", "SS500"}, "SS5001"},
		{[]string{"lint", "--enable", "SS4001,SS500"}, "SS4001,SS5001"},
		{[]string{"lint", "--disable", "SS4001,al"}, "SS4001,all"},
		{[]string{"rules", "--format", "m"}, "markdown"},
		{[]string{"config", "--as", "j"}, "json"},
		{[]string{"config", "--guidance", "p"}, "preview"},
		{[]string{"diff", "--fail-on", "re"}, "refused"},
		{[]string{"simulate", "--model", "p"}, "preview"},
		{[]string{"simulate", "--policy", "O"}, "OldestVM"},
		{[]string{"simulate", "--orchestration", "F"}, "Flexible"},
		{[]string{"graph", "--format", "m"}, "mermaid"},
		{[]string{"review", "--format", "h"}, "html"},
	}
	for _, tt := range tests {
		app, out, errs := testApp(t)
		if code := Main(context.Background(), app, append([]string{"__complete"}, tt.args...)); code != ExitClean {
			t.Fatalf("%v: exit code %d: %s", tt.args, code, errs)
		}
		line, _, _ := strings.Cut(out.String(), "\n")
		if got, _, _ := strings.Cut(line, "\t"); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.args, got, tt.want)
		}
	}
}

// TestFormatsComplete wants the words of every --format and --as, the default
// among them; each is taken by the command.
func TestFormatsComplete(t *testing.T) {
	app, _, _ := testApp(t)
	for _, cmd := range newRootCmd(app, "").Commands() {
		for _, name := range []string{"format", "as"} {
			f := cmd.Flags().Lookup(name)
			if f == nil || cmd.Name() == "lint" || cmd.Name() == "config" && name == "format" {
				continue
			}
			words := wordsOf(f)
			if len(words) < 2 {
				t.Errorf("%s --%s completes %q", cmd.Name(), name, words)
			}
			for _, word := range words {
				app, _, errs := testApp(t)
				Main(context.Background(), app, []string{cmd.Name(), "--" + name, word, "none.json", "/x"})
				if strings.Contains(errs.String(), "unknown value") {
					t.Errorf("%s --%s %s: %s", cmd.Name(), name, word, errs)
				}
			}
		}
	}
}
