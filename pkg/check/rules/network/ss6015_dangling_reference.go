package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6015_dangling_reference.md
var danglingReferencePage string

// danglingReference reports ids of parts of resources that the template makes
// without that part. A reference that leads out of the template is silent.
var danglingReference = &lint.Rule{
	Code: "SS6015", Name: "dangling-reference", Severity: diag.Error, Since: "0.1", Page: &danglingReferencePage,
	Guidance: []guidance.ID{guidance.ReferencedPartExists},
	Run:      checkDanglingReference,
}

func checkDanglingReference(p *lint.Pass) {
	names := partNames{deployment: p.Deployment}
	for _, r := range p.Deployment.Expanded.Resources {
		if !certain(r) {
			continue
		}
		eachID(r.Body, func(n *expand.Node) {
			ref := p.Deployment.Ref(n)
			if ref.Dangling && certain(ref.Resource) && holds(ref) {
				reportDangling(p, ref, names.of(ref))
			}
		})
	}
}

// eachID visits the members below a value whose name is or ends with id, such
// as virtualNetworkSubnetId, but for its own. The depth is that of JSON, which
// the parser bounds.
func eachID(n *expand.Node, visit func(*expand.Node)) {
	for _, m := range n.Members {
		if len(m.Name) > 1 && fold.Equal(m.Name[len(m.Name)-2:], "id") && n.Parent() != nil && m.Node != nil {
			visit(m.Node)
		}
		eachID(m.Node, visit)
	}
	for _, item := range n.Items {
		eachID(item, visit)
	}
}

// holds reports that parts of the kind certainly live in the resource and
// nowhere else. A virtual network without subnets keeps those that it has.
func holds(ref vmss.Ref) bool {
	kind := fold.Lower(ref.Path().Kind())
	switch fold.Lower(ref.Resource.Type) {
	case "microsoft.network/loadbalancers", "microsoft.network/applicationgateways":
		return kind != "" // all of their parts are written with them
	case "microsoft.network/networkinterfaces":
		return kind == "ipconfigurations"
	case "microsoft.network/virtualnetworks":
		return kind == "subnets" && ref.Resource.Body.Get("properties", "subnets") != nil
	}
	return false
}

func reportDangling(p *lint.Pass, ref vmss.Ref, names []string) {
	name, kind := ref.Path().Name(), ref.Path().Kind()
	f := p.Reportf(ref, "%s has no %s named %s", nameOf(ref.Resource.Name), kind, name).
		Relatedf(ref.Resource.Body.Get("name"), "the resource")
	best := nearest.Name(name, names)
	switch {
	case best != "":
		f.Detailf("Did you mean %s?", best)
	case len(names) > 0:
		f.Detailf("It has %s.", strings.Join(names[:min(len(names), 8)], ", "))
	default:
		f.Detailf("Add it to the resource, or remove the reference.")
	}
	if at, ok := spelled(ref.Place().At(), name); ok && best != "" && best == nearest.Unique(name, names) {
		f.Fix("rename it to "+best, diag.Edit{Range: at, Text: best})
	}
}
