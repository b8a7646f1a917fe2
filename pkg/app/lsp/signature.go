package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/schemas"
)

type signatureHelp struct {
	Signatures      []signatureInformation `json:"signatures"`
	ActiveSignature int                    `json:"activeSignature"`
	ActiveParameter int                    `json:"activeParameter"`
}

type signatureInformation struct {
	Label         string                 `json:"label"`
	Documentation *markup                `json:"documentation,omitempty"`
	Parameters    []parameterInformation `json:"parameters"`
}

type parameterInformation struct {
	Label string `json:"label"`
}

// signatureHelp says what the call around the cursor takes. The call may be
// unfinished.
func (s *server) signatureHelp(_ context.Context, p positionParams) (any, error) {
	c, ok := s.at(p)
	if !ok {
		return nil, nil
	}
	n, ok := c.text()
	if !ok || !strings.HasPrefix(n.Value, "[") {
		return nil, nil
	}
	call, ok := typingOf(c.before(n)[min(1, len(c.before(n))):]).named()
	if !ok {
		return nil, nil
	}
	name, argument := call.name, len(call.args)
	info := signatureInformation{Parameters: []parameterInformation{}}
	if of, at, ok := resourceSignature(call); ok {
		info, argument = of, at
	} else if f, ok := funcs.Lookup(name); ok {
		info.Label, info.Documentation = signature(f), &markup{"markdown", f.Doc}
		for i, p := range f.Params {
			label := p.Name + " " + p.Type
			if i >= f.Min {
				label = "[" + label + "]"
			}
			info.Parameters = append(info.Parameters, parameterInformation{label})
		}
		if f.Variadic {
			argument = min(argument, len(f.Params)-1)
		}
	} else if isList(strings.ToLower(name)) {
		info.Documentation = &markup{"markdown", "The answer of a list operation of a resource. It often contains secrets."}
		info.label(name, "resourceName string", "apiVersion string", "[functionValues object]")
	} else {
		t := c.template()
		if t == nil {
			return nil, nil
		}
		f, ok := t.Functions.Get(name)
		if !ok {
			return nil, nil
		}
		info = signatureOf(f)
	}
	return signatureHelp{Signatures: []signatureInformation{info}, ActiveParameter: argument}, nil
}

// signatureOf returns the signature of a function of the template.
func signatureOf(f *arm.Function) signatureInformation {
	info := signatureInformation{Parameters: []parameterInformation{}}
	var labels []string
	for _, p := range f.Parameters {
		label := p.Name
		if kind, ok := p.Node.Text("type"); ok {
			label += " " + kind
		}
		labels = append(labels, label)
	}
	info.label(f.Name(), labels...)
	return info
}

// label sets the parameters and, from them, the label.
func (i *signatureInformation) label(name string, parameters ...string) {
	i.Parameters = []parameterInformation{}
	for _, p := range parameters {
		i.Parameters = append(i.Parameters, parameterInformation{p})
	}
	i.Label = name + "(" + strings.Join(parameters, ", ") + ")"
}

// resourceSignature returns that of resourceId() and the like once the resource type is
// typed: a name for each segment of the type. It is the known spelling of the type,
// not the text of the document.
func resourceSignature(call typedCall) (info signatureInformation, argument int, ok bool) {
	name := strings.ToLower(call.name)
	kind := resourceTypeOf(call.args)
	known, ok := schemas.FindType(kind)
	if !isResourceCall(name) || !ok {
		return info, 0, false
	}
	var labels []string
	at := slices.IndexFunc(call.args, func(arg string) bool { return strings.Trim(arg, "'") == kind })
	before := []string{"subscriptionId", "resourceGroupName"}
	if name == "extensionresourceid" {
		before = []string{"resourceId"}
	}
	for i := range at {
		labels = append(labels, before[max(len(before)-at+i, 0)]+" string")
	}
	labels = append(labels, "'"+known.Type+"'")
	for _, segment := range strings.Split(known.Type, "/")[1:] {
		labels = append(labels, "name of "+segment)
	}
	if f, ok := funcs.Lookup(call.name); ok {
		info.Documentation = &markup{"markdown", f.Doc}
	}
	info.label(call.name, labels...)
	return info, len(call.args), true
}
