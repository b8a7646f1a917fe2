package expand

import (
	"encoding/json"
	"slices"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

var noRange source.Range

// bindRoot binds the parameters of the root template: values to try first, then
// single values, files in reverse order, and defaults.
func (r *run) bindRoot(f *frame) {
	f.startBinding()
	files := slices.Backward(r.opts.Parameters)
	for name, p := range f.t.Parameters.All() {
		if c, ok := r.opts.Choices[fold.Lower(name)]; ok {
			f.bindGiven(p, r.choiceNode(p, c), FromChoice)
			continue
		}
		if text, ok := setValue(r.opts.Set, name); ok {
			f.bindGiven(p, r.setNode(p, text), FromSet)
			continue
		}
		bound := false
		for _, file := range files {
			if v, ok := file.Values.Get(name); ok && !bound {
				bound = r.bindFile(f, p, v)
			}
		}
		if !bound {
			f.bindDefault(p)
		}
	}
	r.surplus(f)
}

func setValue(set map[string]string, name string) (string, bool) {
	if text, ok := set[name]; ok {
		return text, true
	}
	for n, text := range set {
		if fold.Equal(n, name) {
			return text, true
		}
	}
	return "", false
}

// setNode returns the node of a single value: text for a string, JSON for all
// other types. The value is not in a file: findings point at the expression
// that uses it or at the declaration, and its trail ends with the caller.
func (r *run) setNode(p *arm.Parameter, text string) *Node {
	origin := &eval.Origin{Hop: diag.Step{Kind: diag.CallerStep, Name: p.Name(), Place: p.Key.At}}
	resolved, _ := p.Resolve()
	if resolved.Kind != arm.StringKind && resolved.Kind != arm.SecureStringKind && resolved.Kind != arm.AnyKind && json.Valid([]byte(text)) {
		tree := jsonc.Parse(source.NewFile("", []byte(text)))
		if !tree.Diagnostics.HasErrors() {
			return r.open(literalValue(tree.Root), origin, source.Range{}, nodeCost)
		}
	}
	return &Node{Value: value.String(text), origin: origin}
}

// choiceNode returns the node of a value that is tried for a parameter.
func (r *run) choiceNode(p *arm.Parameter, c Choice) *Node {
	step := diag.Step{Kind: diag.ChoiceStep, Name: p.Name(), Place: p.Key.At}
	node := c.Node
	if node != nil {
		step.Place = node.Range()
	} else {
		node = jsonc.Parse(source.NewFile("", []byte(c.Text))).Root
	}
	return r.open(literalValue(node), &eval.Origin{Hop: step}, source.Range{}, nodeCost)
}

// bindFile binds the value of a file; it returns false if the file has none.
func (r *run) bindFile(f *frame, p *arm.Parameter, v *arm.ParameterValue) bool {
	if v.Reference != nil {
		f.bindUnknown(p, v.Reference.Node.At, value.Unknown{
			Residual: "parameters('" + p.Name() + "')", Reason: "its value is a secret in a key vault", Secret: true}, FromKeyVault)
		return true
	}
	if f.placeholder(p, v.Value) {
		r.out.Placeholders = append(r.out.Placeholders, v)
		if !r.opts.Literal {
			f.bindUnknown(p, v.Value.Range(), f.unknownParameter(p, nil, placeholderReason, false).Value.(value.Unknown), FromPlaceholder)
			return true
		}
	}
	if _, null := v.Value.(*jsonc.Null); null {
		if _, nullable := p.Resolve(); !nullable {
			if p.Default == nil {
				r.reject(diag.Diagnostic{Code: CodeMissingValue, Rule: RuleParameter, Severity: diag.Error, Subject: v.Value.Range(),
					Summary: "the parameter '" + p.Name() + "' has no value: null counts as no value",
					Detail:  "Give it a value, or a default in the template. Only a parameter with \"nullable\": true can be null."})
			}
			return false // null is not a value
		}
	}
	at := &place{f: f, plain: true, mirror: true}
	if holes := placeholdersIn(v.Value, "parameters("+expr.Quote(p.Name())+")"); len(holes) > 0 && !f.placeholder(p, v.Value) {
		r.out.Placeholders = append(r.out.Placeholders, v)
		if !r.opts.Literal {
			at.placeholders = holes
		}
	}
	n := at.node(v.Value)
	n.origin = n.Origin().Through(diag.Step{Kind: diag.FileStep, Required: p.Default == nil, Name: p.Name(), Place: v.Value.Range()})
	if v.Key.Value != p.Name() {
		r.otherCase(p, v)
	}
	f.bindGiven(p, n, FromFile)
	return true
}

// otherCase reports a value whose name is written in another case. Azure
// accepts it; tools that read the template through Bicep do not.
func (r *run) otherCase(p *arm.Parameter, v *arm.ParameterValue) {
	d := diag.Diagnostic{Code: CodeSurplusValue, Rule: RuleParameter, Severity: diag.Info, Subject: v.Key.At,
		Summary: "the parameter '" + v.Key.Value + "' is declared as '" + p.Name() + "'",
		Detail:  "Azure compares the names case-insensitively; Bicep's tools are case-sensitive."}
	if r.opts.Literal && r.opts.MissingParameters == Error {
		d.Severity = diag.Error
	}
	r.add(d)
}

// surplus reports values for parameters that the template does not declare.
func (r *run) surplus(f *frame) {
	var names []string
	for name := range f.t.Parameters.All() {
		names = append(names, name)
	}
	for _, file := range r.opts.Parameters {
		for _, v := range file.Values.All() {
			if _, ok := f.t.Parameters.Get(v.Key.Value); !ok {
				r.surplusValue(f, v.Key, names)
			}
		}
		for _, d := range file.Diagnostics {
			r.add(d)
		}
	}
	for name := range r.opts.Set {
		if _, ok := f.t.Parameters.Get(name); !ok && !r.opts.AllowUndeclaredSet {
			r.add(diag.Diagnostic{Code: CodeSurplusValue, Rule: RuleParameter, Severity: diag.Error, Subject: f.t.Node.At.File.Range(0, 0),
				Summary: "the template has no parameter '" + name + "', for which a value is set",
				Detail:  nearest.Question(name, names)})
		}
	}
}

func (r *run) surplusValue(f *frame, key *jsonc.String, names []string) {
	d := diag.Diagnostic{Code: CodeSurplusValue, Rule: RuleParameter, Severity: diag.Error, Subject: key.At,
		Summary: "the template has no parameter '" + key.Value + "', for which a value is given",
		Detail:  nearest.Question(key.Value, names)}
	if section := f.t.Node.Get("parameters"); section != nil {
		d.Related = []diag.Related{{Range: section.Key.At, Message: "the parameters are declared here"}}
	}
	r.aboutPassed(f, d)
}

func (f *frame) startBinding() {
	n := f.t.Parameters.Len()
	f.parameters = make(map[string]*binding, 2*n)
	f.given = make(map[string]*Parameter, n)
}

// bind adds the binding of a parameter, evaluated on first use.
func (f *frame) bind(p *arm.Parameter, given ValueSource, node func() *Node) *Parameter {
	key := fold.Lower(p.Name())
	register(f.parameters, p.Name(), &binding{name: p.Name(), at: p.Key.At, make: node, preset: given == FromDefault})
	f.given[key] = &Parameter{Declared: p, Source: given, Secret: p.Secure()}
	return f.given[key]
}

// bindGiven binds a passed value. The value of a secret is never substituted.
func (f *frame) bindGiven(p *arm.Parameter, n *Node, given ValueSource) {
	secret := p.Secure() || f.declaration == nil && namedSecret(p) && !isPlaceholder(n.Value)
	bound := f.bind(p, given, nil)
	bound.Secret = secret
	f.parameters[fold.Lower(p.Name())].make = func() *Node {
		f.checkParameter(p, n, secret)
		if !secret {
			return f.hideParts(p, n)
		}
		if _, unknown := n.Value.(value.Unknown); unknown {
			return n // the secret of an outer template: its name is more specific
		}
		f.run.secrets(n)
		return f.unknownParameter(p, n.Origin(), "it is a secret", true)
	}
}

// namedSecret reports whether a parameter of a plain type has a name that
// implies a secret.
func namedSecret(p *arm.Parameter) bool {
	t, _ := p.Resolve()
	switch t.Kind {
	case arm.StringKind, arm.ObjectKind, arm.AnyKind:
		return arm.MayNameSecret(p.Name())
	}
	return false
}

// isPlaceholder reports whether a value is a placeholder, such as GEN-PASSWORD
// or <key>, which is not a secret.
func isPlaceholder(v value.Value) bool {
	s, ok := v.(value.String)
	return ok && (s == "" || arm.IsPlaceholder(string(s)))
}

func (f *frame) unknownParameter(p *arm.Parameter, origin *eval.Origin, reason string, secret bool) *Node {
	u := value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "parameter '" + p.Name() + "': " + reason, Secret: secret || p.Secure(), Kind: kindOf(&p.Type)}
	if origin == nil {
		origin = &eval.Origin{At: p.Key.At}
	}
	return &Node{Value: u, origin: &eval.Origin{At: origin.At, Hop: origin.Hop}, Written: origin.At}
}

