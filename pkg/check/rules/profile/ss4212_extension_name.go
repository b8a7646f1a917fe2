package profile

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4212_extension_name.md
var extensionNamePage string

// extensionName reports a publisher or a type of an extension that is one or two
// letters away from a known one.
// https://github.com/MicrosoftDocs/azure-docs/issues/22480
var extensionName = &lint.Rule{
	Code: "SS4212", Name: "extension-name", Severity: diag.Warning, Since: "0.2", Page: &extensionNamePage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/extensions/features-linux", Run: checkExtensionName,
}

func checkExtensionName(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, e := range set.Extensions.Items {
			reportExtensionName(p, e)
		}
	}
	for _, e := range append(p.Deployment.MachineExtensions(), p.Deployment.Extensions...) {
		reportExtensionName(p, e)
	}
}

func reportExtensionName(p *lint.Pass, e vmss.Extension) {
	publisher, ok := e.Publisher.Known()
	if !ok || e.Publisher.Place().NeedsValue() {
		return
	}
	if near := slip(publisher, names(publishedExtensions)); near != "" {
		p.Reportf(e.Publisher, "%q is probably not a publisher of extensions; did you mean %q?", publisher, near).Detailf(unknownExtension)
		return
	}
	kind, ok := e.Kind.Known()
	if !ok || e.Kind.Place().NeedsValue() {
		return
	}
	if near := slip(kind, slices.Values(of(publishedExtensions, publisher))); near != "" {
		p.Reportf(e.Kind, "%q is probably not an extension of %s; did you mean %q?", kind, publisher, near).Detailf(unknownExtension)
	}
}

const unknownExtension = "Azure does not find an unknown extension in its repository, and the machine or the scale set fails. az vm extension image list lists extensions."
