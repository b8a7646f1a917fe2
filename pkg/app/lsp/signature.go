package lsp

import (
	"context"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
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

// signatureHelp tells what the call around the cursor takes. The call may be
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
	name, argument := openCall(c.before(n))
	if name == "" {
		return nil, nil
	}
	info := signatureInformation{Parameters: []parameterInformation{}}
	if f, ok := funcs.Lookup(name); ok {
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

// signatureOf is the signature of a function of the template.
func signatureOf(f *arm.Function) signatureInformation {
	info := signatureInformation{Parameters: []parameterInformation{}}
	var labels []string
	for _, p := range f.Parameters {
		label := p.Name
		if kind, ok := p.Node.Text("type"); ok {
			label += " " + kind
		}
		labels = append(labels, label)
		info.Parameters = append(info.Parameters, parameterInformation{label})
	}
	info.Label = f.Name() + "(" + strings.Join(labels, ", ") + ")"
	return info
}

// openCall is the innermost call that is not closed in the beginning of an
// expression: the name of the function, and which argument is being written.
func openCall(typed string) (name string, argument int) {
	type call struct {
		name     string
		argument int
	}
	var open []call
	quoted := false
	word := 0 // where the last name begins
	for i := 0; i < len(typed); i++ {
		b := typed[i]
		switch {
		case b == '\'':
			quoted = !quoted
		case quoted:
		case b == '(':
			open = append(open, call{name: strings.TrimSpace(typed[word:i])})
			word = i + 1
		case b == '[':
			open = append(open, call{})
			word = i + 1
		case b == ')' || b == ']':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
			word = i + 1
		case b == ',':
			if len(open) > 0 {
				open[len(open)-1].argument++
			}
			word = i + 1
		}
	}
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].name != "" {
			return open[i].name, open[i].argument
		}
	}
	return "", 0
}
