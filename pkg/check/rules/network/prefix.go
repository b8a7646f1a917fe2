package network

import (
	"net/netip"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
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

// prefixesOf are the ranges of a subnet, of addressPrefix and addressPrefixes.
func prefixesOf(s vmss.Subnet) []vmss.Field[string] {
	if s.Prefix.Given() {
		return append([]vmss.Field[string]{s.Prefix}, s.Prefixes.Items...)
	}
	return s.Prefixes.Items
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

// usable is how many IPv4 addresses a subnet has for instances; ok is false when
// that is not known.
func usable(s vmss.Subnet) (n int, ok bool) {
	all, whole := blocks(prefixesOf(s))
	if !whole || len(all) == 0 || s.Prefixes.State == vmss.Unknown {
		return 0, false
	}
	for _, b := range all {
		if b.prefix.Addr().Is4() {
			n += max(1<<(32-b.prefix.Bits())-guidance.Get(guidance.SubnetReserved).Limit, 0)
		}
	}
	return n, true
}
