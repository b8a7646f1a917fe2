package diff

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// A folding says how the values under a name compare.
type folding struct {
	// sets are the lists of plain values whose order does not count.
	sets map[string]struct{}
	// cased are the texts that Azure compares with their case; the texts
	// of all other names that Azure itself reads (kinds, modes, sizes) do
	// not depend on it.
	words map[string]struct{}
	// readOnly are the names that Azure adds to what it answers.
	readOnly map[string]struct{}
}

// foldings is the table. Enumerations are case-insensitive in Resource Manager
// ("Automatic" and "automatic" are one mode); ids, names and locations do too
// (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
var foldings = lazy.Value[folding]{Of: func() folding {
	return folding{
		sets: words(`zones vhdcontainers addressprefixes destinationaddressprefixes sourceaddressprefixes destinationportranges sourceportranges
			provisionafterextensions rules days targetresourceuris locations fileuris`),
		words: words(`location mode name tier size family kind type publisher offer sku version createoption caching ostype storageaccounttype
			priority evictionpolicy licensetype orchestrationmode protocol transportprotocol publicipallocationmethod privateipallocationmethod
			publicipaddressversion privateipaddressversion repairaction access direction loaddistribution operator statistic timeaggregation
			direction accounttype accesstier securitytype patchmode assessmentmode computernameprefix metricname domainnamelabel rules zones
			diskcontrollertype deleteoption frequency timezone protocol option placement minimumtlsversion kind`),
		readOnly: words(`provisioningstate uniqueid timecreated etag resourceguid systemdata resourcegroup instanceview latestmodelapplied
			vmid creationtime primaryendpoints secondaryendpoints primarylocation secondarylocation statusofprimary statusofsecondary
			constrainedmaximumcapacity ipconfigurations/*/id managedby createdtime modifiedtime lastmodifiedtime ipaddress`),
	}
}}

func words(list string) map[string]struct{} {
	m := map[string]struct{}{}
	for _, w := range strings.Fields(list) {
		m[w] = struct{}{}
	}
	return m
}

// readOnly reports a member that only the answers of Azure have.
func (w *walk) readOnly(p path) bool {
	if !w.diff.Old.Exported && !w.diff.New.Exported {
		return false
	}
	step := p.steps[len(p.steps)-1]
	if _, ok := foldings.Get().readOnly[step]; ok {
		return p.steps[0] != "tags"
	}
	// Parts of a resource answer with their own id and type.
	return len(p.steps) > 2 && p.steps[len(p.steps)-2] == "*" && (step == "id" || step == "type") && hasName(p)
}

// hasName reports a list whose items are parts of the resource, and not mere
// references by id.
func hasName(p path) bool {
	switch p.steps[len(p.steps)-3] {
	case "extensions", "subnets", "frontendipconfigurations", "backendaddresspools", "inboundnatpools", "inboundnatrules", "loadbalancingrules",
		"probes", "outboundrules", "networkinterfaceconfigurations", "ipconfigurations", "securityrules":
		return true
	}
	return false
}

// same compares two known plain values as Azure does: a number or a boolean
// may be spelled as text, ids and words that Azure reads fold their case.
func same(p path, a, b value.Value) bool {
	x, textX := plain(a)
	y, textY := plain(b)
	if !textX || !textY {
		eq, known := value.Equal(a, b)
		return eq && known
	}
	_, stringX := a.(value.String)
	_, stringY := b.(value.String)
	switch {
	case x == y:
		return true
	case !stringX || !stringY, strings.HasPrefix(x, "/") && strings.HasPrefix(y, "/"):
		return strings.EqualFold(strings.TrimSuffix(x, "/"), strings.TrimSuffix(y, "/"))
	case last(p) == "location":
		return strings.EqualFold(strings.ReplaceAll(x, " ", ""), strings.ReplaceAll(y, " ", ""))
	case p.steps[0] == "tags" || underSettings(p):
		return false
	}
	_, folds := foldings.Get().words[last(p)]
	return folds && strings.EqualFold(x, y)
}

// underSettings reports what Azure hands on as it is.
func underSettings(p path) bool {
	for _, s := range p.steps {
		if s == "settings" || s == "protectedsettings" {
			return true
		}
	}
	return false
}

// plain spells a value that is neither a list nor an object.
func plain(v value.Value) (text string, ok bool) {
	switch v := v.(type) {
	case value.String:
		return string(v), true
	case value.Int:
		return strconv.FormatInt(int64(v), 10), true
	case value.Number:
		if f, ok := v.Float(); ok {
			return strconv.FormatFloat(f, 'g', -1, 64), true
		}
		return v.Text, true
	case value.Bool:
		return strconv.FormatBool(bool(v)), true
	}
	return "", false
}
