package cli

import (
	"errors"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
)

// flagsOfSimulate maps the fields of a preview to the flags of simulate.
var flagsOfSimulate = map[instances.Field]string{
	instances.FieldFrom: "--from", instances.FieldCurrent: "--current", instances.FieldList: "--instances FILE", instances.FieldModel: "--model",
	instances.FieldZones: "--zones", instances.FieldFaultDomains: "--fault-domains", instances.FieldUpdateDomains: "--update-domains",
	instances.FieldOverprovision: "--overprovision", instances.FieldProtect: "--protect", instances.FieldUnhealthy: "--unhealthy",
	instances.FieldDeallocated: "--deallocated", instances.FieldLose: "--lose", instances.FieldSet: "--set",
}

// flagsOfPlan maps the fields of a preview to the flags of plan.
var flagsOfPlan = map[instances.Field]string{
	instances.FieldFrom: "--from", instances.FieldCurrent: "--from", instances.FieldList: "--instances FILE", instances.FieldUnhealthy: "--unhealthy",
	instances.FieldLose: "--lose", instances.FieldSet: "--set",
}

// flagsOfScale maps the fields of a preview to the flags of scale and review, which
// start from the present number of instances.
var flagsOfScale = map[instances.Field]string{instances.FieldFrom: "--current", instances.FieldCurrent: "--current", instances.FieldSet: "--set"}

// mistaken turns a mistake in the input of a preview into a usage error that names
// the flags of the command. It returns other errors unchanged.
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
