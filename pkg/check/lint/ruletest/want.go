package ruletest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A want is one expected finding.
type want struct {
	file     *source.File
	line     int
	code     diag.Code
	severity diag.Severity
	pattern  *regexp.Regexp
	found    bool
}

var (
	wantComment = regexp.MustCompile(`^want (SS\d{4})(?: (info|warning|error))?((?: "[^"]*")+)$`)
	wantPattern = regexp.MustCompile(`"([^"]*)"`)
)

// wantsOf reads the want-comments of a template. A finding has the severity that
// its comment names, otherwise that of the rule.
func wantsOf(tree *jsonc.Tree, usual diag.Severity) (wants []*want, err error) {
	for _, c := range tree.Comments {
		text := commentText(c)
		if !strings.HasPrefix(text, "want ") {
			continue
		}
		line := c.At.StartPosition().Line
		m := wantComment.FindStringSubmatch(text)
		if m == nil {
			return nil, fmt.Errorf("%s:%d: %q is not of the form: want SS4001 \"pattern\"", tree.File.Path(), line, text)
		}
		severity := usual
		if m[2] != "" {
			if severity, err = diag.ParseSeverity(m[2]); err != nil {
				return nil, err
			}
		}
		for _, quoted := range wantPattern.FindAllStringSubmatch(m[3], -1) {
			pattern, err := regexp.Compile(quoted[1])
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", tree.File.Path(), line, err)
			}
			wants = append(wants, &want{file: tree.File, line: line, code: diag.Code(m[1]), severity: severity, pattern: pattern})
		}
	}
	return wants, nil
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

// optionsOf reads the comment "options: months = 12, allow = westus|eastus" as
// the values of options of the rule.
func optionsOf(t *testing.T, r *lint.Rule, tree *jsonc.Tree) map[diag.Code]map[string]any {
	t.Helper()
	values := map[string]any{}
	for _, c := range tree.Comments {
		text, ok := strings.CutPrefix(commentText(c), "options: ")
		if !ok {
			continue
		}
		for _, assignment := range strings.Split(text, ", ") {
			name, written, _ := strings.Cut(assignment, " = ")
			option, err := r.Option(name)
			if err != nil {
				t.Fatal(err)
			}
			var items []any
			for _, item := range strings.Split(written, "|") {
				if n, err := strconv.Atoi(item); err == nil && option.Kind != lint.Texts {
					items = append(items, n)
				} else {
					items = append(items, item)
				}
			}
			var value any = items
			if option.Kind == lint.Number {
				value = items[0]
			}
			if values[name], err = option.Read(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(values) == 0 {
		return nil
	}
	return map[diag.Code]map[string]any{r.Code: values}
}

func commentText(c jsonc.Comment) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(c.At.Text(), "/* "), "*/"))
}

// compare returns, one line each, the unexpected findings and the wants
// that have no finding.
func compare(wants []*want, found diag.List) (problems []string) {
	for _, d := range found {
		file, line := lineOf(d, wants)
		if !claim(wants, d, file, line) {
			problems = append(problems, fmt.Sprintf("%s:%d: unexpected %s %s: %s", file.Path(), line, d.Severity, d.Code, d.Summary))
		}
	}
	for _, w := range wants {
		if !w.found {
			problems = append(problems, fmt.Sprintf("%s:%d: no %s %s matches %q", w.file.Path(), w.line, w.severity, w.code, w.pattern))
		}
	}
	return problems
}

func claim(wants []*want, d diag.Diagnostic, file *source.File, line int) bool {
	for _, w := range wants {
		if !w.found && w.file == file && w.line == line && w.code == d.Code && w.severity == d.Severity && w.pattern.MatchString(d.Summary) {
			w.found = true
			return true
		}
	}
	return false
}

// lineOf returns where a finding is expected: at its subject or, if that is in
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
