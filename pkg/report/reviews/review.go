package reviews

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"slices"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/report/connections"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A Document is a review with what its writers need beside it.
type Document struct {
	Review  *review.Review
	Secrets *secret.Set
	Version string // of the tool
	Assumed []expansions.Assumed
}

// comparison is the diff of the review as its writers take it.
func (d Document) comparison() comparisons.Comparison {
	return comparisons.Comparison{Diff: d.Review.Diff, Secrets: d.Secrets}
}

func (d Document) result() findings.Result {
	return findings.Result{Findings: d.Review.Findings, Secrets: d.Secrets, Version: d.Version}
}

// counts are the findings by severity, "1 error, 2 warnings, 0 info".
func (d Document) counts() string {
	errors, warnings, infos := d.Review.Counts()
	return render.Plural(errors, "error") + ", " + render.Plural(warnings, "warning") + ", " + render.Severities(infos, diag.Info)
}

// parameterFile is ", with the parameters of FILE"; "" without a parameter file.
func (d Document) parameterFile() string {
	if d.Review.ParameterFile == "" {
		return ""
	}
	return ", with the parameters of " + d.text(d.Review.ParameterFile)
}

type jsonReview struct {
	Version       string                 `json:"version"`
	Template      string                 `json:"template"`
	ParameterFile string                 `json:"parameterFile"`
	Summary       jsonReviewCounts       `json:"summary"`
	Resources     []jsonDeployed         `json:"resources"`
	Graph         jsonGraph              `json:"graph"`
	ScaleSets     []jsonReviewSet        `json:"scaleSets"`
	Total         review.Total           `json:"total"`
	Exposure      []connect.Opening      `json:"exposure"`
	Parameters    []review.Parameter     `json:"parameters"`
	Verdict       string                 `json:"verdict"`
	Findings      []findings.JSONFinding `json:"findings"`
	// New are the indexes of the findings that the change brought; absent without a
	// comparison of templates.
	New         *[]int               `json:"newFindings,omitempty"`
	Diff        *comparisons.Object  `json:"diff,omitempty"`
	Unknown     []review.Unknown     `json:"unknown"`
	Assumed     []expansions.Assumed `json:"madeUp"`
	Assumptions []string             `json:"assumptions"`
}

