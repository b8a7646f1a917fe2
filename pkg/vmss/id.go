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
	i := strings.LastIndex(strings.ToLower(id), marker)
	if i < 0 {
		return ID{}, false
	}
	parts := strings.Split(strings.Trim(id[i+len(marker):], "/"), "/")
	if len(parts) < 3 || len(parts)%2 == 0 {
		return ID{}, false
	}
	out := ID{Scope: strings.ToLower(id[:i]), Type: parts[0]}
	for i := 1; i < len(parts); i += 2 {
		if parts[i] == "" || parts[i+1] == "" {
			return ID{}, false
		}
		out.Type += "/" + parts[i]
		out.Names = append(out.Names, parts[i+1])
	}
	return out, true
}

// Name is the last name of the id.
func (id ID) Name() string { return id.Names[len(id.Names)-1] }

// String is the id in lower case, as ids compare.
func (id ID) String() string {
	types := strings.Split(id.Type, "/")
	var b strings.Builder
	b.WriteString(id.Scope)
	b.WriteString("/providers/")
	b.WriteString(types[0])
	for i, name := range id.Names {
		b.WriteString("/" + types[i+1] + "/" + name)
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
