package cli

import (
	"errors"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// flagsOfSimulate are the flags that give the fields of a preview.
var flagsOfSimulate = map[whatif.Field]string{
	whatif.FieldFrom: "--from", whatif.FieldCurrent: "--current", whatif.FieldList: "--instances FILE", whatif.FieldModel: "--model",
	whatif.FieldZones: "--zones", whatif.FieldFaultDomains: "--fault-domains", whatif.FieldUpdateDomains: "--update-domains",
	whatif.FieldOverprovision: "--overprovision", whatif.FieldProtect: "--protect", whatif.FieldUnhealthy: "--unhealthy",
	whatif.FieldDeallocated: "--deallocated",
}

// flagsOfScale are those of scale and review, which start from what the set has
// now.
var flagsOfScale = map[whatif.Field]string{whatif.FieldFrom: "--current", whatif.FieldCurrent: "--current"}

// mistaken makes a mistake in the input of a preview a mistake in the command
// line, with the fields called as the flags of the command are. Other errors
// stay as they are.
func mistaken(err error, flags map[whatif.Field]string) error {
	var m *whatif.Mistake
	var worded *usageError
	if errors.As(err, &worded) || !errors.As(err, &m) {
		return err
	}
	return usagef("%s", m.In(func(f whatif.Field) string {
		if flag, ok := flags[f]; ok {
			return flag
		}
		return string(f)
	}))
}
