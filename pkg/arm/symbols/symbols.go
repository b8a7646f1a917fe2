// Package symbols finds the names that a template declares and every place
// that mentions them: parameters, variables, functions and their parameters,
// copy loops, symbolic names, definitions, and names of resources that are
// literals. It is what navigation and rename in an editor work with.
//
// Nothing is evaluated. A name that an expression computes is not a mention; the
// symbols that it could mean are marked as [Symbol.Computed].
package symbols

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Kind is a kind of symbol.
type Kind string

// The kinds of symbols.
const (
	Parameter         Kind = "parameter"
	Variable          Kind = "variable"
	Function          Kind = "function"
	FunctionParameter Kind = "parameter of a function"
	Loop              Kind = "copy loop"
	PropertyLoop      Kind = "copy loop of a property"
	SymbolicName      Kind = "symbolic name"
	Definition        Kind = "definition"
	Resource          Kind = "resource name"
	Output            Kind = "output"
)

// A Symbol is one name that a template declares.
type Symbol struct {
	Kind Kind
	Name string // as declared
	// Template declares it.
	Template *arm.Template
	// Detail distinguishes it from others with its name: the resource type of a resource
	// or a loop, the namespace of a function.
	Detail string
	// Parameter is set for a parameter.
	Parameter *arm.Parameter
	// Fixed says why the name cannot change without a change of what the
	// template deploys; "" when it can.
	Fixed string
	// Computed says that an expression computes a name that may be this one.
	Computed bool

	scope any // what the name is unique in
}

// An Occurrence is one place where a symbol is named.
type Occurrence struct {
	Symbol *Symbol
	// At is the name without quotes.
	At source.Range
	// Declares says that it is the declaration, or one of several.
	Declares bool
	// InExpression says that it is a string of an expression, in which a single
	// quote is written twice.
	InExpression bool
}

// An Index has the symbols of one file. It never changes; many goroutines may use it.
type Index struct {
	Symbols     []*Symbol // in the order of the sections
	Occurrences []Occurrence
}

// At is the smallest occurrence that holds the byte at offset or ends there.
func (x *Index) At(offset int) (best Occurrence, ok bool) {
	for _, o := range x.Occurrences {
		if o.At.Start <= offset && offset <= o.At.End && (!ok || o.At.End-o.At.Start < best.At.End-best.At.Start) {
			best, ok = o, true
		}
	}
	return best, ok
}

// Of are the occurrences of a symbol in the order of the text.
func (x *Index) Of(s *Symbol) []Occurrence {
	var all []Occurrence
	for _, o := range x.Occurrences {
		if o.Symbol == s {
			all = append(all, o)
		}
	}
	return all
}

// Parameter finds a parameter of a template; nil when it has none of the name.
func (x *Index) Parameter(t *arm.Template, name string) *Symbol {
	for _, s := range x.Symbols {
		if s.Kind == Parameter && s.Template == t && strings.EqualFold(s.Name, name) {
			return s
		}
	}
	return nil
}

// Taken reports whether another symbol that the same expressions could mean has
// a name already.
func (x *Index) Taken(s *Symbol, name string) bool {
	for _, other := range x.Symbols {
		if other == s || !strings.EqualFold(other.Name, name) {
			continue
		}
		switch {
		case other.Kind == s.Kind && other.scope == s.scope:
			return true
		case s.Template == other.Template && waitedFor(s.Kind) && waitedFor(other.Kind): // dependsOn means either
			return true
		}
	}
	return false
}

func waitedFor(k Kind) bool { return k == Loop || k == SymbolicName || k == Resource }

// Of indexes a template with the inline templates of its nested deployments.
func Of(t *arm.Template) *Index {
	b := &builder{index: &Index{}, known: map[key]*Symbol{}, outer: map[*arm.Template]*arm.Resource{}, language: arm.NewLanguage(t)}
	for _, t := range b.language.Templates {
		b.declarations(t)
	}
	for _, text := range b.language.Texts {
		b.text(text)
	}
	// A string may be read twice, as in a template of outer scope.
	x := b.index
	slices.SortStableFunc(x.Occurrences, func(a, b Occurrence) int {
		if a.At.Start != b.At.Start {
			return a.At.Start - b.At.Start
		}
		return a.At.End - b.At.End
	})
	x.Occurrences = slices.CompactFunc(x.Occurrences, func(a, b Occurrence) bool { return a.At == b.At && a.Symbol == b.Symbol })
	return x
}

