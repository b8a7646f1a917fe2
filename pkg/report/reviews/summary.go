package reviews

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A verdict is the answer to "can this be deployed?".
type verdict struct {
	Tone string // bad, warn or good
	Text string
	More []string // what the change does, a line each
}

// judgement returns the verdict of the review, secrets masked.
func (d Document) judgement() verdict {
	r := d.Review
	errors, warnings, _ := r.Counts()
	var fix []string
	if errors > 0 {
		fix = append(fix, render.Plural(errors, "error"))
	}
	if n := r.Refused(); n > 0 {
		fix = append(fix, render.Plural(n, "change")+" that Azure rejects")
	}
	for i := range r.Sets {
		if s := &r.Sets[i]; s.Plan != nil && s.Plan.HasErrors() {
			fix = append(fix, "the capacity of "+s.Name)
		}
	}
	v := verdict{Tone: "good", Text: "No errors and no warnings."}
	switch {
	case len(fix) > 0:
		v = verdict{Tone: "bad", Text: "Do not deploy this yet. Fix " + listOf(fix) + "."}
	case warnings > 0:
		v = verdict{Tone: "warn", Text: fmt.Sprintf("No errors. Read %s before the deployment.", render.Plural(warnings, "warning"))}
	}
	if n, ok := r.NewFindings(); ok && len(r.Findings) > 0 {
		v.More = append(v.More, fmt.Sprintf("%d of %s new with this change.", n, isAre(len(r.Findings), "finding")))
	}
	if text := d.changesInWords(); text != "" {
		v.More = append(v.More, text)
	}
	for i := range r.Sets {
		if s := &r.Sets[i]; s.Rollout != nil {
			v.More = append(v.More, s.Name+": "+strings.TrimSuffix(rollouts.Verdict(s.Rollout), ".")+".")
		}
	}
	open := 0
	for _, o := range r.Exposure {
		if o.Access == connect.Anyone {
			open++
		}
	}
	if open > 0 {
		v.More = append(v.More, fmt.Sprintf("%s open to the whole Internet.", isAre(open, "port or range of ports")))
	}
	v.Text = d.text(v.Text)
	for i, line := range v.More {
		v.More[i] = d.text(line)
	}
	return v
}

// isAre returns a count with its noun and the verb.
func isAre(n int, noun string) string {
	if n == 1 {
		return render.Plural(n, noun) + " is"
	}
	if noun == "port or range of ports" {
		return fmt.Sprintf("%d ports or ranges of ports are", n)
	}
	return render.Plural(n, noun) + " are"
}

// listOf joins texts as a sentence does: "a, b and c".
func listOf(texts []string) string {
	if n := len(texts) - 1; n > 0 {
		return strings.Join(texts[:n], ", ") + " and " + texts[n]
	}
	return strings.Join(texts, "")
}

// changesInWords counts the changes by their class, the worst first; "" without a
// comparison.
func (d Document) changesInWords() string {
	compared := d.Review.Diff
	if compared == nil {
		return ""
	}
	counts := compared.Counts()
	var parts []string
	for c := diff.Refused; c > diff.NoEffect; c-- {
		if n := counts[c]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d)", c.Words(), n))
		}
	}
	if len(parts) == 0 {
		return "No change from " + compared.Old.Name + "."
	}
	return "Changes: " + strings.Join(parts, ", ") + "."
}

// A findingGroup is the findings under one heading.
type findingGroup struct {
	title    string
	severity diag.Severity
	existing bool  // the older template has them too
	indexes  []int // of the findings of the review
}

// findingGroups returns the findings by severity; those that the change brought come first.
func (d Document) findingGroups() (all []findingGroup) {
	r := d.Review
	_, compared := r.NewFindings()
	for _, existing := range []bool{false, true} {
		if existing && !compared {
			break
		}
		for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
			g := findingGroup{severity: s, existing: existing}
			for i := range r.Findings {
				if r.Findings[i].Severity == s && (!compared || r.New(i) != existing) {
					g.indexes = append(g.indexes, i)
				}
			}
			if len(g.indexes) == 0 {
				continue
			}
			g.title = render.Severities(len(g.indexes), s)
			switch {
			case compared && existing:
				g.title += ", also in " + d.text(r.Diff.Old.Name)
			case compared:
				g.title += ", new"
			}
			all = append(all, g)
		}
	}
	return all
}

// merged groups the sets whose views differ only in the name of the set, in order.
func (d Document) merged(view func(int) any) (all [][]int) {
	at := map[string]int{}
	for i := range d.Review.Sets {
		text, err := json.Marshal(view(i))
		key := strings.ReplaceAll(string(text), d.Review.Sets[i].Name, "\x00")
		if k, ok := at[key]; ok && err == nil {
			all[k] = append(all[k], i)
			continue
		}
		at[key] = len(all)
		all = append(all, []int{i})
	}
	return all
}

// alike groups the scale sets whose facts are equal.
func (d Document) alike() [][]int {
	return d.merged(func(i int) any {
		groups := slices.Clone(d.Review.Sets[i].Facts)
		for k := range groups {
			groups[k].Facts = slices.Clone(groups[k].Facts)
			for f := range groups[k].Facts {
				groups[k].Facts[f].At = "" // copies that are written out are at other places
			}
		}
		return groups
	})
}

// titleNames is how many names of equal sets a heading has.
const titleNames = 5

