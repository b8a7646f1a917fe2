package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/app/cli"
)

// docsRoot is the root of the repository.
const docsRoot = "../.."

// generated are pages that a command generates; their own tests compare them.
var generated = []string{"docs/guidance.md", "docs/functions.md", "docs/requirements.md"}

// pages returns the pages that are written by hand, relative to the root.
func pages(t *testing.T) []string {
	t.Helper()
	all := []string{"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
	for _, pattern := range []string{"docs/*.md", "docs/json/README.md", "examples/*/README.md", "schemas/facts/README.md", "pkg/azure/*/facts/README.md"} {
		found, err := filepath.Glob(filepath.Join(docsRoot, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			rel, err := filepath.Rel(docsRoot, name)
			if err != nil {
				t.Fatal(err)
			}
			if rel = filepath.ToSlash(rel); !slices.Contains(generated, rel) {
				all = append(all, rel)
			}
		}
	}
	if len(all) < 20 {
		t.Fatalf("%d pages found", len(all))
	}
	return all
}

// A block is a fenced block of a page.
type block struct {
	language string
	line     int // of the opening fence
	text     string
	folder   string // folder in the last comment before it: <!-- Run in FOLDER. -->
	copied   bool   // the comment says "a copy of": the commands write files
}

var runIn = regexp.MustCompile(`^<!-- Run in (a copy of )?(\S+?)\.? -->$`)

// blocks returns the fenced blocks of a page.
func blocks(page string) (all []block) {
	var folder string
	var copied, inside bool
	for i, line := range strings.SplitAfter(page, "\n") {
		fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch m := runIn.FindStringSubmatch(strings.TrimSpace(line)); {
		case m != nil:
			folder, copied = m[2], m[1] != ""
		case isFence && !inside:
			all, inside = append(all, block{language: fence, line: i + 1, folder: folder, copied: copied}), true
		case isFence:
			inside = false
		case inside:
			all[len(all)-1].text += line
		}
	}
	return all
}

// TestPagesRun runs the console blocks of all pages, and compares what they
// print. TestReadme and TestQuestions run those of their pages.
func TestPagesRun(t *testing.T) {
	for _, name := range pages(t) {
		if name == "README.md" || name == "docs/questions.md" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(docsRoot, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		page := string(text)
		for _, b := range blocks(page) {
			if b.language != "console" {
				continue
			}
			if b.folder == "" {
				t.Errorf("%s:%d: no comment <!-- Run in FOLDER. --> says where the block runs", name, b.line)
				continue
			}
			folder := filepath.Join(docsRoot, filepath.FromSlash(b.folder))
			if b.copied {
				temp := t.TempDir()
				if err := os.CopyFS(temp, os.DirFS(folder)); err != nil {
					t.Fatal(err)
				}
				folder = temp
			}
			got := console(t, folder, b.text)
			if diff := cmp.Diff(b.text, got); diff != "" && !*update {
				t.Errorf("%s:%d: shows another output (-page +real):\n%s", name, b.line, diff)
			}
			page = strings.Replace(page, "```console\n"+b.text+"```", "```console\n"+got+"```", 1)
		}
		if *update && page != string(text) {
			if err := os.WriteFile(filepath.Join(docsRoot, filepath.FromSlash(name)), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestPagesBlocks holds that each block names its language, and is what it
// says: JSON and YAML that parse, settings that scaleset accepts, and shell
// commands that exist, with flags that exist and take those values.
func TestPagesBlocks(t *testing.T) {
	shell, _ := exec.LookPath("bash")
	commands := 0
	for _, name := range pages(t) {
		text, err := os.ReadFile(filepath.Join(docsRoot, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range blocks(string(text)) {
			fail := func(format string, args ...any) {
				t.Helper()
				t.Errorf("%s:%d: "+format, append([]any{name, b.line}, args...)...)
			}
			switch b.language {
			case "console", "go", "lua", "toml", "csv":
			case "text":
				if strings.Contains(b.text, "scaleset ") && name != "docs/library.md" {
					fail("a command in a block of text is not tested: use console or sh")
				}
			case "json":
				var v any
				if err := json.Unmarshal([]byte(b.text), &v); err != nil {
					fail("not JSON: %v", err)
				}
			case "yaml":
				var v any
				if err := yaml.Unmarshal([]byte(b.text), &v); err != nil {
					fail("not YAML: %v", err)
				}
			case "sh":
				if shell != "" {
					cmd := exec.Command(shell, "-n")
					cmd.Stdin = strings.NewReader(b.text)
					if out, err := cmd.CombinedOutput(); err != nil {
						fail("not a shell script: %s", out)
					}
				}
				for _, args := range invocations(b.text) {
					commands++
					if err := parse(args, true); err != nil {
						fail("scaleset %s: %v", strings.Join(args, " "), err)
					}
				}
			default:
				fail("the language of the block is %q; use one of: console, sh, json, yaml, csv, go, lua, toml, text", b.language)
			}
		}
	}
	if commands < 30 {
		t.Errorf("%d commands in blocks of sh, want 30 and more", commands)
	}
}

// TestPagesSettings holds that the example of docs/configuration.md is read
// without a finding.
func TestPagesSettings(t *testing.T) {
	text, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range blocks(string(text)) {
		if b.language != "yaml" {
			continue
		}
		n++
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, ".scaleset.yaml"), []byte(b.text), 0o644); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		app := &cli.App{In: strings.NewReader(""), Out: &out, Err: &out, Dir: folder, Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Unix(0, 0) }}
		if code := cli.Main(context.Background(), app, []string{"config"}); code != cli.ExitClean {
			t.Errorf("docs/configuration.md:%d: exit code %d: %s", b.line, code, &out)
		}
	}
	if n == 0 {
		t.Error("docs/configuration.md shows no settings")
	}
}

// TestPagesNameFlags holds that commands and flags that the text of a page names
// in a code span exist.
func TestPagesNameFlags(t *testing.T) {
	span := regexp.MustCompile("`([^`\n]+)`")
	known := map[string]bool{}
	collect := func(f *pflag.Flag) { known[f.Name] = true }
	top := cli.Command(cli.System(""))
	top.PersistentFlags().VisitAll(collect)
	for _, c := range top.Commands() {
		c.Flags().VisitAll(collect)
	}
	// Flags of other programs that the pages name.
	for _, other := range []string{"user", "help", "version", "metric", "update"} {
		known[other] = true
	}
	for _, name := range pages(t) {
		text, err := os.ReadFile(filepath.Join(docsRoot, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		inside := false
		for i, line := range strings.Split(string(text), "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "```") {
				inside = !inside
			}
			if inside {
				continue
			}
			for _, m := range span.FindAllStringSubmatch(line, -1) {
				switch words := strings.Fields(m[1]); {
				case len(words) == 0:
				case words[0] == "scaleset" && len(words) > 1:
					if err := parse(words[1:], false); err != nil {
						t.Errorf("%s:%d: %s: %v", name, i+1, m[1], err)
					}
				case strings.HasPrefix(words[0], "--"):
					flag, _, _ := strings.Cut(words[0][2:], "=")
					if flag = strings.TrimRight(flag, ","); flag != "" && !known[flag] {
						t.Errorf("%s:%d: no command has the flag --%s", name, i+1, flag)
					}
				}
			}
		}
	}
}

// TestPagesBegin holds that each page begins with what its reader can do after
// reading it.
func TestPagesBegin(t *testing.T) {
	all, err := filepath.Glob(filepath.Join(docsRoot, "docs", "*.md"))
	if err != nil || len(all) == 0 {
		t.Fatal(err, len(all))
	}
	for _, page := range append(all, filepath.Join(docsRoot, "CONTRIBUTING.md"), filepath.Join(docsRoot, "SECURITY.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		begin, _, _ := strings.Cut(string(text), "\n## ")
		if filepath.Base(page) != "README.md" && !strings.Contains(begin, "After reading this page, you ") {
			t.Errorf("%s does not say what its reader can do after reading it", page)
		}
	}
}

// TestPagesWrap holds that prose and lists end at 100 columns. Tables, headings and blocks
// may be longer, and so may a line that has nowhere to break.
func TestPagesWrap(t *testing.T) {
	const width = 100
	item := regexp.MustCompile(`^\s*(?:[-*]|\d+\.)?\s*`)
	for _, name := range pages(t) {
		text, err := os.ReadFile(filepath.Join(docsRoot, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		inside := false
		for i, line := range strings.Split(string(text), "\n") {
			switch trimmed := strings.TrimSpace(line); {
			case strings.HasPrefix(trimmed, "```"):
				inside = !inside
			case inside || strings.HasPrefix(trimmed, "|") || strings.HasPrefix(trimmed, "![") || strings.HasPrefix(trimmed, "#") || linkDefinition.MatchString(line):
			case utf8.RuneCountInString(line) > width && strings.Contains(unbroken.ReplaceAllString(item.ReplaceAllString(line, ""), "x"), " "):
				t.Errorf("%s:%d has %d columns; prose wraps at %d", name, i+1, utf8.RuneCountInString(line), width)
			}
		}
	}
}

var (
	linkDefinition = regexp.MustCompile(`^\[[^\]]+\]: `)
	unbroken       = regexp.MustCompile("`[^`]*`")
)

// invocations returns the arguments of each scaleset command of a shell script.
func invocations(script string) (all [][]string) {
	script = strings.ReplaceAll(script, "\\\n", " ")
	for line := range strings.Lines(script) {
		for _, part := range regexp.MustCompile(`\|\||&&|[|;]`).Split(line, -1) {
			words := fields(part)
			if len(words) == 0 || words[0] != "scaleset" && words[0] != "./scaleset" {
				continue
			}
			words = words[1:]
			if i := slices.IndexFunc(words, func(w string) bool {
				return strings.HasPrefix(w, ">") || strings.HasPrefix(w, "<") || strings.HasPrefix(w, "2>") || w == "#"
			}); i >= 0 {
				words = words[:i]
			}
			all = append(all, words)
		}
	}
	return all
}

// parse reports a command or a flag that does not exist, and with values also a
// value that the flag does not take. It runs nothing.
func parse(args []string, values bool) error {
	top := cli.Command(&cli.App{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard, Getenv: func(string) string { return "" }, Now: time.Now})
	c, rest, err := top.Find(args)
	if err != nil {
		return err
	}
	if c == top && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		return &unknownError{rest[0]}
	}
	if values {
		if err := c.ParseFlags(rest); err != nil {
			return err
		}
		if err := c.ValidateArgs(c.Flags().Args()); err != nil {
			return err
		}
		c.Flags().Visit(func(f *pflag.Flag) {
			if err == nil {
				err = allowed(c.Name(), f)
			}
		})
		return err
	}
	return named(c, rest)
}

type unknownError struct{ name string }

func (e *unknownError) Error() string { return "unknown: " + e.name }

// allowed reports a value of a flag that is not among the words that a shell
// completes for it.
func allowed(command string, f *pflag.Flag) error {
	if f.Value.Type() == "bool" {
		return nil
	}
	var out bytes.Buffer
	app := &cli.App{In: strings.NewReader(""), Out: &out, Err: io.Discard, Getenv: func(string) string { return "" }, Now: time.Now}
	if code := cli.Main(context.Background(), app, []string{"__complete", command, "--" + f.Name, ""}); code != cli.ExitClean {
		return nil
	}
	var words []string
	for line := range strings.Lines(out.String()) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if !strings.HasPrefix(word, ":") && word != "" {
			words = append(words, strings.TrimSuffix(word, "="))
		}
	}
	for value := range strings.SplitSeq(strings.Trim(f.Value.String(), "[]"), ",") {
		value, _, _ = strings.Cut(value, "=") // --format FORMAT=FILE
		if len(words) > 0 && !slices.Contains(words, value) && !strings.Contains(value, "*") {
			return fmt.Errorf("--%s cannot be %q; use one of: %s", f.Name, value, strings.Join(words, ", "))
		}
	}
	return nil
}

// TestParse holds that the check of commands in pages finds their mistakes.
func TestParse(t *testing.T) {
	for line, want := range map[string]string{
		"lint --format text --format sarif=out.sarif":   "",
		"lint --format text --format sarfi=out.sarif":   "--format",
		"simulate azuredeploy.json --to 4 --model old":  "--model",
		"simulate azuredeploy.json --to 4 --modle auto": "--modle",
		"plan a.json b.json c.json":                     "remove",
		"replan a.json b.json":                          "replan",
		"lint --enable SS2602 --disable SS50*":          "",
	} {
		err := parse(strings.Fields(line), true)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", line, err, want)
		}
	}
}

// named looks up the flags of a command without their values.
func named(c *cobra.Command, args []string) error {
	for _, a := range args {
		flag, ok := strings.CutPrefix(a, "--")
		if !ok {
			continue
		}
		if flag, _, _ = strings.Cut(flag, "="); flag != "" && flag != "help" && c.Flags().Lookup(flag) == nil && c.InheritedFlags().Lookup(flag) == nil {
			return &unknownError{a}
		}
	}
	return nil
}

// fields splits a command line into words as a shell does: blanks separate, and
// quotes hold together.
func fields(line string) (words []string) {
	var word strings.Builder
	var quote rune
	open := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, open = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if open {
				words = append(words, word.String())
				word.Reset()
				open = false
			}
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if open {
		words = append(words, word.String())
	}
	return words
}

func TestFields(t *testing.T) {
	for line, want := range map[string][]string{
		`a  b`:               {"a", "b"},
		`a --at "1 2" ''`:    {"a", "--at", "1 2", ""},
		`a --set 'b="c d"' `: {"a", "--set", `b="c d"`},
	} {
		if got := fields(line); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestPagesProviders holds that docs/limits.md has the providers of all resource
// types with a schema, and how many types of each there are.
func TestPagesProviders(t *testing.T) {
	const page, begin, end = "../../docs/limits.md", "<!-- providers -->\n", "<!-- /providers -->\n"
	count := map[string]int{}
	for line := range strings.Lines(console(t, ".", "$ scaleset schema\n")) {
		if provider, _, ok := strings.Cut(strings.TrimSpace(line), "/"); ok {
			count[provider]++
		}
	}
	want := "| Provider | Types | | Provider | Types |\n| --- | ---: | --- | --- | ---: |\n"
	for row := range slices.Chunk(slices.Sorted(maps.Keys(count)), 2) {
		want += fmt.Sprintf("| `%s` | %d |", row[0], count[row[0]])
		if len(row) == 2 {
			want += fmt.Sprintf(" | `%s` | %d |", row[1], count[row[1]])
		} else {
			want += " | | |"
		}
		want += "\n"
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	got, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no part for the providers", page)
	}
	want = "\n" + want + "\n"
	if *update {
		if err := os.WriteFile(page, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s is stale (-want +page); go generate ./cmd/scaleset:\n%s", page, diff)
	}
}
