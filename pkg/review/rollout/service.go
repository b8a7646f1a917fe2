package rollout

import (
	"fmt"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

const (
	automaticPage = "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade"
	surgePage     = "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-maxsurge"
	repairsPage   = "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs"
)

// osUpgrade plans an automatic OS image upgrade: by the rolling policy, whatever
// the upgrade mode is, and by its defaults unless useRollingUpgradePolicy is on.
func (r *Rollout) osUpgrade(set *vmss.ScaleSet, p *upgrade.Policy, c *upgrade.Change) {
	c.OSUpgrade = true
	if on, ok := set.UpgradePolicy.AutomaticOSEnabled.Or(false); ok && !on {
		r.note("Automatic OS upgrades are off (enableAutomaticOSUpgrade); the plan shows what they would do.", automaticPage, upgrade.Documented)
	}
	image := set.Storage.Image
	if version, ok := image.Version.Known(); ok && image.Kind == vmss.ImagePlatform && !strings.EqualFold(version, "latest") {
		r.note(fmt.Sprintf("imageReference.version is %q: Azure upgrades the image by itself only with \"latest\".", version), automaticPage, upgrade.Recorded)
	}
	p.Mode = upgrade.Rolling
	if use, ok := set.UpgradePolicy.UseRollingPolicy.Or(false); ok && !use {
		*p = upgrade.Policy{Mode: upgrade.Rolling, MaxBatchPercent: upgrade.DefaultPercent, MaxUnhealthyPercent: upgrade.DefaultPercent, MaxUnhealthyUpgradedPercent: upgrade.DefaultPercent}
		r.note("useRollingUpgradePolicy is off, so the defaults of the rolling policy apply: batches of at most 20%, and 20% may be unhealthy.", automaticPage, upgrade.Documented)
	}
}

// graceDefault is the grace period of repairs that the template does not give
// (virtual-machine-scale-sets-automatic-instance-repairs; older pages say 30
// minutes).
const graceDefault = 10 * time.Minute

// repairs plans the automatic repairs of the unhealthy instances.
func (r *Rollout) repairs(set *vmss.ScaleSet, p *upgrade.Policy, c *upgrade.Change) {
	if on, ok := set.Repairs.Enabled.Or(false); ok && !on {
		r.note("Automatic repairs are off (automaticRepairsPolicy.enabled); the plan shows what they would do.", repairsPage, upgrade.Documented)
	}
	*p = upgrade.Policy{Mode: upgrade.Repair, Grace: graceDefault}
	if d, ok := vmss.ParseDuration(known(set.Repairs.GracePeriod)); ok {
		p.Grace = d
	}
	r.Class, c.Action = diff.Replaced, upgrade.Replace
	switch action := known(set.Repairs.Action); {
	case strings.EqualFold(action, "Restart"):
		r.Class, c.Action = diff.Restart, upgrade.Restart
	case strings.EqualFold(action, "Reimage"):
		r.Class, c.Action = diff.Reimage, upgrade.Reimage
	}
}
