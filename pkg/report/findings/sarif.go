package findings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"reflect"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// SARIF writes the Static Analysis Results Interchange Format, version 2.1.0
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
//
// What its readers make of it:
//   - Columns are counted in UTF-16 code units, which the file says of itself
//     (§3.14.17): editors that are made of JavaScript know no other.
//   - GitHub takes a result for the same as an earlier one by the partial
//     fingerprint primaryLocationLineHash; ours holds no line, so it survives
//     when lines move. It shows suppressed results as if they were open, so
//     they are there only when [Result.ShowSuppressed] asks for them.
//   - GitHub refuses a file with a result that has no place, or whose place is no
//     file of the repository; paths are relative to %SRCROOT%, which it takes for
//     the top of the checkout, and what has no place is a notification of the run.
//   - It wants a short and a full description and a help of each rule, all four
//     numbers of a region, and no more than 100 locations of a result
//     (https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
//   - There are no snippets: they would repeat the secrets of a template.
type SARIF struct{}

// sarifHome is where the rules and the tool are described.
const sarifHome = "https://github.com/scaleset/scaleset"

// Report implements [Reporter].
func (SARIF) Report(w io.Writer, r Result) error {
	whole, err := json.Marshal(newSARIF(r))
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(whole))
	d.UseNumber()
	var log any
	if err := d.Decode(&log); err != nil {
		return err
	}
	return render.WriteJSON(w, withoutDefaults(log))
}

// sarifDefaults are members that mean what their absence means. The library
// writes them all, which makes a file several times as long.
var sarifDefaults = map[string]any{
	"kind": "fail", "language": "en-US", "enabled": true, "isComprehensive": false,
	"newlineSequences": []any{"\r\n", "\n"}, "contents": []any{"localizedData", "nonLocalizedData"},
}

// withoutDefaults takes the members away that say nothing: those that have the
// value of the schema's default, "-1" where an index is not known (§3.4), lists
// and objects without content. No results, though, means that nothing was found.
func withoutDefaults(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withoutDefaults(v[i])
		}
	case map[string]any:
		for name, member := range v {
			member = withoutDefaults(member)
			v[name] = member
			list, isList := member.([]any)
			object, isObject := member.(map[string]any)
			switch fallback, known := sarifDefaults[name]; {
			case known && reflect.DeepEqual(member, fallback), member == json.Number("-1"),
				isList && len(list) == 0 && name != "results", isObject && len(object) == 0:
				delete(v, name)
			}
		}
	}
	return v
}

// newSARIF is the log of one run.
func newSARIF(r Result) *sarif.Report {
	b := &sarifBuilder{result: r, rules: map[diag.Code]int{}}
	run := sarif.NewRunWithInformationURI("scaleset", sarifHome)
	run.Tool.Extensions = []*sarif.ToolComponent{}
	b.driver = run.Tool.Driver
	if version := strings.TrimPrefix(r.Version, "v"); version != "" && version[0] >= '0' && version[0] <= '9' {
		b.driver.Version, b.driver.SemanticVersion = text(version), text(version)
	}
	run.WithColumnKind("utf16CodeUnits")
	run.RedactionTokens = append(run.RedactionTokens, "<secure>")
	invocation := b.invocation()
	for _, d := range r.shown() {
		if d.Subject.IsZero() {
			invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, b.notification(&d))
		} else {
			run.Results = append(run.Results, b.resultOf(&d))
		}
	}
	run.Invocations = append(run.Invocations, invocation)
	log := sarif.NewReport()
	log.AddRun(run)
	return log
}

type sarifBuilder struct {
	result Result
	driver *sarif.ToolComponent
	rules  map[diag.Code]int // index in the driver
	seen   fingerprints
}

// invocation says that the run went to its end.
func (b *sarifBuilder) invocation() *sarif.Invocation {
	ended := true
	i := sarif.NewInvocation()
	i.ExecutionSuccessful = &ended
	return i
}

// notification is a finding about the run as a whole.
func (b *sarifBuilder) notification(d *diag.Diagnostic) *sarif.Notification {
	n := sarif.NewNotification()
	n.Level, n.Message = sarifLevel(d.Severity), b.message(message(d, b.result))
	n.AssociatedRule = sarif.NewReportingDescriptorReference()
	n.AssociatedRule.ID, n.AssociatedRule.Index = text(string(d.Code)), b.rule(d)
	return n
}

