package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4101_computer_name_length.md
var computerNameLengthPage string

// computerNameLength reports computer name prefixes that leave no room for what
// Azure appends.
var computerNameLength = &lint.Rule{
	Code: "SS4101", Name: "computer-name-length", Severity: diag.Error, Since: "0.1", Page: &computerNameLengthPage,
	Peers:    []string{"AZR-000262"},
	Also:     []diag.Level{{Severity: diag.Warning, When: "the operating system is Linux"}},
	Guidance: []guidance.ID{guidance.ComputerNameWindows, guidance.ComputerNameLinux}, Run: checkComputerNameLength,
}

func checkComputerNameLength(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		prefix, ok := set.OS.ComputerNamePrefix.Known()
		if !ok || p.Assumed(prefix) {
			continue
		}
		system := set.System()
		id, severity := guidance.ComputerNameWindows, diag.Error
		if system != vmss.Windows {
			id, severity = guidance.ComputerNameLinux, diag.Warning // by the same sum, and no answer of Azure was seen
		}
		limit := set.Bound(id)
		if n := len([]rune(prefix)); limit.Exceeded(n) {
			p.Reportf(set.OS.ComputerNamePrefix, "computerNamePrefix %q has %d characters; the limit%s is %d", prefix, n, on(system), limit.Max()).
				Severity(severity).Cite(id).
				Detailf("Shorten it: Azure appends six characters, such as 00000A, for each instance.").
				Choice("shorten it to "+string([]rune(prefix)[:limit.Max()]), lint.Replace(set.OS.ComputerNamePrefix, `"`+string([]rune(prefix)[:limit.Max()])+`"`))
		}
	}
}

// on names the system of a set, for messages.
func on(system vmss.System) string {
	if system == vmss.SystemUnknown {
		return ""
	}
	return " on " + system.String()
}
