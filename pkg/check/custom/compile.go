package custom

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Compile compiles the rules that a project declares, and returns them in the
// order of their codes. The mistakes are of its author, each with its place in an
// expression.
func Compile(declared []settings.Custom) ([]*lint.Rule, settings.Mistakes) {
	last.Lock()
	defer last.Unlock()
	if key := keyOf(declared); last.key != key || key == "" {
		last.rules, last.mistakes = compileAll(declared)
		last.key = key
	}
	return slices.Clone(last.rules), slices.Clone(last.mistakes)
}

// last is what was compiled last: an editor reads the settings again for every
// check, and they rarely change.
var last struct {
	sync.Mutex
	key      string
	rules    []*lint.Rule
	mistakes settings.Mistakes
}

// keyOf is the same for declarations of the same text at the same places.
func keyOf(declared []settings.Custom) string {
	var b strings.Builder
	var file *source.File
	for _, c := range declared {
		fmt.Fprintf(&b, "%s %s\x00", settings.Place(c.At), c.Code)
		if c.At.File != file {
			file = c.At.File
			b.Write(file.Bytes())
		}
	}
	return b.String()
}

func compileAll(declared []settings.Custom) ([]*lint.Rule, settings.Mistakes) {
	var rules []*lint.Rule
	var mistakes settings.Mistakes
	for _, c := range declared {
		r, found := compile(c)
		mistakes = append(mistakes, found...)
		if len(found) > 0 {
			continue
		}
		severity, _ := diag.ParseSeverity(c.Severity)
		text := page(c)
		rules = append(rules, &lint.Rule{
			Code: diag.Code(c.Code), Name: c.Name, Severity: severity, Also: also(severity), Page: &text, Link: c.Link.Text,
			Origin: settings.Place(c.At), Run: r.run,
		})
	}
	slices.SortFunc(rules, func(a, b *lint.Rule) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return rules, mistakes
}

// also are the other severities of the findings of a rule.
func also(usual diag.Severity) []diag.Level {
	if usual == diag.Warning {
		return nil
	}
	return []diag.Level{{Severity: diag.Warning, When: "the expression cannot be evaluated for a resource"}}
}

// A rule is a compiled rule. It has no state that a run changes, but for the
// programs, which are made at their first use.
type rule struct {
	declared         settings.Custom
	subject          subject
	types            []string // patterns in lower case
	when, assert, at *expression
	message, remedy  []segment
}

// An expression is a compiled expression of a rule.
type expression struct {
	env     *cel.Env
	checked *ast.AST
	whole   *program

	mu    sync.Mutex
	parts map[int64]*program // of parts of it, by their ids
}

// A program is an expression that can be evaluated, made at its first use.
type program struct {
	plan func() (cel.Program, error)
}

func newProgram(env *cel.Env, checked *ast.AST) *program {
	return &program{sync.OnceValues(func() (cel.Program, error) { return plan(env, checked) })}
}

// A segment is a part of a message: text, or the value of an expression.
type segment struct {
	text  string
	value *expression
}

// compiler collects the mistakes of one rule.
type compiler struct {
	*language
	mistakes settings.Mistakes
}

func compile(c settings.Custom) (*rule, settings.Mistakes) {
	r := &rule{declared: c, subject: subjectOf(c.For)}
	for _, pattern := range c.For.Types {
		r.types = append(r.types, strings.ToLower(pattern))
	}
	l, err := languages[r.subject]()
	if err != nil {
		return nil, settings.Mistakes{{At: c.At, Message: err.Error()}}
	}
	k := &compiler{language: l}
	r.when = k.truth("when", c.When)
	r.assert = k.truth("assert", c.Assert)
	r.at = k.expression(c.Point, 0, len(c.Point.Text))
	r.message = k.segments("message", c.Message)
	r.remedy = k.segments("remedy", c.Remedy)
	return r, k.mistakes
}

// truth compiles an expression that is true or false; nil if there is none.
func (k *compiler) truth(key string, s settings.Scalar) *expression {
	e := k.expression(s, 0, len(s.Text))
	if e == nil {
		return nil
	}
	if kind := e.checked.GetType(e.checked.Expr().ID()); kind.Kind() != types.BoolKind && kind.Kind() != types.DynKind {
		k.mistakes = append(k.mistakes, settings.Mistake{At: s.Range(0, len(s.Text)), Message: fmt.Sprintf("%s must be true or false, but this is of type %s", key, kind)})
		return nil
	}
	return e
}

// expression compiles a part of a text; nil if it is empty or has a mistake.
func (k *compiler) expression(s settings.Scalar, start, end int) *expression {
	if !s.IsSet() || start == end {
		return nil
	}
	text := s.Text[start:end]
	checked, errs := k.compile(text)
	if len(errs) > 0 {
		k.report(s, start, text, errs)
		return nil
	}
	return &expression{env: k.env, checked: checked, whole: newProgram(k.env, checked)}
}

// report adds the mistakes of an expression, each at its column in the file.
func (k *compiler) report(s settings.Scalar, start int, text string, errs []*common.Error) {
	for _, e := range errs {
		at := offset(text, e.Location)
		if at < len(text) && text[at] == '.' { // the library points before the name of a member
			at++
		}
		width := max(1, len(word.Get().FindString(text[at:])))
		m := settings.Mistake{At: s.Range(start+at, start+at+width), Message: k.reworded(e.Message, text[at:])}
		if !slices.Contains(k.mistakes, m) {
			k.mistakes = append(k.mistakes, m)
		}
		if strings.HasPrefix(e.Message, "Syntax error") {
			return // those that follow come from the first
		}
	}
}

// offset is the offset of a line and a column, which count characters.
func offset(text string, l common.Location) int {
	at := 0
	for range l.Line() - 1 {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			return at
		}
		at += next + 1
	}
	for range max(0, l.Column()) {
		if at >= len(text) {
			return len(text)
		}
		at += len(string([]rune(text[at:])[:1]))
	}
	return at
}

