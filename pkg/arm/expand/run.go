package expand

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A run is one expansion: what all its deployments share.
type run struct {
	opts     Options
	out      *Deployment
	budget   *eval.Budget
	seen     map[finding]bool
	failures map[*arm.Expression]int  // how often each has failed
	added    [2]int                   // findings that are not errors, and errors
	linked   map[string]*arm.Template // by path within the link root
	read     int64                    // bytes of linked
	frames   []*frame                 // in the order in which they were entered
	visiting []*instance              // resources being expanded, outermost first
	chain    []*binding               // parameters and variables being evaluated, outermost first
	calling  []string                 // user functions being called, outermost first
	// declared counts instances of resources, in all deployments.
	declared int
	// broken counts values that could not be evaluated.
	broken int
	// quiet counts the trials that are running, whose findings do not count.
	quiet int
	// guessed are the linked files that were found by their uri.
	guessed map[*source.File]bool
	// stopped says that a limit was reached: nothing more is expanded.
	stopped bool
}

// finding tells findings apart that say the same of the same place, as those
// of each round of a loop do.
type finding struct {
	code    diag.Code
	at      source.Range
	summary string
}

func newRun(t *arm.Template, opts Options) *run {
	opts.Limits = opts.Limits.withDefaults()
	budget := eval.NewBudget()
	budget.StopOn(opts.Done)
	if opts.Draw != nil {
		budget.DrawFrom(opts.Draw)
	}
	return &run{
		opts: opts, out: &Deployment{Template: t}, budget: budget,
		seen: make(map[finding]bool), failures: make(map[*arm.Expression]int), linked: make(map[string]*arm.Template), guessed: make(map[*source.File]bool),
	}
}

func (r *run) expand() {
	f := r.rootFrame()
	r.checkScope(f)
	r.bindRoot(f)
	f.expand()
	r.rootOutputs(f)
	r.out.Parameters = f.parameterList()
	r.out.Units = r.plan()
}

// maxFindings bounds the list of errors, and that of all else. Nobody reads
// more; a template with more is broken by a machine.
const maxFindings = 1000

// add keeps a finding that was not made before.
func (r *run) add(d diag.Diagnostic) {
	key := finding{d.Code, d.Subject, d.Summary}
	if r.seen[key] || r.quiet > 0 && len(r.chain) == 0 && d.Code != CodeLimit {
		return
	}
	if r.guessed[d.Subject.File] && d.Code != CodeLimit {
		d.Severity = min(d.Severity, diag.Warning)
	}
	kind := 0
	if d.Severity == diag.Error {
		kind = 1
	}
	if r.added[kind]++; r.added[kind] > maxFindings {
		if r.added[kind] == maxFindings+1 {
			d.Code, d.Rule, d.Related = CodeLimit, RuleLimit, nil
			d.Summary = fmt.Sprintf("there are more than %d findings; from here on they are left out", maxFindings)
			r.out.Diagnostics.Add(d)
		}
		return
	}
	r.seen[key] = true
	r.out.Diagnostics.Add(d)
}

func (r *run) errorf(code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Errorf(code, rule, at, format, args...)
	r.add(l[0])
}

// blame is errorf about a value from o, see [run.forgive].
func (r *run) blame(o *eval.Origin, code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Errorf(code, rule, at, format, args...)
	r.forgive(&l[0], o)
	r.add(l[0])
}

// forgive makes a warning of what is wrong with a value that the template or
// its parameter file leaves empty for the deployer to give.
func (r *run) forgive(d *diag.Diagnostic, o *eval.Origin) {
	if !r.opts.Literal && d.Severity == diag.Error && awaitsValue(o) {
		d.Severity = diag.Warning
		d.Detail = strings.TrimSpace(d.Detail + " " + awaitsValueDetail)
	}
}

// awaitsValueDetail says of a finding why it is not an error, see [Node.AwaitsValue].
const awaitsValueDetail = "It comes from an empty value or default of a parameter: a deployment has to pass a value."

func (r *run) warnf(code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Warningf(code, rule, at, format, args...)
	r.add(l[0])
}

func (r *run) infof(code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Infof(code, rule, at, format, args...)
	r.add(l[0])
}

// refuse keeps a finding for which the service's validation refuses the
// template, though its engine expands it.
func (r *run) refuse(d diag.Diagnostic) {
	d.Expands = true
	if r.opts.Literal {
		d.Severity = min(d.Severity, diag.Warning)
	}
	r.add(d)
}

// refusef is refuse about a range.
func (r *run) refusef(code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Errorf(code, rule, at, format, args...)
	r.refuse(l[0])
}

// aboutPassed keeps a finding about what a deployment passes to the template of
// f, which is not an error when that template was found by its uri.
func (r *run) aboutPassed(f *frame, d diag.Diagnostic) {
	if r.guessed[f.t.File] {
		d.Severity = min(d.Severity, diag.Warning)
	}
	r.add(d)
}

// failureCost is what a failure costs of the budget of evaluation: making a
// message, with the nearest name, takes as long as hundreds of calls.
const failureCost = 200

// fail reports the error of an evaluation and counts the value as broken.
func (r *run) fail(err error, at source.Range) {
	r.broken++
	if errors.Is(err, eval.ErrReported) {
		return
	}
	r.spend(failureCost, at)
	var e *eval.Error
	if !errors.As(err, &e) {
		e = eval.Errorf(eval.CodeFailed, at, "%s", err)
	}
	d := e.Diagnostic()
	if d.Subject.IsZero() {
		d.Subject = at
	}
	if d.Code == eval.CodeLimit {
		r.stopped = true
	}
	r.forgive(&d, e.Of)
	r.add(d)
}
