package lsp

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

//go:embed descriptions.txt
var descriptionTable string

// descriptions are sentences by section and, below it, by name or path, all in lower
// case.
var descriptions = lazy.Value[map[string]map[string]string]{Of: func() map[string]map[string]string {
	all := map[string]map[string]string{}
	var section map[string]string
	for line := range strings.Lines(descriptionTable) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "@"); ok {
			name, _, _ = strings.Cut(name, " ")
			section = map[string]string{}
			all[name] = section
		} else if path, sentence, ok := strings.Cut(line, "\t"); ok {
			section[strings.ToLower(path)] = sentence
		}
	}
	return all
}}

// profileOf is where a type has the profile of a virtual machine.
var profileOf = map[string]string{
	strings.ToLower(vmss.Type):          "properties.virtualmachineprofile.",
	"microsoft.compute/virtualmachines": "properties.",
}

// describedProperty returns a sentence about a property of a resource; "" for none.
func describedProperty(resourceType, path string) string {
	resourceType, path = strings.ToLower(resourceType), strings.ToLower(path)
	if text := descriptions.Get()[resourceType][path]; text != "" {
		return text
	}
	if prefix, ok := profileOf[resourceType]; ok {
		if below, ok := strings.CutPrefix(path, prefix); ok {
			return descriptions.Get()["profile"][below]
		}
	}
	return ""
}

// describedMember returns a sentence about a member of an object of the language; ""
// for none.
func describedMember(container *grammar.Shape, name string) string {
	section := ""
	switch {
	case container == nil:
	case container.Loop:
		section = "loop"
	case container == grammar.Template:
		section = "template"
	case container == grammar.Output:
		section = "output"
	case container.Member("apiVersion") != nil:
		section = "resource"
	case container.Member("defaultValue") != nil:
		section = "parameter"
	}
	return descriptions.Get()[section][strings.ToLower(name)]
}
