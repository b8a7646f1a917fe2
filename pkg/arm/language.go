package arm

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Language is what is written in a template and in the templates that it
// deploys: their texts, and which declarations those use. It is for one goroutine.
type Language struct {
	// Templates are the templates: the root, the inline ones, and those that
	// were linked from other files.
	Templates []*Template
	Texts     []*Text

	used   map[any]bool       // *Parameter, *Variable, *Function, *Type
	begins map[beginning]bool // what was marked already
	names  map[any][]string   // of a *Table, in lower case and sorted
	outer  map[*Template]bool
	// misspelled counts names that nobody declared. Each is compared with all
	// that are declared, so beyond mostMisspelled any of them may be meant.
	misspelled int
	secrets    map[secretQuestion]string // what was answered, see Secret
}

const mostMisspelled = 200

// NewLanguage reads the language of a root template and the linked ones.
func NewLanguage(root *Template, linked ...*Template) *Language {
	l := &Language{used: map[any]bool{}, begins: map[beginning]bool{}, names: map[any][]string{}, outer: map[*Template]bool{}}
	for _, t := range append([]*Template{root}, linked...) {
		l.addTemplates(t)
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

func (l *Language) addTemplates(t *Template) {
	l.Templates = append(l.Templates, t)
	var inside func([]*Resource)
	inside = func(list []*Resource) {
		for _, r := range list {
			if inner := r.InlineTemplate(); inner != nil {
				l.outer[inner] = !r.Deployment().InnerScope
				l.addTemplates(inner)
			}
			inside(r.Children)
		}
	}
	inside(t.Resources)
}

// Used reports whether some expression names the parameter, variable or
// function, or some type refers to the definition. One that could be meant by a
// name that is computed, or by one that is misspelled, counts as used.
func (l *Language) Used(declaration any) bool { return l.used[declaration] }

// Outer reports whether the expressions of an inline template mean what the
// template around it declares, and not what it declares itself.
func (l *Language) Outer(t *Template) bool { return l.outer[t] }

// use marks what the expression of a text names. An inline template of outer
// scope may mean its own declarations too: they are marked in both.
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
	name, exact := NamePrefix(c.Args[0])
	switch strings.ToLower(c.Name) {
	case "parameters":
		if text.Function == nil {
			mark(l, &text.Names.Parameters, name, exact)
			mark(l, &text.Template.Parameters, name, exact)
		}
	case "variables":
		mark(l, &text.Names.Variables, name, exact)
		mark(l, &text.Template.Variables, name, exact)
	}
}

func mark[T any](l *Language, table *Table[T], name string, exact bool) {
	if exact {
		v, ok := table.Get(name)
		if !ok { // a misspelled name, which is reported where it stands
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
	begins := beginning{table, strings.ToLower(name)}
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

// A beginning is what a computed name certainly begins with, in lower case, and
// the *Table that it is looked up in.
type beginning struct {
	table any
	with  string
}

// NamePrefix is what is known of a name that an expression computes: the whole
// name (exact), or the text that it certainly begins with.
func NamePrefix(n expr.Node) (prefix string, exact bool) {
	switch n := n.(type) {
	case *expr.String:
		return n.Value, true
	case *expr.Call:
		if strings.EqualFold(n.Name, "concat") && n.Namespace == "" && len(n.Args) > 0 {
			prefix, exact = NamePrefix(n.Args[0])
			return prefix, exact && len(n.Args) == 1
		}
	}
	return "", false
}

// useDefinitions marks the definitions that a $ref of the template leads to.
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
