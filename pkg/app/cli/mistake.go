package cli

import (
	"errors"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
)

// flagsOfSimulate are the flags that give the fields of a preview.
var flagsOfSimulate = map[instances.Field]string{
	instances.FieldFrom: "--from", instances.FieldCurrent: "--current", instances.FieldList: "--instances FILE", instances.FieldModel: "--model",
	instances.FieldZones: "--zones", instances.FieldFaultDomains: "--fault-domains", instances.FieldUpdateDomains: "--update-domains",
	instances.FieldOverprovision: "--overprovision", instances.FieldProtect: "--protect", instances.FieldUnhealthy: "--unhealthy",
	instances.FieldDeallocated: "--deallocated", instances.FieldLose: "--lose",
}

// flagsOfPlan are those of plan.
var flagsOfPlan = map[instances.Field]string{
	instances.FieldFrom: "--from", instances.FieldCurrent: "--from", instances.FieldList: "--instances FILE", instances.FieldUnhealthy: "--unhealthy",
	instances.FieldLose: "--lose",
}

// flagsOfScale are those of scale and review, which start from what the set has
// now.
var flagsOfScale = map[instances.Field]string{instances.FieldFrom: "--current", instances.FieldCurrent: "--current"}

// mistaken makes a mistake in the input of a preview a mistake in the command
// line, with the fields called as the flags of the command are. Other errors
// stay as they are.
func mistaken(err error, flags map[instances.Field]string) error {
	var m *instances.Mistake
	var worded *usageError
	if errors.As(err, &worded) || !errors.As(err, &m) {
		return err
	}
	return usagef("%s", m.In(func(f instances.Field) string {
		if flag, ok := flags[f]; ok {
			return flag
		}
		return string(f)
	}))
}
