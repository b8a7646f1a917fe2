package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Options are the inputs of an expansion. The zero value works.
type Options struct {
	// Context has the facts about the deployment target. Parts that a
	// deployment of the template's scope does not have, such as a resource
	// group, are ignored.
	Context funcs.Context
	// StrictScope makes a resource group in Context an error for a template of
	// another scope, as in the deployment service: it was given for this
	// template.
	StrictScope bool
	// Parameters are the parameter files; a later file overrides an earlier
	// one.
	Parameters []*arm.ParameterFile
	// Set has single values, which override all files: text for a string, JSON
	// for the other types.
	Set map[string]string
	// Choices has values to try, by the parameter's name in lower case. They
	// override Set and all files.
	Choices map[string]Choice
	// AllowUndeclaredSet ignores Set entries that this template does not
	// declare, because they are for other templates.
	AllowUndeclaredSet bool
	// Links is the folder of linked templates; nil reads none.
	Links *Links
	// MissingParameters is the treatment of a parameter without a value.
	MissingParameters Missing
	// Literal uses every value as it is written, as Azure does once the values
	// are sent: placeholders of parameter files ([arm.IsPlaceholder]) are text,
	// parameter names in another case are errors where a missing value is one,
	// an error caused by an empty default stays an error, deployment() is that
	// of a template that was sent inline, and what only the validation of the
	// deployment service rejects is a warning. Without Literal, values that are
	// decided at deployment are unknown and cause no errors: placeholders,
	// deployment().properties.templateLink, and, without GroupKnown,
	// deployment().location, which a deployment to a subscription has.
	Literal bool
	// GroupKnown is set if a template for resource groups is deployed to the
	// ResourceGroup of the Context: its $schema alone does not imply that.
	GroupKnown bool
	// HideDefaults treats the defaults of secrets like passed values: their
	// uses stay expressions. The deployment service substitutes them.
	HideDefaults bool
	// Limits limit the work; a zero field has its default.
	Limits Limits
	// Done stops the expansion soon after it is closed, as if a limit had been
	// reached; the result is then unusable. Nil never stops it.
	Done <-chan struct{}
	// DrawSteps reserves up to n evaluation steps if several expansions share a
	// budget, and returns how many it granted. A smaller number ends the
	// budget. If nil, only [eval.MaxSteps] applies, which no expansion exceeds.
	DrawSteps func(n int) int
}

// A Choice is one of the values that the declaration of a parameter lists.
type Choice struct {
	// Node is the value where the declaration has it; nil for a value that it
	// has not written down, such as one within a range.
	Node jsonc.Node
	Text string // the value as JSON, if there is no Node
}

// String returns the value in a few words, for a message.
func (c Choice) String() string {
	text := c.Text
	switch n := c.Node.(type) {
	case nil:
	case *jsonc.String:
		text = n.Value
	default:
		at := n.Range()
		text = string(at.File.Bytes()[at.Start:at.End])
	}
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longestChoice {
		return string(r[:longestChoice]) + "…"
	}
	return text
}

// longestChoice is how many characters of a value String shows.
const longestChoice = 40

// Missing is the treatment of a parameter without a value and without a
// default.
type Missing int

// The treatments of a missing parameter.
const (
	Unknown Missing = iota // an unknown value, without a finding
	Error                  // a finding of severity error, and an unknown value
)

// A Deployment is the result of expanding a template with one set of
// parameters: every resource that is deployed, including nested and linked
// templates, flat, in the order of the deployment service.
type Deployment struct {
	Template  *arm.Template
	Resources []*Resource
	Outputs   []Output
	// Parameters are the declared parameters of the root template with their
	// values, in order.
	Parameters []*Parameter
	// Variables are the variables of the root template with their values, in order,
	// without those that could not be evaluated.
	Variables []Variable
	// Nested are the nested deployments that are deployed, expanded or not, in
	// the order in which they were found.
	Nested []*Nested
	// Units are the templates with their resources as they are validated, the
	// root first: package deploy builds their graph.
	Units []*Unit
	// Secrets are the values that must not be shown.
	Secrets []Secret
	// Placeholders are the values of parameter files that are placeholders or
	// contain one, with any Options.Literal.
	Placeholders []*arm.ParameterValue
	// Diagnostics are the findings of the expansion; the values that they
	// concern are left out or unknown, everything else is present. They include
	// the structure findings of the expanded templates, but not the findings of
	// the JSON text, except of linked files.
	Diagnostics diag.List
}

// A Resource is an expanded resource.
type Resource struct {
	ID         string // "" or an expression in brackets if unknown
	Type       string // full, as written, such as Microsoft.Compute/virtualMachineScaleSets
	Name       string // full, such as vnet/subnet; an expression in brackets if unknown
	APIVersion string
	NameKnown  bool
	// Body is the whole resource as an object, keys in the order of the
	// deployment service: id, type, name, apiVersion, location, sku, ...,
	// properties.
	Body *Node
	// Declared is the range of the resource in its template, Pointer its JSON
	// pointer there.
	Declared source.Range
	Pointer  string
	// Conditional is set if a condition decides at deployment whether the
	// resource exists.
	Conditional bool
	// Repeated is set if the resource stands for an unknown number of copies.
	Repeated bool
	// Broken is set if a part of the resource could not be evaluated, which is
	// a finding; that part is unknown. The resource is not deployed, and
	// `expand` leaves it out.
	Broken bool
	// ResourceGroup and SubscriptionID are the target of the deployment that
	// contains the resource; Nested lists the nested deployments around it,
	// outermost first.
	ResourceGroup  string
	SubscriptionID string
	Nested         []string
	// Source is the declaration, whose template is the one that contains it.
	Source *arm.Resource

	digest uint64 // see Digest; 0 until it is computed
}

// An Output is one output of the root template.
type Output struct {
	Name string
	Type string
	Node *Node
	// Secure is set if the type is a secure one.
	Secure   bool
	Declared *arm.Output
}

// A Variable is a declared variable with its value.
type Variable struct {
	Declared *arm.Variable
	Node     *Node
}

// A Parameter is a declared parameter with its value.
type Parameter struct {
	Declared *arm.Parameter
	// Node is the value: unknown if it is secret, missing or broken.
	Node   *Node
	Source ValueSource
	// Secret is set if the value must not be shown, because of the type or the
	// name.
	Secret bool
}

// ValueSource is the source of the value of a parameter.
type ValueSource int

// The sources of values.
const (
	NoValue         ValueSource = iota // no value
	FromDefault                        // its default
	FromFile                           // a parameter file, or the deployment that nests the template
	FromSet                            // a single value from Options.Set
	FromChoice                         // a value from Options.Choices
	FromKeyVault                       // a reference to a key vault secret in a parameter file
	FromPlaceholder                    // a placeholder in a parameter file, see Options.Literal
)

// A Nested is a nested deployment.
type Nested struct {
	ID   string
	Name string
	// Path lists the names of the deployments around it, outermost first.
	Path     []string
	Declared *arm.Resource
	// Template is the template that it deploys; nil if unknown.
	Template   *arm.Template
	Parameters []*Parameter
	// Expanded is false if its resources are unknown; Reason says why.
	Expanded bool
	Reason   string
}

// A Secret is a value that must not be shown.
type Secret struct {
	At   source.Range // where it is written; zero for a value of Options.Set
	Text string       // its text; "" if it is not text
}

// Expand expands a template. It never fails: findings are in
// Deployment.Diagnostics.
func Expand(t *arm.Template, opts Options) *Deployment {
	r := newRun(t, opts)
	r.expand()
	return r.out
}
