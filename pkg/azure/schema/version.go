package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/schemas"
)

// An apiVersion is the API version of a resource, resolved to one of its
// document.
type apiVersion struct {
	index   int // of the version to check with, in Document.Versions
	exact   bool
	newer   bool // than every version of the document
	listed  bool // among the known versions of the type, but not in the document
	written string
}

// judged returns the version with which the resource is checked.
func (v apiVersion) judged(doc *schemas.Document) string { return doc.Versions[v.index] }

// resolve finds the version to check with: the same one, or else the nearest
// earlier one, or else the oldest.
func resolve(doc *schemas.Document, written string) apiVersion {
	v := apiVersion{written: written}
	for i, known := range doc.Versions {
		if fold.Equal(known, written) {
			return apiVersion{index: i, exact: true, listed: true, written: written}
		}
		if olderVersion(known, written) {
			v.index = i
		}
	}
	v.newer = olderVersion(doc.Versions[len(doc.Versions)-1], written)
	if known, ok := findType(doc.Type); ok {
		v.listed = slices.ContainsFunc(known.Versions, func(k string) bool { return fold.Equal(k, written) })
	}
	return v
}

// olderVersion reports whether a comes before b: by date, and on the same date
// a preview before the release.
func olderVersion(a, b string) bool {
	da, sa := cutVersion(a)
	db, sb := cutVersion(b)
	if da != db {
		return da < db
	}
	return sa != "" && (sb == "" || sa < sb)
}

func cutVersion(v string) (date, suffix string) {
	v = fold.Lower(v)
	if len(v) < 10 {
		return v, ""
	}
	return v[:10], v[10:]
}

// report reports the version with which the resource is checked if its own is
// unknown.
func (v apiVersion) report(s *subject, r *report) {
	if v.exact || v.listed {
		return
	}
	s.found = true
	node := s.res.Body.Get("apiVersion")
	d := versionFinding(s.res, node)
	if s.written {
		d.Pointer = s.base + "/apiVersion"
	}
	provider, _, _ := strings.Cut(s.doc.Type, "/")
	switch {
	case !isVersion(v.written):
		d.Severity = diag.Error
		d.Summary = fmt.Sprintf("%s is not an API version", quoted(v.written))
		d.Detail = "An API version is a date such as " + v.judged(s.doc) + ", perhaps with -preview after it."
	case rejectedVersion(s.doc.Type, v.written):
		d.Severity = diag.Warning
		d.Summary = fmt.Sprintf("%s is probably not an API version of %s; checked against %s", cut(v.written), s.doc.Type, v.judged(s.doc))
		d.Detail = "Azure rejects versions that the type does not have, and no known list has this one. The nearest versions are " + nearestVersions(s.doc, v.index) + "."
	case v.newer && farAfter(v.written, s.doc.Versions[len(s.doc.Versions)-1]):
		d.Severity = diag.Warning
		d.Summary = fmt.Sprintf("%s is far newer than every known API version of %s; checked against %s", cut(v.written), s.doc.Type, v.judged(s.doc))
		d.Detail = "If the version exists, this tool has no schema for it; update the tool."
	case misspelled(v.written):
		d.Severity = diag.Warning
		d.Summary = fmt.Sprintf("%s is probably not an API version of %s; checked against %s", cut(v.written), s.doc.Type, v.judged(s.doc))
		d.Detail = "After the date, versions have -preview and little else: did you mean " + v.written[:10] + "-preview?"
	case !v.newer && unlikely(provider, v.written):
		d.Severity = diag.Warning
		d.Summary = fmt.Sprintf("%s is probably not an API version of %s; checked against %s", cut(v.written), s.doc.Type, v.judged(s.doc))
		d.Detail = "No version of " + provider + " that is known has such a date. The nearest versions are " + nearestVersions(s.doc, v.index) + "."
	case published(provider, v.written) || historyOf(provider).has(v.written):
		return // the version exists; that it has no schema here is not a mistake of the template
	default:
		d.Summary = fmt.Sprintf("no schema for %s %s is included; checked against %s", s.doc.Type, cut(v.written), v.judged(s.doc))
		switch {
		case v.newer:
			d.Detail = "The version may exist: it is newer than every version that is known here."
		case olderVersion(v.written, s.doc.Versions[0]):
			d.Detail = "The version may exist: it is older than every version that is known here."
		default:
			d.Detail = "The version may exist. The nearest versions that are known here are " + nearestVersions(s.doc, v.index) + "."
		}
	}
	r.add(d)
}

func versionFinding(res *expand.Resource, node *expand.Node) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: unknownAPIVersion.Code, Rule: unknownAPIVersion.Name, Severity: diag.Info,
		Subject: node.At(), Pointer: node.Pointer(), Resource: resourceName(res),
	}
	d.Trail = node.Trail()
	return d
}

