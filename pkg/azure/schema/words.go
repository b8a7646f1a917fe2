package schema

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// finding returns a new finding about an item.
func (s *subject) finding(k diag.Kind, severity diag.Severity, it *item) diag.Diagnostic {
	s.found = true
	d := diag.Diagnostic{Code: k.Code, Rule: k.Name, Severity: severity, Trail: it.node.Trail()}
	if severity == diag.Error && it.node.NeedsValue() {
		d.Severity = diag.Warning
	}
	d.Pointer, d.Resource = it.node.Pointer(), resourceName(s.res)
	if s.written {
		d.Pointer = s.base + it.pointer()
	}
	return d
}

// pointer returns the JSON pointer of an item in its subject.
func (it *item) pointer() string {
	switch {
	case it.parent == nil:
		return ""
	case it.name == "":
		return it.parent.pointer() + "/" + strconv.Itoa(it.index)
	}
	return it.parent.pointer() + "/" + jsonc.PointerToken(it.name)
}

// strict are the providers that reject an unknown property, with "Could not
// find member": https://github.com/Azure/azure-cli/issues/18855 (Compute
// 2019-03-01) and https://github.com/mspnp/template-examples (Network, through
// https://github.com/MicrosoftDocs/architecture-center/issues/3082). Others
// ignore one, or are not known to reject it.
const strict = "|microsoft.compute|microsoft.network|"

// partlyStrict is the strict provider that is known to ignore some: published templates
// that are deployed every day have enableHighAvailability in the rules of a
// load balancer (https://github.com/fortinet/azure-templates) and
// publicIPPrefix beside the id of an address
// (https://github.com/CheckPointSW/CloudGuardIaaS). For it, only a misspelling
// of a known name is an error.
const partlyStrict = "microsoft.network"

// strictFrom is the first API version for which a rejection is on record.
// Published templates of earlier versions have properties that the services
// evidently ignored, such as inputEndpoints in a network profile.
const strictFrom = "2019-03-01"

// parameterFile is the name of the document about parameter files in messages.
const parameterFile = "a parameter file"

// rejection returns the severity of an unknown property of an object: an error if
// the service is known to reject it, or if it is evidently a misspelling of a
// known name in a strict service. At the top level of a resource the deployment
// service itself rejects it:
// https://github.com/Azure/azure-powershell/issues/9735
func (s *subject) rejection(owner *item, near string) diag.Severity {
	namespace, _, _ := strings.Cut(s.doc.Type, "/")
	switch {
	case s.language && owner.parent == nil:
		return diag.Warning // an accepted one was reported by package arm
	case s.language, owner.parent == nil:
		return diag.Error
	case inSet(strict, namespace) && (near != "" || !fold.Equal(namespace, partlyStrict) && !olderVersion(s.version.judged(s.doc), strictFrom)):
		return s.certain(diag.Error)
	}
	return diag.Warning
}

// certain lowers an error if the version itself is unknown, and in a parameter
// file, which tools complete before they send it.
func (s *subject) certain(severity diag.Severity) diag.Severity {
	if !s.version.exact || s.language && s.doc.Type == parameterFile {
		return min(severity, diag.Warning)
	}
	return severity
}

func (it *item) at() source.Range { return it.node.At() }

// keyAt returns the range of the name as written, or of the value if it has no
// name.
func (it *item) keyAt() source.Range {
	if !it.key.IsZero() {
		return it.key
	}
	return it.node.KeyAt()
}

// head returns a short range for a whole object: its name if that is directly
// before it, otherwise its opening brace.
func (it *item) head() source.Range {
	at, key := it.at(), it.key
	if !key.IsZero() && (at.IsZero() || key.File == at.File && key.End <= at.Start && at.Start-key.End < 80 && strings.Trim(key.File.Range(key.End, at.Start).Text(), ": \t\r\n") == "") {
		return key
	}
	if strings.HasPrefix(at.Text(), "{") {
		at.End = at.Start + 1
	}
	return at
}

// unusedNames returns the names that an object of this version can have and does not
// have.
func (it *item) unusedNames(version int) []string {
	var names []string
	taken := map[string]bool{}
	for _, f := range it.fields {
		if f.item.def != nil { // there may be any number of others
			taken[f.name] = true
		}
	}
	for _, p := range it.def.Properties {
		if !taken[p.Name] && p.Has(version) {
			names = append(names, p.Name)
		}
	}
	return names
}

// elsewhere describes where else the version has a property with that name: the
// place with the shortest path.
func (s *subject) elsewhere(it *item) string {
	best := ""
	var visit func(p *schemas.Property, way string, depth int)
	visit = func(p *schemas.Property, way string, depth int) {
		for _, c := range p.Properties {
			if depth > maxElsewhere || !c.Has(s.version.index) {
				continue
			}
			below := strings.TrimPrefix(way+"."+c.Name, ".")
			if fold.Equal(c.Name, it.name) && (best == "" || len(below) < len(best)) {
				best = below
			}
			visit(c, below, depth+1)
			if c.Items != nil {
				visit(c.Items, below+"[]", depth+1)
			}
		}
	}
	visit(s.doc.Root, "", 0)
	if best == "" {
		return ""
	}
	return "The schema has " + quotedPath(best) + "."
}

// maxElsewhere limits the depth at which a property is searched elsewhere;
// deeper ones belong to other resources.
const maxElsewhere = 8

func quotedPath(path string) string { return "`" + path + "`" }

// owner returns the name of an object and of its schema.
func (s *subject) owner(it *item) string {
	if it.parent == nil {
		return s.label()
	}
	return s.name(it) + " in " + s.label()
}