// A key identifies a symbol.
type key struct {
	kind  Kind
	scope any
	name  string // lower case
}

type builder struct {
	index    *Index
	known    map[key]*Symbol
	language *arm.Language
	// outer are the deployments of inline templates of outer scope.
	outer map[*arm.Template]*arm.Resource
	// loops are the copy loops of properties and variables, with the text in
	// which their name holds.
	loops []innerLoop
	// resources are the names of resources that are literals.
	resources []*Symbol
	compared  int // computed names
}

type innerLoop struct {
	at     source.Range
	symbol *Symbol
}

func (b *builder) declare(kind Kind, t *arm.Template, scope any, name *jsonc.String) *Symbol {
	k := key{kind, scope, strings.ToLower(name.Value)}
	s := b.known[k]
	if s == nil {
		s = &Symbol{Kind: kind, Name: name.Value, Template: t, scope: scope}
		b.known[k] = s
		b.index.Symbols = append(b.index.Symbols, s)
	}
	b.add(Occurrence{Symbol: s, At: unquoted(name.At), Declares: true})
	return s
}

func (b *builder) add(o Occurrence) {
	if !o.At.IsZero() {
		b.index.Occurrences = append(b.index.Occurrences, o)
	}
}

func (b *builder) find(kind Kind, scope any, name string) *Symbol {
	return b.known[key{kind, scope, strings.ToLower(name)}]
}

// unquoted is a range without the quotes at its ends, whether they are those of
// JSON or, escaped or not, those of an expression. Other text is left whole: a
// name without quotes.
func unquoted(r source.Range) source.Range {
	text := r.Text()
	for _, quote := range [...]string{`\'`, `\"`, `"`, `'`} {
		if len(text) >= 2*len(quote) && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			return source.Range{File: r.File, Start: r.Start + len(quote), End: r.End - len(quote)}
		}
	}
	return r
}

// declarations finds what one template declares.
func (b *builder) declarations(t *arm.Template) {
	for _, m := range t.Node.Members {
		switch strings.ToLower(m.Key.Value) {
		case "parameters":
			for _, p := range members(m.Value) {
				s := b.declare(Parameter, t, t, p.Key)
				s.Parameter, _ = t.Parameters.Get(p.Key.Value)
			}
		case "variables":
			b.variables(t, m.Value)
		case "functions":
			b.functions(t, m.Value)
		case "definitions":
			for _, d := range members(m.Value) {
				b.declare(Definition, t, t, d.Key)
			}
		case "outputs":
			for _, o := range members(m.Value) {
				b.declare(Output, t, t, o.Key).Fixed = "readers of the deployment use this output by its name"
			}
		}
	}
	b.resourceDeclarations(t, t.Resources)
	b.references(t)
}

func members(n jsonc.Node) []*jsonc.Member {
	if o, ok := n.(*jsonc.Object); ok {
		return o.Members
	}
	return nil
}

func elements(n jsonc.Node) []jsonc.Node {
	if a, ok := n.(*jsonc.Array); ok {
		return a.Elements
	}
	return nil
}

// nameOf is the member "name" of an object, when it is plain text.
func nameOf(n jsonc.Node, member string) *jsonc.String {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return nil
	}
	m := o.Get(member)
	if m == nil {
		return nil
	}
	s, _ := m.Value.(*jsonc.String)
	if s == nil || s.Value == "" || strings.HasPrefix(s.Value, "[") {
		return nil
	}
	return s
}

func (b *builder) variables(t *arm.Template, section jsonc.Node) {
	for _, m := range members(section) {
		if !strings.EqualFold(m.Key.Value, "copy") {
			b.declare(Variable, t, t, m.Key)
			b.propertyLoops(t, m.Value)
			continue
		}
		for _, e := range elements(m.Value) {
			if name := nameOf(e, "name"); name != nil {
				b.addLoop(e.Range(), b.declare(Variable, t, t, name))
			}
			b.propertyLoops(t, e)
		}
	}
}

func (b *builder) addLoop(at source.Range, s *Symbol) {
	if len(b.loops) < mostLoops {
		b.loops = append(b.loops, innerLoop{at, s})
	} else if s.Fixed == "" {
		s.Fixed = "the template has too many copy loops to follow this one"
	}
}

