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

//go:generate go test . -run TestReadme|TestQuestions|TestPages|TestPicture -update

// TestReadme runs the console blocks of the README in examples/broken and
// compares their output. go generate ./cmd/scaleset rewrites them, those of the
// pages in docs, and the picture.
func TestReadme(t *testing.T) {
	if n := consolePage(t, "../../README.md", "../../examples/broken"); n == 0 {
		t.Error("the README shows no output")
	}
}

// TestPicture wants the picture of the README to be what the tool draws.
func TestPicture(t *testing.T) {
	const picture = "../../docs/preview.svg"
	var out, errs bytes.Buffer
	app := &cli.App{In: strings.NewReader(""), Out: &out, Err: &errs, Dir: "../../examples/current/zonal", Getenv: func(string) string { return "" }, Now: time.Now}
	if code := cli.Main(context.Background(), app, []string{"simulate", "azuredeploy.json", "--to", "9", "--format", "svg"}); code != cli.ExitClean {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	if *update {
		if err := os.WriteFile(picture, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("the picture of the README is stale (-picture +drawn); go generate ./cmd/scaleset:\n%s", diff)
	}
}

// TestQuestions runs the commands of docs/questions.md in testdata/questions:
// each heading is a question, answered by one command.
func TestQuestions(t *testing.T) {
	const page = "../../docs/questions.md"
	commands := consolePage(t, page, "testdata/questions")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(text), "\n## ")[1:]
	if len(sections) != commands || commands < 30 {
		t.Errorf("the page has %d questions and %d commands, want one command for each of 30 questions or more", len(sections), commands)
	}
	for _, section := range sections {
		title, rest, _ := strings.Cut(section, "\n")
		answer, _, _ := strings.Cut(rest, "```")
		switch {
		case !strings.HasSuffix(title, "?"):
			t.Errorf("%q is not a question", title)
		case len(strings.Fields(answer)) < 4:
			t.Errorf("%q has no answer in words", title)
		}
	}
}

// consolePage runs the console blocks of a page in a folder, and returns how many
// there are.
func consolePage(t *testing.T, page, folder string) int {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "```console\n")
	for i, block := range blocks[1:] {
		shown, rest, _ := strings.Cut(block, "```")
		got := console(t, folder, shown)
		if diff := cmp.Diff(shown, got); diff != "" && !*update {
			t.Errorf("%s shows another output (-page +real):\n%s", page, diff)
		}
		blocks[i+1] = got + "```" + rest
	}
	if *update {
		if err := os.WriteFile(page, []byte(strings.Join(blocks, "```console\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return len(blocks) - 1
}

// console runs the lines of a block that begin with "$ scaleset" and gives the
// block as it should be.
func console(t *testing.T, folder, block string) string {
	t.Helper()
	dir, err := filepath.Abs(folder)
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
		cli.Main(context.Background(), app, fields(args))
	}
	return out.String()
}