// completeFrom is the date from which on the specifications have the API
// versions of every provider. Some earlier ones were published that are in no
// specification, such as 2017-04-01 of Microsoft.Network, which many published
// templates use.
const completeFrom = "2018-01-01"

// listedUntil is the date before which the specifications of the providers whose
// registrations are whole have every version: some are published months after
// their date.
const listedUntil = "2026-01-01"

// A registration has API versions of a provider that Azure lists in its answers
// (NoRegisteredProviderFound, "The supported api-versions are") or that published
// templates deploy with, and no specification has.
type registration struct {
	versions []string
	whole    bool // every version of the provider is known since its first one
}

// registrations are those of providers, by name in lower case:
//
//   - Compute: https://github.com/MicrosoftDocs/azure-docs/pull/62621; 2020-09-30
//     of disks: https://github.com/Azure/azure-service-operator/issues/4057
//   - Network: https://github.com/Azure/azure-quickstart-templates/pull/13038, and
//     templates of Azure/azure-quickstart-templates
//   - Storage: https://github.com/Azure/azure-powershell/issues/14395
//   - Insights: https://learn.microsoft.com/azure/azure-monitor/app/profiler-bring-your-own-storage
//   - ServiceFabric: https://github.com/Azure/azure-powershell/issues/11267
//   - OperationalInsights: https://github.com/Azure/azure-rest-api-specs/issues/22203
//   - Resources: https://github.com/ansible-collections/azure/issues/1739
//   - Authorization: https://github.com/Azure/azure-resource-manager-schemas/issues/1886;
//     2022-01-01-preview: Azure/azure-quickstart-templates
//   - Automation: https://github.com/Azure/ALZ-Bicep/issues/1003
//   - ContainerService: https://github.com/Azure/AKS-Landing-Zone-Accelerator/issues/122
//   - ContainerInstance, and API connections of Web: Azure/azure-quickstart-templates
var registrations = lazy.Value[map[string]registration]{Of: func() map[string]registration {
	return map[string]registration{
		"microsoft.compute": {[]string{"2016-08-30", "2020-09-30"}, true},
		"microsoft.network": {[]string{"2014-12-01-preview", "2016-07-01", "2016-08-01", "2016-10-01", "2016-11-01", "2017-04-01", "2018-03-01", "2018-05-01", "2020-01-01",
			"2021-01-01", "2021-04-01", "2021-06-01", "2021-12-01"}, true},
		"microsoft.storage":              {[]string{"2014-12-01-preview", "2016-07-01"}, true},
		"microsoft.insights":             {[]string{"2014-04-01", "2014-08-01", "2014-12-01-preview"}, true},
		"microsoft.servicefabric":        {nil, true},
		"microsoft.operationalinsights":  {[]string{"2017-01-01-preview", "2017-03-03-preview", "2017-03-15-preview", "2017-04-26-preview"}, true},
		"microsoft.operationsmanagement": {nil, true},
		"microsoft.resources": {[]string{"2014-01-01", "2014-04-01-preview", "2015-01-01", "2017-06-01", "2017-08-01", "2017-12-01", "2018-01-01", "2018-06-01", "2018-07-01",
			"2018-08-01", "2018-09-01", "2018-11-01", "2019-09-01", "2019-11-01", "2020-01-01", "2020-05-01", "2020-07-01", "2020-08-01", "2020-09-01", "2021-01-01",
			"2022-01-01", "2022-05-01", "2022-06-01", "2022-12-01", "2023-07-01-preview", "2024-08-01"}, true},
		"microsoft.authorization": {[]string{"2014-04-01-preview", "2014-07-01-preview", "2014-10-01-preview", "2015-05-01-preview", "2015-06-01", "2016-07-01", "2017-05-01",
			"2017-09-01", "2018-07-01", "2018-12-01-preview", "2019-04-01-preview", "2021-04-01-preview", "2022-01-01-preview"}, false},
		"microsoft.automation":        {[]string{"2015-01-01-preview", "2017-05-15-preview", "2018-01-15", "2018-06-30", "2021-04-01", "2022-01-31", "2022-02-22"}, false},
		"microsoft.containerservice":  {[]string{"2022-08-01"}, false},
		"microsoft.containerinstance": {[]string{"2018-07-01"}, false},
		"microsoft.web":               {[]string{"2018-07-01-preview"}, false},
	}
}}

// ownVersions reports whether a version of another type of the provider says
// nothing about a type: Azure answers with the list of the type. The types of
// Compute have versions of their own; most types of Network share those of
// virtualNetworks, and its DNS zones and front doors have others.
func ownVersions(known schemas.KnownType) bool {
	switch provider, name, _ := strings.Cut(fold.Lower(known.Type), "/"); provider {
	case "microsoft.compute":
		return true
	case "microsoft.storage":
		return name == "storageaccounts"
	case "microsoft.network":
		return sharesVersions(known.Versions)
	}
	return false
}

