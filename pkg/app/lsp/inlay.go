package lsp

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type rangeParams struct {
	TextDocument document  `json:"textDocument"`
	Range        textRange `json:"range"`
}

type inlayHint struct {
	Position    position `json:"position"`
	Label       string   `json:"label"`
	Kind        int      `json:"kind,omitempty"` // 1 type, 2 parameter
	PaddingLeft bool     `json:"paddingLeft,omitempty"`
	Tooltip     string   `json:"tooltip,omitempty"`
}

// The longest value of a hint in characters, and the most hints of one answer.
const (
	longestHint = 60
	mostHints   = 2000
)

// inlayHints shows what expressions evaluate to, and the names of the arguments
// of functions that take several. They are off unless the settings of the editor turn them on.
func (s *server) inlayHints(_ context.Context, p rangeParams) (any, error) {
	all := []inlayHint{}
	c, ok := s.at(positionParams{TextDocument: p.TextDocument})
	if !ok || !s.options.InlayHints || c.template() == nil {
		return all, nil
	}
	values := s.valuesAt(c)
	jsonc.Walk(c.tree.Root, func(n jsonc.Node) bool {
		if !touches(rangeOf(n.Range()), p.Range) {
			return false
		}
		text, ok := n.(*jsonc.String)
		if !ok || !expr.IsExpression(text.Value) {
			return len(all) < mostHints
		}
		root, _ := expr.Parse(text.Value, text.Map())
		all = append(all, argumentHints(root)...)
		if v, ok := values[text.At]; ok {
			hint := inlayHint{Position: rangeOf(text.At).End, Label: "= " + v.text, PaddingLeft: true, Tooltip: v.assumed}
			if v.assumed != "" {
				hint.Label = "≈ " + v.text
			}
			all = append(all, hint)
		}
		return len(all) < mostHints
	})
	return all[:min(len(all), mostHints)], nil
}

func argumentHints(root expr.Node) (all []inlayHint) {
	expr.Walk(root, func(n expr.Node) bool {
		call, ok := n.(*expr.Call)
		if !ok || call.Namespace != "" {
			return true
		}
		f, ok := funcs.Lookup(call.Name)
		if !ok || len(f.Params) < 2 || f.Variadic {
			return true
		}
		for i, arg := range call.Args[:min(len(call.Args), len(f.Params))] {
			switch arg.(type) {
			case *expr.String, *expr.Int:
				all = append(all, inlayHint{Position: rangeOf(arg.Range()).Start, Label: f.Params[i].Name + ": ", Kind: 2})
			}
		}
		return true
	})
	return all
}

// run returns the evaluation that is shown: that of the parameter file which the
// editor has chosen, else the first.
func (s *server) run(c cursor) *engine.Run {
	if c.checked.template == nil || len(c.checked.template.Runs) == 0 {
		return nil
	}
	runs := c.checked.template.Runs
	i := slices.IndexFunc(runs, func(r *engine.Run) bool {
		return s.options.ParameterFile != "" && path.Base(r.ParameterFile) == path.Base(s.options.ParameterFile)
	})
	return runs[max(i, 0)]
}

// An evaluation is the value of an expression as text, with the facts that it assumes.
type evaluation struct {
	text, assumed string
	several       bool // the expression has several values
}

// valuesAt returns the values of the expressions of a document as text, by place. An
// expression that has several, as in a copy loop, has none here, and neither has
// one with a secret.
func (s *server) valuesAt(c cursor) map[source.Range]evaluation {
	run := s.run(c)
	if run == nil {
		return nil
	}
	facts := newAssumptions()
	byPlace := map[[2]int]evaluation{}
	visit := func(n *expand.Node) {
		w := n.Written
		if w.IsZero() || clean(w.File.Path()) != c.name || !strings.HasPrefix(w.Text(), `"[`) {
			return
		}
		if _, unknown := n.Value.(value.Unknown); unknown || n.Value == nil {
			return
		}
		text := s.show(c, n)
		if utf16Length(text) > longestHint || strings.ContainsAny(text, "\r\n") {
			return
		}
		at := [2]int{w.Start, w.End}
		before, again := byPlace[at]
		byPlace[at] = evaluation{text, c.checked.secrets.Redact(facts.of(c, n)), before.several || again && before.text != text}
	}
	walkValues(run.Deployment, visit)
	all := map[source.Range]evaluation{}
	for at, f := range byPlace {
		if !f.several {
			all[c.tree.File.Range(at[0], at[1])] = f
		}
	}
	return all
}

// walkValues visits the values of a deployment that may be shown.
func walkValues(d *expand.Deployment, visit func(*expand.Node)) {
	var walk func(n *expand.Node)
	walk = func(n *expand.Node) {
		if n == nil {
			return
		}
		visit(n)
		for i := range n.Members {
			walk(n.Members[i].Node)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	for _, r := range d.Resources {
		walk(r.Body)
	}
	for _, o := range d.Outputs {
		if !o.Secure {
			walk(o.Node)
		}
	}
	for _, p := range d.Parameters {
		if !p.Secret {
			walk(p.Node)
		}
	}
}
