package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Parameter is a declared parameter.
type Parameter struct {
	Type
	// Key is the name as written. Default is the value of defaultValue; nil if
	// absent or null, which counts as absent.
	Key     *jsonc.String
	Default jsonc.Node
}

// Name returns the name as written.
func (p *Parameter) Name() string { return p.Key.Value }

func (t *Template) parseParameters(sections []*jsonc.Member) {
	for _, s := range sections {
		o := object(s)
		if o == nil {
			continue
		}
		for _, m := range o.Members {
			t.duplicate(m, "parameter", t.Parameters.put(m.Key.Value, t.parseParameter(m)))
		}
	}
}

func (t *Template) parseParameter(m *jsonc.Member) *Parameter {
	p := &Parameter{Key: m.Key}
	o, ok := m.Value.(*jsonc.Object)
	if !ok {
		return p
	}
	p.Node = o
	for _, f := range o.Members {
		if strings.EqualFold(f.Key.Value, "defaultValue") {
			if !isNull(f.Value) {
				p.Default = f.Value
			}
		} else {
			t.typeMember(&p.Type, f)
		}
	}
	t.finishType(&p.Type, p.Name())
	t.resolve(&p.Type)
	return p
}

// duplicate warns of a name that is declared again in another spelling: the
// last one counts. A key that is repeated with the same spelling was reported
// by package jsonc.
func (t *Template) duplicate(m *jsonc.Member, what, earlier string) {
	if earlier == "" || earlier == m.Key.Value {
		return
	}
	d := t.Diagnostics.Warningf(CodeDuplicate, Rule, m.Key.At, "the %s '%s' is declared twice, first as '%s'; the last one counts", what, m.Key.Value, earlier)
	d.Detail = "Names are case-insensitive. Delete all but one."
}

// FilledByScripts reports whether scripts that deploy a template look for a
// parameter of this name and pass the place of the files beside the template,
// whether the template uses it or not. Source:
// https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#deployment-artifacts
func FilledByScripts(name string) bool {
	return strings.EqualFold(name, "_artifactsLocation") || strings.EqualFold(name, "_artifactsLocationSasToken")
}
