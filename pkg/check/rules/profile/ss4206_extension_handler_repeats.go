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
	Code: "SS4206", Name: "extension-handler-repeats", Severity: diag.Error, Since: "0.1", Doc: extensionHandlerRepeatsPage,
	Guidance: []guidance.ID{guidance.ExtensionHandlerOnce}, Run: checkExtensionHandlerRepeats,
}

func checkExtensionHandlerRepeats(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		first := map[string]vmss.Extension{}
		for _, e := range set.Extensions.Items {
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
}
