package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// An ID is a resource id split into parts.
type ID struct {
	Scope string // the part before /providers/, in lower case; "" when relative
	Type  string // such as Microsoft.Network/loadBalancers/backendAddressPools, as written
	Names []string

	key string // the result of String, for a parsed id
}

// ParseID parses SCOPE/providers/NAMESPACE/TYPE/NAME[/TYPE/NAME...]. The last
// /providers/ counts. ok is false for text of another form.
func ParseID(id string) (ID, bool) {
	const marker = "/providers/"
	i := lastFold(id, marker)
	if i < 0 {
		return ID{}, false
	}
	path := strings.Trim(id[i+len(marker):], "/")
	segments := strings.Count(path, "/") + 1
	if segments < 3 || segments%2 == 0 {
		return ID{}, false
	}
	names := make([]string, 0, segments/2)
	kind, rest, _ := strings.Cut(path, "/")
	for len(rest) > 0 {
		var part, name string
		part, rest, _ = strings.Cut(rest, "/")
		name, rest, _ = strings.Cut(rest, "/")
		if part == "" || name == "" {
			return ID{}, false
		}
		if names = append(names, name); len(names) == 1 {
			kind = path[:len(kind)+1+len(part)] // they are adjacent
		} else {
			kind += "/" + part
		}
	}
	if len(path) < len(id)-i-len(marker) { // leading or trailing slashes
		id = id[:i] + marker + path
	}
	key := fold.Lower(id)
	scope := strings.LastIndex(key, marker)
	if scope < 0 { // a letter that only case folding turns into one of the marker
		return ID{}, false
	}
	return ID{Scope: key[:scope], Type: kind, Names: names, key: key}, true
}

// lastFold returns the offset of the last part of s that matches the marker,
// ignoring case, or -1. The marker begins with a slash.
func lastFold(s, marker string) int {
	for end := len(s); ; {
		i := strings.LastIndexByte(s[:end], '/')
		if i < 0 || len(s)-i >= len(marker) && fold.Equal(s[i:i+len(marker)], marker) {
			return i
		}
		end = i
	}
}

// Name returns the last name of the id.
func (id ID) Name() string {
	if len(id.Names) == 0 {
		return ""
	}
	return id.Names[len(id.Names)-1]
}

// String returns the id in lower case, for comparisons.
func (id ID) String() string {
	if id.key != "" {
		return id.key
	}
	first, types, _ := strings.Cut(id.Type, "/")
	size := len(id.Scope) + len("/providers/") + len(id.Type)
	for _, name := range id.Names {
		size += len(name) + 1
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(id.Scope)
	b.WriteString("/providers/")
	b.WriteString(first)
	for _, name := range id.Names {
		var kind string
		kind, types, _ = strings.Cut(types, "/")
		b.WriteByte('/')
		b.WriteString(kind)
		b.WriteByte('/')
		b.WriteString(name)
	}
	return fold.Lower(b.String())
}

// Parent returns the id of the parent resource; ok is false at the top.
func (id ID) Parent() (ID, bool) {
	if len(id.Names) < 2 {
		return ID{}, false
	}
	key := id.String()
	for range 2 { // the last type and name; names contain no slash
		key = key[:strings.LastIndexByte(key, '/')]
	}
	return ID{
		Scope: id.Scope,
		Type:  id.Type[:strings.LastIndexByte(id.Type, '/')],
		Names: id.Names[:len(id.Names)-1],
		key:   key,
	}, true
}

// Kind returns the last segment of the type, such as "subnets".
func (id ID) Kind() string { return id.Type[strings.LastIndexByte(id.Type, '/')+1:] }

// Differs reports whether two ids certainly refer to different objects,
// whatever the values of the symbols in them: see [Ref.Path].
func (id ID) Differs(other ID) bool {
	return id.Type != "" && other.Type != "" && differ(id.String(), other.String())
}