// sharesVersions reports whether four of five versions are also versions of
// virtualNetworks.
func sharesVersions(versions []string) bool {
	network, _ := findType("Microsoft.Network/virtualNetworks")
	shared := 0
	for _, v := range versions {
		if slices.Contains(network.Versions, v) {
			shared++
		}
	}
	return 5*shared >= 4*len(versions)
}

// rejectedVersion reports whether a date between the known versions of a type is
// none of them: Azure rejects a version that it does not list.
func rejectedVersion(resourceType, version string) bool {
	provider, _, _ := strings.Cut(resourceType, "/")
	known, ok := findType(resourceType)
	_, suffix := cutVersion(version)
	if !ok || suffix != "" && suffix != "-preview" || published(provider, version) {
		return false // private previews are in no list
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(list, func(k string) bool { return fold.Equal(k, version) })
	}
	if has(known.Versions) {
		return false
	}
	all := historyOf(provider)
	first, last := all.first, all.last
	switch own := known.Versions[0]; {
	case !registrations.Get()[fold.Lower(provider)].whole:
		first = max(first, completeFrom)
	case olderVersion(version, own) && !olderVersion(version, first):
		return false // the specification of a type may begin later than the type
	default:
		first = firstYear
		last = max(known.Versions[len(known.Versions)-1], listedUntil)
	}
	if version < first || !olderVersion(version, last) {
		return false
	}
	return ownVersions(known) || !all.has(version)
}

// A history has the known API versions of all types of a provider.
type history struct {
	first, last string
	versions    []string        // each once, in lower case
	days        map[string]bool // of the month on which they were published
}

// histories are the histories of providers by name, in lower case.
var histories sync.Map

func historyOf(provider string) *history {
	provider = fold.Lower(provider)
	if known, ok := histories.Load(provider); ok {
		return known.(*history)
	}
	h := &history{days: map[string]bool{}}
	seen := map[string]bool{}
	for list := range schemas.ProviderVersions(provider) {
		if v := list[0]; h.first == "" || olderVersion(v, h.first) {
			h.first = v
		}
		if v := list[len(list)-1]; h.last == "" || olderVersion(h.last, v) {
			h.last = v
		}
		for _, v := range list {
			if v = fold.Lower(v); !seen[v] {
				seen[v], h.days[v[len("0000-00-"):len(versionForm)]] = true, true
				h.versions = append(h.versions, v)
			}
		}
	}
	if len(h.versions) > 0 { // the names of unknown providers can be anything
		histories.Store(provider, h)
	}
	return h
}

// misspelled reports whether the suffix of a version is a misspelling of
// -preview.
func misspelled(version string) bool {
	_, suffix := cutVersion(version)
	return suffix != "" && suffix != "-preview" && nearest.Name(suffix, []string{"-preview"}) != ""
}

// enoughVersions is the number of known versions of a provider from which on a
// date can show that another one is not a version.
const enoughVersions = 8

// firstYear is the year of the first API versions of Azure Resource Manager.
const firstYear = "2014"

// unlikely reports whether a date is unlike all versions of a provider: on a
// day of the month on which none was published, or before the first one.
func unlikely(provider, version string) bool {
	if published(provider, version) || len(version) < 10 {
		return false
	}
	if version[:4] < firstYear {
		return true
	}
	h := historyOf(provider)
	return len(version) == 10 && len(h.versions) >= enoughVersions && !h.days[version[8:10]] // previews were published on any day
}

// published reports whether a version of a provider is in no specification and
// deploys.
func published(provider, version string) bool {
	return slices.Contains(registrations.Get()[fold.Lower(provider)].versions, fold.Lower(version))
}

// has reports whether some type of the provider has an API version.
func (h *history) has(version string) bool {
	return slices.Contains(h.versions, fold.Lower(version))
}

// farAfter reports whether a version is two years or more after another one; no
// service has such a gap.
func farAfter(version, newest string) bool {
	a, errA := strconv.Atoi(version[:4])
	b, errB := strconv.Atoi(newest[:4])
	return errA == nil && errB == nil && a-b >= 2
}

// checkVersion reports an API version of a resource whose type has no document
// if it is invalid, or probably not a version of the type.
func checkVersion(res *expand.Resource, r *report) {
	node := res.Body.Get("apiVersion")
	text, ok := node.Text()
	if !ok || text == "" || expr.IsExpression(text) || node.NeedsValue() {
		return
	}
	d := versionFinding(res, node)
	switch {
	case !isVersion(text):
		d.Severity = diag.Error
		d.Summary = fmt.Sprintf("%s is not an API version", quoted(res.APIVersion))
		d.Detail = "An API version is a date such as 2025-04-01, perhaps with -preview after it."
	case rejectedVersion(res.Type, text):
		known, _ := findType(res.Type)
		d.Severity = diag.Warning
		d.Summary = fmt.Sprintf("%s is probably not an API version of %s", cut(text), known.Type)
		d.Detail = "Azure rejects versions that the type does not have, and no known list has this one. The newest known version is " + known.Versions[len(known.Versions)-1] + "."
	default:
		return
	}
	r.add(d)
}

