package lsp

import (
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// TestDescriptions: every description is about a member that the language or a schema
// has, is one or two short sentences, and is found where the member is.
func TestDescriptions(t *testing.T) {
	containers := map[string]*grammar.Shape{
		"template": grammar.Template, "resource": grammar.Resource, "output": grammar.Output, "loop": grammar.ResourceLoop,
		"parameter": grammar.Template.Member("parameters").Shape.Others.Shape,
	}
	n := 0
	for section, all := range descriptions.Get() {
		if len(all) == 0 {
			t.Errorf("section %s is empty", section)
		}
		for path, sentence := range all {
			n++
			if len(sentence) > 160 || !strings.HasSuffix(sentence, ".") || strings.Contains(sentence, "\t") {
				t.Errorf("%s %s: %q", section, path, sentence)
			}
			if container := containers[section]; container != nil {
				if container.Member(path) == nil && path != "existing" && path != "batchsize" && path != "input" {
					t.Errorf("%s has no member %s", section, path)
				}
				if describedMember(container, path) != sentence {
					t.Errorf("%s of %s is not found", path, section)
				}
				continue
			}
			types := []string{section}
			if section == "profile" {
				types = []string{vmss.Type, "Microsoft.Compute/virtualMachines"}
			}
			if !slices.ContainsFunc(types, func(name string) bool {
				full := path
				if section == "profile" {
					full = profileOf[strings.ToLower(name)] + path
				}
				d, err := schema.Describe(name, "", full)
				return err == nil && d.Value != nil && describedProperty(d.Type, full) == sentence
			}) {
				t.Errorf("%v have no property %s", types, path)
			}
		}
	}
	if n < 150 {
		t.Errorf("%d descriptions, want at least 150", n)
	}
}
