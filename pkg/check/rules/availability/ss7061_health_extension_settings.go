package availability

import (
	_ "embed"

	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7061_health_extension_settings.md
var healthExtensionSettingsPage string

// healthExtensionSettings reports settings of the application health extension that it does not take.
var healthExtensionSettings = &lint.Rule{
	Code: "SS7061", Name: "health-extension-settings", Severity: diag.Warning, Since: "0.1", Page: &healthExtensionSettingsPage,
	Guidance: []guidance.ID{guidance.HealthExtension, guidance.HealthExtensionPort, guidance.HealthExtensionTimes, guidance.HealthExtensionGrace},
	Run:      checkHealthExtensionSettings,
}

func checkHealthExtensionSettings(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		extension, ok := set.HealthExtension()
		if !ok || extension.Settings.State != vmss.Known {
			continue
		}
		for _, problem := range healthSettingProblems(extension.Settings.Node) {
			p.Reportf(problem.at, "%s", problem.text).Cite(problem.id).
				Detailf("Correct the setting: an instance whose health cannot be read counts as unhealthy.")
		}
	}
}

// settingProblem is one setting that the extension does not take.
type settingProblem struct {
	at   *expand.Node
	id   guidance.ID
	text string
}

func healthSettingProblems(settings *expand.Node) (all []settingProblem) {
	add := func(at *expand.Node, id guidance.ID, format string, args ...any) {
		if at == nil {
			at = settings
		}
		all = append(all, settingProblem{at, id, fmt.Sprintf(format, args...)})
	}
	protocol, ok := settings.Get("protocol").Text()
	path, port := settings.Get("requestPath"), settings.Get("port")
	text, _ := path.Text()
	switch strings.ToLower(protocol) {
	case "tcp":
		if !port.Exists() {
			add(nil, guidance.HealthExtensionPort, "protocol tcp needs a port")
		}
		if text != "" {
			add(path, guidance.HealthExtensionPort, "protocol tcp does not use requestPath")
		}
	case "http", "https":
		if !path.Exists() {
			add(nil, guidance.HealthExtensionPort, "protocol %s needs a requestPath", strings.ToLower(protocol))
		}
	default:
		if ok {
			add(settings.Get("protocol"), guidance.HealthExtension, "unknown protocol %q; use tcp, http or https", protocol)
		}
	}
	for _, limit := range []struct {
		name        string
		least, most int64
		id          guidance.ID
	}{
		{"intervalInSeconds", 5, 60, guidance.HealthExtensionTimes},
		{"numberOfProbes", 1, 24, guidance.HealthExtensionTimes},
		{"gracePeriod", 1, 14400, guidance.HealthExtensionGrace},
	} {
		if n, known := settings.Get(limit.name).Int(); known && (n < limit.least || n > limit.most) {
			add(settings.Get(limit.name), limit.id, "%s is %d; the range is %d to %d", limit.name, n, limit.least, limit.most)
		}
	}
	return all
}
