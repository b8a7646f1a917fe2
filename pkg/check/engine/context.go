package engine

import (
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
)

// A Fact is one thing about the deployment that was assumed because it was not
// given.
type Fact struct {
	Flag  string // that gives it, such as "subscription-id"
	Value string
}

// The assumed values. They are the same for everybody, so that results can
// be compared, and say what they are as far as their form allows.
const (
	assumedID       = "00000000-0000-0000-0000-000000000000"
	assumedGroup    = "made-up-resource-group"
	assumedMgmt     = "made-up-management-group"
	assumedLocation = "westus2"
)

// completeContext fills what the user did not say about a deployment to the
// scope, and lists it. A resource group is dropped where a template deploys
// to none: one command line is used for templates of every scope.
func completeContext(c funcs.Context, scope arm.Scope, template string) (funcs.Context, []Fact) {
	var assumed []Fact
	need := func(field *string, flag, value string) {
		if *field == "" {
			*field = value
			assumed = append(assumed, Fact{flag, value})
		}
	}
	need(&c.TenantID, "tenant-id", assumedID)
	need(&c.Location, "location", assumedLocation)
	need(&c.DeploymentName, "deployment-name", DeploymentName(template))
	switch scope {
	case arm.ResourceGroup:
		need(&c.SubscriptionID, "subscription-id", assumedID)
		need(&c.ResourceGroup, "resource-group", assumedGroup)
	case arm.Subscription:
		c.ResourceGroup = ""
		need(&c.SubscriptionID, "subscription-id", assumedID)
	case arm.ManagementGroup:
		c.ResourceGroup = ""
		need(&c.ManagementGroup, "management-group", assumedMgmt)
	case arm.Tenant:
		c.ResourceGroup = ""
	}
	return c, assumed
}

// DeploymentName returns the default name that az gives a deployment: the name
// of the template without its extension.
func DeploymentName(template string) string {
	name := path.Base(template)
	name = strings.TrimSuffix(name, path.Ext(name))
	if strings.Trim(name, "<>.-") == "" || strings.HasPrefix(name, "<") {
		return "deployment"
	}
	return name
}

// field returns the part of c that a flag gives.
func field(c *funcs.Context, flag string) *string {
	switch flag {
	case "tenant-id":
		return &c.TenantID
	case "location":
		return &c.Location
	case "deployment-name":
		return &c.DeploymentName
	case "subscription-id":
		return &c.SubscriptionID
	case "resource-group":
		return &c.ResourceGroup
	}
	return &c.ManagementGroup
}

// withoutFacts returns c without an assumed fact, or for "" without all of them;
// ok is false if nothing of it was assumed.
func withoutFacts(c funcs.Context, assumed []Fact, flag string) (open funcs.Context, ok bool) {
	for _, f := range assumed {
		if flag == "" || flag == f.Flag {
			*field(&c, f.Flag), ok = "", true
		}
	}
	c.Open = true
	return c, ok
}

// names are the assumed facts of which a template can compute names. The name of
// the deployment is not among them: it is what az would take.
func names(assumed []Fact) (list []string) {
	for _, f := range assumed {
		switch f.Flag {
		case "resource-group", "management-group", "subscription-id", "tenant-id":
			list = append(list, f.Value)
		}
	}
	return list
}

// assumedLocationOf is the region among the assumed facts, or "".
func assumedLocationOf(assumed []Fact) string {
	for _, f := range assumed {
		if f.Flag == "location" {
			return f.Value
		}
	}
	return ""
}
