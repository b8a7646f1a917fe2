package diag

import (
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Step is one step of a trail, as data. Package trail words it when it is
// printed, so no code can depend on the wording.
type Step struct {
	Kind StepKind
	// Required marks a FileStep whose parameter has no default, so that every
	// deployment passes a value for it.
	Required bool
	// Index is the iteration of a CopyStep, from 0.
	Index int
	// Name is the name of the parameter, variable, user function, output, copy
	// loop or nested deployment, as the step writes it. A copy loop of a
	// property may have none.
	Name string
	// Deployment labels the nested deployment that declares the parameter of an
	// ArgumentStep or the output of an OutputStep; empty for other kinds.
	Deployment string
	// Place is where the step is written: the reference, the declaration, the
	// value in the parameter file.
	Place source.Range
}

// A StepKind is the kind of declaration or operation that a value passed
// through.
type StepKind uint8

// The kinds of steps. The zero value is not a step.
const (
	_              StepKind = iota
	ParameterStep           // a reference parameters('Name')
	VariableStep            // a reference variables('Name')
	FunctionStep            // a call of the user function Name
	DefaultStep             // the defaultValue of parameter Name
	FileStep                // the value of parameter Name in a parameter file
	CallerStep              // the value that the caller passes for parameter Name, not in a file
	ChoiceStep              // a value that the declaration of parameter Name lists, which is tried
	ArgumentStep            // the value that Deployment's declaration passes for its parameter Name
	OutputStep              // output Name of the nested deployment Deployment
	DeploymentStep          // the nested deployment Name, which contains the value
	CopyStep                // iteration Index of the copy loop Name, which contains the value

	// The ends of a traced value, which do not occur in the trail of a finding.
	WrittenStep    // written as a literal in the template
	ExpressionStep // written as an expression
	EngineStep     // added by the deployment service, not written in any file
	ComputedStep   // computed by the expression at Place
	ValueStep      // the text to change
)

// IsZero reports whether the step is the zero Step.
func (s Step) IsZero() bool { return s.Kind == 0 }
