package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/packs"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// packed returns the rules of the packs of the command line; the error names a pack
// that does not exist.
func packed(names []string) (map[diag.Code]diag.Severity, error) {
	for _, name := range names {
		if _, ok := packs.Find(name); !ok {
			return nil, usagef("there is no pack %q%s", name, packs.Hint(name))
		}
	}
	return packs.Union(names, rules.All()), nil
}

// packsOf returns the names of the packs of a run, in the order of the documentation:
// those of the command line and those that the settings add for all templates.
func (o *lintOptions) packs() []string {
	given := slices.Clone(o.Packs)
	if x, ok := o.app.policy.Setting("packs", ""); ok {
		given = append(given, x.Values...)
	}
	names := []string{}
	for _, name := range packs.Names() {
		if slices.ContainsFunc(given, func(g string) bool { p, _ := packs.Find(g); return p.Name == name }) {
			names = append(names, name)
		}
	}
	return names
}

// pack lists the rules of a pack, or the checks of the tool that it corresponds to.
func (o *rulesOptions) pack() error {
	p, ok := packs.Find(o.Pack)
	if !ok {
		return usagef("there is no pack %q%s", o.Pack, packs.Hint(o.Pack))
	}
	list := entriesOf(p)
	var rows []parityRow
	if p.Tool != "" {
		rows = slices.DeleteFunc(parity(p.Tool), func(r parityRow) bool { return !r.contains(o.Filter) })
	} else {
		list = slices.DeleteFunc(list, func(e catalog.Entry) bool { return !contains(e, o.Filter) })
	}
	switch {
	case o.Format == "json":
		return writeIndented(o.app.Out, rulesDocument{"1", append([]catalog.Entry{}, list...), parityChecks(rows)})
	case o.Format == "markdown" && p.Tool != "":
		return writeParityMarkdown(o.app.Out, rows)
	case o.Format == "markdown":
		return writeRulesMarkdown(o.app.Out, list)
	case p.Tool != "":
		return writeParityText(o.app.Out, rows)
	}
	return writeRulesText(o.app.Out, list)
}

// entriesOf returns the rules of a pack with the severity that they have there.
func entriesOf(p packs.Pack) (list []catalog.Entry) {
	in := p.Rules(rules.All())
	for _, r := range p.Sorted(rules.All()) {
		e, _ := catalog.Find(r.Code)
		e.Severity = in[r.Code]
		e.Severities = diag.Levels(e.Severity, slices.DeleteFunc(slices.Clone(r.Also), func(l diag.Level) bool { return l.Severity == e.Severity }))
		list = append(list, e)
	}
	return list
}

// A parityRow is a check of another tool, and the rules and other kinds of findings
// that correspond to it.
type parityRow struct {
	Peer    packs.Peer
	Entries []catalog.Entry
}

// parity returns the checks of a tool with what corresponds to each.
func parity(t packs.Tool) (rows []parityRow) {
	all := catalog.All()
	for _, p := range t.Peers() {
		row := parityRow{Peer: p}
		for _, e := range all {
			if slices.Contains(e.Peers, p.ID) {
				row.Entries = append(row.Entries, e)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (r parityRow) contains(filter string) bool {
	text := r.Peer.Title() + " " + r.Peer.Reason
	for _, e := range r.Entries {
		text += " " + string(e.Code) + " " + e.Name
	}
	return strings.Contains(strings.ToLower(text), strings.ToLower(filter))
}

// A parityCheck is a check of another tool.
type parityCheck struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Rules  []string `json:"rules"`            // codes; empty if there is a reason
	Reason string   `json:"reason,omitempty"` // why no rule corresponds to the check
}

func parityChecks(rows []parityRow) (checks []parityCheck) {
	for _, r := range rows {
		c := parityCheck{ID: r.Peer.ID, Name: r.Peer.Name, Rules: []string{}, Reason: r.Peer.Reason}
		for _, e := range r.Entries {
			c.Rules = append(c.Rules, string(e.Code))
		}
		checks = append(checks, c)
	}
	return checks
}

// covering returns what corresponds to the check in words, each by shown.
func (r parityRow) covering(shown func(catalog.Entry) string) string {
	if len(r.Entries) == 0 {
		return "not covered: " + r.Peer.Reason
	}
	texts := make([]string, len(r.Entries))
	for i, e := range r.Entries {
		texts[i] = shown(e)
	}
	return strings.Join(texts, ", ")
}

func writeParityText(w io.Writer, rows []parityRow) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%s\n", r.Peer.Title(), r.covering(func(e catalog.Entry) string { return string(e.Code) + " " + e.Name }))
	}
	return t.Flush()
}

func writeParityMarkdown(w io.Writer, rows []parityRow) error {
	var b strings.Builder
	b.WriteString("| check | rules |\n| --- | --- |\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |\n", r.Peer.Title(), r.covering(func(e catalog.Entry) string { return fmt.Sprintf("[%s](%s) %s", e.Code, e.Help, e.Name) }))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
