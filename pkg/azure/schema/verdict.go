package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// maxFindings limits the reported mistakes of one resource: a hostile one has
// millions.
const maxFindings = 100

// maxFields limits the members of an object that are compared with a
// misspelled name: only a hostile resource has more.
const maxFields = 1000

// verdicts adds the findings for the errors of the validator about one
// resource.
func (r *report) verdicts(s *subject, errors []gojsonschema.ResultError) {
	if len(errors) > maxFindings {
		inOrder(errors)
	}
	for i, e := range errors {
		if i == maxFindings {
			d := s.finding(diag.Kind{Code: "SS0003", Name: "tool-limit"}, diag.Warning, s.item)
			d.Subject = s.item.head()
			d.Summary = fmt.Sprintf("%s has %d errors; the first %d are shown", s.label(), len(errors), maxFindings)
			r.add(d)
			return
		}
		r.verdict(s, e)
	}
}

// inOrder sorts the errors, which the validator returns in random order: those
// at the top level of the resource first.
func inOrder(errors []gojsonschema.ResultError) {
	keys := make(map[gojsonschema.ResultError]string, len(errors))
	for _, e := range errors {
		context := e.Context().String("\x00")
		keys[e] = fmt.Sprintf("%03d%s\x00%s\x00%v", strings.Count(context, "\x00"), context, e.Type(), e.Details()["property"])
	}
	slices.SortFunc(errors, func(a, b gojsonschema.ResultError) int { return strings.Compare(keys[a], keys[b]) })
}

// A judgedKey is a mistake at a range. Copies of a resource share their ranges,
// so the finding is computed for the first copy only.
type judgedKey struct {
	doc      *schemas.Document
	at       source.Range
	mistake  string
	property string
}

// verdict adds the finding for one error of the validator.
func (r *report) verdict(s *subject, e gojsonschema.ResultError) {
	s.found = true
	it := s.item.find(e.Context().String("\x00"))
	if it == nil {
		return
	}
	property, _ := e.Details()["property"].(string)
	if at := it.at(); !at.IsZero() {
		key := judgedKey{s.doc, at, e.Type(), property}
		if r.judged[key] {
			return
		}
		r.judged[key] = true
	}
	switch e.Type() {
	case "additional_property_not_allowed":
		if child := it.members()[property]; child != nil {
			r.notInVersion(s, child)
		}
	case "required":
		r.missing(s, it, property)
	case "invalid_type":
		r.wrongType(s, it)
	case "enum":
		r.notAllowed(s, it)
	default:
		r.outOfRange(s, it)
	}
}

// find returns the item at the context of an error, such as "(root)", "sku",
// "capacity".
func (it *item) find(context string) *item {
	_, way, nested := strings.Cut(context, "\x00")
	for nested && it != nil {
		var name string
		name, way, nested = strings.Cut(way, "\x00")
		if it.items != nil {
			var i int
			if _, err := fmt.Sscanf(name, "%d", &i); err != nil || i < 0 || i >= len(it.items) {
				return nil
			}
			it = &it.items[i]
			continue
		}
		it = it.members()[name]
	}
	return it
}

// notInVersion reports a property that the version does not have.
func (r *report) notInVersion(s *subject, it *item) {
	switch {
	case it.parent.answered():
		// What Azure answers is what it accepts.
	case it.def != nil && it.def.Name != "{}":
		if !it.holdsNothing() {
			r.otherVersion(s, it)
		}
	case it.parent.parent == nil && inSet(passedOn, it.name):
		d := s.finding(ignoredProperty, diag.Info, it)
		d.Subject = it.keyAt()
		d.Summary = fmt.Sprintf("%s has no property %s; Azure ignores it", s.label(), quoted(it.name))
		r.add(d)
	default:
		r.unknown(s, it)
	}
}

// answered reports whether reference() yields the value, of which the template
// only has what it deploys.
func (it *item) answered() bool {
	for ; it != nil; it = it.parent {
		if n := it.node; n != nil && n.Origin().Rest != nil {
			return true
		}
	}
	return false
}

// holdsNothing reports whether the value is an empty array or object: published
// templates that deploy have those for properties of other API versions, since they
// ask for nothing.
func (it *item) holdsNothing() bool {
	switch v := it.node.Value.(type) {
	case value.Array:
		return len(v) == 0
	case *value.Object:
		return v.Len() == 0
	}
	return false
}

// lacks returns a sentence that says that the resource or object does not have
// the property.
func (s *subject) lacks(it *item) string {
	if it.parent.parent == nil {
		return s.label() + " has no property " + quoted(it.name)
	}
	return s.label() + " has no property " + quoted(it.name) + " under " + s.name(it.parent)
}

