package instances

import (
	"fmt"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Field names an option in a message. Its text is the name of the field in the
// options of package whatif.
type Field string

// The fields that messages name. List stands for the instances of a
// [State] and Template for its scale set.
const (
	FieldFrom          Field = "From"
	FieldCurrent       Field = "Current"
	FieldList          Field = "Instances"
	FieldModel         Field = "Model"
	FieldZones         Field = "Zones"
	FieldFaultDomains  Field = "FaultDomains"
	FieldUpdateDomains Field = "UpdateDomains"
	FieldOverprovision Field = "Overprovision"
	FieldProtect       Field = "Protect"
	FieldUnhealthy     Field = "Unhealthy"
	FieldDeallocated   Field = "Deallocated"
	FieldLose          Field = "Lose"
	FieldSet           Field = "Set"
)

// A Mistake is an error in an input: an option that contradicts another, or a list that
// is not a list of instances. Its text says what to do instead.
type Mistake struct {
	Text string // with the names of fields; "" when format says it

	format string
	args   []any
}

// Error returns the message with the names of the fields.
func (m *Mistake) Error() string { return m.In(func(f Field) string { return string(f) }) }

// In returns the message with the fields named by the caller, for example by the flags
// of a command line.
func (m *Mistake) In(name func(Field) string) string {
	if m.Text != "" {
		return m.Text
	}
	args := make([]any, len(m.args))
	for i, a := range m.args {
		if f, ok := a.(Field); ok {
			a = name(f)
		}
		args[i] = a
	}
	return fmt.Sprintf(m.format, args...)
}

// UnknownCapacity returns the [*Mistake] for a scale set whose capacity is not known.
// It names the parameter that the capacity comes from, if there is one, and the field
// that sets the number of instances instead.
func UnknownCapacity(name string, set *vmss.ScaleSet, from Field) error {
	switch {
	case set == nil:
		return Mistakef("the number of instances of %s was not given; pass %s N", name, from)
	case set.Capacity.Absent():
		return Mistakef("the template has no capacity for %s; pass %s N", name, from)
	case set.Capacity.Node != nil:
		for _, step := range slices.Backward(set.Capacity.Node.Trail()) {
			if step.Kind == diag.ParameterStep {
				return Mistakef("the capacity of %s comes from parameter '%s', which has no value; pass %s %[2]s=N or %[4]s N", name, step.Name, FieldSet, from)
			}
		}
	}
	return Mistakef("the capacity of %s is known only at deployment; pass %s N", name, from)
}

// Mistakef returns a [*Mistake]; arguments of type [Field] are named by the caller.
func Mistakef(format string, args ...any) error { return &Mistake{format: format, args: args} }
