package lsp

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

type standard struct {
	io.Reader
	io.Writer
}

func (standard) Close() error { return os.Stdin.Close() }

// TestNeovimServer is the server that Neovim starts, on its standard streams; as
// a test of its own it does nothing.
func TestNeovimServer(t *testing.T) {
	if os.Getenv("SESSION_DIR") == "" {
		t.Skip("Neovim does not run")
	}
	_ = Serve(context.Background(), standard{os.Stdin, os.Stdout}, Config{Engine: engine.Config{Rules: rules.All()}, Version: "test"})
	os.Exit(0)
}

// TestNeovim plays a session through Neovim's own client, where it is installed.
func TestNeovim(t *testing.T) {
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("Neovim (nvim) is not installed")
	}
	folder := t.TempDir()
	for name, text := range sessionFiles {
		if strings.HasPrefix(name, "/w/") {
			text = strings.Replace(text, "overprovision", "misspelt", 1)
			if err := os.WriteFile(filepath.Join(folder, filepath.Base(name)), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	server, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "out.txt")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile testdata/neovim.lua")
	cmd.Env = append(os.Environ(), "SESSION_DIR="+folder, "SESSION_SERVER="+server, "SESSION_OUT="+out, "HOME="+folder, "XDG_STATE_HOME="+folder, "XDG_CACHE_HOME="+folder)
	printed, err := cmd.CombinedOutput()
	got, _ := os.ReadFile(out)
	if err != nil || len(got) == 0 {
		t.Fatalf("%v: %s", err, printed)
	}
	want := `finding SS2101 on line 6
finding SS3001 on line 21
definition on line 9
references 5
hover ` + "`7`" + `
highlights yes
signature mul(operand1 int, operand2 int)
lenses 7 instances
folds yes
renamed 3 left 0
in the parameter file yes
undone yes
after the correction SS2101
stopped true
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, printed)
	}
}