func (b *sarifBuilder) resultOf(d *diag.Diagnostic) *sarif.Result {
	all := b.result.Secrets
	b.result = b.result.about(d)
	defer func() { b.result.Secrets = all }()
	out := sarif.NewResult()
	out.RuleID, out.RuleIndex = text(string(d.Code)), b.rule(d)
	out.Level = sarifLevel(d.Severity)
	out.Message = b.message(message(d, b.result))
	out.Locations = append(out.Locations, b.located(d.Subject, d))
	id := b.seen.next(d, b.result)
	out.PartialFingerprints = map[string]string{"scaleset/v1": id, "primaryLocationLineHash": id + ":1"}
	b.relate(out, d)
	for i := range d.Fixes {
		if fix := b.fix(&d.Fixes[i]); fix != nil {
			out.Fixes = append(out.Fixes, fix)
		}
	}
	if d.Suppressed != nil {
		out.Suppressions = append(out.Suppressions, b.suppression(d.Suppressed))
	}
	out.Properties = b.properties(d)
	return out
}

// sarifLocations is how many places GitHub shows of a result; it refuses a file
// with more than ten times as many.
const sarifLocations = 100

// relate adds the other places of a finding: those that belong to it, then the
// way on which its value came.
func (b *sarifBuilder) relate(out *sarif.Result, d *diag.Diagnostic) {
	add := func(at source.Range, message string) {
		if at.IsZero() || len(out.RelatedLocations) == sarifLocations {
			return
		}
		l := b.located(at, nil)
		l.ID = len(out.RelatedLocations)
		l.Message = b.message(render.Neutral(b.result.Secrets.Redact(message)))
		out.RelatedLocations = append(out.RelatedLocations, l)
	}
	for _, r := range d.Related {
		add(r.Range, r.Message)
	}
	for _, s := range d.Trail {
		add(s.Place, trail.Sentence(s))
	}
	for _, r := range d.Also {
		add(r.Range, r.Message)
	}
}

// properties hold what the format has no place for, under the names of our JSON.
func (b *sarifBuilder) properties(d *diag.Diagnostic) *sarif.PropertyBag {
	bag := sarif.NewPropertyBag()
	for _, p := range []struct{ name, value string }{
		{"pointer", d.Pointer}, {"guidance", d.Guidance}, {"source", d.Source}, {"parameterSet", d.ParameterSet},
	} {
		if p.value != "" {
			bag.Add(p.name, b.result.Secrets.Redact(p.value))
		}
	}
	if len(bag.Properties) == 0 {
		return nil
	}
	return bag
}

// rule is the index of the description of a rule, which is added when it is new.
func (b *sarifBuilder) rule(d *diag.Diagnostic) int {
	if i, ok := b.rules[d.Code]; ok {
		return i
	}
	i := len(b.driver.Rules)
	b.rules[d.Code] = i
	known := b.result.rule(d)
	rule := sarif.NewReportingDescriptor()
	rule.ID = text(string(d.Code))
	if known.Name != "" {
		rule.Name = text(camel(known.Name))
	}
	rule.DefaultConfiguration = sarif.NewReportingConfiguration()
	rule.DefaultConfiguration.Level = sarifLevel(known.Severity)
	summary := known.Summary
	if summary == "" {
		summary = strings.TrimSpace(string(d.Code) + " " + known.Name)
	}
	rule.ShortDescription, rule.FullDescription = textOf(summary), textOf(summary)
	rule.Help = textOf("Run: scaleset explain " + string(d.Code))
	if known.Page != "" {
		rule.Help = textOf(known.Page)
		rule.Help.Markdown = text(known.Page)
	}
	if strings.HasPrefix(known.Help, "https://") {
		rule.HelpURI = text(known.Help)
	}
	rule.Properties = sarif.NewPropertyBag()
	rule.Properties.Tags = append(rule.Properties.Tags, "azure", "arm-template")
	b.driver.Rules = append(b.driver.Rules, rule)
	return i
}

