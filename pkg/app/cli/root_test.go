package cli

import (
	"strings"
	"testing"
)

// TestCommandsAlone holds the list of commands to their names, and the tree with
// one command to the whole tree.
func TestCommandsAlone(t *testing.T) {
	whole := newRootCmd(&App{}, "")
	for _, c := range commands() {
		alone := newRootCmd(&App{}, c.name)
		if all := alone.Commands(); len(all) != 1 || all[0].Name() != c.name {
			t.Errorf("%s: %d commands", c.name, len(all))
			continue
		}
		among, _, err := whole.Find([]string{c.name})
		if err != nil {
			t.Fatal(err)
		}
		if want, got := among.UsageString(), alone.Commands()[0].UsageString(); got != want {
			t.Errorf("%s: the usage is\n%s\nwant\n%s", c.name, got, want)
		}
	}
	for line, want := range map[string]string{"": "", "lint": "lint", "lint version": "lint", "--quiet lint": "", "help lint": "", "completion bash": "", "lin": ""} {
		if got := alone(strings.Fields(line)); got != want {
			t.Errorf("alone(%q) is %q, want %q", line, got, want)
		}
	}
}