func (r *report) unknown(s *subject, it *item) {
	near := nearest.Name(it.name, it.parent.unusedNames(s.version.index))
	if s.version.newer && !nearest.Slip(it.name, near) {
		return // a version that is newer than the schema may have it
	}
	d := s.finding(unknownProperty, s.rejection(it.parent, near), it)
	d.Subject = it.keyAt()
	d.Summary = s.lacks(it) + didYouMean(near)
	if d.Severity == diag.Warning {
		d.Many = diag.Many{Format: "%d properties are not in the schemas of their types: %s", Name: quoted(it.name)}
	}
	if near == "" {
		d.Detail = s.elsewhere(it)
	}
	d.Fixes = replaceFix(d.Subject, it.name, near)
	for i := range d.Fixes {
		d.Fixes[i].Choice = r.otherWord(s.doc, it.name, near)
	}
	r.add(d)
}

// otherVersion reports a property that only other versions have. The recorded
// versions may lag behind Azure, so this is never an error.
func (r *report) otherVersion(s *subject, it *item) {
	facets := it.def.Facets()
	d := s.finding(propertyTooNew, diag.Warning, it)
	d.Subject = it.keyAt()
	next := slices.IndexFunc(facets, func(f schemas.Facet) bool { return f.Since > s.version.index })
	if next >= 0 {
		since := s.doc.Versions[facets[next].Since]
		d.Summary = s.lacks(it) + "; it first appears in " + since
		d.Detail = fmt.Sprintf("Azure may ignore or reject it. Use API version %s or later, or remove it.", since)
		d.Many = diag.Many{Format: "%d properties appear only in later API versions: %s", Name: quoted(it.name)}
		r.add(d)
		return
	}
	d.Code, d.Rule = propertyGone.Code, propertyGone.Name
	until := s.doc.Versions[facets[len(facets)-1].Until]
	d.Summary = s.lacks(it) + "; it last appears in " + until
	d.Detail = fmt.Sprintf("Azure may ignore or reject it. Remove it, or use API version %s.", until)
	r.add(d)
}

// missing reports a required property that is absent, unless a misspelled one
// was reported.
func (r *report) missing(s *subject, it *item, property string) {
	free := it.unusedNames(s.version.index)
	for _, f := range it.fields[:min(len(it.fields), maxFields)] {
		if f.item.def == nil && nearest.Name(f.item.name, free) == property {
			return
		}
	}
	severity := s.certain(diag.Error)
	if s.isUpdate() || s.fillsIn() {
		severity = diag.Warning
	}
	d := s.finding(missingProperty, severity, it)
	d.Subject, d.Context = it.head(), it.at()
	d.Summary = fmt.Sprintf("%s has no %s, which is required", s.owner(it), quoted(property))
	if severity == diag.Warning {
		d.Many = diag.Many{Format: "%d required properties are missing: %s", Name: quoted(property)}
	}
	if p := it.def.Property(property); p != nil {
		if f, ok := p.At(s.version.index); ok {
			d.Detail = "Add it: " + describeFacet(f) + "."
		}
	}
	r.add(d)
}

// isUpdate reports whether the resource evidently changes an existing one:
// Azure keeps the other properties of a virtual machine or a scale set, so that
// a template with only a new capacity or only the encryption settings deploys.
func (s *subject) isUpdate() bool {
	properties := s.res.Body.Get("properties")
	switch strings.ToLower(s.doc.Type) {
	case "microsoft.compute/virtualmachines":
		return !properties.Get("hardwareProfile").Exists()
	case "microsoft.compute/virtualmachinescalesets":
		return !properties.Get("virtualMachineProfile", "networkProfile").Exists()
	}
	return false
}

// fillsIn reports whether the service has defaults for properties that its
// description calls required: published templates of storage accounts without a
// kind deploy.
func (s *subject) fillsIn() bool {
	namespace, _, _ := strings.Cut(s.doc.Type, "/")
	return strings.EqualFold(namespace, "Microsoft.Storage")
}

// emptyAsNull is the detail about an empty string that Azure treats as null.
const emptyAsNull = "Azure reads an empty string here as null. Write null, or remove the property."

// isEmpty reports whether the value is an empty string, which templates write
// for no value: services read one as null where another type is expected, so a
// property that is not required counts as absent. The official quickstart for
// flexible orchestration has zones of "", and published templates of spot sets
// a maxPrice of "".
func (it *item) isEmpty() bool {
	text, ok := it.value.(string)
	return ok && text == "" && !it.facet.Required
}

// arraysAsText are arrays for which a service is known to accept a string,
// which it ignores:
// https://github.com/Azure/azure-quickstart-templates/issues/1193
const arraysAsText = "|dhcpoptions.dnsservers|"