// titleOf returns the heading of equal sets: their names.
func (d Document) titleOf(sets []int) string {
	var names []string
	for _, i := range sets {
		names = append(names, d.text(d.Review.Sets[i].Name))
	}
	if more := len(names) - titleNames; more > 1 {
		names = append(names[:titleNames], fmt.Sprintf("%d more", more))
	}
	if len(sets) == 1 {
		return names[0]
	}
	return listOf(names) + fmt.Sprintf(" (%d equal scale sets)", len(sets))
}

func lossText(l review.Loss) string {
	return fmt.Sprintf("if the %s with the most instances fails: %s of %s are left (%d%%)", l.Domain, render.Thousands(l.Leaves), render.Plural(l.Of, "instance"), 100*l.Leaves/max(l.Of, 1))
}

// A footprintView is what the cost of equal sets depends on.
type footprintView struct {
	Names, Size, Priority, Instances, Cores, Disks string
}

// footprints returns a row for each group of sets with the same footprint, and the total.
func (d Document) footprints() (rows []footprintView, total footprintView) {
	for _, same := range d.merged(func(i int) any { return d.Review.Sets[i].Footprint }) {
		f := d.Review.Sets[same[0]].Footprint
		v := footprintView{Names: d.titleOf(same), Size: d.text(f.Size), Instances: "not known", Cores: "not known"}
		if v.Size == "" {
			v.Size = "not known"
		}
		if f.Priority != "Regular" {
			v.Priority = d.text(f.Priority)
		}
		each := ""
		if len(same) > 1 {
			each = " each"
		}
		if f.Instances >= 0 {
			v.Instances = upTo(f.Instances, f.Largest) + each
		}
		if f.Instances >= 0 && f.Cores > 0 {
			v.Cores = upTo(f.Instances*f.Cores, f.Largest*f.Cores) + each
		}
		var disks []string
		if f.OSDisk != "" {
			disks = append(disks, "OS "+f.OSDisk)
		}
		if f.DataDisks != "" && f.DataDisks != "none" {
			disks = append(disks, "data "+f.DataDisks)
		}
		v.Disks = d.text(strings.Join(disks, "; "))
		rows = append(rows, v)
	}
	t := d.Review.Total()
	total = footprintView{Instances: upTo(t.Instances, t.Largest), Cores: upTo(t.Cores, t.LargestCores)}
	if !t.Complete {
		total.Disks = "without the scale sets whose capacity or size is not known"
	}
	return rows, total
}

// upTo returns a number, with the number to which autoscale can raise it.
func upTo(n, largest int) string {
	if largest > n {
		return render.Thousands(n) + ", up to " + render.Thousands(largest) + " by autoscale"
	}
	return render.Thousands(n)
}

// An openingView is a port that is open to the Internet, of one set or of several.
type openingView struct{ Host, Ports, To, Access, Tone, By string }

// exposure returns the openings, those to anyone first.
func (d Document) exposure() (rows []openingView) {
	several := len(d.Review.Sets) > 1
	for _, o := range d.Review.Exposure {
		v := openingView{Host: d.text(o.Host), Ports: d.text(o.Ports), To: d.text(o.To), By: d.text(o.By)}
		if o.Protocol != "" && o.Ports != "any" {
			v.Ports += " " + d.text(o.Protocol)
		}
		if several {
			v.To += " of " + d.text(o.ScaleSet)
		}
		switch o.Access {
		case connect.Anyone:
			v.Access, v.Tone = "anyone", "warn"
		case connect.Limited:
			v.Access, v.Tone = "only "+d.text(render.Clip(strings.Join(o.Sources, ", "), render.ValueMax)), "good"
		case connect.Nobody:
			v.Access, v.Tone = "nobody", "good"
		default:
			v.Access = "not known"
		}
		rows = append(rows, v)
	}
	order := map[string]int{"warn": 0, "": 1, "good": 2}
	slices.SortStableFunc(rows, func(a, b openingView) int { return order[a.Tone] - order[b.Tone] })
	return rows
}

// A parameterView is a parameter with its value, or with why none is shown.
type parameterView struct{ Name, Value, Hidden, Source, At string }

func (d Document) parameters() (rows []parameterView) {
	words := map[string]string{"default": "default", "file": "parameter file", "set": "set for this run", "key-vault": "key vault", "placeholder": "placeholder in the parameter file", "none": "not given"}
	for _, p := range d.Review.Parameters() {
		v := parameterView{Name: d.text(p.Name), Value: d.text(render.Clip(p.Value, 2*render.ValueMax)), Source: words[p.Source], At: d.near(d.text(p.At))}
		switch {
		case p.Value != "":
		case p.Secret:
			v.Hidden = "secret"
		case p.Source == "none":
			v.Hidden = "no value"
		default:
			v.Hidden = "known only at deployment"
		}
		rows = append(rows, v)
	}
	return rows
}

// mark colours the picture by the changes; nil without a comparison.
func (d Document) mark() func(*graph.Node) graphs.Mark {
	if d.Review.Diff == nil {
		return nil
	}
	of := map[*expand.Resource]graphs.Mark{}
	for i := range d.Review.Diff.Resources {
		r := &d.Review.Diff.Resources[i]
		if r.New == nil || r.Class == diff.NoEffect {
			continue
		}
		m := graphs.Mark{Sign: "~", Tone: classTone(r.Class), Text: r.Class.Words()}
		switch {
		case r.Class == diff.Created:
			m.Sign = "+"
		case r.Class == diff.Refused:
			m.Sign = "!"
		case r.Class == diff.Replaced:
			m.Sign = "-"
		case r.Class == diff.Unknown:
			m.Sign = "?"
		}
		if m.Tone == "" {
			m.Tone = "change"
		}
		of[r.New] = m
	}
	return func(n *graph.Node) graphs.Mark { return of[n.Resource] }
}