// A form is a pattern in which 0 means any digit.
type form string

const versionForm form = "0000-00-00"

// isVersion reports whether s is an existing date, optionally with a suffix
// such as -preview.
func isVersion(s string) bool {
	if !versionForm.matches(s) {
		return false
	}
	_, err := time.Parse(time.DateOnly, s[:len(versionForm)])
	return err == nil
}

func (f form) matches(s string) bool {
	for i := range len(f) {
		if i >= len(s) || f[i] == '0' != ('0' <= s[i] && s[i] <= '9') || f[i] != '0' && f[i] != s[i] {
			return false
		}
	}
	return len(s) == len(f) || s[len(f)] == '-'
}

func nearestVersions(doc *schemas.Document, index int) string {
	return strings.Join(doc.Versions[index:min(index+2, len(doc.Versions))], " and ")
}

// checkType reports a type without a document that is not among the known ones.
// It is an error if it is close to a known one, and its version is not newer than
// all of that provider; no published template has such a type. Other types are a
// warning, since retired ones and a few that services never described are
// missing. If the provider is unknown too, only a type that is close to a known
// one is reported.
func checkType(res *expand.Resource, r *report) {
	namespace, name, ok := strings.Cut(res.Type, "/")
	if _, known := findType(res.Type); known || !ok || inProviders(name) {
		return
	}
	node := res.Body.Get("type")
	d := diag.Diagnostic{
		Code: unknownType.Code, Rule: unknownType.Name, Severity: diag.Warning,
		Subject: node.At(), Pointer: node.Pointer(), Resource: resourceName(res), Trail: node.Trail(),
	}
	types := schemas.ProviderTypes(namespace)
	near := nearestType(res.Type, types)
	if types == nil {
		near = typeOfNearProvider(namespace, name)
		if near == "" {
			return // there are many more providers than schemas
		}
	}
	d.Summary = fmt.Sprintf("%s is not a known resource type%s", cut(res.Type), didYouMean(near))
	provider, _, _ := strings.Cut(near, "/")
	switch {
	case near != "" && !olderVersion(historyOf(provider).last, res.APIVersion):
		d.Severity = diag.Error
	case near == "":
		d.Detail = "Azure rejects a type that " + namespace + " does not have. A retired type may be missing from the list of this tool."
	}
	d.Fixes = replaceFix(d.Subject, lastSegments(node, res.Type), near)
	r.add(d)
}

// inProviders reports whether a name is the old form of a resource on another
// one, such as virtualMachines/providers/roleAssignments: the catalogue has
// types, not pairs.
func inProviders(name string) bool {
	return strings.Contains(fold.Lower(name), "/providers/") || strings.HasPrefix(fold.Lower(name), "providers/")
}

// typeOfNearProvider returns the known type that is meant by a type with a
// mistyped provider.
func typeOfNearProvider(namespace, name string) string {
	for _, p := range schemas.Providers() {
		if nearest.Slip(namespace, p) {
			if known, ok := findType(p + "/" + name); ok {
				return known.Type
			}
		}
	}
	return ""
}

// nearestType returns the type with the same number of segments of which one
// differs slightly.
func nearestType(written string, types []string) string {
	segments := strings.Split(fold.Lower(written), "/")
	for _, t := range types {
		known := strings.Split(fold.Lower(t), "/")
		if len(known) != len(segments) {
			continue
		}
		different, last := 0, 0
		for i := range known {
			if known[i] != segments[i] {
				different, last = different+1, i
			}
		}
		if different == 0 || different == 1 && nearest.Slip(segments[last], known[last]) {
			return t
		}
	}
	return ""
}

// lastSegments returns the text that the template writes for the type, if it
// writes all of it.
func lastSegments(node *expand.Node, full string) string {
	if s, ok := node.Text(); ok && fold.Equal(s, full) {
		return s
	}
	return ""
}

// Versions returns the API versions of a resource type, oldest first; none when the
// type is not known. The caller must not change them.
func Versions(resourceType string) []string {
	known, _ := findType(resourceType)
	return known.Versions
}

// findType is [schemas.FindType], which reads the types of a provider until it finds
// one, once for each name.
func findType(name string) (schemas.KnownType, bool) {
	known := knownTypes.Of(name)
	return known, known.Type != ""
}

var knownTypes = fold.Answers[schemas.KnownType]{Ask: func(name string) schemas.KnownType {
	known, _ := schemas.FindType(name)
	return known
}}