// name returns the name of an item for messages: its name, with that of its
// owner if that helps.
func (s *subject) name(it *item) string { return "`" + it.displayName() + "`" }

func (it *item) displayName() string {
	owner := it.parent
	switch {
	case owner == nil:
		return ""
	case it.name == "":
		return owner.displayName() + "[" + strconv.Itoa(it.index) + "]"
	case owner.parent == nil || owner.parent.parent == nil && fold.Equal(owner.name, "properties"):
		return cut(it.name)
	case owner.name == "":
		return cut(owner.parent.name) + "[" + strconv.Itoa(owner.index) + "]." + cut(it.name)
	}
	return cut(owner.name) + "." + cut(it.name)
}

// valueText returns a value for a message, unless it may be secret, shortened if it
// is long.
func (s *subject) valueText(it *item) string {
	switch v := plain(it.node).(type) {
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	case string:
		if s.secret(it) {
			return "this text"
		}
		return strconv.Quote(cut(v))
	case nil:
		return "null"
	default:
		if s.secret(it) {
			return "this value"
		}
		return fmt.Sprint(v)
	}
}

// secret reports whether the value of an item may be a secret, by the names on
// the path to it: of properties, and of parameters and variables that it came
// from; and by the type, for the secrets of a key vault.
func (s *subject) secret(it *item) bool {
	for _, step := range it.node.Trail() {
		if secretName(step.Name) || secretName(step.Deployment) {
			return true
		}
	}
	for up := it; up != nil; up = up.parent {
		if secretName(up.name) {
			return true
		}
	}
	return fold.Equal(s.doc.Type, "Microsoft.KeyVault/vaults/secrets") && fold.Equal(it.name, "value")
}

// secretName reports whether a name implies a secret value: by its words, or
// because Azure never returns the value.
func secretName(name string) bool {
	return arm.NamesSecret(name) || inSet("|protectedsettings|protectedsettingsfromkeyvault|customdata|userdata|content|sharedkey|vpnsharedkey|radiusserversecret|data|", name)
}

const longest = 60 // code points of a value in a message, about half a line of a terminal

func cut(s string) string {
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

func quoted(name string) string { return "`" + cut(name) + "`" }

func article(noun string) string {
	if strings.ContainsRune("aeio", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

func didYouMean(near string) string {
	if near == "" {
		return ""
	}
	return "; did you mean " + quoted(near) + "?"
}

func listed(values []string) string {
	const most = 12
	if len(values) > most {
		return strings.Join(values[:most], ", ") + " and " + strconv.Itoa(len(values)-most) + " more"
	}
	return strings.Join(values, ", ")
}

// describeFacet returns type and limits in words.
func describeFacet(f schemas.Facet) string {
	words := article(string(f.Kind))
	bound := func(least, most, what string) {
		switch {
		case least != "" && least == most:
			words += " " + what + least
		case least != "" && most != "":
			words += " " + what + least + " to " + most
		case least != "":
			words += " " + what + least + " or more"
		case most != "":
			words += " " + what + most + " or less"
		}
	}
	bound(f.Minimum, f.Maximum, "of ")
	bound(f.MinLength, f.MaxLength, "of length ")
	bound(f.MinItems, f.MaxItems, "of length ")
	if len(f.Enum) > 0 {
		words += ", one of " + listed(f.Enum)
	}
	if f.Pattern != "" {
		words += " that matches " + f.Pattern
	}
	return words
}

// replaceFix returns a fix that replaces a name or value in a literal of the
// file.
func replaceFix(at source.Range, old, replacement string) []diag.Fix {
	if old == "" || replacement == "" || at.IsZero() {
		return nil
	}
	edit := diag.Edit{Range: at, Text: replacement}
	switch at.Text() {
	case strconv.Quote(old):
		edit.Text = strconv.Quote(replacement)
	case old:
	default:
		return nil
	}
	return []diag.Fix{{Message: "Write " + replacement, Edits: []diag.Edit{edit}}}
}

// otherWord reports whether two names differ in a word that is a word of other names
// of the schema too, such as Count and Percent, or Min and Max: then the written name
// may be meant for another property, and its value may mean something else there.
func (r *report) otherWord(doc *schemas.Document, written, near string) bool {
	a, b := camelWords(written), camelWords(near)
	if len(a) != len(b) {
		return true // a word more or less
	}
	for i, word := range a {
		if word != b[i] && r.vocabulary(doc)[word] {
			return true
		}
	}
	return false
}

// camelWords splits a name in camel case into words in lower case.
func camelWords(name string) (words []string) {
	start := 0
	for i, r := range name {
		if i > start && unicode.IsUpper(r) {
			words = append(words, fold.Lower(name[start:i]))
			start = i
		}
	}
	return append(words, fold.Lower(name[start:]))
}

// vocabulary returns the words of the names of a document. They are collected once
// for each report, which does not outlive its check.
func (r *report) vocabulary(doc *schemas.Document) map[string]bool {
	if words, ok := r.words[doc]; ok {
		return words
	}
	words, seen := map[string]bool{}, map[*schemas.Property]bool{}
	var visit func(p *schemas.Property)
	visit = func(p *schemas.Property) {
		if p == nil || seen[p] {
			return
		}
		seen[p] = true
		for _, w := range camelWords(p.Name) {
			words[w] = true
		}
		for _, c := range p.Properties {
			visit(c)
		}
		visit(p.Items)
	}
	visit(doc.Root)
	if r.words == nil {
		r.words = map[*schemas.Document]map[string]bool{}
	}
	r.words[doc] = words
	return words
}
