package arm

import (
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Template is one deployment template: a file, or the inline template of a
// nested deployment. It is never nil and never changed after it is parsed;
// many goroutines may use it.
type Template struct {
	File *source.File
	// Node is the template's object; empty when the file holds something else.
	Node *jsonc.Object
	// Pointer is the JSON pointer of Node in its file, "" for a whole file.
	Pointer string
	// LinkPath is the path of the file below the folder of linked templates,
	// "" for a root template. Who reads the file sets it, before anything else
	// sees the template.
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
	// VariableLoops are the loops of the copy array of the variables, which
	// declare a variable each; Variables has them too.
	VariableLoops []*Copy
	Resources     []*Resource
	// Symbolic says that the resources are an object whose keys are their
	// symbolic names.
	Symbolic bool
	Outputs  Table[*Output]
	Asserts  Table[*jsonc.Member]

	// Diagnostics are the mistakes of structure. Those of inline templates are
	// theirs: they matter only when the nested deployment happens.
	Diagnostics diag.List
	// Refusals are mistakes of structure for which the validation of the
	// deployment service refuses the template, while its expansion passes them.
	Refusals diag.List

	expressions *expressions
	version     string // of the language, "" for the first
}

// Scope is where a template deploys to.
type Scope int

// The scopes. The zero value is that of most templates.
const (
	ResourceGroup Scope = iota
	Subscription
	ManagementGroup
	Tenant
)

var scopeNames = [...]string{"ResourceGroup", "Subscription", "ManagementGroup", "Tenant"}

// String is the name of the scope as the engine writes it.
func (s Scope) String() string { return scopeNames[s] }

// schemaScopes leads from the last part of $schema to the scope.
var schemaScopes = [...]struct {
	file  string
	scope Scope
}{
	{"deploymentTemplate.json", ResourceGroup},
	{"subscriptionDeploymentTemplate.json", Subscription},
	{"managementGroupDeploymentTemplate.json", ManagementGroup},
	{"tenantDeploymentTemplate.json", Tenant},
}

// schemaVersions are the versions of $schema that the engine reads
// (2015-01-01-preview counts as 2015-01-01).
var schemaVersions = [...]string{"2014-04-01-preview", "2015-01-01", "2015-01-01-preview", "2018-05-01", "2019-04-01", "2019-08-01"}

// scopeOfSchema reads a $schema as the service does: any address passes whose
// path has the date of a schema, whatever its host and its file. ok is false for
// others. The file gives the scope; one that is not known is that of a resource
// group.
func scopeOfSchema(schema string) (scope Scope, ok bool) {
	schema, _, _ = strings.Cut(strings.TrimRight(strings.TrimSpace(schema), "#"), "?")
	dir, file, found := cutLast(schema, "/")
	if !found || !strings.Contains(schema, "://") {
		return 0, false
	}
	dated := slices.ContainsFunc(strings.Split(dir, "/"), func(part string) bool {
		return slices.ContainsFunc(schemaVersions[:], func(v string) bool { return strings.EqualFold(part, v) })
	})
	for _, s := range schemaScopes {
		if strings.EqualFold(file, s.file) {
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
// or not: its $schema says so, or it has resources and one more of the
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

// SchemaAddress is the address as the documentation writes it, and what is
// wrong with the one that was written; nothing when they are the same.
func SchemaAddress(schema string) (right string, wrong []string) {
	right = schema
	if rest, ok := strings.CutPrefix(strings.ToLower(schema), "http://"); ok {
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

// meantSchema is the address that a $schema which Azure does not read most
// likely stands for: that of the scope whose file it names, in the version that
// the documentation gives; "" when it names none.
func meantSchema(schema string) string {
	named := strings.ToLower(schema)
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

// isTemplateSchema reports a $schema of deployment templates, of any version.
func isTemplateSchema(schema string) bool {
	_, file, _ := cutLast(strings.TrimRight(schema, "#"), "/")
	for _, scope := range schemaScopes {
		if strings.EqualFold(file, scope.file) {
			return true
		}
	}
	return false
}

// ParseTemplate gives a file its types. The result is never nil; its
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

// sections are the members of each section: the engine merges objects that are
// written twice; of arrays the last one wins.
type sections struct {
	parameters, variables, functions, outputs, definitions, asserts []*jsonc.Member
	resources                                                       *jsonc.Member
}

func (t *Template) section(m *jsonc.Member, s *sections) {
	switch strings.ToLower(m.Key.Value) {
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

// aggregates reports whether the language version has typed objects and
// arrays, nullable values and definitions. A version that is unknown has them.
func (t *Template) aggregates() bool {
	version, known := grammar.VersionOf(t.version)
	return t.version != "" && (!known || !version.Before(grammar.Types))
}

// checkSchema reads the scope of the template from its $schema.
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
		d := t.errorf(CodeSchema, s.At, "$schema '%s' is not a deployment template that Azure reads", s.Value)
		d.Detail = "Write https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#, or the one of another scope."
		if meant := meantSchema(s.Value); meant != "" {
			d.Fixes = []diag.Fix{{Message: "Write " + meant, Edits: []diag.Edit{{Range: s.At, Text: jsonc.Quote(meant)}}}}
		}
	}
}

// object is the object in the place of a section; nil when there is none.
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

// maxMistakes bounds the mistakes of structure that are kept: an array of a
// million numbers in the place of the resources is one for each of them.
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
	Diagnostics diag.List // with an error among them the engine refuses the whole
}

// expressions keeps each expression of a file after it was parsed once.
type expressions struct {
	mu     sync.Mutex
	parsed map[*jsonc.String]*Expression
}

// Expression parses the expression that s holds, once; nil when s is plain text.
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
	e := &Expression{}
	e.Node, e.Diagnostics = expr.Parse(s.Value, s.Map())
	if x.parsed == nil {
		x.parsed = make(map[*jsonc.String]*Expression)
	}
	x.parsed[s] = e
	return e
}
