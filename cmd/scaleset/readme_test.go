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

//go:generate go test . -run TestReadme|TestQuestions -update

// TestReadme runs the console blocks of the README in testdata/readme and
// compares what they print. go generate ./cmd/scaleset
// rewrites them and those of docs/questions.md.
func TestReadme(t *testing.T) {
	if n := consolePage(t, "../../README.md", "readme"); n == 0 {
		t.Error("the README shows no output")
	}
}

// TestQuestions runs the commands of docs/questions.md in testdata/questions: each
// heading is a question, with the one command that answers it.
func TestQuestions(t *testing.T) {
	const page = "../../docs/questions.md"
	commands := consolePage(t, page, "questions")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(text), "\n## ")[1:]
	if len(sections) != commands || commands < 28 {
		t.Errorf("the page has %d questions and %d commands, want one command for each of 28 questions or more", len(sections), commands)
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

// consolePage runs the console blocks of a page in a folder below testdata, and
// returns how many there are.
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
	dir, err := filepath.Abs(filepath.Join("testdata", folder))
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
