package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
)

// TestInitializers keeps work out of the start of the process: every command waits for
// what the packages do before main. The figures of the runtime are exact.
func TestInitializers(t *testing.T) {
	const most = 6000 // bytes that the initializers of a package allocate
	cmd := exec.Command("scaleset", "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// init internal/bytealg @0.008 ms, 0 ms clock, 0 bytes, 0 allocs
	lines := regexp.MustCompile(`(?m)^init (\S+) @.* (\d+) bytes, \d+ allocs$`).FindAllStringSubmatch(string(out), -1)
	if len(lines) < 20 {
		t.Fatalf("the runtime lists %d packages: %s", len(lines), out)
	}
	ours := regexp.MustCompile(`^github\.com/scaleset/scaleset/(pkg|schemas)\b`)
	for _, l := range lines {
		if n, _ := strconv.Atoi(l[2]); ours.MatchString(l[1]) && n > most {
			t.Errorf("%s allocates %d bytes when the program starts, more than %d: compute it when it is needed (package lazy)", l[1], n, most)
		}
	}
}
