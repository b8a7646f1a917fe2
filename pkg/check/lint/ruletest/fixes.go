package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Fixes compares the fixes that the rules offer for their bad templates, and the
// lines that change, with testdata/fixes.txt: each offer once for each rule, from
// the first template that gets it. A choice is marked as one.
func Fixes(t *testing.T, rules []*lint.Rule) {
	var out strings.Builder
	for _, r := range rules {
		reported := map[string]bool{}
		paths, err := filepath.Glob(filepath.Join("testdata", strings.ToLower(string(r.Code)), "bad_*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if info, err := os.Stat(path); err != nil || info.IsDir() || isCompanion(filepath.Base(path)) {
				continue
			}
			tmpl := load(t, path)
			options := saved(t, strings.TrimSuffix(path, ".json"))
			options.Era = eraOf(t, tmpl.Tree)
			options.Values = optionsOf(t, r, tmpl.Tree)
			for _, d := range check(t, r, options, []*lint.Template{tmpl}) {
				for _, fix := range d.Fixes {
					if reported[fix.Message] {
						continue
					}
					reported[fix.Message] = true
					writeFix(&out, string(r.Code)+" "+filepath.Base(path), fix)
				}
			}
		}
	}
	golden.Equal(t, filepath.Join("testdata", "fixes.txt"), []byte(out.String()))
}

func writeFix(out *strings.Builder, at string, fix diag.Fix) {
	choice := ""
	if fix.Choice {
		choice = " (a choice)"
	}
	fmt.Fprintf(out, "%s: %s%s\n", at, fix.Message, choice)
	for _, file := range filesOf(fix.Edits) {
		before, after := changed(string(file.Bytes()), string(apply(file, fix.Edits)))
		for _, line := range before {
			fmt.Fprintf(out, "  - %s\n", plainLine(line))
		}
		for _, line := range after {
			fmt.Fprintf(out, "  + %s\n", plainLine(line))
		}
	}
}

// plainLine returns a line without its indentation and without its want comment.
func plainLine(line string) string {
	line, _, _ = strings.Cut(line, "// want ")
	return strings.TrimSpace(line)
}

func filesOf(edits []diag.Edit) (files []*source.File) {
	seen := map[*source.File]bool{}
	for _, e := range edits {
		if !seen[e.Range.File] {
			seen[e.Range.File] = true
			files = append(files, e.Range.File)
		}
	}
	return files
}

// changed returns the lines from the first to the last in which two texts differ.
func changed(a, b string) (before, after []string) {
	before, after = strings.Split(a, "\n"), strings.Split(b, "\n")
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return before, after
}
