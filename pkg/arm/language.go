package arm

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Language lists the texts of a template and of the templates that it
// deploys, and the declarations that they use. It is not safe for concurrent
// use.
type Language struct {
	// Templates are the templates: the root, the inline ones, and those that
	// were linked from other files.
	Templates []*Template
	Texts     []*Text

	used   map[any]bool       // *Parameter, *Variable, *Function, *Type
	begins map[beginning]bool // prefixes that were marked already
	names  map[any][]string   // names of a *Table, in lower case and sorted
	outer  map[*Template]bool
	// misspelled counts undeclared names. Each is compared with all declared
	// names, so above mostMisspelled every declaration counts as used.
	misspelled int
	secrets    map[secretQuestion]string // cached results of Secret
}

const mostMisspelled = 200

// NewLanguage returns the language of a root template and its linked templates.
func NewLanguage(root *Template, linked ...*Template) *Language {
	l := &Language{used: map[any]bool{}, begins: map[beginning]bool{}, names: map[any][]string{}, outer: map[*Template]bool{}}
	for _, t := range append([]*Template{root}, linked...) {
		l.Templates = appendTemplates(l.Templates, t, l.outer)
		l.Texts = append(l.Texts, t.Texts()...)
	}
	for _, text := range l.Texts {
		l.use(text)
	}
	for _, t := range l.Templates {
		l.useDefinitions(t)
	}
	return l
}

// Templates returns a template and the inline templates of its nested
// deployments.
func Templates(root *Template) []*Template {
	return appendTemplates(nil, root, map[*Template]bool{})
}

// appendTemplates also notes which templates are of outer scope.
func appendTemplates(all []*Template, t *Template, outer map[*Template]bool) []*Template {
	all = append(all, t)
	var inside func([]*Resource)
	inside = func(list []*Resource) {
		for _, r := range list {
			if inner := r.InlineTemplate(); inner != nil {
				outer[inner] = !r.Deployment().InnerScope
				all = appendTemplates(all, inner, outer)
			}
			inside(r.Children)
		}
	}
	inside(t.Resources)
	return all
}

// Used reports whether an expression names the parameter, variable or function,
// or a type refers to the definition. A declaration that a computed or
// misspelled name may refer to counts as used.
func (l *Language) Used(declaration any) bool { return l.used[declaration] }

// Outer reports whether the expressions of an inline template refer to the
// declarations of the template around it instead of its own.
func (l *Language) Outer(t *Template) bool { return l.outer[t] }

// use marks the declarations that the expression of a text names. An inline
// template of outer scope may also refer to its own declarations: they are
// marked in both.
func (l *Language) use(text *Text) {
	if text.Expression == nil {
		return
	}
	expr.Walk(text.Expression.Node, func(n expr.Node) bool {
		if c, ok := n.(*expr.Call); ok {
			l.useCall(c, text)
		}
		return true
	})
}

func (l *Language) useCall(c *expr.Call, text *Text) {
	if c.Namespace != "" {
		for _, t := range [...]*Template{text.Names, text.Template} {
			if f, ok := t.Functions.Get(c.FullName()); ok {
				l.used[f] = true
			}
		}
		return
	}
	if len(c.Args) == 0 {
		return
	}
	both := text.Names != text.Template
	switch {
	case fold.Equal(c.Name, "parameters"):
		if text.Function != nil {
			return
		}
		name, exact := NamePrefix(c.Args[0])
		mark(l, &text.Names.Parameters, name, exact)
		if both {
			mark(l, &text.Template.Parameters, name, exact)
		}
	case fold.Equal(c.Name, "variables"):
		name, exact := NamePrefix(c.Args[0])
		mark(l, &text.Names.Variables, name, exact)
		if both {
			mark(l, &text.Template.Variables, name, exact)
		}
	}
}

func mark[T any](l *Language, table *Table[T], name string, exact bool) {
	if exact {
		v, ok := table.Get(name)
		if !ok { // a misspelled name, which is reported elsewhere
			if l.misspelled++; l.misspelled > mostMisspelled {
				mark(l, table, "", false)
				return
			}
			v, ok = table.Get(table.Nearest(name))
		}
		if ok {
			l.used[v] = true
		}
		return
	}
	begins := beginning{table, fold.Lower(name)}
	if l.begins[begins] {
		return
	}
	l.begins[begins] = true
	names, ok := l.names[table]
	if !ok {
		names = table.lowerNames()
		l.names[table] = names
	}
	from, _ := slices.BinarySearch(names, begins.with)
	for _, n := range names[from:] {
		if !strings.HasPrefix(n, begins.with) {
			break
		}
		v, _ := table.Get(n)
		l.used[v] = true
	}
}

// A beginning is the known prefix of a computed name, in lower case, and the
// *Table in which the name is looked up.
type beginning struct {
	table any
	with  string
}

// NamePrefix returns what is known of the name that an expression computes: the
// whole name (exact), or its known prefix.
func NamePrefix(n expr.Node) (prefix string, exact bool) {
	switch n := n.(type) {
	case *expr.String:
		return n.Value, true
	case *expr.Call:
		if fold.Equal(n.Name, "concat") && n.Namespace == "" && len(n.Args) > 0 {
			prefix, exact = NamePrefix(n.Args[0])
			return prefix, exact && len(n.Args) == 1
		}
	}
	return "", false
}

// useDefinitions marks the definitions that a $ref in the template refers to.
func (l *Language) useDefinitions(t *Template) {
	if t.Definitions.Len() == 0 {
		return
	}
	jsonc.Walk(t.Node, func(n jsonc.Node) bool {
		if o, ok := n.(*jsonc.Object); ok {
			if ref, ok := o.Text("$ref"); ok {
				if d, ok := t.Definitions.Get(strings.TrimPrefix(ref, definitionPrefix)); ok {
					l.used[d] = true
				}
			}
		}
		return true
	})
}
