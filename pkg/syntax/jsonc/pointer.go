package jsonc

import (
	"sort"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

var (
	escapeToken   = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer { return strings.NewReplacer("~", "~0", "/", "~1") }}
	unescapeToken = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer { return strings.NewReplacer("~1", "/", "~0", "~") }}
)

// PointerToken escapes a name for use between two slashes of a JSON pointer
// (RFC 6901, section 3).
func PointerToken(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return escapeToken.Get().Replace(name)
}

// Lookup returns the value at a JSON pointer (RFC 6901): "" is the root, "/a/0"
// the first element of a. A name is matched exactly, or else ignoring case; of
// several members with the name the last one counts. It returns nil if there is
// no such value or the pointer does not begin with a slash.
func (t *Tree) Lookup(pointer string) Node {
	n := t.Root
	for n != nil && pointer != "" {
		if pointer[0] != '/' {
			return nil
		}
		token := pointer[1:]
		pointer = ""
		if i := strings.IndexByte(token, '/'); i >= 0 {
			token, pointer = token[:i], token[i:]
		}
		if strings.Contains(token, "~") {
			token = unescapeToken.Get().Replace(token)
		}
		n = child(n, token)
	}
	return n
}

// child returns the value at one token of a pointer, or nil.
func child(n Node, token string) Node {
	switch n := n.(type) {
	case *Object:
		if m := n.exact(token); m != nil {
			return m.Value
		}
		if m := n.Get(token); m != nil {
			return m.Value
		}
	case *Array:
		if i, ok := arrayIndex(token); ok && i < len(n.Elements) {
			return n.Elements[i]
		}
	}
	return nil
}

// exact returns the last member with exactly the name.
func (n *Object) exact(name string) *Member {
	for i := len(n.Members) - 1; i >= 0; i-- {
		if n.Members[i].Key.Value == name {
			return n.Members[i]
		}
	}
	return nil
}

// arrayIndex parses an index as RFC 6901 defines it, without leading zeros.
func arrayIndex(token string) (int, bool) {
	if len(token) > 1 && token[0] == '0' || digits(token) != len(token) {
		return 0, false
	}
	i, err := strconv.Atoi(token)
	return i, err == nil
}

// PointerAt returns the innermost value whose text contains the byte at offset
// or ends there, and its pointer. On the key of a member the node is the key
// and the pointer is the member's: it leads to the value, not to the node.
// Between the members of an object the node is the object. Outside the root the
// node is nil.
func (t *Tree) PointerAt(offset int) (pointer string, n Node) {
	if !covers(t.Root, offset) {
		return "", nil
	}
	var b strings.Builder
	for n = t.Root; ; {
		token, inner := childAt(n, offset)
		if inner == nil {
			return b.String(), n
		}
		b.WriteByte('/')
		b.WriteString(token)
		n = inner
	}
}

// NodeAt returns the value with exactly this range, or nil.
func (t *Tree) NodeAt(at source.Range) Node {
	for n := t.Root; n != nil && n.Range().Contains(at); _, n = childAt(n, at.Start) {
		if n.Range() == at {
			return n
		}
	}
	return nil
}

// childAt returns the child of n at offset and its pointer token. Children are
// in source order.
func childAt(n Node, offset int) (token string, inner Node) {
	switch n := n.(type) {
	case *Object:
		i := sort.Search(len(n.Members), func(i int) bool { return n.Members[i].Range().End >= offset })
		if i == len(n.Members) {
			break
		}
		switch m := n.Members[i]; {
		case covers(m.Key, offset):
			return PointerToken(m.Key.Value), m.Key
		case covers(m.Value, offset):
			return PointerToken(m.Key.Value), m.Value
		}
	case *Array:
		i := sort.Search(len(n.Elements), func(i int) bool { return n.Elements[i].Range().End >= offset })
		if i < len(n.Elements) && covers(n.Elements[i], offset) {
			return strconv.Itoa(i), n.Elements[i]
		}
	}
	return "", nil
}

func covers(n Node, offset int) bool {
	r := n.Range()
	return r.Start <= offset && offset <= r.End
}

// Walk calls visit for n and all values below it, parents first, in source
// order, and skips what is below a value for which visit returns false. Keys
// are not visited by themselves: they are in the members of their object.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			Walk(m.Value, visit)
		}
	case *Array:
		for _, e := range n.Elements {
			Walk(e, visit)
		}
	}
}

// WalkPointers is Walk with the JSON pointer of each value.
func (t *Tree) WalkPointers(visit func(pointer string, n Node) bool) {
	walkPointers("", t.Root, visit)
}

func walkPointers(pointer string, n Node, visit func(string, Node) bool) {
	if !visit(pointer, n) {
		return
	}
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			walkPointers(pointer+"/"+PointerToken(m.Key.Value), m.Value, visit)
		}
	case *Array:
		for i, e := range n.Elements {
			walkPointers(pointer+"/"+strconv.Itoa(i), e, visit)
		}
	}
}
