package findings

import (
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
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
//     they are included only with [Result.ShowSuppressed].
//   - GitHub rejects a file with a result that has no place, or whose place is no
//     file of the repository; paths are relative to %SRCROOT%, which it takes for
//     the top of the checkout, and what has no place is a notification of the run.
//   - It requires a short and a full description and a help of each rule, all four
//     numbers of a region, and no more than 100 locations of a result
//     (https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
//   - There are no snippets: they would repeat the secrets of a template.
type SARIF struct{}

// sarifHome is where the rules and the tool are described.
const sarifHome = "https://github.com/scaleset/scaleset"

// Report implements [Reporter].
func (SARIF) Report(w io.Writer, r Result) error { return render.WriteJSON(w, newSARIF(r)) }

// The types have what we write of the format, members in the order of their names.
// What they leave out means its default (§3.4 and the schema).
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Runs    []sarifRun `json:"runs"`
	Version string     `json:"version"`
}

type sarifRun struct {
	ColumnKind      string            `json:"columnKind"`
	Invocations     []sarifInvocation `json:"invocations"`
	RedactionTokens []string          `json:"redactionTokens"`
	Results         []sarifResult     `json:"results"` // an empty list says that nothing was found
	Tool            sarifTool         `json:"tool"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool                `json:"executionSuccessful"`
	Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	AssociatedRule sarifRuleReference `json:"associatedRule"`
	Level          string             `json:"level"`
	Message        sarifText          `json:"message"`
}

type sarifRuleReference struct {
	ID    string `json:"id"`
	Index int    `json:"index"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	InformationURI  string      `json:"informationUri"`
	Name            string      `json:"name"`
	Rules           []sarifRule `json:"rules,omitempty"`
	SemanticVersion string      `json:"semanticVersion,omitempty"`
	Version         string      `json:"version,omitempty"`
}

