package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4114_os_image_notification.md
var osImageNotificationPage string

// osImageNotification reports notifications of new images with another time than
// the only one there is.
var osImageNotification = &lint.Rule{
	Code: "SS4114", Name: "os-image-notification", Severity: diag.Error, Since: "0.1", Page: &osImageNotificationPage,
	Guidance: []guidance.ID{guidance.OSImageNotification}, Run: checkOSImageNotification,
}

func checkOSImageNotification(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		checkSpan(p, set.OSImageNotice, "notBeforeTimeout of the OS image", "PT15M", "PT15M")
	}
}
