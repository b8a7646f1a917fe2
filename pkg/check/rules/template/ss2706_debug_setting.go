package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2706_debug_setting.md
var debugSettingPage string

// debugSettingRule reports debugSetting.detailLevel of nested deployments.
var debugSettingRule = &lint.Rule{
	Code: "SS2706", Name: "debug-setting", Severity: diag.Warning, Since: "0.1", Page: &debugSettingPage,
	Peers: []string{"Deployment-Resources-Must-Not-Be-Debug", "AZR-000225"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#dont-use-debug-for-nested-deployment",
	Run:   checkDebugSetting,
}

func checkDebugSetting(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Resource == nil || !t.Resource.IsDeployment() || !keyIs(t, "detailLevel") || !isPlain(t) || strings.EqualFold(t.String.Value, "none") {
			continue
		}
		p.ReportAt(t.Template, t.String.At, "the deployment records %s, which can contain secrets", t.String.Value).In(t.Resource).
			Detailf("Remove debugSetting when you have finished debugging.")
	}
}
