package requirements

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss8065_shared_sink.md
var sharedSinkPage string

// sharedSink reports two diagnostic settings of one resource that send the same
// category to the same destination.
// https://github.com/Azure/bicep-registry-modules/issues/3407
var sharedSink = &lint.Rule{
	Code: "SS8065", Name: "shared-sink", Severity: diag.Error, Since: "0.2", Page: &sharedSinkPage,
	Link: "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings", Run: checkSharedSink,
}

// sinks are the members of a setting that name a destination.
var sinks = [...]string{"workspaceId", "storageAccountId"}

func checkSharedSink(p *lint.Pass) {
	seen := map[string]*expand.Resource{}
	for _, r := range p.Deployment.Expanded.Resources {
		target, ok := settingTarget(r)
		if !ok {
			continue
		}
		properties := r.Body.Get("properties")
		for _, sink := range sinks {
			at := properties.Get(sink)
			id := p.Deployment.Ref(at).Path()
			if id.Type == "" {
				continue
			}
			for _, what := range sent(properties) {
				key := target + "\x00" + id.String() + "\x00" + what.key
				first := seen[key]
				if first == nil {
					seen[key] = r
				} else if first != r {
					p.Reportf(at, "the diagnostic settings %s and %s send %s to the same destination, %s", settingName(first), settingName(r), what.name, id.Name()).
						Relatedf(first.Body.Get("properties", sink), "the other setting").
						Detailf("Azure rejects two settings of one resource that send a category to the same destination. Remove one of the settings, or choose another destination.")
					break
				}
			}
		}
	}
}

// settingName is the name of a diagnostic setting without those of its resource.
func settingName(r *expand.Resource) string { return r.Name[strings.LastIndexByte(r.Name, '/')+1:] }

// settingTarget is the id of the resource that a diagnostic setting is certainly
// about, in lower case.
func settingTarget(r *expand.Resource) (string, bool) {
	const kind = "/providers/microsoft.insights/diagnosticsettings/"
	id := fold.Lower(r.ID)
	if !strings.Contains(id, kind) {
		return "", false
	}
	at := strings.LastIndex(id, kind)
	return id[:at], at > 0 && knownID(id) && !r.Conditional
}

// A category is one, or a group of them, as the template writes it. The key tells
// apart logs and metrics, and categories and groups.
type category struct{ name, key string }

// sent are the categories that a setting certainly sends.
func sent(properties *expand.Node) (all []category) {
	for _, list := range [...]string{"logs", "metrics"} {
		items := properties.Get(list)
		if items == nil {
			continue
		}
		for _, item := range items.Items {
			if on, ok := item.Get("enabled").Bool(); !ok || !on {
				continue
			}
			for _, member := range [...]string{"category", "categoryGroup"} {
				if text, ok := item.Get(member).Text(); ok && text != "" {
					all = append(all, category{text, strings.ToLower(list + "/" + member + "/" + text)})
				}
			}
		}
	}
	return all
}
