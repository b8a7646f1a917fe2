package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/expand"
	"github.com/scaleset/scaleset/schemas"
)

// An apiVersion is the version of a resource, resolved to one of its document.
type apiVersion struct {
	index   int // of the version to judge by, in Document.Versions
	exact   bool
	newer   bool // than every version of the document
	listed  bool // among the known versions of the type, though not in the document
	written string
}

// judged names the version by which the resource is judged.
func (v apiVersion) judged(doc *schemas.Document) string { return doc.Versions[v.index] }

// resolve finds the version to judge by: the same, or else the nearest earlier
// one, or else the oldest.
func resolve(doc *schemas.Document, written string) apiVersion {
	v := apiVersion{written: written}
	for i, known := range doc.Versions {
		if strings.EqualFold(known, written) {
			return apiVersion{index: i, exact: true, listed: true, written: written}
		}
		if olderVersion(known, written) {
			v.index = i
		}
	}
	v.newer = olderVersion(doc.Versions[len(doc.Versions)-1], written)
	if known, ok := schemas.FindType(doc.Type); ok {
		v.listed = slices.ContainsFunc(known.Versions, func(k string) bool { return strings.EqualFold(k, written) })
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
	v = strings.ToLower(v)
	if len(v) < 10 {
		return v, ""
	}
	return v[:10], v[10:]
}

// report says what is odd about the version itself: a hint when it is newer
// than what is known, a warning when it lies between versions that are, since
// services publish versions that their schemas do not list.
func (v apiVersion) report(s *subject, r *report) {
	if v.exact || v.listed {
		return
	}
	node := s.res.Body.Get("apiVersion")
	d := diag.Diagnostic{
		Code: unknownAPIVersion.code, Rule: unknownAPIVersion.name, Severity: diag.Warning,
		Subject: node.At(), Pointer: node.Pointer(), Resource: resourceName(s.res), Trail: node.Trail(),
		Summary: fmt.Sprintf("%s is no known API version of %s; judged by %s", v.written, s.doc.Type, v.judged(s.doc)),
	}
	switch {
	case v.newer:
		d.Severity = diag.Info
		d.Summary = fmt.Sprintf("%s of %s is newer than the versions known here; judged by %s, the newest", v.written, s.doc.Type, v.judged(s.doc))
	case olderVersion(v.written, s.doc.Versions[0]):
		d.Detail = "It is older than every known one."
	default:
		d.Detail = "The nearest known ones are " + nearestVersions(s.doc, v.index) + "."
	}
	r.add(d)
}

func nearestVersions(doc *schemas.Document, index int) string {
	return strings.Join(doc.Versions[index:min(index+2, len(doc.Versions))], " and ")
}

// checkType reports a type without a document when its provider is known and
// the type is not.
func checkType(res *expand.Resource, r *report) {
	if _, ok := schemas.FindType(res.Type); ok {
		return
	}
	namespace, _, _ := strings.Cut(res.Type, "/")
	candidates := schemas.ProviderTypes(namespace)
	where := "of " + namespace
	if candidates == nil {
		// Only a provider that is nearly one we know is worth a word: there
		// are many more providers than schemas.
		near := nearest(namespace, schemas.Providers())
		if near == "" {
			return
		}
		candidates, where = schemas.ProviderTypes(near), "of "+near
	}
	near := nearest(res.Type, candidates)
	if near == "" && !strings.HasPrefix(where, "of "+namespace) {
		return
	}
	node := res.Body.Get("type")
	d := diag.Diagnostic{
		Code: unknownType.code, Rule: unknownType.name, Severity: diag.Warning,
		Subject: node.At(), Pointer: node.Pointer(), Resource: resourceName(res), Trail: node.Trail(),
		Summary: fmt.Sprintf("%s is no known resource type %s%s", res.Type, where, didYouMean(near)),
	}
	d.Fixes = replaceFix(d.Subject, lastSegments(node, res.Type), near)
	r.add(d)
}

// lastSegments is the text that the template writes for the type, when it
// writes all of it.
func lastSegments(node *expand.Node, full string) string {
	if s, ok := node.Text(); ok && strings.EqualFold(s, full) {
		return s
	}
	return ""
}
