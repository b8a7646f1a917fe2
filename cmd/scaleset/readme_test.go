package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/app/cli"
)

//go:generate go test . -run TestReadme -update

// TestReadme runs the console blocks of the README in testdata/readme and
// compares what they print. go generate ./cmd/scaleset
// rewrites them.
func TestReadme(t *testing.T) {
	const readme = "../../README.md"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "```console\n")
	if len(blocks) < 2 {
		t.Fatal("the README shows no output")
	}
	for i, block := range blocks[1:] {
		shown, rest, _ := strings.Cut(block, "```")
		got := console(t, shown)
		if diff := cmp.Diff(shown, got); diff != "" && !*update {
			t.Errorf("the README shows another output (-README +real):\n%s", diff)
		}
		blocks[i+1] = got + "```" + rest
	}
	if *update {
		if err := os.WriteFile(readme, []byte(strings.Join(blocks, "```console\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// console runs the lines of a block that begin with "$ scaleset" and gives the
// block as it should be.
func console(t *testing.T, block string) string {
	dir, err := filepath.Abs(filepath.Join("testdata", "readme"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for line := range strings.Lines(block) {
		args, ok := strings.CutPrefix(strings.TrimSpace(line), "$ scaleset ")
		if !ok {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(line)
		app := &cli.App{
			In: strings.NewReader(""), Out: &out, Err: &out, Dir: dir, Version: "v0.0.0",
			Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Unix(0, 0) },
		}
		cli.Main(context.Background(), app, strings.Fields(args))
	}
	return out.String()
}