// kindOf returns the [value.Unknown.Kind] of a value of a type.
func kindOf(t *arm.Type) string {
	t, nullable := t.Resolve()
	if nullable {
		return ""
	}
	return kindName(t.Kind)
}

// kindName returns the name of a kind as in [value.KindName]; "" for any type.
func kindName(k arm.Kind) string {
	switch k {
	case arm.AnyKind:
		return ""
	case arm.SecureStringKind:
		return "string"
	case arm.SecureObjectKind:
		return "object"
	}
	return k.String()
}

func (f *frame) bindUnknown(p *arm.Parameter, at source.Range, u value.Unknown, given ValueSource) {
	u.Kind = kindOf(&p.Type)
	n := &Node{Value: u, Written: at}
	f.bind(p, given, func() *Node { return n }).Secret = u.Secret || p.Secure()
}

// bindDefault binds a parameter to its default, to null, or to nothing.
func (f *frame) bindDefault(p *arm.Parameter) {
	_, nullable := p.Resolve()
	switch {
	case p.Default != nil:
		f.bind(p, FromDefault, func() *Node { return f.defaultNode(p) })
	case nullable:
		f.bind(p, NoValue, func() *Node {
			origin := &eval.Origin{At: p.Key.At}
			if f.declaration == nil { // a deployment of the root template can pass a value
				origin.Hop = diag.Step{Kind: diag.DefaultStep, Name: p.Name(), Place: p.Key.At}
			}
			return &Node{Value: value.Null{}, origin: origin, Written: p.Key.At}
		})
	default:
		f.bind(p, NoValue, func() *Node { return f.missingNode(p) })
	}
}

