package schemas

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

// catalog lists resource types by provider, as text:
//
//	@Microsoft.Compute
//	availabilitySets	2015-06-15 2015-08-01 ...
//	availabilitySets/x	=
//
// "=" repeats the versions of the line before. The order is alphabetical
// ignoring case.
//
//go:embed catalog.txt
var catalog string

// A KnownType is a resource type of some provider and its API versions, the
// oldest first. Some services publish more versions than are listed.
type KnownType struct {
	Type     string
	Versions []string
}

// FindType returns a known resource type, ignoring case; ok is false if it is
// unknown.
func FindType(resourceType string) (KnownType, bool) {
	namespace, name, _ := strings.Cut(resourceType, "/")
	var found KnownType
	eachType(namespace, func(namespace, n, versions string) bool {
		if strings.EqualFold(n, name) {
			found = KnownType{namespace + "/" + n, strings.Fields(versions)}
		}
		return found.Type == ""
	})
	return found, found.Type != ""
}

// ProviderTypes returns the resource types of a provider; nil if the provider
// is unknown.
func ProviderTypes(namespace string) []string {
	var list []string
	eachType(namespace, func(namespace, name, _ string) bool {
		list = append(list, namespace+"/"+name)
		return true
	})
	return list
}

// ProviderVersions returns the API versions of the types of a provider, the oldest
// first: a list for each type, or for several types in a row with the same.
func ProviderVersions(namespace string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		before := ""
		eachType(namespace, func(_, _, versions string) bool {
			repeated := versions == before
			before = versions
			return repeated || yield(strings.Fields(versions))
		})
	}
}

// Providers returns all providers. The caller must not change the list.
func Providers() []string { return providers() }

var providers = sync.OnceValue(func() []string {
	var list []string
	for section := range strings.SplitSeq(catalog, "\n@") {
		namespace, _, _ := strings.Cut(strings.TrimPrefix(section, "@"), "\n")
		list = append(list, namespace)
	}
	return list
})

func eachType(namespace string, yield func(namespace, name, versions string) bool) {
	spelled, section := provider(namespace)
	versions := ""
	for line := range strings.SplitSeq(section, "\n") {
		name, v, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		if v != "=" {
			versions = v
		}
		if !yield(spelled, name, versions) {
			return
		}
	}
}

// provider returns the section of a provider, and its name in the spelling of
// the service.
func provider(namespace string) (spelled, section string) {
	found := sections()[strings.ToLower(namespace)]
	return found.provider, found.types
}

// A section is the part of the catalog about one provider.
type section struct{ provider, types string }

// sections are the sections of the catalog by provider, in lower case.
var sections = sync.OnceValue(func() map[string]section {
	byName := make(map[string]section, strings.Count(catalog, "\n@")+1)
	for text := range strings.SplitSeq(catalog, "\n@") {
		name, types, _ := strings.Cut(strings.TrimPrefix(text, "@"), "\n")
		byName[strings.ToLower(name)] = section{name, types}
	}
	return byName
})