// propertyLoops finds the loops in a value. Their names are those of the
// properties that they make.
func (b *builder) propertyLoops(t *arm.Template, n jsonc.Node) {
	jsonc.Walk(n, func(n jsonc.Node) bool {
		o, ok := n.(*jsonc.Object)
		if !ok {
			return true
		}
		m := o.Get("copy")
		if m == nil {
			return true
		}
		for _, e := range elements(m.Value) {
			if name := nameOf(e, "name"); name != nil {
				s := b.declare(PropertyLoop, t, o, name)
				s.Fixed = "the name of this copy loop is the name of the property that it makes"
				b.addLoop(e.Range(), s)
			}
		}
		return true
	})
}

func (b *builder) functions(t *arm.Template, section jsonc.Node) {
	for _, namespace := range elements(section) {
		o, ok := namespace.(*jsonc.Object)
		if !ok {
			continue
		}
		space, _ := o.Text("namespace")
		all := o.Get("members")
		if all == nil {
			continue
		}
		for _, m := range members(all.Value) {
			s := b.declare(Function, t, [2]any{t, strings.ToLower(space)}, m.Key)
			s.Detail = space
			f, ok := t.Functions.Get(space + "." + m.Key.Value)
			if !ok {
				continue
			}
			for _, p := range f.Parameters {
				if name := nameOf(p.Node, "name"); p.Node != nil && name != nil {
					b.declare(FunctionParameter, t, f, name).Detail = f.Name()
				}
			}
		}
	}
}

func (b *builder) resourceDeclarations(t *arm.Template, list []*arm.Resource) {
	for _, r := range list {
		if r.Symbol != nil {
			b.declare(SymbolicName, t, t, r.Symbol).Detail = r.Type
		}
		if r.Copy != nil {
			if name := nameOf(r.Copy.Node, "name"); name != nil {
				b.declare(Loop, t, t, name).Detail = r.Type
			}
		}
		b.resourceName(t, r)
		inner := r.InlineTemplate()
		if inner != nil && !r.Deployment().InnerScope {
			b.outer[inner] = r
		}
		for _, m := range r.Body {
			if inner == nil || !strings.EqualFold(m.Key.Value, "properties") {
				b.propertyLoops(t, m.Value)
			}
		}
		if inner != nil {
			b.passed(r, inner)
		}
		b.resourceDeclarations(t, r.Children)
	}
}

// passed are the parameters that a deployment passes to its inline template.
func (b *builder) passed(r *arm.Resource, inner *arm.Template) {
	for _, m := range members(r.Deployment().Parameters) {
		if _, ok := inner.Parameters.Get(m.Key.Value); ok {
			b.declare(Parameter, inner, inner, m.Key)
			b.index.Occurrences[len(b.index.Occurrences)-1].Declares = false
		}
	}
}

// The most names of resources that are looked for in every text, and the most
// loops that are looked for around every copyIndex.
const (
	mostNames = 500
	mostLoops = 1000
)

// resourceName declares the name of a resource that is a literal of one part.
func (b *builder) resourceName(t *arm.Template, r *arm.Resource) {
	name := nameOf(r.Node, "name")
	if name == nil || r.Parent != nil || r.Existing || r.Copy != nil || strings.Contains(name.Value, "/") || strings.Count(r.Type, "/") != 1 || len(b.resources) >= mostNames {
		return
	}
	again := b.find(Resource, resourceScope(t, r.Type), name.Value) != nil // under another condition
	s := b.declare(Resource, t, resourceScope(t, r.Type), name)
	s.Detail = r.Type
	if !again {
		b.resources = append(b.resources, s)
	}
}

func resourceScope(t *arm.Template, resourceType string) any {
	return [2]any{t, strings.ToLower(resourceType)}
}

// references are the mentions of definitions.
func (b *builder) references(t *arm.Template) {
	if t.Definitions.Len() == 0 {
		return
	}
	const prefix = "#/definitions/"
	jsonc.Walk(t.Node, func(n jsonc.Node) bool {
		o, ok := n.(*jsonc.Object)
		if !ok {
			return true
		}
		m := o.Get("$ref")
		if m == nil {
			return true
		}
		s, _ := m.Value.(*jsonc.String)
		if s == nil || !strings.HasPrefix(s.Value, prefix) {
			return true
		}
		name, _, _ := strings.Cut(s.Value[len(prefix):], "/") // what follows is a part of it
		if d := b.find(Definition, t, name); d != nil {
			b.add(Occurrence{Symbol: d, At: s.Map().Range(len(prefix), len(prefix)+len(name))})
		}
		return true
	})
}
