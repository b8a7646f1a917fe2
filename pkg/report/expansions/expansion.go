package expansions

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// An Expansion is one expanded template with what was found on the way.
type Expansion struct {
	Template      string // path
	ParameterFile string // "" when none was used
	Deployment    *expand.Deployment
	Graph         *deploy.Graph // what waits for what; nil without a template
	Findings      diag.List     // sorted
	Secrets       *secret.Set
	// Assumed are the facts about the deployment that were not given.
	Assumed []Assumed
}

// Assumed is a fact about the deployment that was not given, with its assumed value.
type Assumed struct {
	Name  string `json:"name"` // of the flag that gives it
	Value string `json:"value"`
}

// An unknown is a value that only the deployment can answer.
type unknown struct {
	Pointer string `json:"pointer"` // in the JSON of the expansion
	Reason  string `json:"reason"`
}

// resources returns those that deploy: one that could not be evaluated is a
// finding, and left out.
func (e Expansion) resources() []*expand.Resource {
	var all []*expand.Resource
	for _, r := range e.Deployment.Resources {
		if !r.Broken {
			all = append(all, r)
		}
	}
	return all
}

// unknowns lists the unknown values of resources and outputs, in order.
func (e Expansion) unknowns() []unknown {
	all := []unknown{}
	for i, r := range e.resources() {
		all = appendUnknowns(all, "/resources/"+strconv.Itoa(i), r.Body.Value)
	}
	for _, o := range e.Deployment.Outputs {
		all = appendUnknowns(all, "/outputs/"+jsonc.PointerToken(o.Name), o.Node.Value)
	}
	return all
}

func appendUnknowns(all []unknown, pointer string, v value.Value) []unknown {
	switch v := v.(type) {
	case value.Unknown:
		return append(all, unknown{pointer, v.Reason})
	case value.Array:
		for i, e := range v {
			all = appendUnknowns(all, pointer+"/"+strconv.Itoa(i), e)
		}
	case *value.Object:
		for _, m := range v.Members() {
			all = appendUnknowns(all, pointer+"/"+jsonc.PointerToken(m.Name), m.Value)
		}
	}
	return all
}

// WriteJSON writes the expansion for machines. Its shape is a contract:
// members are added, never renamed or removed.
func (e Expansion) WriteJSON(w io.Writer) error {
	var out render.ValueWriter
	resources := e.resources()
	var err error
	raw := func(v any) {
		var text []byte
		if text, err = encode(v, out.Depth); err == nil {
			out.Write(text)
		}
	}
	parts := []struct {
		name  string
		write func()
	}{
		{"version", func() { out.Text("1") }},
		{"template", func() { out.Text(e.Template) }},
		{"parameterFile", func() { out.Text(e.ParameterFile) }},
		{"madeUp", func() { raw(render.OrEmpty(e.Assumed)) }},
		{"resources", func() {
			out.List('[', ']', len(resources), func(i int) { out.Value(withoutSecrets(resources[i])) })
		}},
		{"outputs", func() { e.writeOutputs(&out) }},
		{"unknown", func() { raw(e.unknowns()) }},
		{"findings", func() { raw(findings.NewJSONFindings(e.Findings, e.Secrets)) }},
	}
	out.List('{', '}', len(parts), func(i int) {
		out.Name(parts[i].name)
		parts[i].write()
	})
	out.WriteByte('\n')
	if err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

func (e Expansion) writeOutputs(out *render.ValueWriter) {
	outputs := e.Deployment.Outputs
	out.List('{', '}', len(outputs), func(i int) { out.Member(outputs[i].Name, outputValue(&outputs[i])) })
}

// encode gives the JSON of v, indented as at depth.
func encode(v any, depth int) ([]byte, error) {
	var b strings.Builder
	enc := render.NewEncoder(&b)
	enc.SetIndent(strings.Repeat("  ", depth), "  ")
	err := enc.Encode(v)
	return []byte(strings.TrimRight(b.String(), "\n")), err
}

// WriteText writes the expansion for people: a heading for each resource, then
// a line for each value in it.
func (e Expansion) WriteText(w io.Writer, t findings.Text) error {
	s := render.NewStyles(t.Color)
	var b strings.Builder
	for _, r := range e.resources() {
		b.WriteString(s.Place.Sprint(render.Neutral(r.Type+" "+r.Name)) + s.Hint.Sprint(" "+render.Neutral(r.APIVersion)) + "\n")
		for _, m := range bodyMembers(withoutSecrets(r)) {
			e.lines(&b, s, m.Name, m.Value)
		}
		b.WriteByte('\n')
	}
	if len(e.Deployment.Outputs) > 0 {
		b.WriteString(s.Place.Sprint("outputs") + "\n")
		for _, o := range e.Deployment.Outputs {
			e.lines(&b, s, o.Name, outputValue(&o))
		}
		b.WriteByte('\n')
	}
	if !t.Quiet {
		e.summary(&b)
	}
	if _, err := io.WriteString(w, b.String()); err != nil || len(e.Findings) == 0 {
		return err
	}
	io.WriteString(w, "\n")
	return t.Report(w, findings.Result{Findings: e.Findings, Secrets: e.Secrets, Files: []findings.File{{Path: e.Template, Status: findings.Checked, ParameterSets: 1, CheckedSets: 1}}})
}

// bodyMembers returns the members of a resource that its heading does not show.
func bodyMembers(v value.Value) []value.Member {
	o, ok := v.(*value.Object)
	if !ok {
		return nil
	}
	var rest []value.Member
	for _, m := range o.Members() {
		switch m.Name {
		case "id", "type", "name", "apiVersion":
		default:
			rest = append(rest, m)
		}
	}
	return rest
}

// lines writes a line for each leaf below a path.
func (e Expansion) lines(b *strings.Builder, s *render.Styles, path string, v value.Value) {
	switch v := v.(type) {
	case value.Array:
		for i, item := range v {
			e.lines(b, s, path+"["+strconv.Itoa(i)+"]", item)
		}
		if len(v) > 0 {
			return
		}
	case *value.Object:
		for _, m := range v.Members() {
			e.lines(b, s, path+"."+m.Name, m.Value)
		}
		if v.Len() > 0 {
			return
		}
	}
	var leaf render.ValueWriter
	leaf.Value(v)
	text := render.Neutral(leaf.String())
	if u, ok := v.(value.Unknown); ok {
		text = s.Unknown.Sprint(text) + s.Hint.Sprint("  "+render.Neutral(u.Reason))
	}
	fmt.Fprintf(b, "  %s: %s\n", render.Neutral(path), text)
}

func (e Expansion) summary(b *strings.Builder) {
	fmt.Fprintf(b, "%s, %s, %s known only at deployment", render.Plural(len(e.resources()), "resource"),
		render.Plural(len(e.Deployment.Outputs), "output"), render.Plural(len(e.unknowns()), "value"))
	if e.ParameterFile != "" {
		b.WriteString(", parameters of " + render.Neutral(e.ParameterFile))
	}
	b.WriteByte('\n')
	if len(e.Assumed) > 0 {
		var names []string
		for _, m := range e.Assumed {
			names = append(names, m.Name+" "+render.Neutral(m.Value))
		}
		for _, line := range render.Wrap("Assumed values: "+strings.Join(names, ", "), 80) {
			b.WriteString(line + "\n")
		}
	}
}
