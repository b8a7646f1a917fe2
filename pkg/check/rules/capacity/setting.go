package capacity

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

// settingsOf are the autoscale settings that scale a set, or whose target is
// not known; those of other services are not ours to judge.
func settingsOf(p *lint.Pass) []*vmss.AutoscaleSetting {
	var all []*vmss.AutoscaleSetting
	for _, s := range p.Deployment.Autoscale {
		if t := s.Target.Parsed.Type; t == "" || strings.EqualFold(t, vmss.Type) {
			all = append(all, s)
		}
	}
	return all
}

// A profile is one profile of a setting, with what to call it.
type profile struct {
	vmss.AutoscaleProfile
	setting *vmss.AutoscaleSetting
	label   string // such as: profile "weekend"
}

// profilesOf are the profiles of a setting, none when they are not known.
func profilesOf(s *vmss.AutoscaleSetting) []profile {
	var all []profile
	for i, p := range s.Profiles.Items {
		label := fmt.Sprintf("profile %d", i+1)
		if name, ok := p.Name.Known(); ok {
			label = fmt.Sprintf("profile %q", plainName(name))
		}
		all = append(all, profile{p, s, label})
	}
	return all
}

// live reports that a setting is certainly not switched off on purpose: no one
// wants advice about those that are.
func live(s *vmss.AutoscaleSetting) bool {
	on, known := s.Enabled.Or(true)
	return on && known
}

// liveProfiles are the profiles of all live settings.
func liveProfiles(p *lint.Pass) []profile {
	var all []profile
	for _, s := range settingsOf(p) {
		if live(s) {
			all = append(all, profilesOf(s)...)
		}
	}
	return all
}

// The portal ends a recurring profile by a second one whose name is JSON,
// {"name":"...","for":"<profile>"} (guidance.AutoscaleRecurrence).

// plainName is what people call a profile.
func plainName(name string) string {
	if inner := savedName(name, "name"); inner != "" {
		return inner
	}
	return name
}

// ends is the profile that this one ends by its name, or "".
func (p profile) ends() string {
	name, _ := p.Name.Known()
	return savedName(name, "for")
}

// savedName is a member of a name that is JSON, or "".
func savedName(name, member string) string {
	if !strings.HasPrefix(name, "{") {
		return ""
	}
	v, err := savedjson.Parse([]byte(name))
	if err != nil {
		return ""
	}
	return v.Get(member).String()
}

// alwaysOn reports whether the profile has neither a date nor a recurrence.
func (p profile) alwaysOn() bool { return p.FixedDate.Absent() && p.Recurrence.Absent() }

// rooms reports whether the bounds leave room to scale; ok is false when one of
// them is not known.
func (p profile) room() (room, ok bool) {
	low, ok1 := p.Minimum.Known()
	high, ok2 := p.Maximum.Known()
	return low < high, ok1 && ok2
}

// sameMetric reports whether two rules certainly watch the same metric of the
// same resource.
func sameMetric(a, b vmss.AutoscaleRule) bool {
	nameA, ok1 := a.Metric.Known()
	nameB, ok2 := b.Metric.Known()
	return ok1 && ok2 && strings.EqualFold(nameA, nameB) && sameText(a.Source.ID, b.Source.ID) && sameText(a.MetricNamespace, b.MetricNamespace)
}

// sameText compares ignoring case; what is absent equals what is absent or empty.
func sameText(a, b vmss.Field[string]) bool {
	x, ok1 := a.Or("")
	y, ok2 := b.Or("")
	return ok1 && ok2 && strings.EqualFold(x, y)
}

// firstRules are those that are compared with all others. A profile has ten
// rules at most (guidance autoscale-rules-max, SS4053); a hostile one has
// thousands, and pairs of those take a while.
func firstRules(rules []vmss.AutoscaleRule) []vmss.AutoscaleRule {
	const most = 100
	return rules[:min(len(rules), most)]
}

// directed reports whether the direction of a rule is known to be d.
func directed(r vmss.AutoscaleRule, d string) bool {
	got, ok := r.Direction.Known()
	return ok && strings.EqualFold(got, d)
}

// metricName is the name of a metric for messages, or "the metric".
func metricName(r vmss.AutoscaleRule) string {
	if name, ok := r.Metric.Known(); ok {
		return name
	}
	return "the metric"
}
