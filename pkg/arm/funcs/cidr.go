package funcs

import (
	"encoding/binary"
	"math"
	"math/big"
	"net/netip"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const cidrDocs = docs + "cidr#"

var cidrFuncs = []Func{
	{Name: "cidrHost", Family: "cidr", Result: "string", Params: []Param{{Name: "network", Type: "string"}, {Name: "hostIndex", Type: "int"}}, Min: 2, Answer: cidrHost,
		Doc: "The address of a host in a network; host 0 is the first usable address.", Source: cidrDocs + "cidrhost"},
	{Name: "cidrSubnet", Family: "cidr", Result: "string", Params: []Param{{Name: "network", Type: "string"}, {Name: "cidr", Type: "int"}, {Name: "subnetIndex", Type: "int"}}, Min: 3, Answer: cidrSubnet,
		Doc: "One of the subnets of equal size in a network.", Source: cidrDocs + "cidrsubnet"},
	{Name: "parseCidr", Family: "cidr", Result: "object", Params: []Param{{Name: "network", Type: "string"}}, Min: 1, Answer: parseCIDR,
		Doc: "The network, netmask, broadcast and usable addresses of a network.", Source: cidrDocs + "parsecidr"},
}

// network returns argument 0, an address with the length of its prefix.
func (c *Call) network() (netip.Prefix, error) {
	s, err := c.str(0)
	if err != nil {
		return netip.Prefix{}, err
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return p, wrong(0, "must be a network such as 10.0.0.0/16, not '%s'", clip(s))
	}
	return p.Masked(), nil
}

// hostBits returns the number of host bits of the prefix.
func hostBits(p netip.Prefix) int { return p.Addr().BitLen() - p.Bits() }

// offset returns the n-th address after the start of p; n must be within the
// network.
func offset(p netip.Prefix, n *big.Int) netip.Addr {
	sum := new(big.Int).SetBytes(p.Addr().AsSlice())
	b := sum.Add(sum, n).FillBytes(make([]byte, p.Addr().BitLen()/8))
	addr, _ := netip.AddrFromSlice(b)
	return addr
}

// lastAddr returns the last address of p, which is the broadcast address of
// IPv4.
func lastAddr(p netip.Prefix) netip.Addr {
	size := new(big.Int).Lsh(big.NewInt(1), uint(hostBits(p)))
	return offset(p, size.Sub(size, big.NewInt(1)))
}

func parseCIDR(c *Call) (value.Value, error) {
	p, err := c.network()
	if err != nil {
		return nil, err
	}
	first, last := p.Addr(), lastAddr(p)
	members := []value.Member{
		{Name: "network", Value: value.String(first.String())},
		{Name: "netmask", Value: value.String(netmask(p))},
	}
	if first.Is4() {
		members = append(members, value.Member{Name: "broadcast", Value: value.String(last.String())})
		// For /31 and /32 the deployment service returns the network itself as
		// usable.
		if last = first; hostBits(p) > 1 {
			first, last = first.Next(), lastAddr(p).Prev()
		}
	}
	return value.NewObject(append(members,
		value.Member{Name: "firstUsable", Value: value.String(first.String())},
		value.Member{Name: "lastUsable", Value: value.String(last.String())},
		value.Member{Name: "cidr", Value: value.Int(p.Bits())},
	)...), nil
}

func netmask(p netip.Prefix) string {
	if p.Addr().Is4() {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], ^uint32(0)<<hostBits(p))
		return netip.AddrFrom4(b).String()
	}
	var b [16]byte
	for i := range b {
		b[i] = ^byte(0) << min(8, max(0, 8*(i+1)-p.Bits()))
	}
	return netip.AddrFrom16(b).String()
}

// cidrSubnet numbers the subnets with 32 bits, so at most 31 more bits are
// allowed.
func cidrSubnet(c *Call) (value.Value, error) {
	p, err := c.network()
	if err != nil {
		return nil, err
	}
	bits, err := c.int(1)
	if err != nil {
		return nil, err
	}
	index, err := c.int(2)
	if err != nil {
		return nil, err
	}
	if most := p.Addr().BitLen(); bits < int64(p.Bits()) || bits > int64(most) {
		return nil, wrong(1, "must be from %d to %d for a part of %s, not %d", p.Bits(), most, p, bits)
	}
	more := uint(bits) - uint(p.Bits())
	if more > 30 {
		return nil, wrong(1, "must be at most %d for a part of %s, not %d: more than %d parts", p.Bits()+30, p, bits, math.MaxInt32)
	}
	if count := int64(1) << more; index < 0 || index >= count {
		return nil, wrong(2, "must be from 0 to %d, as %s has %s of /%d, not %d", count-1, p, plural(int(count), "part"), bits, index)
	}
	n := big.NewInt(index)
	n.Lsh(n, uint(p.Addr().BitLen())-uint(bits))
	return value.String(netip.PrefixFrom(offset(p, n), int(bits)).String()), nil
}

// cidrHost counts from the address after the network address; -1 is the network
// address.
func cidrHost(c *Call) (value.Value, error) {
	p, err := c.network()
	if err != nil {
		return nil, err
	}
	n, err := c.int(1)
	if err != nil {
		return nil, err
	}
	usable := new(big.Int).Lsh(big.NewInt(1), uint(hostBits(p)))
	if usable.Sub(usable, big.NewInt(1)); p.Addr().Is4() && usable.Sign() > 0 {
		usable.Sub(usable, big.NewInt(1)) // without the broadcast address
	}
	place := new(big.Int).Add(big.NewInt(n), big.NewInt(1))
	if n < -1 || place.Cmp(usable) > 0 {
		return nil, wrong(1, "must be below %s, the number of usable addresses of %s, not %d", usable, p, n)
	}
	return value.String(offset(p, place).String()), nil
}