type sarifRule struct {
	DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
	FullDescription      sarifText          `json:"fullDescription"`
	Help                 sarifHelp          `json:"help"`
	HelpURI              string             `json:"helpUri,omitempty"`
	ID                   string             `json:"id"`
	Name                 string             `json:"name,omitempty"`
	Properties           sarifTags          `json:"properties"`
	ShortDescription     sarifText          `json:"shortDescription"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifHelp struct {
	Markdown string `json:"markdown,omitempty"`
	Text     string `json:"text"`
}

type sarifTags struct {
	Tags []string `json:"tags"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	Fixes               []sarifFix         `json:"fixes,omitempty"`
	Level               string             `json:"level"`
	Locations           []sarifLocation    `json:"locations"`
	Message             sarifText          `json:"message"`
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	Properties          map[string]string  `json:"properties,omitempty"`
	RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
	RuleID              string             `json:"ruleId"`
	RuleIndex           int                `json:"ruleIndex"`
	Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifLocation struct {
	ID               *int           `json:"id,omitempty"`
	LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
	Message          *sarifText     `json:"message,omitempty"`
	PhysicalLocation *sarifPhysical `json:"physicalLocation,omitempty"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI       string `json:"uri"`
	URIBaseID string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	EndColumn   int `json:"endColumn"`
	EndLine     int `json:"endLine"`
	StartColumn int `json:"startColumn"`
	StartLine   int `json:"startLine"`
}

type sarifFix struct {
	ArtifactChanges []sarifChange `json:"artifactChanges"`
	Description     sarifText     `json:"description"`
}

type sarifChange struct {
	ArtifactLocation sarifArtifact      `json:"artifactLocation"`
	Replacements     []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	DeletedRegion   sarifRegion `json:"deletedRegion"`
	InsertedContent sarifText   `json:"insertedContent"`
}

type sarifSuppression struct {
	Justification string         `json:"justification"`
	Kind          string         `json:"kind"`
	Location      *sarifLocation `json:"location,omitempty"`
	Status        string         `json:"status"`
}

// newSARIF returns the log of one run, which was completed.
func newSARIF(r Result) sarifLog {
	b := &sarifBuilder{result: r, rules: map[diag.Code]int{}, driver: sarifDriver{InformationURI: sarifHome, Name: "scaleset"}}
	if version := strings.TrimPrefix(r.Version, "v"); version != "" && version[0] >= '0' && version[0] <= '9' {
		b.driver.Version, b.driver.SemanticVersion = version, version
	}
	run := sarifRun{ColumnKind: "utf16CodeUnits", RedactionTokens: []string{secret.Mask}, Results: []sarifResult{}}
	invocation := sarifInvocation{ExecutionSuccessful: true}
	for _, d := range r.shown() {
		if d.Subject.IsZero() {
			invocation.Notifications = append(invocation.Notifications, b.notification(&d))
		} else {
			run.Results = append(run.Results, b.resultOf(&d))
		}
	}
	run.Invocations = []sarifInvocation{invocation}
	run.Tool.Driver = b.driver
	return sarifLog{Schema: "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json", Runs: []sarifRun{run}, Version: "2.1.0"}
}

type sarifBuilder struct {
	result Result
	driver sarifDriver
	rules  map[diag.Code]int // index in the driver
	seen   fingerprints
}

// notification is a finding about the run as a whole.
func (b *sarifBuilder) notification(d *diag.Diagnostic) sarifNotification {
	return sarifNotification{sarifRuleReference{string(d.Code), b.rule(d)}, sarifLevel(d.Severity), sarifText{message(d, b.result)}}
}

func (b *sarifBuilder) resultOf(d *diag.Diagnostic) sarifResult {
	all := b.result.Secrets
	b.result = b.result.about(d)
	defer func() { b.result.Secrets = all }()
	out := sarifResult{
		RuleID: string(d.Code), RuleIndex: b.rule(d), Level: sarifLevel(d.Severity), Message: sarifText{message(d, b.result)},
		Locations: []sarifLocation{b.located(d.Subject, d)}, RelatedLocations: b.related(d), Properties: b.properties(d),
	}
	id := b.seen.next(d, b.result)
	out.PartialFingerprints = map[string]string{"scaleset/v1": id, "primaryLocationLineHash": id + ":1"}
	for i := range d.Fixes {
		if fix, ok := b.fix(&d.Fixes[i]); ok {
			out.Fixes = append(out.Fixes, fix)
		}
	}
	if d.Suppressed != nil {
		out.Suppressions = []sarifSuppression{b.suppression(d.Suppressed)}
	}
	return out
}

// sarifLocations is how many places GitHub shows of a result; it rejects a file
// with more than ten times as many.
const sarifLocations = 100

// related are the other places of a finding: those that belong to it, then the
// way on which its value came.
func (b *sarifBuilder) related(d *diag.Diagnostic) (all []sarifLocation) {
	add := func(at source.Range, message string) {
		if at.IsZero() || len(all) == sarifLocations {
			return
		}
		id := len(all)
		l := b.located(at, nil)
		l.ID, l.Message = &id, b.text(message)
		all = append(all, l)
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
	return all
}

// text is a text of a finding, without secrets, on one line.
func (b *sarifBuilder) text(s string) *sarifText {
	return &sarifText{render.Neutral(b.result.Secrets.Redact(s))}
}

// properties hold what the format has no place for, under the names of our JSON.
func (b *sarifBuilder) properties(d *diag.Diagnostic) map[string]string {
	bag := map[string]string{}
	for _, p := range []struct{ name, value string }{
		{"pointer", d.Pointer}, {"guidance", d.Guidance}, {"source", d.Source}, {"parameterSet", d.ParameterSet}, {"parameterValues", d.Values}, {"symbolicName", d.Symbol},
	} {
		if p.value != "" {
			bag[p.name] = b.result.Secrets.Redact(p.value)
		}
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
	summary := known.Summary
	if summary == "" {
		summary = strings.TrimSpace(string(d.Code) + " " + known.Name)
	}
	rule := sarifRule{
		ID: string(d.Code), Name: camel(known.Name), DefaultConfiguration: sarifConfiguration{sarifLevel(known.Severity)},
		ShortDescription: sarifText{summary}, FullDescription: sarifText{summary}, Help: sarifHelp{Text: "Run: scaleset explain " + string(d.Code)},
		Properties: sarifTags{append([]string{"azure", "arm-template"}, known.Peers...)},
	}
	if known.Page != nil {
		page := known.Page()
		rule.Help = sarifHelp{page, page}
	}
	if strings.HasPrefix(known.Help, "https://") {
		rule.HelpURI = known.Help
	}
	b.driver.Rules = append(b.driver.Rules, rule)
	return i
}

// located is a place, with the resource and the pointer when a finding gives them.
func (b *sarifBuilder) located(at source.Range, d *diag.Diagnostic) (l sarifLocation) {
	if !at.IsZero() {
		l.PhysicalLocation = &sarifPhysical{artifact(at.File.Path()), region(at)}
	}
	if d != nil && d.Resource != "" {
		l.LogicalLocations = []sarifLogical{{b.result.Secrets.Redact(d.Resource), "resource"}}
	}
	return l
}

// region is a range in lines and UTF-16 columns; the end column is that after
// the last character (§3.30.8).
func region(at source.Range) sarifRegion {
	return sarifRegion{
		StartLine: at.StartPosition().Line, EndLine: at.EndPosition().Line,
		StartColumn: at.File.UTF16Column(at.Start), EndColumn: at.File.UTF16Column(at.End),
	}
}

// artifact is a file as a URI: relative to the root of the sources when it is
// below the working folder.
func artifact(name string) sarifArtifact {
	name = strings.ReplaceAll(name, `\`, "/")
	switch drive := len(name) > 2 && name[1:3] == ":/"; {
	case drive:
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: "/" + name}).String()}
	case path.IsAbs(name):
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: name}).String()}
	}
	a := sarifArtifact{URI: (&url.URL{Path: name}).String()}
	if !strings.HasPrefix(name, "../") {
		a.URIBaseID = "%SRCROOT%"
	}
	return a
}

// fix is a fix as the format has it; not ok for one that would spell a secret out.
func (b *sarifBuilder) fix(f *diag.Fix) (out sarifFix, ok bool) {
	out.Description = *b.text(f.Message)
	changes := map[*source.File]int{} // index
	for _, e := range f.Edits {
		if e.Range.IsZero() || b.result.Secrets.Redact(e.Text) != e.Text {
			return out, false
		}
		i, known := changes[e.Range.File]
		if !known {
			i = len(out.ArtifactChanges)
			changes[e.Range.File] = i
			out.ArtifactChanges = append(out.ArtifactChanges, sarifChange{ArtifactLocation: artifact(e.Range.File.Path())})
		}
		change := &out.ArtifactChanges[i]
		change.Replacements = append(change.Replacements, sarifReplacement{region(e.Range), sarifText{e.Text}})
	}
	return out, len(out.ArtifactChanges) > 0
}

// suppression is "inSource" for comments and metadata of the template (§3.35.2).
func (b *sarifBuilder) suppression(s *diag.Suppression) sarifSuppression {
	out := sarifSuppression{Kind: "external", Status: "accepted", Justification: b.result.Secrets.Redact(s.Reason)}
	if s.Kind == "comment" || s.Kind == "metadata" {
		out.Kind = "inSource"
	}
	if !s.Range.IsZero() {
		l := b.located(s.Range, nil)
		out.Location = &l
	}
	return out
}

func sarifLevel(s diag.Severity) string {
	return [...]string{diag.Info: "note", diag.Warning: "warning", diag.Error: "error"}[s]
}

// camel returns the name of a rule as one word, as the format requires.
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
