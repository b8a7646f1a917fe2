// Package trail describes the steps of a trail: where a value comes from, as package
// diag records it.
package trail

import (
	"strconv"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Sentence describes a step, such as "parameter instanceCount" or "iteration 2
// of copy loop 'disks'". It is empty for the zero step. The text is not masked
// or escaped.
func Sentence(s diag.Step) string { return sentence(s) }

// sentence is a variable so that a test can replace it.
var sentence = english

func english(s diag.Step) string {
	switch s.Kind {
	case diag.ParameterStep:
		return "parameter " + s.Name
	case diag.VariableStep:
		return "variable " + s.Name
	case diag.FunctionStep:
		return "function " + s.Name
	case diag.DefaultStep:
		return "default of parameter " + s.Name
	case diag.FileStep:
		return "value of parameter " + s.Name
	case diag.CallerStep:
		return "--set " + s.Name
	case diag.ChoiceStep:
		return "a value that parameter " + s.Name + " can have"
	case diag.ArgumentStep:
		return "parameter " + s.Name + " of nested deployment " + s.Deployment
	case diag.OutputStep:
		return "output " + s.Name + " of nested deployment " + s.Deployment
	case diag.DeploymentStep:
		return "nested deployment " + s.Name
	case diag.CopyStep:
		if s.Name == "" {
			return "iteration " + strconv.Itoa(s.Index) + " of the copy loop"
		}
		return "iteration " + strconv.Itoa(s.Index) + " of copy loop '" + s.Name + "'"
	case diag.WrittenStep:
		return "written"
	case diag.ExpressionStep:
		return "written as an expression"
	case diag.EngineStep:
		return "added at expansion"
	case diag.ComputedStep:
		return "computed"
	case diag.ValueStep:
		return "value"
	}
	return ""
}
