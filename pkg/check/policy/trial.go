package policy

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Trial is the result of a rule of the project on its examples.
type Trial struct {
	Rule *lint.Rule
	// Folder is where the examples are, relative to the working folder.
	Folder string
	// Good and Bad are the numbers of examples that the rule must accept and report.
	Good, Bad int
	Failures  []Failure
}

// A Failure is one difference between what the examples of a rule want and what it
// reports.
type Failure struct {
	Path         string
	Line, Column int // 0 for the file as a whole, or the line
	Message      string
}

func (f Failure) String() string {
	switch {
	case f.Line == 0:
		return fmt.Sprintf("%s: %s", f.Path, f.Message)
	case f.Column == 0:
		return fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Line, f.Column, f.Message)
}

// examplesFolder is the folder of the examples of a rule, beside the file that declares
// it: tests/ORG001/good_*.json and bad_*.json.
const examplesFolder = "tests"

// Try runs each rule of the project on its examples, alone, in the order of the
// codes. Files reads the examples; context ends the work. An error is one of the
// tool.
func (p Policy) Try(ctx context.Context, files engine.Files) ([]Trial, error) {
	var all []Trial
	for _, r := range p.Custom {
		i := slices.IndexFunc(p.Settings.Custom, func(c settings.Custom) bool { return c.Code == string(r.Code) })
		t := Trial{Rule: r, Folder: path.Join(path.Dir(p.Settings.Custom[i].At.File.Path()), examplesFolder, string(r.Code))}
		if err := t.run(ctx, files); err != nil {
			return all, err
		}
		all = append(all, t)
	}
	return all, nil
}

func (t *Trial) run(ctx context.Context, files engine.Files) error {
	if _, err := files.Stat(t.Folder); err != nil {
		return nil // no examples
	}
	e, err := engine.New(engine.Config{Files: files, Rules: []*lint.Rule{t.Rule}, NoFold: true})
	if err != nil {
		return err
	}
	result, err := e.Check(ctx, []string{t.Folder})
	if err != nil {
		return err
	}
	if len(result.Failures) > 0 {
		return result.Failures[0]
	}
	for _, name := range result.Outside {
		t.fail(name, 0, 0, "the link leads out of %s", t.Folder)
	}
	for _, x := range result.Templates {
		t.template(x, result)
	}
	for _, name := range result.Ignored {
		if !strings.HasSuffix(name, ".parameters.json") && isExample(name) {
			t.fail(name, 0, 0, "this is not a template")
		}
	}
	return nil
}

func isExample(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "good") || strings.HasPrefix(base, "bad")
}

func (t *Trial) fail(name string, line, column int, format string, args ...any) {
	t.Failures = append(t.Failures, Failure{name, line, column, fmt.Sprintf(format, args...)})
}

// template compares what one example expects with what was found.
func (t *Trial) template(x *engine.Template, result *engine.Result) {
	good := strings.HasPrefix(path.Base(x.Path), "good")
	switch {
	case !isExample(x.Path):
		t.fail(x.Path, 0, 0, "the name of an example begins with good or bad")
		return
	case good:
		t.Good++
	default:
		t.Bad++
	}
	if x.Tree == nil {
		t.fail(x.Path, 0, 0, "this cannot be read")
		return
	}
	wants, broken := wantsOf(x.Tree, t.Rule)
	t.Failures = append(t.Failures, broken...)
	if good && len(wants) > 0 {
		t.fail(x.Path, wants[0].line, 0, "a good example must have no finding")
	}
	found := 0
	for _, d := range result.Findings {
		about := d.Subject.File != nil && d.Subject.File.Path() == x.Path
		if d.Code != t.Rule.Code {
			if about && d.Severity == diag.Error { // what depends on it is unknown, so that the rule may be silent
				at := d.Subject.StartPosition()
				t.fail(x.Path, at.Line, at.Column, "the example has an error: %s", result.Secrets.Redact(d.Summary))
			}
			continue
		}
		if !about && !of(x, d) {
			continue
		}
		found++
		if !claim(wants, d, about) && (good || len(wants) > 0) {
			at := d.Subject.StartPosition()
			t.fail(d.Subject.File.Path(), at.Line, at.Column, "unexpected: %s", result.Secrets.Redact(d.Summary))
		}
	}
	for _, w := range wants {
		if !w.met {
			t.fail(x.Path, w.line, 0, "expected but not found: %s", w)
		}
	}
	if !good && len(wants) == 0 && len(broken) == 0 && found == 0 {
		t.fail(x.Path, 0, 0, "expected at least one finding, found none")
	}
}

// of reports whether a finding in another file, such as a parameter file, is about
// a template.
func of(x *engine.Template, d diag.Diagnostic) bool {
	return d.Context.File != nil && d.Context.File.Path() == x.Path
}

// A want is a finding that an example expects, in a comment on its line:
//
//	"name": "Standard_A1" // want ORG001 "pattern of the message"
//	"name": "Standard_A1" // want ORG001 /resources/0/sku/name "pattern"
type want struct {
	line    int
	pointer string // "" for any
	text    string
	message *regexp.Regexp
	met     bool
}

func (w *want) String() string { return w.text }

var wantComment = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`^want ([A-Z]+[0-9]+)(?: (/\S*))?((?: "[^"]*")*)$`)
}}

func wantsOf(tree *jsonc.Tree, r *lint.Rule) (wants []*want, broken []Failure) {
	name := tree.File.Path()
	for _, c := range tree.Comments {
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(c.At.Text(), "/* "), "*/"))
		if !strings.HasPrefix(text, "want ") {
			continue
		}
		line := c.At.StartPosition().Line
		m := wantComment.Get().FindStringSubmatch(text)
		if m == nil || m[1] != string(r.Code) {
			broken = append(broken, Failure{name, line, 0, fmt.Sprintf("a comment of an example has the form: want %s \"pattern\"", r.Code)})
			continue
		}
		patterns := quoted.Get().FindAllStringSubmatch(m[3], -1)
		if len(patterns) == 0 {
			patterns = [][]string{{"", ""}}
		}
		for _, p := range patterns {
			pattern, err := regexp.Compile(p[1])
			if err != nil {
				broken = append(broken, Failure{name, line, 0, fmt.Sprintf("the pattern %q is not a regular expression", p[1])})
				continue
			}
			wants = append(wants, &want{line: line, pointer: m[2], text: strings.TrimPrefix(text, "want "), message: pattern})
		}
	}
	return wants, broken
}

var quoted = lazy.Regexp{Text: `"([^"]*)"`}

// claim finds the want that a finding meets. about says that the finding is in the
// template itself; otherwise the line is where the template writes the value.
func claim(wants []*want, d diag.Diagnostic, about bool) bool {
	at := d.Subject
	if !about {
		at = d.Context
	}
	line := at.StartPosition().Line
	for _, w := range wants {
		if !w.met && w.line == line && (w.pointer == "" || w.pointer == d.Pointer) && w.message.MatchString(d.Summary) {
			w.met = true
			return true
		}
	}
	return false
}
