package arm

import (
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/slab"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Template is a deployment template: a file, or the inline template of a
// nested deployment. It does not change after it is parsed and is safe for
// concurrent use.
type Template struct {
	File *source.File
	// Node is the template's object; empty if the file contains another value.
	Node *jsonc.Object
	// Pointer is the JSON pointer of Node in its file, "" for a whole file.
	Pointer string
	// LinkPath is the path of the file in the folder of linked templates, ""
	// for a root template. The code that reads the file sets it before the
	// template is used.
	LinkPath string

	Scope           Scope
	Schema          *jsonc.Member // nil when absent, as the members below
	ContentVersion  *jsonc.Member
	LanguageVersion *jsonc.Member
	APIProfile      *jsonc.Member
	Metadata        *jsonc.Member
	Extensions      *jsonc.Member // "extensions" or "imports"

	Definitions Table[*Type]
	Parameters  Table[*Parameter]
	Variables   Table[*Variable]
	Functions   Table[*Function] // by "namespace.name"
	// VariableLoops are the loops of the copy array of the variables, each of
	// which declares a variable; Variables has them too.
	VariableLoops []*Copy
	Resources     []*Resource
	// Symbolic is set if the resources are an object whose keys are symbolic
	// names.
	Symbolic bool
	Outputs  Table[*Output]
	Asserts  Table[*jsonc.Member]

	// Diagnostics are the mistakes of structure. Inline templates have their
	// own, which matter only if the nested deployment is deployed.
	Diagnostics diag.List
	// Refusals are mistakes of structure that only the validation of the
	// deployment service rejects; its expansion ignores them.
	Refusals diag.List

	expressions *expressions
	version     string // languageVersion, "" for the first
}

// Scope is the scope that a template deploys to.
type Scope int

// The scopes. The zero value is that of most templates.
const (
	ResourceGroup Scope = iota
	Subscription
	ManagementGroup
	Tenant
)

var scopeNames = [...]string{"ResourceGroup", "Subscription", "ManagementGroup", "Tenant"}

// String returns the name of the scope as the deployment service writes it.
func (s Scope) String() string { return scopeNames[s] }

// schemaScopes maps the last part of $schema to the scope.
var schemaScopes = [...]struct {
	file  string
	scope Scope
}{
	{"deploymentTemplate.json", ResourceGroup},
	{"subscriptionDeploymentTemplate.json", Subscription},
	{"managementGroupDeploymentTemplate.json", ManagementGroup},
	{"tenantDeploymentTemplate.json", Tenant},
}

// schemaVersions are the versions of $schema that the deployment service
// accepts (2015-01-01-preview counts as 2015-01-01).
var schemaVersions = [...]string{"2014-04-01-preview", "2015-01-01", "2015-01-01-preview", "2018-05-01", "2019-04-01", "2019-08-01"}

// scopeOfSchema returns the scope of a $schema as the deployment service does:
// it accepts any address whose path has the date of a schema, whatever its host
// and its file. ok is false for others. The file gives the scope; an unknown
// file means a resource group.
func scopeOfSchema(schema string) (scope Scope, ok bool) {
	schema, _, _ = strings.Cut(strings.TrimRight(strings.TrimSpace(schema), "#"), "?")
	dir, file, found := cutLast(schema, "/")
	if !found || !strings.Contains(schema, "://") {
		return 0, false
	}
	dated := slices.ContainsFunc(strings.Split(dir, "/"), func(part string) bool {
		return slices.ContainsFunc(schemaVersions[:], func(v string) bool { return fold.Equal(part, v) })
	})
	for _, s := range schemaScopes {
		if fold.Equal(file, s.file) {
			scope = s.scope
		}
	}
	return scope, dated
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// IsTemplate reports whether the file looks like a deployment template, broken
// or not: its $schema is that of one, or it has resources and one more of the
// sections that only templates have.
func IsTemplate(tree *jsonc.Tree) bool {
	root, ok := tree.Root.(*jsonc.Object)
	if !ok {
		return false
	}
	if schema, ok := root.Text("$schema"); ok && isTemplateSchema(schema) {
		return root.Get("resources") != nil || !givesValues(root)
	}
	if root.Get("resources") == nil {
		return false
	}
	return root.Get("contentVersion") != nil || root.Get("parameters") != nil && root.Get("variables") != nil
}

// SchemaAddress returns the address as the documentation writes it, and the
// differences of the one that was written; no differences if they are the same.
func SchemaAddress(schema string) (right string, wrong []string) {
	right = schema
	if rest, ok := strings.CutPrefix(fold.Lower(schema), "http://"); ok {
		right = "https://" + schema[len(schema)-len(rest):]
		wrong = append(wrong, "is not https")
	}
	if i := strings.Index(right, "/2014-04-01-preview/"); i >= 0 {
		right = right[:i] + "/2015-01-01/" + right[i+len("/2014-04-01-preview/"):]
		wrong = append(wrong, "is that of the preview of 2014")
	}
	if !strings.HasSuffix(right, "#") {
		right += "#"
		wrong = append(wrong, "does not end in #")
	}
	return right, wrong
}

// meantSchema returns the address that was most likely meant by a $schema that
// Azure does not accept: the scope whose file it names, in the documented
// version; "" if it names none.
func meantSchema(schema string) string {
	named := fold.Lower(schema)
	for _, s := range [...]struct{ word, version, file string }{
		{"subscriptiondeployment", "2018-05-01", "subscriptionDeploymentTemplate.json"},
		{"managementgroupdeployment", "2019-08-01", "managementGroupDeploymentTemplate.json"},
		{"tenantdeployment", "2019-08-01", "tenantDeploymentTemplate.json"},
		{"deploymenttemplate", "2019-04-01", "deploymentTemplate.json"},
	} {
		if strings.Contains(named, s.word) {
			return "https://schema.management.azure.com/schemas/" + s.version + "/" + s.file + "#"
		}
	}
	return ""
}

// isTemplateSchema reports whether a $schema is that of deployment templates,
// of any version.
func isTemplateSchema(schema string) bool {
	_, file, _ := cutLast(strings.TrimRight(schema, "#"), "/")
	for _, scope := range schemaScopes {
		if fold.Equal(file, scope.file) {
			return true
		}
	}
	return false
}

// ParseTemplate parses the declarations of a file. The result is never nil; its
// diagnostics do not repeat those of the tree.
func ParseTemplate(tree *jsonc.Tree) *Template {
	t := &Template{File: tree.File, Node: &jsonc.Object{At: tree.Root.Range()}, expressions: &expressions{}}
	root, ok := tree.Root.(*jsonc.Object)
	if !ok {
		if _, broken := tree.Root.(*jsonc.Invalid); !broken || len(tree.Diagnostics) == 0 {
			t.errorf(CodeNotTemplate, tree.Root.Range(), "a template is a JSON object, not %s", jsonc.KindName(tree.Root))
		}
		return t
	}
	t.Node = root
	t.parse(false)
	return t
}

// inline parses the template of a nested deployment. One of outer scope is read
// after the expressions in it are evaluated.
func (t *Template) inline(node *jsonc.Object, pointer string, outer bool) *Template {
	n := &Template{File: t.File, Node: node, Pointer: pointer, LinkPath: t.LinkPath, expressions: t.expressions}
	n.parse(outer)
	return n
}

func (t *Template) parse(outer bool) {
	var sections sections
	t.Diagnostics, t.Refusals = grammar.Check(t.Node, outer)
	for _, m := range t.Node.Members {
		t.section(m, &sections)
	}
	t.language()
	t.parseDefinitions(sections.definitions)
	t.parseParameters(sections.parameters)
	t.parseVariables(sections.variables)
	t.parseFunctions(sections.functions)
	t.parseOutputs(sections.outputs)
	t.parseAsserts(sections.asserts)
	if sections.resources != nil {
		t.Resources, t.Symbolic = t.parseResources(sections.resources.Value, nil, t.Pointer+"/resources")
	}
	t.checkSchema()
}

// sections are the members of each section: the deployment service merges
// objects that are repeated; of arrays the last one counts.
type sections struct {
	parameters, variables, functions, outputs, definitions, asserts []*jsonc.Member
	resources                                                       *jsonc.Member
}

func (t *Template) section(m *jsonc.Member, s *sections) {
	switch fold.Lower(m.Key.Value) {
	case "$schema":
		t.Schema = m
	case "contentversion":
		t.ContentVersion = m
	case "apiprofile":
		t.APIProfile = m
	case "languageversion":
		t.LanguageVersion = m
	case "metadata":
		t.Metadata = m
	case "imports", "extensions":
		t.Extensions = m
	case "definitions":
		s.definitions = append(s.definitions, m)
	case "parameters":
		s.parameters = append(s.parameters, m)
	case "variables":
		s.variables = append(s.variables, m)
	case "functions":
		s.functions = append(s.functions, m)
	case "outputs":
		s.outputs = append(s.outputs, m)
	case "asserts":
		s.asserts = append(s.asserts, m)
	case "resources":
		s.resources = m
	}
}

func (t *Template) language() {
	if t.LanguageVersion == nil {
		return
	}
	if s, ok := t.LanguageVersion.Value.(*jsonc.String); ok {
		t.version = s.Value
	}
}

// aggregates reports whether the language version has typed objects and arrays,
// nullable values and definitions. An unknown version counts as having them.
func (t *Template) aggregates() bool {
	version, known := grammar.VersionOf(t.version)
	return t.version != "" && (!known || !version.Before(grammar.Types))
}

// checkSchema sets the scope of the template from its $schema.
func (t *Template) checkSchema() {
	if t.Schema == nil {
		return
	}
	var s *jsonc.String
	switch n := t.Schema.Value.(type) {
	case *jsonc.String:
		s = n
	case *jsonc.Number, *jsonc.Bool: // read as text
		s = &jsonc.String{Value: n.Range().Text(), At: n.Range()}
	default:
		return
	}
	if s.Value == "" {
		return
	}
	var ok bool
	if t.Scope, ok = scopeOfSchema(s.Value); !ok {
		d := t.errorf(CodeSchema, s.At, "$schema '%s' is not a template schema that Azure accepts", s.Value)
		d.Detail = "Write https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#, or the one of another scope."
		if meant := meantSchema(s.Value); meant != "" {
			d.Fixes = []diag.Fix{{Message: "Write " + meant, Edits: []diag.Edit{{Range: s.At, Text: jsonc.Quote(meant)}}}}
		}
	}
}

// object returns the value of a section as an object, or nil if it is not one.
func object(m *jsonc.Member) *jsonc.Object {
	o, _ := m.Value.(*jsonc.Object)
	return o
}

func (t *Template) parseAsserts(sections []*jsonc.Member) {
	for _, s := range sections {
		if o := object(s); o != nil {
			for _, m := range o.Members {
				t.Asserts.put(m.Key.Value, m)
			}
		}
	}
}

// maxMistakes limits the mistakes of structure: an array of a million numbers
// in place of the resources would be one for each.
const maxMistakes = 2000

func (t *Template) errorf(code diag.Code, at source.Range, format string, args ...any) *diag.Diagnostic {
	if len(t.Diagnostics) >= maxMistakes {
		return new(diag.Diagnostic)
	}
	return t.Diagnostics.Errorf(code, Rule, at, format, args...)
}

// An Expression is the parsed expression of a string.
type Expression struct {
	Node        expr.Node
	Diagnostics diag.List // if one is an error, the deployment service rejects the whole expression
}

// expressions caches the parsed expressions of a file.
type expressions struct {
	mu     sync.Mutex
	parsed map[*jsonc.String]*Expression
	made   slab.Of[Expression]
	parser expr.Parser
}

// Expression returns the parsed expression of s, or nil if s is plain text.
// Each string is parsed once.
func (t *Template) Expression(s *jsonc.String) *Expression {
	if !expr.IsExpression(s.Value) {
		return nil
	}
	x := t.expressions
	x.mu.Lock()
	defer x.mu.Unlock()
	if e := x.parsed[s]; e != nil {
		return e
	}
	if x.parsed == nil {
		n := strings.Count(t.File.Text(), `"[`)
		x.parsed = make(map[*jsonc.String]*Expression, n)
		x.made.Expect(n)
		x.parser.Expect(n)
	}
	e := x.made.New()
	e.Node, e.Diagnostics = x.parser.Parse(s.Value, s.Map())
	x.parsed[s] = e
	return e
}
