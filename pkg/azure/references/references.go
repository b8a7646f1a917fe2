// Package references says what the ids in Azure resources must name: which
// property refers to a resource, or a part of one, of which type.
//
// The table is written by hand from the REST API specifications
// (https://github.com/Azure/azure-rest-api-specs): they give the type of each
// property, SubResource or a text, and say in its description what it names.
package references

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// table has a line for each property: the resource types that have it, the end
// of its path, and the types that it may name. See the text itself.
//
//go:embed references.txt
var table string

// A Reference is what a property must name.
type Reference struct {
	// Types are the resource types that the id may name, such as
	// Microsoft.Network/virtualNetworks/subnets; empty when every full id is
	// possible.
	Types []string
	// SameRegion says that the resource must be in the region of the one that
	// refers to it.
	SameRegion bool
	// Required says that an object that should hold the id must have one: Azure
	// answers MissingJsonReferenceId for null.
	Required bool
	// Name says that the name of a resource is taken for its id.
	Name bool
}

// A row is one line of the table.
type row struct {
	scope string   // a resource type, a provider or "", in lower case
	path  []string // the end of the path, in lower case
	ref   Reference
}

// Of returns what a property of a resource must name; ok is false for one that
// is not known to refer to anything. The path has the names of the members on
// the way to the value, without "properties", such as ipConfigurations[],
// subnet, id; "[]" marks an array. Names are compared case-insensitively.
func Of(resourceType string, path []string) (ref Reference, ok bool) {
	best, last := -1, path[len(path)-1]
	if strings.EqualFold(last, "id") && len(path) > 1 {
		last = path[len(path)-2] // every id has one, and few have the same holder
	}
	for _, r := range rows()[strings.ToLower(last)] {
		if len(r.path) <= len(path) && within(r.scope, resourceType) && endsWith(path, r.path) {
			if weight := 2*len(r.path) + len(r.scope)*100; weight > best {
				best, ref, ok = weight, r.ref, true
			}
		}
	}
	return ref, ok || byName(resourceType, path)
}

// byName reports a property that is no row of the table and holds a resource id
// by its name: the id of a reference such as loadDistributionPolicy.id, and
// names that end in ResourceId. Resource Manager checks such ids for these
// providers, and answers LinkedInvalidPropertyId. What extensions read is free,
// and the id of an item of a list may be its own.
func byName(resourceType string, path []string) bool {
	provider, _, _ := strings.Cut(resourceType, "/")
	if !slices.ContainsFunc(byNameProviders[:], func(p string) bool { return strings.EqualFold(p, provider) }) {
		return false
	}
	for _, name := range path {
		if slices.ContainsFunc(freeMembers[:], func(f string) bool { return strings.EqualFold(name, f) }) {
			return false
		}
	}
	last := path[len(path)-1]
	if strings.EqualFold(last, "id") {
		network := strings.EqualFold(provider, "Microsoft.Network")
		return network && len(path) > 1 && !strings.HasSuffix(path[len(path)-2], "[]")
	}
	const end = "ResourceId"
	return len(last) > len(end) && strings.EqualFold(last[len(last)-len(end):], end)
}

var (
	byNameProviders = [...]string{"Microsoft.Network", "Microsoft.Compute", "Microsoft.Storage", "Microsoft.Insights", "Microsoft.OperationalInsights", "Microsoft.ContainerService", "Microsoft.Web"}
	freeMembers     = [...]string{"settings", "protectedSettings", "config", "additionalInfo", "siteConfig"}
)

func endsWith(path, end []string) bool {
	return slices.EqualFunc(path[len(path)-len(end):], end, strings.EqualFold)
}

// within reports whether a type is that of a scope, below it, or of its provider.
func within(scope, resourceType string) bool {
	return scope == "" || len(resourceType) >= len(scope) && strings.EqualFold(resourceType[:len(scope)], scope) &&
		(len(resourceType) == len(scope) || resourceType[len(scope)] == '/')
}

// Named reports whether the id of a reference may name a resource of a type.
func (r Reference) Named(resourceType string) bool {
	return len(r.Types) == 0 || slices.ContainsFunc(r.Types, func(t string) bool { return strings.EqualFold(t, resourceType) })
}

// rows are those of the table by the last member of their path, or by the one
// that holds it where the last is "id".
var rows = sync.OnceValue(func() map[string][]row {
	byMember := map[string][]row{}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		r := row{scope: strings.ToLower(strings.Trim(fields[0], "*")), path: strings.Split(strings.ToLower(fields[1]), "/")}
		for _, f := range fields[2:] {
			switch f {
			case "any":
			case "same-region":
				r.ref.SameRegion = true
			case "required":
				r.ref.Required = true
			case "name":
				r.ref.Name = true
			default:
				r.ref.Types = append(r.ref.Types, f)
			}
		}
		last := r.path[len(r.path)-1]
		if last == "id" {
			last = r.path[len(r.path)-2]
		}
		byMember[last] = append(byMember[last], r)
	}
	return byMember
})
