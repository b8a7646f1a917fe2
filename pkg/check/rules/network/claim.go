package network

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A claim is a range of frontend ports that a pool or a rule takes.
type claim struct {
	what     string // such as "NAT pool ssh"
	natRule  bool   // of an inbound NAT rule
	name     string // "" when it is not known
	frontend string // the id, lower case
	protocol string // lower case; "all" for every one
	first    int
	last     int
	at       lint.Placer
	ranged   bool // of a range of ports, not of one
}

// ports is how a claim is written in a message.
func (c claim) ports() string {
	if c.first == c.last {
		return fmt.Sprintf("port %d", c.first)
	}
	return fmt.Sprintf("ports %d to %d", c.first, c.last)
}

// claims are the ports of a load balancer that are certainly taken, by frontend
// and first port.
func claims(b *vmss.LoadBalancer) []claim {
	var all []claim
	add := func(what string, name vmss.Field[string], frontend vmss.Ref, protocol vmss.Field[string], first, last vmss.Field[int], natRule, ranged bool) {
		from, ok := first.Known()
		to, known := last.Known()
		spoken, said := protocol.Known()
		called, _ := name.Known()
		if !ok || !known || !said || frontend.Path().Type == "" || from <= 0 || to < from {
			return // port 0 stands for all ports that nothing else takes
		}
		all = append(all, claim{
			what: named(what, name), natRule: natRule, name: nameOf(called), frontend: frontend.Path().String(), protocol: strings.ToLower(spoken),
			first: from, last: to, at: first, ranged: ranged,
		})
	}
	for _, p := range b.NatPools.Items {
		add("NAT pool", p.Name, p.Frontend, p.Protocol, p.First, p.Last, false, true)
	}
	for _, r := range b.NatRules.Items {
		if r.Port.IsSet() {
			add("NAT rule", r.Name, r.Frontend, r.Protocol, r.Port, r.Port, true, false)
		} else {
			add("NAT rule", r.Name, r.Frontend, r.Protocol, r.First, r.Last, true, true)
		}
	}
	for _, r := range b.Rules.Items {
		add("rule", r.Name, r.Frontend, r.Protocol, r.FrontendPort, r.FrontendPort, false, false)
	}
	slices.SortStableFunc(all, func(a, b claim) int {
		return cmp.Or(strings.Compare(a.frontend, b.frontend), a.first-b.first)
	})
	return all
}

// A conflict is two claims that share ports.
type conflict struct{ earlier, later claim }

// conflicts are the claims that share ports with an earlier one, each once. The
// claims are in the order of [claims].
func conflicts(all []claim) []conflict {
	var out []conflict
	furthest := map[string]claim{} // by protocol, on the frontend at hand
	for i, c := range all {
		if i > 0 && all[i-1].frontend != c.frontend {
			clear(furthest)
		}
		if earlier, ok := clash(furthest, c); ok && !c.again(earlier) {
			out = append(out, conflict{earlier, c})
		}
		if f, ok := furthest[c.protocol]; !ok || c.last > f.last {
			furthest[c.protocol] = c
		}
	}
	return out
}

// again reports whether two claims may be of one rule that is written twice: in
// its load balancer and as a resource.
func (c claim) again(other claim) bool {
	return c.natRule && other.natRule && (c.name == other.name || c.name == "" || other.name == "")
}

// clash is a claim before c that reaches into it, of its protocol or of all.
func clash(furthest map[string]claim, c claim) (claim, bool) {
	for _, protocol := range [...]string{c.protocol, "all", "tcp", "udp"} {
		f, ok := furthest[protocol]
		if ok && f.last >= c.first && (protocol == c.protocol || protocol == "all" || c.protocol == "all") {
			return f, true
		}
	}
	return claim{}, false
}
