package engine

import (
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
)

// A Fact is one thing about the deployment that was made up because nobody
// gave it.
type Fact struct {
	Flag  string // that gives it, such as "subscription-id"
	Value string
}

// What is made up. The values are the same for everybody, so that results can
// be compared, and say what they are as far as their form allows.
const (
	madeUpID       = "00000000-0000-0000-0000-000000000000"
	madeUpGroup    = "made-up-resource-group"
	madeUpMgmt     = "made-up-management-group"
	madeUpLocation = "westus2"
)

// completeContext fills what the user did not say about a deployment to the
// scope, and lists it. A resource group is dropped where a template deploys
// to none: one command line is used for templates of every scope.
func completeContext(c funcs.Context, scope arm.Scope, template string) (funcs.Context, []Fact) {
	var madeUp []Fact
	need := func(field *string, flag, value string) {
		if *field == "" {
			*field = value
			madeUp = append(madeUp, Fact{flag, value})
		}
	}
	need(&c.TenantID, "tenant-id", madeUpID)
	need(&c.Location, "location", madeUpLocation)
	need(&c.DeploymentName, "deployment-name", DeploymentName(template))
	switch scope {
	case arm.ResourceGroup:
		need(&c.SubscriptionID, "subscription-id", madeUpID)
		need(&c.ResourceGroup, "resource-group", madeUpGroup)
	case arm.Subscription:
		c.ResourceGroup = ""
		need(&c.SubscriptionID, "subscription-id", madeUpID)
	case arm.ManagementGroup:
		c.ResourceGroup = ""
		need(&c.ManagementGroup, "management-group", madeUpMgmt)
	case arm.Tenant:
		c.ResourceGroup = ""
	}
	return c, madeUp
}

// DeploymentName is the name that az gives a deployment when nobody does: that
// of the template without its extension.
func DeploymentName(template string) string {
	name := path.Base(template)
	name = strings.TrimSuffix(name, path.Ext(name))
	if strings.Trim(name, "<>.-") == "" || strings.HasPrefix(name, "<") {
		return "deployment"
	}
	return name
}

// names are the made-up facts that a template may build names of. The name of
// the deployment is not among them: it is what az would take.
func names(madeUp []Fact) (list []string) {
	for _, f := range madeUp {
		switch f.Flag {
		case "resource-group", "management-group", "subscription-id", "tenant-id":
			list = append(list, f.Value)
		}
	}
	return list
}

// madeUpLocationOf is the region among the facts that were made up, or "".
func madeUpLocationOf(madeUp []Fact) string {
	for _, f := range madeUp {
		if f.Flag == "location" {
			return f.Value
		}
	}
	return ""
}
