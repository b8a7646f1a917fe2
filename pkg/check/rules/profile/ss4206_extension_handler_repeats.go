package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4206_extension_handler_repeats.md
var extensionHandlerRepeatsPage string

// extensionHandlerRepeats reports two extensions of one publisher and type.
var extensionHandlerRepeats = &lint.Rule{
	Code: "SS4206", Name: "extension-handler-repeats", Severity: diag.Error, Since: "0.1", Page: &extensionHandlerRepeatsPage,
	Guidance: []guidance.ID{guidance.ExtensionHandlerOnce}, Run: checkExtensionHandlerRepeats,
}

func checkExtensionHandlerRepeats(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		reportHandlers(p, set.Extensions.Items)
	}
	// Those of machines, and of sets that the template does not have.
	alone := map[string][]vmss.Extension{}
	var owners []string
	for _, e := range append(p.Deployment.MachineExtensions(), p.Deployment.Extensions...) {
		if e.Resource == nil {
			continue
		}
		owner, ok := p.Deployment.Ref(e.Resource.Body.Get("id")).Path().Parent()
		if !ok {
			continue
		}
		if alone[owner.String()] == nil {
			owners = append(owners, owner.String())
		}
		alone[owner.String()] = append(alone[owner.String()], e)
	}
	for _, owner := range owners {
		reportHandlers(p, alone[owner])
	}
}

// reportHandlers reports the repeated handlers among the extensions of one
// machine or scale set.
func reportHandlers(p *lint.Pass, extensions []vmss.Extension) {
	first := map[string]vmss.Extension{}
	for _, e := range extensions {
		publisher, ok := e.Publisher.Known()
		kind, known := e.Kind.Known()
		name, named := e.ShortName()
		if !ok || !known || !named || e.Resource != nil && e.Resource.Conditional {
			continue
		}
		handler := strings.ToLower(publisher + "." + kind)
		earlier, again := first[handler]
		if !again {
			first[handler] = e
			continue
		}
		if other, _ := earlier.ShortName(); strings.EqualFold(name, other) {
			continue // one extension, or SS4205
		}
		p.Reportf(e.Kind, "two extensions are %s %s; an instance can have only one", publisher, kind).
			Relatedf(earlier.Kind, "the first one").
			Detailf("Combine both tasks in one extension: one script can call the other.")
	}
}