var (
	word       = lazy.Regexp{Text: `^[A-Za-z_][A-Za-z0-9_]*`}
	undeclared = lazy.Regexp{Text: `^undeclared reference to '([^']*)'`}
	token      = lazy.Regexp{Text: `^(?:\w+|[^\w\s]{1,2})`}
	overload   = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
		return regexp.MustCompile(`^found no matching overload for '([^']*)' applied to '(.*)'$`)
	}}
	undefined = lazy.Regexp{Text: `^undefined field '([^']*)'`}
)

// reworded is a message of the library about what a text begins with, in our words
// and with the nearest name.
func (k *compiler) reworded(message, rest string) string {
	if m := undeclared.Get().FindStringSubmatch(message); m != nil {
		var known []string
		for _, v := range Variables() {
			switch {
			case v.Name == m[1] && v.ScaleSets:
				return fmt.Sprintf("'%s' is only available in a rule with for: scale-sets", m[1])
			case v.Name == m[1]:
				return fmt.Sprintf("'%s' is not available in a rule with for: deployment", m[1])
			}
			known = append(known, v.Name)
		}
		for name := range k.env.Functions() {
			if word.Get().FindString(name) == name {
				known = append(known, name)
			}
		}
		slices.Sort(known)
		return fmt.Sprintf("unknown name '%s'%s", m[1], cmp.Or(nearest.Hint(m[1], known), "; the variables are "+strings.Join(k.variables(), ", ")))
	}
	if m := undefined.Get().FindStringSubmatch(message); m != nil {
		var known []string
		for _, f := range Fields() {
			known = append(known, f.Name)
		}
		return fmt.Sprintf("unknown member '%s'%s", m[1], nearest.Hint(m[1], known))
	}
	switch {
	case strings.HasPrefix(message, "Syntax error: mismatched input '<EOF>'"), strings.HasPrefix(message, "Syntax error: unexpected token") && rest == "":
		return "the expression ends too early"
	case strings.HasPrefix(message, "Syntax error: unexpected token"):
		return fmt.Sprintf("this is not an expression of CEL: unexpected %q", token.Get().FindString(rest))
	}
	if m := overload.Get().FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("'%s' does not take %s", strings.Trim(m[1], "_@"), inWords(m[2]))
	}
	message = strings.ReplaceAll(message, " (in container '')", "")
	if text, ok := strings.CutPrefix(message, "Syntax error: "); ok {
		return "this is not an expression of CEL: " + text
	}
	return message
}

// inWords is how the library writes the types of arguments, such as
// "(int, string)" or "string.(int)", in words.
func inWords(list string) string {
	list = strings.NewReplacer(".(", ", ", "(", "", ")", "").Replace(list)
	words := strings.Split(list, ", ")
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return list
}

// variables are the names of the variables of the rule.
func (k *compiler) variables() (names []string) {
	for _, v := range k.env.Variables() {
		if slices.ContainsFunc(Variables(), func(ours Variable) bool { return ours.Name == v.Name() }) {
			names = append(names, v.Name())
		}
	}
	return names
}

// segments splits a message into text and values between {{ and }}.
func (k *compiler) segments(key string, s settings.Scalar) (all []segment) {
	for at := 0; at < len(s.Text); {
		before, _, found := strings.Cut(s.Text[at:], "{{")
		if before != "" {
			all = append(all, segment{text: before})
		}
		if !found {
			break
		}
		start := at + len(before) + len("{{")
		end := strings.Index(s.Text[start:], "}}")
		if end < 0 {
			k.mistakes = append(k.mistakes, settings.Mistake{At: s.Range(start-2, start), Message: key + ": {{ has no }}"})
			break
		}
		at = start + end + len("}}")
		inside := s.Text[start : start+end]
		from := start + len(inside) - len(strings.TrimLeft(inside, " "))
		to := start + len(strings.TrimRight(inside, " "))
		if from >= to {
			k.mistakes = append(k.mistakes, settings.Mistake{At: s.Range(start-2, at), Message: key + ": {{ }} has no expression"})
			continue
		}
		if value := k.expression(s, from, to); value != nil {
			all = append(all, segment{value: value})
		}
	}
	return all
}
