package grammar

import (
	"slices"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxFindings limits the findings of one template: an array of a million
// numbers in place of the resources would be one for each.
const maxFindings = 2000

// Check compares a template with the grammar, in one pass over its tree that
// skips the templates of nested deployments. With evaluated, the template is
// part of another one, whose expressions are evaluated before it is read:
// anything in it may be an expression.
//
// Members that are read when a resource is deployed are left to
// [CheckDeployed]. The findings in late are rejected only by the validation of
// the deployment service; its expansion ignores them.
func Check(template *jsonc.Object, evaluated bool) (found, late diag.List) {
	c := &checker{evaluated: evaluated, profile: isPresent(template.Get("apiProfile"))}
	if name, ok := valueOf(template.Get("apiProfile")).(*jsonc.String); ok {
		c.stack = slices.Contains(stackProfiles, name.Value)
	}
	c.language(template)
	c.object(template, Template, "the template", source.Range{})
	return c.found, c.late
}

type checker struct {
	found           diag.List
	late            diag.List
	evaluated       bool
	version         Version
	symbolic        bool // the resources are an object of symbolic names
	profile         bool // the template has an apiProfile
	stack           bool // Azure Stack Hub supports that apiProfile
	profileReported bool // it was reported that Azure does not support it
	depth           int  // number of resources around
	// extensions are the names of extensions that a resource can belong to.
	extensions []string
}

// CheckDeployed compares the members of a resource that are read when it is
// deployed. Expressions in them are not checked here.
func CheckDeployed(resource *jsonc.Object, s *Shape) diag.List {
	c := &checker{evaluated: true, version: validate}
	for _, m := range resource.Members {
		if spec := s.Member(m.Key.Value); spec != nil && spec.Deployed && isPresent(m) {
			c.value(m.Value, spec, "'"+m.Key.Value+"'", "", source.Range{})
			if o, ok := m.Value.(*jsonc.Object); ok && s == Deployment && spec.Name == "properties" {
				c.object(o, PropertiesOf(o), "the nested deployment", source.Range{})
			}
		}
	}
	return append(c.found, c.late...)
}

// isPresent reports whether a member is present and not null.
func isPresent(m *jsonc.Member) bool {
	if m == nil {
		return false
	}
	_, null := m.Value.(*jsonc.Null)
	return !null
}

// language reads the languageVersion and compares the form of the resources
// with it: symbolic names require a version, and a version requires symbolic
// names.
func (c *checker) language(template *jsonc.Object) {
	resources, stated := template.Get("resources"), template.Get("languageVersion")
	if resources != nil {
		_, c.symbolic = resources.Value.(*jsonc.Object)
	}
	for _, name := range [...]string{"imports", "extensions"} {
		if m := template.Get(name); m != nil {
			if o, ok := m.Value.(*jsonc.Object); ok {
				for _, e := range o.Members {
					c.extensions = append(c.extensions, e.Key.Value)
				}
			}
		}
	}
	if !isPresent(stated) {
		if o, ok := valueOf(resources).(*jsonc.Object); ok {
			c.lateErrorf(CodeLanguage, opening(o), "resources with symbolic names need \"languageVersion\": \"2.0\"").
				Detail = "Without it, 'resources' must be an array."
		}
		c.version = 0
		return
	}
	text, ok := stated.Value.(*jsonc.String)
	if !ok {
		if _, broken := stated.Value.(*jsonc.Invalid); !broken && Template.Member("languageVersion").hasType(stated.Value) {
			c.unknownVersion(stated.Value)
		}
		return
	}
	if c.evaluated && expr.IsExpression(text.Value) {
		c.version = validate // any version
		return
	}
	if c.version, ok = VersionOf(text.Value); !ok {
		c.unknownVersion(text)
		c.version = validate // do not report members of any version
		return
	}
	if a, ok := valueOf(resources).(*jsonc.Array); ok {
		at := a.At
		at.End = min(at.End, at.Start+1)
		c.lateErrorf(CodeLanguage, at, "with \"languageVersion\": \"%s\", 'resources' must be an object of symbolic names, not an array", text.Value).
			Detail = "Remove 'languageVersion', or give each resource a symbolic name."
	}
}

func valueOf(m *jsonc.Member) jsonc.Node {
	if m == nil {
		return nil
	}
	return m.Value
}

func (c *checker) unknownVersion(n jsonc.Node) {
	c.errorf(CodeLanguage, n.Range(), "Azure does not support languageVersion %s", strings.Trim(n.Range().Text(), "\r\n")).
		Detail = "Write \"2.0\", or remove the member and write 'resources' as an array."
}

// object checks one object. Missing members are reported at the range at, or at
// its opening brace if at is zero.
func (c *checker) object(o *jsonc.Object, s *Shape, label string, at source.Range) {
	if len(c.found) >= maxFindings {
		return
	}
	if at.IsZero() {
		at = opening(o)
	}
	for i := range s.Members {
		if s.Members[i].Required {
			c.required(o, s, s.Members[i], label, at)
		}
	}
	for _, m := range o.Members {
		spec := s.Member(m.Key.Value)
		switch {
		case spec != nil:
			c.member(m, s, spec)
		case s.Others != nil:
			c.entry(m, s)
		case !s.Open && !(c.evaluated && expr.IsExpression(m.Key.Value)):
			c.unknown(m, s)
		}
	}
}

func (c *checker) required(o *jsonc.Object, s *Shape, spec *Member, label string, at source.Range) {
	code := CodeMissing
	if s.Loop {
		code = CodeCopy
	}
	m := o.Get(spec.Name)
	if !isPresent(m) {
		if m != nil {
			at = m.Key.At
		}
		c.errorf(code, at, "%s has no '%s'", label, spec.Name).Detail = "Azure requires it."
		return
	}
	if text, ok := m.Value.(*jsonc.String); ok && text.Value == "" && spec.Type != Word {
		c.errorf(code, m.Value.Range(), "%s has an empty '%s'", label, spec.Name).Detail = "Azure requires the property, and an empty string counts as missing."
	}
}

// entry checks one entry of a table, such as a parameter.
func (c *checker) entry(m *jsonc.Member, s *Shape) {
	if m.Key.Value == "" {
		c.errorf(CodeMissing, m.Key.At, "a %s has an empty name", s.Entry).Detail = "Give it a name."
	}
	if s.Others.Identifier && m.Key.Value != "" {
		c.identifier(m.Key.Value, m.Key.At)
	}
	label := "the " + s.Entry + " '" + m.Key.Value + "'"
	if _, null := m.Value.(*jsonc.Null); null && s.Others.Required {
		c.wrongType(m.Value, s.Others, label)
		return
	}
	if s.Others.Required {
		if text, ok := m.Value.(*jsonc.String); ok && text.Value == "" {
			c.wrongType(m.Value, s.Others, label)
			return
		}
	}
	c.value(m.Value, s.Others, label, label, m.Key.At)
}

func (c *checker) member(m *jsonc.Member, s *Shape, spec *Member) {
	if !isPresent(m) || spec.Deployed {
		return
	}
	switch {
	case spec.OnlyIn != "":
		c.lateErrorf(CodeUnknownProperty, m.Key.At, "'%s' is not a property of %s", m.Key.Value, s.Kind).Detail = "Only " + spec.OnlyIn + " have it: remove it, or use 'scope'."
		return
	case c.version.Before(spec.Since) && !c.absent(m.Value, spec):
		c.needs(m, spec)
		return
	case spec.Name == "resources" && s != Template && c.symbolic:
		c.lateErrorf(CodeLanguage, m.Key.At, "a template with symbolic names cannot have 'resources' inside a resource").
			Detail = "Declare the child at the top level, with the name of its parent before its own."
		return
	case spec.Name == "copy" && spec.Shape == ResourceLoop && c.depth > 1:
		c.lateErrorf(CodeCopy, m.Key.At, "a resource inside another one cannot have a copy loop").
			Detail = "Declare the child at the top level, with the name of its parent before its own, to loop over it."
		return
	case spec.Name == "import" || spec.Name == "extension":
		c.extension(m, spec)
		return
	}
	c.value(m.Value, spec, "'"+m.Key.Value+"'", "", source.Range{})
	if text, ok := m.Value.(*jsonc.String); ok && spec.Identifier && text.Value != "" {
		c.identifier(text.Value, text.At)
	}
	if n, ok := m.Value.(*jsonc.Number); ok && spec.Identifier {
		c.identifier(n.Text, n.At)
	}
}

// identifier reports a name of a function that no call can contain.
func (c *checker) identifier(name string, at source.Range) {
	if strings.IndexFunc(name, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) >= 0 {
		c.lateErrorf(codeName, at, "expressions cannot call a function named '%s'", name).
			Detail = "Names of functions and of their namespaces consist of letters, digits and '_'."
	}
}

// absent reports whether a value counts as absent, in a template whose version
// does not have the member.
func (c *checker) absent(n jsonc.Node, spec *Member) bool {
	switch n := n.(type) {
	case *jsonc.String:
		return n.Value == "" && (spec.Type == Object || spec.Type == List)
	case *jsonc.Bool:
		return spec.Type == Boolean && !n.Value
	case *jsonc.Invalid:
		return true
	}
	return false
}

// needs reports a member that the languageVersion of the template does not
// have.
func (c *checker) needs(m *jsonc.Member, spec *Member) {
	version := "2.0"
	if second.Before(spec.Since) {
		version = "2.1-experimental"
	}
	c.errorf(CodeLanguage, m.Key.At, "'%s' needs \"languageVersion\": \"%s\"", m.Key.Value, version).
		Detail = "Templates without a languageVersion do not have it."
}

// extension checks the extension that a resource belongs to.
func (c *checker) extension(m *jsonc.Member, spec *Member) {
	text, ok := m.Value.(*jsonc.String)
	if !spec.hasType(m.Value) || ok && isBracketed(text.Value) {
		c.value(m.Value, spec, "'"+m.Key.Value+"'", "", source.Range{})
		return
	}
	named := strings.Trim(m.Value.Range().Text(), `"`)
	for _, name := range c.extensions {
		if ok && fold.Equal(name, text.Value) {
			return
		}
	}
	c.errorf(CodeUnknownProperty, m.Value.Range(), "the template has no extension '%s'", named).Detail = nearest.Question(named, c.extensions)
}

// value checks a value and its members. what is its name in messages; label and
// at are for missing members of an object.
func (c *checker) value(n jsonc.Node, spec *Member, what, label string, at source.Range) {
	if text, ok := n.(*jsonc.String); ok && isBracketed(text.Value) {
		switch {
		case c.evaluated && expr.IsExpression(text.Value):
			return
		case spec.Expression == Verbatim || spec.Type == Any || spec.Type == NotText:
			return
		case spec.Expression == Evaluated && (spec.Type == Text || expr.IsExpression(text.Value)):
			return
		case spec.Type == Text || spec.Type == Word || spec.Type == Integer:
			c.lateErrorf(codeLiteral, n.Range(), "%s cannot be an expression", what).Detail = "Write the value itself: Azure does not evaluate expressions here."
			return
		}
	}
	if !spec.hasType(n) {
		c.wrongType(n, spec, what)
		return
	}
	if spec.Shape == nil {
		return
	}
	switch n := n.(type) {
	case *jsonc.Object:
		if spec.Type == ArrayOrObject { // resources by symbolic name
			c.symbols(n, spec)
			return
		}
		if label == "" {
			label = spec.Shape.label(n)
		}
		c.object(n, spec.Shape, label, at)
	case *jsonc.Array:
		for _, e := range n.Elements {
			c.item(e, spec)
		}
	}
}

func (c *checker) symbols(o *jsonc.Object, spec *Member) {
	for _, m := range o.Members {
		c.item(m.Value, spec)
	}
}

// item checks an element of an array of objects.
func (c *checker) item(n jsonc.Node, spec *Member) {
	o, ok := n.(*jsonc.Object)
	switch {
	case !ok:
		text, isText := n.(*jsonc.String)
		if !(isText && c.evaluated && expr.IsExpression(text.Value)) {
			c.wrongType(n, &Member{Type: Object, Code: spec.Code}, spec.Shape.Kind)
		}
	case spec.Shape == Resource:
		c.resource(o)
	default:
		c.object(o, spec.Shape, spec.Shape.label(o), source.Range{})
	}
}

// resource checks a resource by its kind.
func (c *checker) resource(o *jsonc.Object) {
	s := Resource
	if typ, ok := valueOf(o.Get("type")).(*jsonc.String); ok && fold.Equal(typ.Value, deploymentType) {
		s = Deployment
	}
	if isTrue(valueOf(o.Get("existing"))) && !c.version.Before(Symbolic) {
		s = &existing
	}
	if isPresent(o.Get("import")) || isPresent(o.Get("extension")) {
		s = &extended
	}
	label := Resource.label(o)
	switch {
	case s == &extended:
	case !c.profile:
		c.required(o, s, s.Member("apiVersion"), label, opening(o))
	case !isPresent(o.Get("apiVersion")) && !c.profileReported:
		c.profileReported = c.stack // once for all resources
		d := c.lateErrorf(CodeMissing, opening(o), "%s has no 'apiVersion'", label)
		d.Detail = "Add 'apiVersion'. Azure does not know the apiProfile of the template; only Azure Stack Hub has API versions by profile."
		if c.stack {
			d.Severity = diag.Warning
		}
	}
	switch n := valueOf(o.Get("type")).(type) {
	case *jsonc.Number, *jsonc.Bool: // read as text
		c.errorf(CodeWrongType, n.Range(), "'type' must be a resource type such as Microsoft.Network/virtualNetworks, not %s", jsonc.KindName(n))
	}
	c.depth++
	c.object(o, s, label, source.Range{})
	c.depth--
}

// isTrue reports whether a value is read as true.
func isTrue(n jsonc.Node) bool {
	switch n := n.(type) {
	case *jsonc.Bool:
		return n.Value
	case *jsonc.Number:
		return strings.Trim(n.Text, "0.") != ""
	case *jsonc.String:
		return fold.Equal(strings.TrimSpace(n.Value), "true")
	}
	return false
}

// stackProfiles are the API profiles of Azure Stack Hub
// (https://learn.microsoft.com/azure-stack/user/azure-stack-version-profiles).
var stackProfiles = []string{"2017-03-09-profile", "2018-03-01-hybrid", "2019-03-01-hybrid", "2020-09-01-hybrid"}

const deploymentType = "Microsoft.Resources/deployments"

func (c *checker) unknown(m *jsonc.Member, s *Shape) {
	d := c.errorf(CodeUnknownProperty, m.Key.At, "'%s' is not a property of %s", m.Key.Value, s.Kind)
	if d.Detail = nearest.Question(m.Key.Value, s.names()); d.Detail == "" {
		d.Detail = "Remove it: Azure rejects properties that the template language does not have."
	}
}

// wrongType reports a value of the wrong type. A value that could not be read
// was reported before.
func (c *checker) wrongType(n jsonc.Node, spec *Member, what string) {
	if _, broken := n.(*jsonc.Invalid); broken {
		return
	}
	code := CodeWrongType
	if spec.Code != "" {
		code = spec.Code
	}
	text, isText := n.(*jsonc.String)
	switch {
	case spec.Type == Word:
		got := jsonc.KindName(n)
		if isText {
			got = "'" + text.Value + "'"
		}
		d := c.errorf(code, n.Range(), "%s must be %s, not %s", what, spec.Expected(), got)
		if isText {
			d.Detail = nearest.Question(text.Value, spec.Words)
		}
	case isText && expr.IsExpression(text.Value):
		c.errorf(code, n.Range(), "%s must be %s and cannot be an expression", what, spec.Type).
			Detail = "Azure reads it before it evaluates expressions. Write " + spec.Type.String() + " with an expression for each value in it."
	default:
		c.errorf(code, n.Range(), "%s must be %s, not %s", what, spec.Type, jsonc.KindName(n))
	}
}

func (c *checker) errorf(code diag.Code, at source.Range, format string, args ...any) *diag.Diagnostic {
	return errorf(&c.found, code, at, format, args...)
}

func (c *checker) lateErrorf(code diag.Code, at source.Range, format string, args ...any) *diag.Diagnostic {
	return errorf(&c.late, code, at, format, args...)
}

func errorf(list *diag.List, code diag.Code, at source.Range, format string, args ...any) *diag.Diagnostic {
	if len(*list) >= maxFindings {
		return new(diag.Diagnostic)
	}
	return list.Errorf(code, ruleOf(code), at, format, args...)
}

// isBracketed reports whether the deployment service treats a text as an
// expression where it does not evaluate one.
func isBracketed(s string) bool { return strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") }

// opening returns the opening brace of an object, where missing members are
// reported.
func opening(o *jsonc.Object) source.Range {
	r := o.At
	if r.File != nil && r.End > r.Start {
		r.End = r.Start + 1
	}
	return r
}