func (f *frame) defaultNode(p *arm.Parameter) *Node {
	before := f.run.broken
	n := (&place{f: f, where: funcs.InParameter, mode: forbid, mirror: true}).node(p.Default)
	if f.run.broken == before {
		f.checkParameter(p, n, p.Secure())
	}
	n.origin = n.Origin().Through(diag.Step{Kind: diag.DefaultStep, Name: p.Name(), Place: p.Default.Range()})
	if f.run.opts.HideDefaults && (p.Secure() || namedSecret(p)) && containsText(n.Value) {
		f.run.secrets(n)
		return f.unknownParameter(p, n.Origin(), "it is a secret", true)
	}
	if f.run.opts.HideDefaults {
		return f.hideParts(p, n)
	}
	return n
}

// containsText reports whether a value contains text to hide: the empty default
// of an optional token is not secret, and many conditions depend on it.
func containsText(v value.Value) bool {
	switch v := v.(type) {
	case value.String:
		return v != ""
	case value.Array:
		return slices.ContainsFunc(v, containsText)
	case *value.Object:
		return slices.ContainsFunc(v.Members(), func(m value.Member) bool { return containsText(m.Value) })
	}
	return false
}

func (f *frame) missingNode(p *arm.Parameter) *Node {
	if m := p.Node.Get("defaultValue"); m != nil && f.declaration == nil { // null, which only this value can be
		f.run.add(diag.Diagnostic{Code: CodeMissingValue, Rule: RuleParameter, Severity: diag.Error, Subject: m.Value.Range(),
			Summary: "the parameter '" + p.Name() + "' has no value, and a default of null counts as no value",
			Detail:  "Give it a default of its type, remove the default and pass a value, or declare it nullable with languageVersion 2.0."})
		return f.unknownParameter(p, nil, "it has no value", false)
	}
	if f.declaration != nil || f.run.opts.MissingParameters == Error && (f.run.opts.Literal || !p.Secure()) {
		at := p.Key.At
		if f.declaration != nil {
			at = f.declaration.decl.At()
		}
		f.run.broken++
		d := diag.Diagnostic{Code: CodeMissingValue, Rule: RuleParameter, Severity: diag.Error, Subject: at,
			Summary: "the parameter '" + p.Name() + "' has no value"}
		d.Detail = "Give it one in a parameter file or a default in the template."
		if f.declaration != nil {
			d.Detail = "The nested deployment must pass it."
			d.Related = []diag.Related{{Range: p.Key.At, Message: "'" + p.Name() + "' is declared here"}}
			f.run.downgrade(&d, f.nulls[fold.Lower(p.Name())])
		}
		f.run.aboutPassed(f, d)
	}
	return f.unknownParameter(p, nil, "it has no value", false)
}

