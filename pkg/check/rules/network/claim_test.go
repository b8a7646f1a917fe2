package network

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConflicts(t *testing.T) {
	at := func(what, frontend, protocol string, first, last int) claim {
		return claim{what: what, frontend: frontend, protocol: protocol, first: first, last: last}
	}
	rule := func(name string) claim {
		c := at("NAT rule "+name, "f", "tcp", 22, 22)
		c.natRule, c.name = true, name
		return c
	}
	tests := []struct {
		name string
		in   []claim // in order of frontend and first port
		want [][2]string
	}{
		{"none", nil, nil},
		{"apart", []claim{at("a", "f", "tcp", 1, 9), at("b", "f", "tcp", 10, 19)}, nil},
		{"same port", []claim{at("a", "f", "tcp", 80, 80), at("b", "f", "tcp", 80, 80)}, [][2]string{{"a", "b"}}},
		{"other protocol", []claim{at("a", "f", "tcp", 80, 80), at("b", "f", "udp", 80, 80)}, nil},
		{"all protocols", []claim{at("a", "f", "all", 1, 99), at("b", "f", "udp", 80, 80)}, [][2]string{{"a", "b"}}},
		{"all protocols later", []claim{at("a", "f", "udp", 1, 99), at("b", "f", "all", 80, 80)}, [][2]string{{"a", "b"}}},
		{"other frontend", []claim{at("a", "f", "tcp", 1, 99), at("b", "g", "tcp", 80, 80)}, nil},
		{"behind a small one", []claim{at("a", "f", "tcp", 1, 99), at("b", "f", "tcp", 2, 3), at("c", "f", "tcp", 50, 60)}, [][2]string{{"a", "b"}, {"a", "c"}}},
		{"written twice", []claim{rule("ssh"), rule("")}, nil},
		{"two NAT rules", []claim{rule("ssh"), rule("rdp")}, [][2]string{{"NAT rule ssh", "NAT rule rdp"}}},
	}
	for _, tt := range tests {
		var got [][2]string
		for _, c := range conflicts(tt.in) {
			got = append(got, [2]string{c.earlier.what, c.later.what})
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestCovers(t *testing.T) {
	tests := []struct {
		outer, inner string
		want         bool
	}{
		{"10.0.0.0/16", "10.0.3.0/24", true},
		{"10.0.0.0/16", "10.0.0.0/16", true},
		{"10.0.0.0/16", "10.0.0.0/8", false},
		{"10.0.0.0/16", "10.1.0.0/24", false},
		{"10.0.0.0/16", "fd00::/64", false},
	}
	for _, tt := range tests {
		if got := covers(netip.MustParsePrefix(tt.outer), netip.MustParsePrefix(tt.inner)); got != tt.want {
			t.Errorf("%s covers %s: %t, want %t", tt.outer, tt.inner, got, tt.want)
		}
	}
}

func TestPrefixFor(t *testing.T) {
	for n, want := range map[int]int{1: 29, 3: 29, 4: 28, 11: 28, 12: 27, 251: 24, 252: 23, 1 << 40: 2} {
		if got := prefixFor(n); got != want {
			t.Errorf("%d addresses: /%d, want /%d", n, got, want)
		}
	}
}
