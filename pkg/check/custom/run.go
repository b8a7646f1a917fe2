package custom

import (
	"errors"
	"fmt"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/interpreter"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/glob"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// vars are the values of the variables of one evaluation, an activation of CEL.
type vars struct {
	outer  *vars // nil at the top
	values map[string]ref.Val
	places map[string]lint.Placer // of values that do not know their own
	scope  *scope                 // of the variables at the top
}

func (v *vars) ResolveName(name string) (any, bool) {
	for ; v != nil; v = v.outer {
		if x, ok := v.values[name]; ok {
			return x, true
		}
		if name == scopeName && v.scope != nil {
			return v.scope, true
		}
	}
	return nil, false
}

// Parent implements [interpreter.Activation]; the outer variables are looked up by
// ResolveName.
func (v *vars) Parent() interpreter.Activation { return nil }

// with is v with one more variable.
func (v *vars) with(name string, value ref.Val, at lint.Placer) *vars {
	return &vars{outer: v, values: map[string]ref.Val{name: value}, places: map[string]lint.Placer{name: at}}
}

func (v *vars) placeOf(name string) lint.Placer {
	for ; v != nil; v = v.outer {
		if at, ok := v.places[name]; ok && at != nil {
			return at
		}
		if x, ok := v.values[name]; ok {
			if p, ok := x.(placed); ok {
				return p.place()
			}
			return nil
		}
	}
	return nil
}

// An outcome is the result of an expression.
type outcome int

const (
	holdsTrue outcome = iota
	holdsFalse
	isUnknown
	isAbsent // it reads a member or an item that is not there
	failed   // it cannot be evaluated
)

// A run is one rule at work on one template.
type run struct {
	*rule
	scope *scope
	pass  *lint.Pass
	// ended is set once the run has no steps left.
	ended bool
}

// run checks one template.
func (r *rule) run(p *lint.Pass) {
	w := &run{rule: r, pass: p, scope: &scope{pass: p}}
	w.draw(1)
	if r.subject == forDeployment {
		w.check(w.common(), nil)
		return
	}
	var common *vars
	visit := func(body *expand.Node, more func(*vars)) {
		if w.ended || p.Context().Err() != nil {
			return
		}
		if common == nil {
			common = w.common()
		}
		v := &vars{outer: common, values: map[string]ref.Val{"resource": &object{w.scope, body}}}
		if more != nil {
			more(v)
		}
		w.check(v, body)
	}
	if r.subject == forScaleSets {
		for _, set := range p.AllScaleSets {
			if !r.inVersions(set.APIVersion) {
				continue
			}
			w.scope.partial = set.Partial()
			visit(set.Body, func(v *vars) { v.values["set"] = &view{scope: w.scope, is: setView.Get(), of: set, at: set} })
		}
		return
	}
	for _, resource := range p.Deployment.Expanded.Resources {
		if r.means(resource) {
			visit(resource.Body, nil)
		}
	}
}

// common are the variables that all evaluations for a template share.
func (w *run) common() *vars {
	e := w.pass.Deployment.Expanded
	return &vars{scope: w.scope, values: map[string]ref.Val{
		"deployment": &view{scope: w.scope, is: deploymentView.Get()},
		"parameters": parametersOf(w.scope, e), "variables": variablesOf(w.scope, e),
	}}
}

// longestType is how many bytes the type of a resource can have for patterns other
// than "*": a text of megabytes would be prepared for each rule.
const longestType = 1000

// means reports whether the rule is for a resource.
func (r *rule) means(resource *expand.Resource) bool {
	if !r.inVersions(resource.APIVersion) {
		return false
	}
	if len(r.types) == 0 {
		return true
	}
	name := ""
	if len(resource.Type) <= longestType {
		name = strings.ToLower(resource.Type)
	}
	for _, pattern := range r.types {
		if pattern == "*" || glob.MatchValid(pattern, name) {
			return true
		}
	}
	return false
}

// inVersions reports whether an API version is certainly within the bounds.
func (r *rule) inVersions(version string) bool {
	f := r.declared.For
	if f.From == "" && f.To == "" {
		return true
	}
	return version != "" && (f.From == "" || !before(version, f.From)) && (f.To == "" || !before(f.To, version))
}

// before reports whether an API version is older than another one: a preview is
// older than the version of its date.
func before(a, b string) bool {
	dateA, _, previewA := strings.Cut(a, "-preview")
	dateB, _, previewB := strings.Cut(b, "-preview")
	if dateA != dateB {
		return dateA < dateB
	}
	return previewA && !previewB
}

// check evaluates the rule once; body is nil for the deployment.
func (w *run) check(v *vars, body *expand.Node) {
	if w.when != nil {
		switch applies, err := w.truth(w.when, v); applies {
		case holdsTrue:
		case failed:
			w.complain("when", err, body)
			return
		default:
			return
		}
	}
	switch is, err := w.truth(w.assert, v); is {
	case holdsFalse, isAbsent:
		w.report(v, body)
	case failed:
		w.complain("assert", err, body)
	}
}

// truth evaluates an expression that is true or false.
func (w *run) truth(e *expression, v *vars) (outcome, error) {
	x, is, err := w.eval(e.whole, v)
	if is != holdsTrue {
		return is, err
	}
	switch x {
	case types.True:
		return holdsTrue, nil
	case types.False:
		return holdsFalse, nil
	}
	return failed, fmt.Errorf("it is of type %s, not true or false", x.Type().TypeName())
}

// eval evaluates a program; holdsTrue says that there is a value.
func (w *run) eval(p *program, v *vars) (ref.Val, outcome, error) {
	planned, err := p.plan()
	if err != nil {
		return nil, failed, err
	}
	if w.ended {
		return nil, isUnknown, nil
	}
	w.scope.met, w.scope.work = false, 0
	x, details, err := planned.ContextEval(w.pass.Context(), v)
	var cancelled interpreter.EvalCancelledError
	much := errors.As(err, &cancelled) || w.scope.work > maxCost
	cost := w.scope.work
	if much {
		cost = maxCost
	} else if details != nil && details.ActualCost() != nil {
		cost += int(*details.ActualCost())
	}
	w.draw(cost)
	switch {
	case w.pass.Context().Err() != nil:
		return nil, isUnknown, nil
	case much:
		return nil, failed, fmt.Errorf("it needs more than %d steps here", maxCost)
	case err == nil && types.IsUnknown(x):
		return nil, isUnknown, nil
	case err == nil:
		return x, holdsTrue, nil
	case absent(err):
		return nil, isAbsent, err
	case w.scope.met: // an unknown value in a list that a function cannot take
		return nil, isUnknown, nil
	}
	return nil, failed, err
}

// draw takes steps of the run. Once there are no more, the rule ends its work on the
// template, and says so.
func (w *run) draw(n int) {
	if w.ended || w.pass.Template.DrawSteps == nil || w.pass.Template.DrawSteps(n) >= n {
		return
	}
	w.ended = true
	w.finding(nil, "the rules of the project need too many steps; "+w.declared.Code+" was not checked to the end").
		Severity(diag.Warning).Detailf("Write simpler expressions, or limit the rules with for and when. The rule is declared at %s.", w.pass.Rule.Origin)
}

// absent reports an error about a member or an item that is not there. The library
// has no type for it; TestAbsent holds its words.
func absent(err error) bool {
	return strings.HasPrefix(err.Error(), "no such key: ") || strings.HasPrefix(err.Error(), "index out of bounds: ")
}

// complain reports that an expression cannot be evaluated, which is more likely the
// fault of the rule than of the template.
func (w *run) complain(key string, err error, body *expand.Node) {
	w.finding(at(body), fmt.Sprintf("rule %s cannot be evaluated here: %s: %s", w.declared.Code, key, reason(err))).
		Severity(diag.Warning).Detailf("The rule is declared at %s. Test the types of values first, for example with has() or type().", w.pass.Rule.Origin)
}

// reason is an error of the library in one line.
func reason(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimSpace(text)
}

// at is a place, or none.
func at(n *expand.Node) lint.Placer {
	if n == nil {
		return nil
	}
	return n
}

// nowhere is the place of a finding about the template as a whole.
type nowhere struct{}

func (nowhere) Place() *expand.Node { return nil }

func (w *run) finding(place lint.Placer, message string) *lint.Finding {
	if place == nil || place.Place() == nil {
		place = nowhere{}
	}
	return w.pass.Reportf(place, "%s", message).Because("rule "+w.declared.Code+", "+w.pass.Rule.Origin, w.declared.Link.Text)
}

// report reports that the assertion is false.
func (w *run) report(v *vars, body *expand.Node) {
	b := &blamer{run: w}
	place, missing := b.place(v)
	if place == nil || place.Place() == nil {
		place = at(body)
	}
	f := w.finding(place, w.text(w.message, v))
	var details []string
	if missing != "" {
		details = append(details, "'"+missing+"' is not set.")
	}
	if len(w.remedy) > 0 {
		details = append(details, w.text(w.remedy, v))
	}
	f.Detailf("%s", strings.Join(details, " "))
}

// maxText is the longest value in a message, in characters.
const maxText = 200

// text fills the values into a message.
func (w *run) text(segments []segment, v *vars) string {
	var b strings.Builder
	for _, s := range segments {
		if s.value == nil {
			b.WriteString(s.text)
			continue
		}
		x, is, _ := w.eval(s.value.whole, v)
		switch is {
		case holdsTrue:
			b.WriteString(shortened(shown(x, 0)))
		case isAbsent:
			b.WriteString("(none)")
		default:
			b.WriteString("(unknown)")
		}
	}
	return b.String()
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > maxText {
		return string(runes[:maxText]) + "..."
	}
	return text
}

// shown is a value for a message.
func shown(v ref.Val, depth int) string {
	switch v := v.(type) {
	case types.String:
		return strings.Join(strings.Fields(string(v)), " ")
	case types.Null:
		return "null"
	case types.Bool, types.Int, types.Uint, types.Double:
		if text, ok := v.ConvertToType(types.StringType).(types.String); ok {
			return string(text)
		}
	case *types.Optional:
		if !v.HasValue() {
			return "(none)"
		}
		return shown(v.GetValue(), depth)
	case traits.Mapper:
		if depth > 0 {
			return "{...}"
		}
		var names []string
		for _, name := range rest(v.Iterator()) {
			names = append(names, shown(name, depth+1))
		}
		return strings.Join(names, ", ")
	case traits.Lister:
		if depth > 1 {
			return "[...]"
		}
		var all []string
		for _, item := range rest(v.Iterator()) {
			all = append(all, shown(item, depth+1))
			if len(all) == maxText {
				break
			}
		}
		return strings.Join(all, ", ")
	}
	return "(unknown)"
}
