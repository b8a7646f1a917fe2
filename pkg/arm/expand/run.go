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

// A run is one expansion: the state that all its deployments share.
type run struct {
	opts     Options
	out      *Deployment
	budget   *eval.Budget
	seen     map[finding]bool
	failures map[*arm.Expression]int  // number of failures of each expression
	added    [2]int                   // findings that are not errors, and errors
	linked   map[string]*arm.Template // by path within the link root
	read     int64                    // bytes of linked files
	frames   []*frame                 // in the order in which they were entered
	visiting []*instance              // resources being expanded, outermost first
	chain    []*binding               // parameters and variables being evaluated, outermost first
	calling  []string                 // user functions being called, outermost first
	// declared counts instances of resources, in all deployments.
	declared int
	// broken counts values that could not be evaluated.
	broken int
	// quiet counts the running trials, whose findings are dropped.
	quiet int
	// guessed are the linked files that were found by their uri.
	guessed map[*source.File]bool
	// stopped is set once a limit was reached: nothing more is expanded.
	stopped bool
}

// finding identifies findings with the same message for the same range, as in
// the iterations of a loop.
type finding struct {
	code    diag.Code
	at      source.Range
	summary string
}

func newRun(t *arm.Template, opts Options) *run {
	opts.Limits = opts.Limits.withDefaults()
	budget := eval.NewBudget()
	budget.StopOn(opts.Done)
	if opts.DrawSteps != nil {
		budget.DrawFrom(opts.DrawSteps)
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
	r.out.Variables = f.variableList()
	r.out.Units = r.plan()
}

// maxFindings limits the errors, and separately the other findings. Only a
// generated template can have more.
const maxFindings = 1000

// add adds a finding unless it was added before.
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

// errorfFrom is errorf for a value with origin o; see [run.downgrade]. If all
// values are given, the value is the one that is deployed, and stays an error.
func (r *run) errorfFrom(o *eval.Origin, code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Errorf(code, rule, at, format, args...)
	if r.opts.MissingParameters != Error {
		r.downgrade(&l[0], o)
	}
	r.add(l[0])
}

// downgrade turns an error into a warning if the value comes from an empty
// default or an empty value of a parameter file that the deployer must
// override.
func (r *run) downgrade(d *diag.Diagnostic, o *eval.Origin) {
	if !r.opts.Literal && d.Severity == diag.Error && needsValue(o) {
		d.Severity = diag.Warning
		d.Detail = strings.TrimSpace(d.Detail + " " + needsValueDetail)
	}
}

// needsValueDetail explains why a finding is not an error; see
// [Node.NeedsValue].
const needsValueDetail = "The value comes from an empty parameter, which the deployment must override."

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

// reject adds a finding for a mistake that only the validation of the
// deployment service rejects; its expansion ignores it.
func (r *run) reject(d diag.Diagnostic) {
	d.Expands = true
	if r.opts.Literal {
		d.Severity = min(d.Severity, diag.Warning)
	}
	r.add(d)
}

// rejectf is reject with a range and a format.
func (r *run) rejectf(code diag.Code, rule string, at source.Range, format string, args ...any) {
	var l diag.List
	l.Errorf(code, rule, at, format, args...)
	r.reject(l[0])
}

// aboutPassed adds a finding about a value that a deployment passes to the
// template of f. It is not an error if that template was found by its uri.
func (r *run) aboutPassed(f *frame, d diag.Diagnostic) {
	if r.guessed[f.t.File] {
		d.Severity = min(d.Severity, diag.Warning)
	}
	r.add(d)
}

// failureCost is the cost of a failure in evaluation steps: building a message
// with the nearest name takes as long as hundreds of calls.
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
	r.downgrade(&d, e.Of)
	r.add(d)
}
