// Package rules lists the families of rules.
package rules

import (
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules/availability"
	"github.com/scaleset/scaleset/pkg/check/rules/capacity"
	"github.com/scaleset/scaleset/pkg/check/rules/envelope"
	"github.com/scaleset/scaleset/pkg/check/rules/naming"
	"github.com/scaleset/scaleset/pkg/check/rules/network"
	"github.com/scaleset/scaleset/pkg/check/rules/profile"
	"github.com/scaleset/scaleset/pkg/check/rules/references"
	"github.com/scaleset/scaleset/pkg/check/rules/requirements"
	"github.com/scaleset/scaleset/pkg/check/rules/sizes"
	"github.com/scaleset/scaleset/pkg/check/rules/storage"
	"github.com/scaleset/scaleset/pkg/check/rules/template"
)

// A Family is a package of rules.
type Family struct {
	Name  string // of the package
	Title string
	Rules []*lint.Rule
	// Unchecked lists the statements that no rule checks, with reasons.
	Unchecked []lint.Unchecked
	// Answers are the topics of the guidance of which every statement has a
	// rule or a reason, such as "capacity". A test holds the family to it; set
	// it when the family is complete.
	Answers []string
}

// Families are all families, in the order of their codes.
func Families() []Family {
	return []Family{
		{Name: "template", Title: "Templates", Rules: template.Rules(), Unchecked: template.Unchecked()},
		{Name: "envelope", Title: "Envelopes of resources", Rules: envelope.Rules()},
		{Name: "naming", Title: "Names", Rules: naming.Rules()},
		{Name: "references", Title: "References", Rules: references.Rules()},
		{Name: "capacity", Title: "Capacity and autoscale", Rules: capacity.Rules(), Unchecked: capacity.Unchecked(), Answers: []string{"capacity", "autoscale"}},
		{Name: "profile", Title: "Profile and extensions", Rules: profile.Rules(), Unchecked: profile.Unchecked(), Answers: []string{"profile", "extensions"}},
		{Name: "sizes", Title: "Sizes of machines", Rules: sizes.Rules()},
		{Name: "storage", Title: "Storage", Rules: storage.Rules(), Unchecked: storage.Unchecked(), Answers: []string{"storage"}},
		{Name: "network", Title: "Network", Rules: network.Rules(), Unchecked: network.Unchecked(), Answers: []string{"network"}},
		{Name: "availability", Title: "Availability and upgrades", Rules: availability.Rules(), Unchecked: availability.Unchecked(), Answers: []string{"availability", "upgrades"}},
		{Name: "requirements", Title: "Requirements of properties", Rules: requirements.Rules(), Unchecked: requirements.Unchecked()},
	}
}

// All are the rules of all families, in the order of their codes.
func All() []*lint.Rule {
	var all []*lint.Rule
	for _, f := range Families() {
		all = append(all, f.Rules...)
	}
	return all
}
