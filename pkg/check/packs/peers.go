package packs

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Tool is another tool that checks templates.
type Tool string

// The tools. [APRL] is a library of queries rather than a tool; its ids are GUIDs.
const (
	ArmTTK  Tool = "arm-ttk"
	PSRule  Tool = "psrule"
	Checkov Tool = "checkov"
	APRL    Tool = "aprl"
)

// Title returns the name of the tool as its authors write it.
func (t Tool) Title() string {
	switch t {
	case ArmTTK:
		return "ARM Template Toolkit"
	case PSRule:
		return "PSRule for Azure"
	case Checkov:
		return "Checkov"
	case APRL:
		return "Azure Proactive Resiliency Library"
	}
	return string(t)
}

// Link returns where the checks of the tool are described.
func (t Tool) Link() string {
	switch t {
	case ArmTTK:
		return "https://github.com/Azure/arm-ttk"
	case PSRule:
		return "https://azure.github.io/PSRule.Rules.Azure"
	case Checkov:
		return "https://www.checkov.io"
	case APRL:
		return "https://azure.github.io/Azure-Proactive-Resiliency-Library-v2"
	}
	return ""
}

// A Peer is one check of another tool.
type Peer struct {
	Tool Tool
	ID   string // as the tool writes it in its results
	// Name is another name of the check, or in our words what it looks at.
	Name string
	// Reason says why no rule corresponds to it; "" if there is one.
	Reason string
}

// peers.txt has a line for each check: tool, id, name and, if no rule corresponds to
// the check, the reason, separated by tabs. The ids were read from the sources of the
// tools on 29 November 2026: arm-ttk 0ec9a41, checkov 03d5fda, PSRule.Rules.Azure
// v1.47, APRL 9b93db7.
//
//go:embed peers.txt
var table string

var peers = lazy.Value[[]Peer]{Of: func() []Peer {
	var list []Peer
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		p := Peer{Tool: Tool(c[0]), ID: c[1], Name: c[2]}
		if len(c) > 3 {
			p.Reason = c[3]
		}
		list = append(list, p)
	}
	return list
}}

// Peers returns the checks of other tools that are near scale sets.
func Peers() []Peer { return slices.Clone(peers.Get()) }

// PeersOf returns the checks that a rule corresponds to.
func PeersOf(r *lint.Rule) (of []Peer) {
	for _, id := range r.Peers {
		if p, ok := FindPeer(id); ok {
			of = append(of, p)
		}
	}
	return of
}

// FindPeer returns the check with an id or a name, ignoring case.
func FindPeer(id string) (Peer, bool) {
	i := slices.IndexFunc(peers.Get(), func(p Peer) bool { return strings.EqualFold(p.ID, id) || strings.EqualFold(p.Name, id) })
	if i < 0 {
		return Peer{}, false
	}
	return peers.Get()[i], true
}

// peersOf returns the checks of the tool that a rule corresponds to.
func (t Tool) peersOf(r *lint.Rule) []Peer {
	return slices.DeleteFunc(PeersOf(r), func(p Peer) bool { return p.Tool != t })
}

// PeersOfKind returns the ids of the checks that a kind of finding of no rule
// corresponds to: it is reported with and without packs.
func PeersOfKind(code diag.Code) []string {
	for _, k := range kinds {
		if k.code == code {
			return k.peers
		}
	}
	return nil
}

// kinds are the checks that findings about the language and the schemas correspond
// to, by the code of the finding.
var kinds = []struct {
	code  diag.Code
	peers []string
}{
	{"SS1003", []string{"AZR-000228"}},
	{"SS1031", []string{"Parameter-Types-Should-Be-Consistent", "AZR-000226"}},
	{"SS1032", []string{"AZR-000224"}},
	{"SS1033", []string{"DeploymentParameters-Should-Have-Value", "AZR-000232"}},
	{"SS2001", []string{"JSONFiles-Should-Be-Valid"}},
	{"SS2020", []string{"DeploymentTemplate-Schema-Is-Correct", "DeploymentParameters-Should-Have-Schema", "AZR-000212"}},
	{"SS2021", []string{"DeploymentTemplate-Schema-Is-Correct", "DeploymentParameters-Should-Have-ContentVersion", "DeploymentParameters-Should-Have-Parameters", "AZR-000212"}},
	{"SS2022", []string{"DeploymentTemplate-Schema-Is-Correct"}},
	{"SS2024", []string{"Min-And-Max-Value-Are-Numbers", "AZR-000212"}},
	{"SS2030", []string{"DeploymentParameters-Should-Have-ContentVersion", "DeploymentParameters-Should-Have-Parameters", "DeploymentParameters-Should-Have-Schema", "DeploymentParameters-Should-Have-Value", "AZR-000229", "AZR-000233"}},
	{"SS2032", []string{"DeploymentParameters-Should-Have-Schema", "AZR-000230"}},
	{"SS2046", []string{"apiVersions-Should-Be-Recent"}},
	{"SS2055", []string{"AZR-000359"}},
}