// located is a place, with the resource and the pointer when a finding gives them.
func (b *sarifBuilder) located(at source.Range, d *diag.Diagnostic) *sarif.Location {
	l := sarif.NewLocation()
	if !at.IsZero() {
		l.PhysicalLocation = sarif.NewPhysicalLocation()
		l.PhysicalLocation.ArtifactLocation = artifact(at.File.Path())
		l.PhysicalLocation.Region = region(at)
	}
	if d != nil && d.Resource != "" {
		resource := sarif.NewLogicalLocation()
		resource.FullyQualifiedName, resource.Kind = text(b.result.Secrets.Redact(d.Resource)), text("resource")
		l.LogicalLocations = append(l.LogicalLocations, resource)
	}
	return l
}

// region is a range in lines and UTF-16 columns; the end column is that after
// the last character (§3.30.8).
func region(at source.Range) *sarif.Region {
	r := sarif.NewRegion()
	line, end := at.StartPosition().Line, at.EndPosition().Line
	from, to := at.File.UTF16Column(at.Start), at.File.UTF16Column(at.End)
	r.StartLine, r.EndLine, r.StartColumn, r.EndColumn = &line, &end, &from, &to
	return r
}

// artifact is a file as a URI: relative to the root of the sources when it is
// below the working folder.
func artifact(name string) *sarif.ArtifactLocation {
	a := sarif.NewArtifactLocation()
	name = strings.ReplaceAll(name, `\`, "/")
	switch drive := len(name) > 2 && name[1:3] == ":/"; {
	case drive:
		a.URI = text((&url.URL{Scheme: "file", Path: "/" + name}).String())
	case path.IsAbs(name):
		a.URI = text((&url.URL{Scheme: "file", Path: name}).String())
	default:
		a.URI = text((&url.URL{Path: name}).String())
		if !strings.HasPrefix(name, "../") {
			a.URIBaseID = text("%SRCROOT%")
		}
	}
	return a
}

// fix is a fix as the format has it; nil for one that would spell a secret out.
func (b *sarifBuilder) fix(f *diag.Fix) *sarif.Fix {
	out := sarif.NewFix()
	out.Description = b.message(render.Neutral(b.result.Secrets.Redact(f.Message)))
	changes := map[*source.File]*sarif.ArtifactChange{}
	for _, e := range f.Edits {
		if e.Range.IsZero() || b.result.Secrets.Redact(e.Text) != e.Text {
			return nil
		}
		change := changes[e.Range.File]
		if change == nil {
			change = sarif.NewArtifactChange()
			change.ArtifactLocation = artifact(e.Range.File.Path())
			changes[e.Range.File] = change
			out.ArtifactChanges = append(out.ArtifactChanges, change)
		}
		r := sarif.NewReplacement()
		r.DeletedRegion = region(e.Range)
		r.InsertedContent = sarif.NewArtifactContent()
		r.InsertedContent.Text = text(e.Text)
		change.Replacements = append(change.Replacements, r)
	}
	if len(out.ArtifactChanges) == 0 {
		return nil
	}
	return out
}

// suppression is "inSource" for what stands in the template (§3.35.2).
func (b *sarifBuilder) suppression(s *diag.Suppression) *sarif.Suppression {
	out := sarif.NewSuppression()
	out.Kind, out.Status = text("external"), text("accepted")
	if s.Kind == "comment" || s.Kind == "metadata" {
		out.Kind = text("inSource")
	}
	out.Justification = text(b.result.Secrets.Redact(s.Reason))
	if !s.Range.IsZero() {
		out.Location = b.located(s.Range, nil)
	}
	return out
}

func (b *sarifBuilder) message(s string) *sarif.Message {
	m := sarif.NewMessage()
	m.Text = text(s)
	return m
}

func sarifLevel(s diag.Severity) string {
	return [...]string{diag.Info: sarif.LevelNote, diag.Warning: sarif.LevelWarning, diag.Error: sarif.LevelError}[s]
}

func text(s string) *string { return &s }

func textOf(s string) *sarif.MultiformatMessageString {
	m := sarif.NewMultiformatMessageString()
	m.Text = text(s)
	return m
}

// camel is the name of a rule as one word, which the format asks for.
func camel(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// fingerprints makes each finding of a run different from the others, in a way
// that does not change when lines move.
type fingerprints map[string]int

func (f *fingerprints) next(d *diag.Diagnostic, r Result) string {
	if *f == nil {
		*f = fingerprints{}
	}
	id := fingerprint(d, r)
	(*f)[id]++
	if n := (*f)[id]; n > 1 {
		id = hash(fmt.Sprintf("%s %d", id, n))
	}
	return id
}
