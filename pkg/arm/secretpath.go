package arm

import (
	_ "embed" // the table
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// secretPaths are the members of resources that Azure marks as sensitive, in
// any API version: a line for each type, with its paths. [] is an item, {} the
// value of a map. Source: the types that Bicep publishes (Azure.Bicep.Types.Az
// 0.2.972, generated from the REST specifications), in lower case.
//
//go:embed secretpaths.txt
var secretPaths string

// moreSecretPaths come from the documentation of single types: values that are
// sent to Azure and never returned.
//
// Sources:
// https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachinescalesets
// (additionalUnattendContent contains the password of the automatic logon),
// https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways
// (the data of an SSL certificate is the PFX with its private key).
var moreSecretPaths = []struct{ name, paths string }{
	{"microsoft.compute/virtualmachinescalesets", "properties.virtualmachineprofile.osprofile.windowsconfiguration.additionalunattendcontent[].content"},
	{"microsoft.compute/virtualmachines", "properties.osprofile.windowsconfiguration.additionalunattendcontent[].content"},
	{"microsoft.compute/virtualmachinescalesets/virtualmachines", "properties.osprofile.windowsconfiguration.additionalunattendcontent[].content"},
	{"microsoft.network/applicationgateways", "properties.sslcertificates[].properties.data"},
	{"microsoft.keyvault/vaults/secrets", "properties.value"},
	{"microsoft.keyvault/managedhsms/secrets", "properties.value"},
	{"microsoft.resources/deploymentscripts", "properties.environmentvariables[].securevalue"},
	{"microsoft.compute/virtualmachines/runcommands", "properties.protectedparameters[].value"},
	{"microsoft.compute/virtualmachinescalesets/virtualmachines/runcommands", "properties.protectedparameters[].value"},
}

var secretPathsByType = lazy.Value[map[string]string]{Of: func() map[string]string {
	all := make(map[string]string, 256)
	for line := range strings.Lines(secretPaths) {
		name, paths, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		all[name] = paths
	}
	for _, more := range moreSecretPaths {
		all[more.name] = strings.TrimSpace(all[more.name] + " " + more.paths)
	}
	return all
}}

// SecretPaths returns the members of a resource type whose values are secret,
// each a path in lower case: "properties.a[].b", with "[]" for an item of an
// array and "{}" for the value of a map.
func SecretPaths(resourceType string) []string {
	return strings.Fields(secretPathsByType.Get()[fold.Lower(resourceType)])
}

// A SecretTree describes the secret members of a resource type or of a part of
// it. The zero value and nil have none.
type SecretTree struct {
	// Secret is set if the value here is secret, with everything in it.
	Secret  bool
	members map[string]*SecretTree
}

var (
	secretTrees   = map[string]*SecretTree{}
	secretTreesMu sync.Mutex
)

// SecretTreeOf returns the secret members of a resource type.
func SecretTreeOf(resourceType string) *SecretTree {
	name := fold.Lower(resourceType)
	secretTreesMu.Lock()
	defer secretTreesMu.Unlock()
	if t, ok := secretTrees[name]; ok {
		return t
	}
	var t *SecretTree
	for _, path := range SecretPaths(name) {
		if t == nil {
			t = new(SecretTree)
		}
		at := t
		path = strings.NewReplacer("[]", ".[]", "{}", ".{}").Replace(path)
		for segment := range strings.SplitSeq(path, ".") {
			if segment == "" {
				continue
			}
			next := at.members[segment]
			if next == nil {
				next = new(SecretTree)
				if at.members == nil {
					at.members = map[string]*SecretTree{}
				}
				at.members[segment] = next
			}
			at = next
		}
		at.Secret = true
	}
	if len(secretTrees) < maxSecretTrees { // the types of the input may not exist
		secretTrees[name] = t
	}
	return t
}

// maxSecretTrees limits the cache; it exceeds the number of types with secrets.
const maxSecretTrees = 1000

// Member returns the secret members of a member of an object.
func (t *SecretTree) Member(name string) *SecretTree {
	if t == nil || t.members == nil {
		return nil
	}
	if m := t.members[fold.Lower(name)]; m != nil {
		return m
	}
	return t.members["{}"]
}

// Item returns the secret members of an item of an array.
func (t *SecretTree) Item() *SecretTree {
	if t == nil || t.members == nil {
		return nil
	}
	return t.members["[]"]
}

// SecretTypes returns the resource types with secret members, in lower case,
// sorted.
func SecretTypes() []string { return slices.Sorted(maps.Keys(secretPathsByType.Get())) }
