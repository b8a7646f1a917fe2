package requirements

import (
	"net/netip"
	"strings"
)

// prefixOf reads an address prefix, or an address as a prefix of itself.
func prefixOf(text string) (netip.Prefix, bool) {
	text = strings.TrimSpace(text)
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a, a.BitLen()), true
}

// A range is an address prefix of the template.
type addressRange struct {
	hit
	prefix netip.Prefix
}

// ranges are the address prefixes that a path certainly leads to.
func ranges(s subject, p path) []addressRange {
	var all []addressRange
	for _, h := range p.find(nil, s) {
		text, ok := textOf(s, h)
		if h.state != known || !ok {
			continue
		}
		if prefix, ok := prefixOf(text); ok {
			all = append(all, addressRange{h, prefix})
		}
	}
	return all
}

// askApart looks for two prefixes that overlap: two of one list, or one of each
// of two lists.
func (c *clause) askApart(s subject) answer {
	all := ranges(s, c.paths[0])
	others := all
	if c.other != nil {
		others = ranges(s, *c.other)
	}
	for i, a := range all {
		for j, b := range others {
			if c.other == nil && j >= i {
				break
			}
			if a.prefix.Overlaps(b.prefix) && a.node != b.node {
				return answer{truth: no, hit: a.hit, related: b.hit}
			}
		}
	}
	return answer{truth: maybe}
}

// askAlike looks for an id or text that certainly differs from the first one.
func (c *clause) askAlike(s subject) answer {
	var first string
	var at hit
	for _, h := range c.paths[0].find(nil, s) {
		text, ok := identityOf(s, h)
		switch {
		case !ok || strings.ContainsAny(text, "{}"): // symbols of what is not known
		case first == "":
			first, at = text, h
		case text != first:
			return answer{truth: no, hit: h, related: at}
		}
	}
	return answer{truth: maybe}
}

// judgeAddress compares an address with the prefixes that it has to be in. Azure
// keeps the first four addresses and the last one of an IPv4 subnet.
func (c *clause) judgeAddress(s subject, text string, a *answer) truth {
	address, err := netip.ParseAddr(strings.TrimSpace(text))
	if err != nil {
		return maybe
	}
	outside := false
	for _, h := range c.other.find(nil, s) {
		other, ok := textOf(s, h)
		prefix, parsed := prefixOf(other)
		if h.state != known || !ok || !parsed {
			return maybe
		}
		if prefix.Addr().Is4() != address.Is4() {
			continue
		}
		a.related = h
		if prefix.Contains(address) {
			if c.op == opUsable && keptByAzure(prefix, address) {
				return no
			}
			return yes
		}
		outside = true
	}
	if outside {
		return no
	}
	return maybe
}

// keptByAzure reports an address of a subnet that Azure keeps for itself.
func keptByAzure(subnet netip.Prefix, address netip.Addr) bool {
	if !address.Is4() || subnet.Bits() > 29 {
		return false
	}
	first := subnet.Addr()
	for range 4 {
		if address == first {
			return true
		}
		first = first.Next()
	}
	return !subnet.Contains(address.Next())
}

// addressOf is the address that a value is, the zero address for any other.
func addressOf(s subject, h hit) netip.Addr {
	text, _ := textOf(s, h)
	a, _ := netip.ParseAddr(strings.TrimSpace(text))
	return a
}