func (r *report) wrongType(s *subject, it *item) {
	d := s.finding(wrongType, s.certain(diag.Error), it)
	d.Subject = it.at()
	switch _, text := it.value.(string); {
	case it.isEmpty():
		d.Severity, d.Detail = diag.Warning, emptyAsNull
	case text && inSet(arraysAsText, it.displayName()):
		d.Severity, d.Detail = diag.Warning, "Azure accepts a string and ignores it. Write an array."
	}
	d.Summary = fmt.Sprintf("%s of %s must be %s, not %s", s.name(it), s.label(), article(string(it.facet.Kind)), s.valueText(it))
	r.add(d)
}

func (r *report) notAllowed(s *subject, it *item) {
	text, _ := it.value.(string)
	if v := it.otherValueVersion(text, s); v != "" {
		d := s.finding(valueOtherVersion, diag.Warning, it)
		d.Subject = it.at()
		d.Summary = fmt.Sprintf("%s of %s can be %s %s, not in %s", s.name(it), s.doc.Type, s.valueText(it), v, s.version.judged(s.doc))
		d.Detail = "Use one of: " + listed(it.facet.Enum) + "."
		r.add(d)
		return
	}
	d := s.finding(valueNotAllowed, s.certain(diag.Error), it)
	d.Subject = it.at()
	near := nearest.Name(text, it.facet.Enum)
	d.Summary = fmt.Sprintf("%s of %s cannot be %s%s", s.name(it), s.label(), s.valueText(it), didYouMean(near))
	d.Detail = "Use one of: " + listed(it.facet.Enum) + "."
	d.Fixes = replaceFix(d.Subject, text, near)
	r.add(d)
}

// otherValueVersion returns a sentence about the versions that allow a value,
// or "".
func (it *item) otherValueVersion(text string, s *subject) string {
	until := ""
	for _, f := range it.def.Facets() {
		if _, ok := meaning(text, f.Enum); !ok || text == "" {
			continue
		}
		if f.Since > s.version.index {
			return "only from " + s.doc.Versions[f.Since] + " on"
		}
		until = "only until " + s.doc.Versions[f.Until]
	}
	return until
}

func (r *report) outOfRange(s *subject, it *item) {
	d := s.finding(valueOutOfRange, s.certain(diag.Error), it)
	d.Subject = it.at()
	if it.isEmpty() { // compiled modules write "" for an id without a value
		d.Severity, d.Detail = diag.Warning, "Remove the property if it has no value."
	}
	d.Summary = fmt.Sprintf("%s of %s must be %s, not %s", s.name(it), s.label(), describeFacet(it.facet), s.valueText(it))
	r.add(d)
}

// nameCase reports a name that differs from the schema in case only.
func (r *report) nameCase(s *subject, it *item) {
	if r.anyCase {
		return
	}
	d := s.finding(wrongCase, diag.Info, it)
	d.Trail = nil // the trail explains the value, and this is about the key
	d.Subject = it.keyAt()
	d.Summary = fmt.Sprintf("%s works; the documented spelling in %s is %s", quoted(it.name), s.label(), quoted(it.def.Name))
	d.Detail = "Azure ignores the case."
	d.Fixes = replaceFix(d.Subject, it.name, it.def.Name)
	r.add(d)
}

// valueCase reports an allowed value that differs from the schema in case only.
func (r *report) valueCase(s *subject, it *item, text, meant string) {
	if r.anyCase {
		return
	}
	d := s.finding(wrongCase, diag.Info, it)
	d.Subject = it.at()
	d.Summary = fmt.Sprintf("%s works; the documented spelling of %s in %s is %s", s.valueText(it), s.name(it), s.label(), strconv.Quote(meant))
	d.Detail = "Azure ignores the case."
	d.Fixes = replaceFix(d.Subject, text, meant)
	r.add(d)
}

// converted reports a value of another type that Azure converts.
func (r *report) converted(s *subject, it *item) {
	if r.anyType {
		return
	}
	d := s.finding(convertedValue, diag.Info, it)
	d.Subject = it.at()
	d.Summary = fmt.Sprintf("%s of %s should be %s; Azure also accepts %s", s.name(it), s.label(), article(string(it.facet.Kind)), s.valueText(it))
	if text, ok := it.node.Text(); ok && !s.secret(it) {
		if d.Subject.Text() == `"`+text+`"` {
			d.Fixes = []diag.Fix{{Message: "Write " + strings.ToLower(text), Edits: []diag.Edit{{Range: d.Subject, Text: strings.ToLower(text)}}}}
		}
	}
	r.add(d)
}
