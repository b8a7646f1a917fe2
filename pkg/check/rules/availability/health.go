package availability

import (
	"time"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// hasNoHealth reports that the set certainly has none of the sources of health:
// a load balancer probe, the application health extension, an external policy.
func hasNoHealth(set lint.ScaleSet) bool {
	_, extension := set.HealthExtension()
	return !extension && set.Network.HealthProbe.ID.Absent() && set.Network.State != vmss.Unknown && set.ExternalHealth.Absent()
}

// knowsHealth reports that the set certainly has a health source.
func knowsHealth(set lint.ScaleSet) bool {
	extension, ok := set.HealthExtension()
	return ok && extension.Kind.IsSet() || set.Network.HealthProbe.ID.IsSet() || set.ExternalHealth.IsSet()
}

// within reports whether text is an ISO 8601 duration in the range.
func within(text string, least, most time.Duration) bool {
	d, ok := vmss.ParseDuration(text)
	return ok && d >= least && d <= most
}
