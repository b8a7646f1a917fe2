package expand

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Options say what a template is expanded with. The zero value works.
type Options struct {
	// Context is the outside world. What a deployment of the template's scope
	// does not have, such as a resource group, is ignored.
	Context funcs.Context
	// StrictScope makes a resource group in Context an error for a template of
	// another scope, as the engine has it: it was given for this template.
	StrictScope bool
	// Parameters are the parameter files, later ones before earlier ones.
	Parameters []*arm.ParameterFile
	// Set gives single values, before all files: text for a string, JSON for
	// the other types.
	Set map[string]string
	// LooseSet says that Set is for other templates too: a value for a parameter
	// that this one does not declare is not a mistake.
	LooseSet bool
	// Links is where linked templates are read; nil reads none.
	Links *Links
	// MissingParameters says what a parameter without a value is.
	MissingParameters Missing
	// Literal takes every value as it is written, as the engine of Azure does
	// once the values are sent: placeholders of parameter files
	// ([arm.IsPlaceholder]) are text, names of parameters in another case are
	// errors where a missing value is one, an error caused by an empty default
	// is an error, deployment() is that of a template that was sent along, and
	// what only the validation of the service refuses is a warning.
	// Otherwise values that are decided at deployment are unknown, and no error
	// rests on them: placeholders, deployment().properties.templateLink, and,
	// without GroupKnown, deployment().location, which a deployment to a
	// subscription has.
	Literal bool
	// GroupKnown says that a template for resource groups is deployed to one, the
	// ResourceGroup of the Context: its $schema alone does not say so.
	GroupKnown bool
	// HideDefaults treats the defaults of secrets as values that are passed for
	// them: what they would give is left as an expression. The engine
	// substitutes them.
	HideDefaults bool
	// Limits bound the work; a zero member has its default.
	Limits Limits
	// Done ends the expansion soon after it is closed, as if a limit had been
	// reached; the result is then of no use. Nil: nothing ends it.
	Done <-chan struct{}
	// Draw gives the expansion its steps, where several share them: how many of n
	// there are. None are left when it gives fewer. Nil: it has those of
	// [eval.MaxSteps] alone, which no expansion exceeds.
	Draw func(n int) int
}

// Missing says what a parameter without a value and without a default is.
type Missing int

// What a missing parameter is.
const (
	Unknown Missing = iota // an unknown value, without a finding
	Error                  // a finding of severity error, and an unknown value
)

// A Deployment is what a template means with one set of parameters: every
// resource that deploys, nested and linked templates included, flat, in the
// order in which the engine lists it.
type Deployment struct {
	Template  *arm.Template
	Resources []*Resource
	Outputs   []Output
	// Parameters are the declared parameters of the root template with their
	// values, in order; Surplus the values of parameters it does not declare.
	Parameters []*Parameter
	// Nested are the nested deployments that happen, expanded or not, in the
	// order in which they were met.
	Nested []*Nested
	// Units are the templates with their resources as they are validated, the
	// root first: package deploy makes the graph of them.
	Units []*Unit
	// Secrets are the values that must not be shown.
	Secrets []Secret
	// Placeholders are the values of parameter files that are placeholders or
	// contain one, whatever Options.Literal makes of them.
	Placeholders []*arm.ParameterValue
	// Diagnostics are the mistakes found on the way; what they concern is
	// left out or unknown, everything else is there. The findings of structure
	// of the templates that were expanded are among them; those of the JSON
	// text are not, except of linked files.
	Diagnostics diag.List
}

// A Resource is one expanded resource.
type Resource struct {
	ID         string // "" or an expression in brackets when it is not known
	Type       string // full, as written, such as Microsoft.Compute/virtualMachineScaleSets
	Name       string // full, such as vnet/subnet; an expression in brackets when unknown
	APIVersion string
	NameKnown  bool
	// Body is the whole resource as an object, keys in the order of the
	// engine: id, type, name, apiVersion, location, sku, ..., properties.
	Body *Node
	// Declared is the range of the resource in its template, Pointer its JSON
	// pointer there.
	Declared source.Range
	Pointer  string
	// Conditional says that a condition decides at deployment whether it exists.
	Conditional bool
	// Repeated says that the resource stands for a number of copies that is
	// not known.
	Repeated bool
	// Broken says that a part of it could not be evaluated, which is a
	// finding; that part is unknown. It does not deploy, and `expand` leaves
	// it out.
	Broken bool
	// Scope tells the deployment it belongs to: ids of resource group or
	// subscription, and the nested deployments on the way, outermost first.
	ResourceGroup  string
	SubscriptionID string
	Nested         []string
	// Source is the declaration; its template is the one it stands in.
	Source *arm.Resource
}

// An Output is one output of the root template.
type Output struct {
	Name string
	Type string
	Node *Node
	// Secure says that its type is one of secrets.
	Secure   bool
	Declared *arm.Output
}

// A Parameter is one declared parameter with its value.
type Parameter struct {
	Declared *arm.Parameter
	// Node is the value: unknown when it is secret, has none, or is broken.
	Node  *Node
	Given Given
	// Secret says that the value must not be shown: its type or its name says so.
	Secret bool
}

// Given says where the value of a parameter came from.
type Given int

// The sources of values.
const (
	NotGiven      Given = iota // no value at all
	ByDefault                  // its default
	ByFile                     // a parameter file, or the deployment that nests the template
	BySet                      // a single value given by the user
	ByVault                    // a parameter file that names a secret of a key vault
	ByPlaceholder              // a placeholder in a parameter file, see Options.Literal
)

// A Nested is one nested deployment.
type Nested struct {
	ID   string
	Name string
	// Path are the names of the deployments around it, outermost first.
	Path     []string
	Declared *arm.Resource
	// Template is what it deploys; nil when it is not known.
	Template   *arm.Template
	Parameters []*Parameter
	// Expanded is false when its resources cannot be known; Reason says why.
	Expanded bool
	Reason   string
}

// A Secret is a value that must not be shown.
type Secret struct {
	At   source.Range // where it is written; zero for one given by the user
	Text string       // its text; "" for what is not text
}

// Expand expands a template. It never fails: see Deployment.Diagnostics.
func Expand(t *arm.Template, opts Options) *Deployment {
	r := newRun(t, opts)
	r.expand()
	return r.out
}
