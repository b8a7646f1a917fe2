package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// An AutoscaleSetting is a Microsoft.Insights/autoscaleSettings resource.
type AutoscaleSetting struct {
	Resource *expand.Resource
	Body     *expand.Node
	Enabled  Field[bool]
	Target   Ref // targetResourceUri
	Profiles List[AutoscaleProfile]
	// Notifications and Predictive are the properties with these names.
	Notifications List[*expand.Node]
	Predictive    Part
}

// An AutoscaleProfile is a profile of a setting.
type AutoscaleProfile struct {
	Part
	Name                      Field[string]
	Minimum, Maximum, Default Field[int]
	Rules                     List[AutoscaleRule]
	FixedDate, Recurrence     Part
}

// An AutoscaleRule is a rule of a profile.
type AutoscaleRule struct {
	Part
	Metric                             Field[string]
	MetricNamespace                    Field[string]
	Source                             Ref // metricResourceUri
	TimeGrain, TimeWindow, Cooldown    Field[string]
	Statistic, TimeAggregation         Field[string]
	Operator                           Field[string]
	Threshold                          Field[float64]
	DividePerInstance                  Field[bool]
	Dimensions                         List[*expand.Node]
	Direction, ActionType, ActionValue Field[string]
}

func newAutoscaleSetting(d *Deployment, r *expand.Resource) *AutoscaleSetting {
	p := r.Body.Get("properties")
	return &AutoscaleSetting{
		Resource:      r,
		Body:          r.Body,
		Enabled:       boolean(r.Body, "properties", "enabled"),
		Target:        d.ref(p, "targetResourceUri"),
		Profiles:      list(p, d.newAutoscaleProfile, "profiles"),
		Notifications: list(p, func(n *expand.Node) *expand.Node { return n }, "notifications"),
		Predictive:    part(p, "predictiveAutoscalePolicy"),
	}
}

func (d *Deployment) newAutoscaleProfile(n *expand.Node) AutoscaleProfile {
	return AutoscaleProfile{
		Part:       part(n),
		Name:       text(n, "name"),
		Minimum:    integer(n, "capacity", "minimum"),
		Maximum:    integer(n, "capacity", "maximum"),
		Default:    integer(n, "capacity", "default"),
		Rules:      list(n, d.newAutoscaleRule, "rules"),
		FixedDate:  part(n, "fixedDate"),
		Recurrence: part(n, "recurrence"),
	}
}

func (d *Deployment) newAutoscaleRule(n *expand.Node) AutoscaleRule {
	trigger, action := n.Get("metricTrigger"), n.Get("scaleAction")
	return AutoscaleRule{
		Part:              part(n),
		Metric:            text(trigger, "metricName"),
		MetricNamespace:   text(trigger, "metricNamespace"),
		Source:            d.ref(trigger, "metricResourceUri"),
		TimeGrain:         text(trigger, "timeGrain"),
		TimeWindow:        text(trigger, "timeWindow"),
		Statistic:         text(trigger, "statistic"),
		TimeAggregation:   text(trigger, "timeAggregation"),
		Operator:          text(trigger, "operator"),
		Threshold:         number(trigger, "threshold"),
		DividePerInstance: boolean(trigger, "dividePerInstance"),
		Dimensions:        list(trigger, func(n *expand.Node) *expand.Node { return n }, "dimensions"),
		Direction:         text(action, "direction"),
		ActionType:        text(action, "type"),
		ActionValue:       text(action, "value"),
		Cooldown:          text(action, "cooldown"),
	}
}

// MaxCapacity returns the largest number of instances that enabled autoscale
// settings can give the set; ok is false if there is no setting or its maximum
// is unknown.
func (s *ScaleSet) MaxCapacity() (highest Field[int], ok bool) {
	most := 0
	for _, setting := range s.Autoscale {
		if !Is(setting.Enabled, true) {
			continue
		}
		for _, p := range setting.Profiles.Items {
			if n, known := p.Maximum.Known(); known && n > most {
				most, highest, ok = n, p.Maximum, true
			}
		}
	}
	return highest, ok
}

// targets reports whether the setting certainly applies to the resource: its
// target is the resource, or has its type and name in another spelling of the
// scope.
func (a *AutoscaleSetting) targets(r *expand.Resource) bool {
	if a.Target.Resource != nil {
		return a.Target.Resource == r
	}
	id, ok := a.Target.ID.Known()
	return ok && r.ID != "" && strings.EqualFold(id, r.ID)
}
