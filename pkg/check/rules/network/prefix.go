package network

import (
	"net/netip"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A block is a range of addresses as the template writes it.
type block struct {
	prefix netip.Prefix
	field  vmss.Field[string]
}

// blocks are the well-formed ranges; whole is false when one of them is not
// known or not well formed, so that nothing is said about the whole.
func blocks(fields []vmss.Field[string]) (all []block, whole bool) {
	whole = true
	for _, f := range fields {
		text, ok := f.Known()
		prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
		if !ok || err != nil || prefix != prefix.Masked() {
			whole = false
			continue
		}
		all = append(all, block{prefix, f})
	}
	return all, whole
}

// subnetsOf are the subnets of a network that are certainly different ones. The
// template may write one both in the network and as a resource, and names that
// are not known may be the same.
func subnetsOf(n *vmss.VirtualNetwork) []vmss.Subnet {
	var all []vmss.Subnet
	seen, vague := map[string]bool{}, false
	for _, s := range n.Subnets.Items { // those in the network come first
		name, ok := s.Name.Known()
		name = strings.ToLower(lastSegment(name))
		inside := s.Node.Parent() != nil
		if inside || ok && !vague && !seen[name] {
			all = append(all, s)
		}
		seen[name], vague = true, vague || !ok
	}
	return all
}
