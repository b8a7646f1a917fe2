package ruletest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/jsonc"
	"github.com/scaleset/scaleset/pkg/source"
)

// A want is one expected finding.
type want struct {
	file    *source.File
	line    int
	code    diag.Code
	pattern *regexp.Regexp
	found   bool
}

var (
	wantComment = regexp.MustCompile(`^want (SS\d{4})((?: "[^"]*")+)$`)
	wantPattern = regexp.MustCompile(`"([^"]*)"`)
)

// wantsOf reads the want-comments of a template.
func wantsOf(t *testing.T, tree *jsonc.Tree) []*want {
	t.Helper()
	var wants []*want
	for _, c := range tree.Comments {
		text := commentText(c)
		if !strings.HasPrefix(text, "want ") {
			continue
		}
		at := fmt.Sprintf("%s:%d", tree.File.Path(), c.At.StartPosition().Line)
		m := wantComment.FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("%s: %q is not of the form: want SS4001 \"pattern\"", at, text)
		}
		for _, quoted := range wantPattern.FindAllStringSubmatch(m[2], -1) {
			pattern, err := regexp.Compile(quoted[1])
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			wants = append(wants, &want{file: tree.File, line: c.At.StartPosition().Line, code: diag.Code(m[1]), pattern: pattern})
		}
	}
	return wants
}

// eraOf reads the comment "guidance: preview".
func eraOf(t *testing.T, tree *jsonc.Tree) guidance.Era {
	t.Helper()
	for _, c := range tree.Comments {
		if name, ok := strings.CutPrefix(commentText(c), "guidance: "); ok {
			era, err := guidance.ParseEra(name)
			if err != nil {
				t.Fatal(err)
			}
			return era
		}
	}
	return guidance.Auto
}

func commentText(c jsonc.Comment) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(c.At.Text(), "/* "), "*/"))
}

// compare fails the test for each want without a finding, and the reverse.
func compare(t *testing.T, wants []*want, found diag.List) {
	t.Helper()
	for _, d := range found {
		file, line := lineOf(d, wants)
		if !claim(wants, d, file, line) {
			t.Errorf("%s:%d: unexpected %s: %s", file.Path(), line, d.Code, d.Summary)
		}
	}
	for _, w := range wants {
		if !w.found {
			t.Errorf("%s:%d: no finding %s matches %q", w.file.Path(), w.line, w.code, w.pattern)
		}
	}
}

func claim(wants []*want, d diag.Diagnostic, file *source.File, line int) bool {
	for _, w := range wants {
		if !w.found && w.file == file && w.line == line && w.code == d.Code && w.pattern.MatchString(d.Summary) {
			w.found = true
			return true
		}
	}
	return false
}

// lineOf is where a finding is expected: at its subject or, when that stands in
// a file without wants (a parameter file), where the template writes the value.
func lineOf(d diag.Diagnostic, wants []*want) (*source.File, int) {
	for _, w := range wants {
		if w.file == d.Subject.File {
			return w.file, d.Subject.StartPosition().Line
		}
	}
	if !d.Context.IsZero() {
		return d.Context.File, d.Context.StartPosition().Line
	}
	return d.Subject.File, d.Subject.StartPosition().Line
}
