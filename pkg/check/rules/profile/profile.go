// Package profile holds the rules about names, credentials, images, priority (codes SS41xx) and extensions (SS42xx).
package profile

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		computerNameLength, computerNameCharacters, adminUsernameRule, adminPasswordRule, passwordInTemplate, linuxPasswordLogin, osConfiguration,
		customDataRule, previewImage, imageVersionLatest, spotOnly, priorityMix, terminateNotification, osImageNotification,
		capacityReservation, identityAssigned, planOfImage, instanceNameLength, imageName, predictablePassword, userDataSecret, monitorAgent,

		extensionOrderNone, extensionAfterNames, extensionCycle, extensionAfterSettings, extensionNameRepeats, extensionHandlerRepeats,
		extensionOperations, retiredExtension, settingsSecret, extensionSystem, extensionsBudget, extensionName, protectedPlain,
	}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.PlanFirst, Reason: "The schema check covers it: property-too-new (SS3005)."},
		{ID: guidance.MigrateImageLatest, Reason: "Only the Marketplace knows which versions of an image are retired."},
		{ID: guidance.IdenticalInstances, Reason: "A template does not show whether an application is stateful."},
		{ID: guidance.RegionsAll, Reason: "It requires nothing of a template."},
		{ID: guidance.MonitorExplorer, Reason: "It requires nothing of a template."},
		{ID: guidance.Fabric, Reason: "It requires nothing of a template."},
		{ID: guidance.SetFree, Reason: "It requires nothing of a template."},
		{ID: guidance.SimpleSetSecure, Reason: "It requires nothing of a template."},
	}
}
