package vmss

import "strings"

// An ID is a resource id taken apart.
type ID struct {
	Scope string // what stands before /providers/, lower case; "" when relative
	Type  string // such as Microsoft.Network/loadBalancers/backendAddressPools, as written
	Names []string
}

// ParseID takes an id apart: SCOPE/providers/NAMESPACE/TYPE/NAME[/TYPE/NAME...].
// The last /providers/ counts. ok is false for text of another form.
func ParseID(id string) (ID, bool) {
	const marker = "/providers/"
	i := lastFold(id, marker)
	if i < 0 {
		return ID{}, false
	}
	parts := strings.Split(strings.Trim(id[i+len(marker):], "/"), "/")
	if len(parts) < 3 || len(parts)%2 == 0 {
		return ID{}, false
	}
	// The parts of the type move together; what they overwrite has been read.
	names := make([]string, 0, len(parts)/2)
	types := parts[:1]
	for i := 1; i < len(parts); i += 2 {
		if parts[i] == "" || parts[i+1] == "" {
			return ID{}, false
		}
		names = append(names, parts[i+1])
		types = append(types, parts[i])
	}
	return ID{Scope: strings.ToLower(id[:i]), Type: strings.Join(types, "/"), Names: names}, true
}

// lastFold is the offset of the last part of s that is the marker without
// case, or -1. The marker begins with a slash.
func lastFold(s, marker string) int {
	for end := len(s); ; {
		i := strings.LastIndexByte(s[:end], '/')
		if i < 0 || len(s)-i >= len(marker) && strings.EqualFold(s[i:i+len(marker)], marker) {
			return i
		}
		end = i
	}
}

// Name is the last name of the id.
func (id ID) Name() string { return id.Names[len(id.Names)-1] }

// String is the id in lower case, as ids compare.
func (id ID) String() string {
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
	return strings.ToLower(b.String())
}

// Parent is the id of the resource that holds this one; ok is false at the top.
func (id ID) Parent() (ID, bool) {
	if len(id.Names) < 2 {
		return ID{}, false
	}
	return ID{
		Scope: id.Scope,
		Type:  id.Type[:strings.LastIndexByte(id.Type, '/')],
		Names: id.Names[:len(id.Names)-1],
	}, true
}

// Kind is the last segment of the type, such as "subnets".
func (id ID) Kind() string { return id.Type[strings.LastIndexByte(id.Type, '/')+1:] }

// Differs reports that two ids certainly name different things, whatever the
// symbols in them stand for: see [Ref.Path].
func (id ID) Differs(other ID) bool {
	return id.Type != "" && other.Type != "" && differ(id.String(), other.String())
}
