package packs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Section returns the section of the page of a rule about the packs that it is in and the
// checks of other tools that look at the same, in Markdown; "" if there are none.
func Section(r *lint.Rule) string {
	var lists []string
	for _, p := range all {
		if p.Tool == "" && len(p.Rules([]*lint.Rule{r})) > 0 {
			lists = append(lists, "`"+p.Name+"`")
		}
	}
	of := PeersOf(r)
	if len(lists) == 0 && len(of) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("## Packs\n\n| pack | check of the other tool |\n| --- | --- |\n")
	if len(lists) > 0 {
		fmt.Fprintf(&b, "| %s | |\n", strings.Join(lists, ", "))
	}
	for _, p := range all {
		for _, peer := range of {
			if peer.Tool == p.Tool && p.Tool != "" {
				fmt.Fprintf(&b, "| `%s` | %s |\n", p.Name, peer.Title())
			}
		}
	}
	return b.String()
}

// Title returns the id of a check and, if it has one, its name.
func (p Peer) Title() string {
	if p.Name == "" || p.Name == p.ID {
		return p.ID
	}
	return p.ID + ", " + p.Name
}

// Peers returns the checks of the tool, in the order of their list.
func (t Tool) Peers() []Peer {
	return slices.DeleteFunc(Peers(), func(p Peer) bool { return p.Tool != t })
}

// Sorted returns the rules of a pack in the order of their codes.
func (p Pack) Sorted(rules []*lint.Rule) (in []*lint.Rule) {
	codes := p.Rules(rules)
	for _, r := range rules {
		if _, ok := codes[r.Code]; ok {
			in = append(in, r)
		}
	}
	slices.SortFunc(in, func(a, b *lint.Rule) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return in
}
