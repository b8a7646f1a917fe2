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