type jsonReviewCounts struct {
	Resources int `json:"resources"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Infos     int `json:"infos"`
	Refused   int `json:"refused"`
}

type jsonDeployed struct {
	Type       string        `json:"type"`
	Name       string        `json:"name"`
	APIVersion string        `json:"apiVersion"`
	Location   string        `json:"location"`
	At         *render.Range `json:"at,omitempty"`
}

type jsonGraph struct {
	Nodes []jsonNode `json:"nodes"`
	Edges []jsonEdge `json:"edges"`
}

type jsonNode struct {
	Type        string   `json:"type"`
	Name        string   `json:"name"`
	Count       int      `json:"count"`
	External    bool     `json:"external"`
	Conditional bool     `json:"conditional"`
	Details     []string `json:"details"`
}

type jsonEdge struct {
	From int      `json:"from"`
	To   int      `json:"to"`
	By   []string `json:"by"`
}

type jsonReviewSet struct {
	Name      string           `json:"name"`
	Facts     []review.Group   `json:"facts"`
	Footprint review.Footprint `json:"footprint"`
	// Before is the footprint before the change; absent without a comparison.
	Before *review.Footprint `json:"before,omitempty"`
	Reach  *connect.Set      `json:"reach,omitempty"`
	Plan   json.RawMessage   `json:"capacity,omitempty"`
	WhyNot string            `json:"whyNoCapacity,omitempty"`
	// Rollout is as a set in the JSON of plan.
	Rollout      json.RawMessage `json:"rollout,omitempty"`
	WhyNoRollout string          `json:"whyNoRollout,omitempty"`
	Limits       []jsonBar       `json:"limits"`
	Losses       []review.Loss   `json:"losses"`
}

type jsonBar struct {
	Name     string  `json:"name"`
	Max      int     `json:"max"`
	Now      int     `json:"now"`
	Analysis int     `json:"autoscaleMaximum,omitempty"`
	Share    float64 `json:"share"`
	Severity string  `json:"severity"`
	Reason   string  `json:"reason"`
	Help     string  `json:"help"`
}

// WriteJSON writes the review for machines, long lists element by element. Its
// shape is a contract: members are added, never renamed or removed.
func (d Document) WriteJSON(w io.Writer) error {
	r := d.Review
	errors, warnings, infos := r.Counts()
	out := jsonReview{
		Version: "1", Template: r.Template, ParameterFile: r.ParameterFile,
		Summary: jsonReviewCounts{len(r.Deployment.Resources), errors, warnings, infos, r.Refused()},
		Graph:   d.jsonGraph(), Total: r.Total(), Exposure: d.openings(), Parameters: []review.Parameter{}, Verdict: d.judgement().Text,
		Unknown: d.unknowns(), Assumed: render.OrEmpty(d.Assumed), Assumptions: render.OrEmpty(r.Assumptions),
	}
	for _, p := range r.Parameters() {
		p.Name, p.Value = d.Secrets.Redact(p.Name), d.Secrets.Redact(p.Value)
		out.Parameters = append(out.Parameters, p)
	}
	if _, ok := r.NewFindings(); ok {
		indexes := []int{}
		for i := range r.Findings {
			if r.New(i) {
				indexes = append(indexes, i)
			}
		}
		out.New = &indexes
	}
	j := render.NewJSONWriter(w)
	streamed := map[string]func(string){
		"resources": func(name string) { render.JSONList(j, name, d.jsonResources()) },
		"scaleSets": func(name string) { render.JSONList(j, name, d.jsonSets(j.Fail)) },
		"findings":  func(name string) { render.JSONList(j, name, findings.JSONFindings(r.Findings, d.Secrets)) },
	}
	if r.Diff != nil {
		streamed["diff"] = func(name string) { j.Object(name, d.comparison().WriteMembers) }
	}
	j.Members(out, streamed)
	return j.End()
}

func (d Document) jsonResources() iter.Seq[jsonDeployed] {
	return func(yield func(jsonDeployed) bool) {
		for _, res := range d.Review.Deployment.Resources {
			location, _ := res.Body.Get("location").Text()
			if !yield(jsonDeployed{res.Type, d.Secrets.Redact(res.Name), res.APIVersion, location, render.RangeOrNil(res.Declared)}) {
				return
			}
		}
	}
}

func (d Document) jsonSets(fail func(error)) iter.Seq[jsonReviewSet] {
	return func(yield func(jsonReviewSet) bool) {
		for i := range d.Review.Sets {
			set, err := d.jsonSet(&d.Review.Sets[i])
			if err != nil {
				fail(err)
				return
			}
			if !yield(set) {
				return
			}
		}
	}
}

// openings are the ports that are open to the Internet, secrets masked.
func (d Document) openings() []connect.Opening {
	all := []connect.Opening{}
	for _, o := range d.Review.Exposure {
		o.Sources = slices.Clone(o.Sources)
		for _, text := range []*string{&o.ScaleSet, &o.Host, &o.Ports, &o.Protocol, &o.To, &o.By} {
			*text = d.Secrets.Redact(*text)
		}
		for i := range o.Sources {
			o.Sources[i] = d.Secrets.Redact(o.Sources[i])
		}
		all = append(all, o)
	}
	return all
}

// picture is the graph without secrets.
func (d Document) picture() *graph.Graph { return graphs.Masked(d.Review.Graph, d.Secrets) }

func (d Document) jsonGraph() jsonGraph {
	g := jsonGraph{Nodes: []jsonNode{}, Edges: []jsonEdge{}}
	for _, n := range d.picture().Nodes {
		g.Nodes = append(g.Nodes, jsonNode{n.Type, n.Name, n.Count, n.External, n.Conditional, render.OrEmpty(n.Details)})
	}
	for _, e := range d.Review.Graph.Edges {
		g.Edges = append(g.Edges, jsonEdge{e.From, e.To, render.OrEmpty(e.By)})
	}
	return g
}

// unknowns are those of the review, secrets masked.
func (d Document) unknowns() []review.Unknown {
	all := []review.Unknown{}
	for _, u := range d.Review.Unknown {
		u.Expression, u.Resource = d.Secrets.Redact(u.Expression), d.Secrets.Redact(u.Resource)
		all = append(all, u)
	}
	return all
}

// footprint is what the cost of a set depends on, secrets masked.
func (d Document) footprint(f review.Footprint) review.Footprint {
	for _, text := range []*string{&f.Size, &f.Priority, &f.OSDisk, &f.DataDisks} {
		*text = d.Secrets.Redact(*text)
	}
	return f
}

// groups are the facts of a set, secrets masked.
func (d Document) groups(s *review.Set) []review.Group {
	var all []review.Group
	for _, g := range s.Facts {
		masked := review.Group{Title: g.Title}
		for _, f := range g.Facts {
			f.Value = d.Secrets.Redact(f.Value)
			masked.Facts = append(masked.Facts, f)
		}
		all = append(all, masked)
	}
	return all
}

func (d Document) jsonSet(s *review.Set) (out jsonReviewSet, err error) {
	out = jsonReviewSet{Name: d.Secrets.Redact(s.Name), Facts: d.groups(s), Footprint: d.footprint(s.Footprint), Reach: d.reach(s), WhyNot: s.WhyNot, Limits: []jsonBar{}, Losses: render.OrEmpty(s.Losses)}
	if s.Before != nil {
		before := d.footprint(*s.Before)
		out.Before = &before
	}
	for _, b := range s.Bars {
		out.Limits = append(out.Limits, jsonBar{b.Limit.Name, b.Limit.Max, b.Now, b.Most, b.Share(), b.Limit.Severity.String(), b.Limit.Reason, b.Limit.Says.Link()})
	}
	if s.Plan != nil {
		var b bytes.Buffer
		err = plans.JSON{}.Report(&b, plans.Preview{Plans: []*whatif.Plan{s.Plan}, Secrets: d.Secrets})
		out.Plan = b.Bytes()
	}
	if s.Rollout != nil && err == nil {
		var b bytes.Buffer
		err = rollouts.WriteSetJSON(&b, s.Rollout, d.Secrets)
		out.Rollout = b.Bytes()
	}
	out.WhyNoRollout = d.Secrets.Redact(s.WhyNoRollout)
	return out, err
}

// reach is how a set is reached, without secrets.
func (d Document) reach(s *review.Set) *connect.Set {
	if s.Reach == nil {
		return nil
	}
	return &connections.Masked([]connect.Set{*s.Reach}, d.Secrets)[0]
}

// hasChanges reports whether there is a diff with changes.
func (d Document) hasChanges() bool {
	if d.Review.Diff == nil {
		return false
	}
	for _, r := range d.Review.Diff.Resources {
		if r.Class != diff.NoEffect {
			return true
		}
	}
	return len(d.Review.Diff.Guards) > 0
}
