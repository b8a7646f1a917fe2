// Package references returns the type of resource, or part of one, that an id
// in a property must refer to.
//
// The table is written by hand from the REST API specifications
// (https://github.com/Azure/azure-rest-api-specs): they give the type of each
// property, SubResource or string, and name its target in the description.
package references

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// table has a line for each property: the resource types that have it, the end
// of its path, and the types that it can refer to. The file explains its
// format.
//
//go:embed references.txt
var table string

// A Reference describes the target of a property.
type Reference struct {
	// Types are the resource types that the id can refer to, such as
	// Microsoft.Network/virtualNetworks/subnets; empty if every full id is
	// possible.
	Types []string
	// SameRegion is set if the target must be in the region of the resource
	// that refers to it.
	SameRegion bool
	// Required is set if the object must have an id: Azure returns
	// MissingJsonReferenceId for null.
	Required bool
	// Name is set if the name of a resource is accepted as its id.
	Name bool
}

// A row is one line of the table.
type row struct {
	scope string   // a resource type, a provider or "", in lower case
	path  []string // the end of the path, in lower case
	ref   Reference
}

// Of returns the target of a property of a resource; ok is false for a property
// that is not a known reference. The path has the names of the members on the
// way to the value, without "properties", such as ipConfigurations[], subnet,
// id; "[]" marks an array. Names are case-insensitive.
func Of(resourceType string, path []string) (ref Reference, ok bool) {
	best, last := -1, path[len(path)-1]
	if fold.Equal(last, "id") && len(path) > 1 {
		last = path[len(path)-2] // every id has one, and few have the same parent
	}
	for _, r := range rows.Get()[fold.Lower(last)] {
		if len(r.path) <= len(path) && within(r.scope, resourceType) && endsWith(path, r.path) {
			if weight := 2*len(r.path) + len(r.scope)*100; weight > best {
				best, ref, ok = weight, r.ref, true
			}
		}
	}
	return ref, ok || byName(resourceType, path)
}

// byName reports whether a property that is not in the table contains a
// resource id according to its name: the id of a reference such as
// loadDistributionPolicy.id, and names that end in ResourceId. Resource Manager
// checks such ids for these providers, and returns LinkedInvalidPropertyId. The
// settings of extensions are free, and the id of an item of a list may be its
// own.
func byName(resourceType string, path []string) bool {
	provider, _, _ := strings.Cut(resourceType, "/")
	if !slices.ContainsFunc(byNameProviders[:], func(p string) bool { return fold.Equal(p, provider) }) {
		return false
	}
	for _, name := range path {
		if slices.ContainsFunc(freeMembers[:], func(f string) bool { return fold.Equal(name, f) }) {
			return false
		}
	}
	last := path[len(path)-1]
	if fold.Equal(last, "id") {
		network := fold.Equal(provider, "Microsoft.Network")
		return network && len(path) > 1 && !strings.HasSuffix(path[len(path)-2], "[]")
	}
	const end = "ResourceId"
	return len(last) > len(end) && fold.Equal(last[len(last)-len(end):], end)
}

var (
	byNameProviders = [...]string{"Microsoft.Network", "Microsoft.Compute", "Microsoft.Storage", "Microsoft.Insights", "Microsoft.OperationalInsights", "Microsoft.ContainerService", "Microsoft.Web"}
	freeMembers     = [...]string{"settings", "protectedSettings", "config", "additionalInfo", "siteConfig"}
)

func endsWith(path, end []string) bool {
	return slices.EqualFunc(path[len(path)-len(end):], end, strings.EqualFold)
}

// within reports whether a type is the type of a scope, below it, or of its
// provider.
func within(scope, resourceType string) bool {
	return scope == "" || len(resourceType) >= len(scope) && fold.Equal(resourceType[:len(scope)], scope) &&
		(len(resourceType) == len(scope) || resourceType[len(scope)] == '/')
}

// MayReferTo reports whether the id of a reference can refer to a resource of a
// type.
func (r Reference) MayReferTo(resourceType string) bool {
	return len(r.Types) == 0 || slices.ContainsFunc(r.Types, func(t string) bool { return fold.Equal(t, resourceType) })
}

// rows has the rows of the table by the last member of their path, or by the
// member before it if the last is "id".
var rows = lazy.Value[map[string][]row]{Of: func() map[string][]row {
	byMember := map[string][]row{}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		r := row{scope: fold.Lower(strings.Trim(fields[0], "*")), path: strings.Split(fold.Lower(fields[1]), "/")}
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
}}