// checkParameter reports a value that does not have the type of its parameter.
func (f *frame) checkParameter(p *arm.Parameter, n *Node, secret bool) {
	m := checker{secret: secret, typeOf: CodeParameterType, strict: !f.run.opts.Literal}.conform(n, &p.Type, "")
	if m == nil {
		return
	}
	if m.code == CodeParameterType { // expressions can still use a value of the right type
		f.run.broken++
	}
	d := diag.Diagnostic{Code: m.code, Rule: RuleParameter, Severity: diag.Error, Subject: m.at, Detail: m.detail,
		Summary: "the parameter '" + p.Name() + m.path + "' " + m.summary}
	if d.Subject.IsZero() {
		d.Subject = p.Key.At
	}
	switch declared := p.KindNode; {
	case m.code == CodeParameterType && declared != nil && m.path == "":
		d.Related = []diag.Related{{Range: declared.Range(), Message: "the type of '" + p.Name() + "' is declared here"}}
	case d.Subject.File != p.Key.At.File:
		d.Related = []diag.Related{{Range: p.Key.At, Message: "'" + p.Name() + "' is declared here"}}
	}
	if m.code != CodeParameterType || n.origin == nil || n.origin.Hop.Kind != diag.FileStep { // a placeholder is not checked
		f.run.downgrade(&d, n.origin)
	}
	f.run.aboutPassed(f, d)
}

// secrets adds a value and all of its parts to the secrets.
func (r *run) secrets(n *Node) {
	switch v := n.Value.(type) {
	case value.String:
		r.out.Secrets = append(r.out.Secrets, Secret{At: n.At(), Text: string(v)})
	case value.Array:
		for _, item := range n.Items {
			r.secrets(item)
		}
	case *value.Object:
		for _, m := range n.Members {
			r.secrets(m.Node)
		}
	default:
		r.out.Secrets = append(r.out.Secrets, Secret{At: n.At()})
	}
}

// parameterList returns the declared parameters with their values, in order.
func (f *frame) parameterList() []*Parameter {
	list := make([]*Parameter, 0, len(f.given))
	for name := range f.t.Parameters.All() {
		key := fold.Lower(name)
		p, b := f.given[key], f.parameters[key]
		if p == nil {
			continue
		}
		f.parameter(name) //nolint:errcheck // reported where it is defined
		p.Node = b.node
		list = append(list, p)
	}
	return list
}

// variableList returns the declared variables with their values.
func (f *frame) variableList() []Variable {
	list := make([]Variable, 0, len(f.variables))
	for i := range f.variables {
		if b := &f.variables[i]; b.state == done && !b.bad {
			v, _ := f.t.Variables.Get(b.name)
			list = append(list, Variable{Declared: v, Node: b.node})
		}
	}
	return list
}
