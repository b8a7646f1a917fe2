package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// Secret returns the secret that is part of the value of a text, such as
// "parameter 'adminPassword'" or "listKeys()"; "" if there is none. It follows
// variables, and in them only the member that is accessed. A secure object is
// secret as a whole, and its members are secret if their names say so.
func (l *Language) Secret(text *Text) string {
	if text.Expression == nil {
		return ""
	}
	if l.secrets == nil {
		l.secrets = map[secretQuestion]string{}
	}
	s := secrecy{known: l.secrets, names: text.Names, inFunction: text.Function != nil}
	return s.in(text.Expression.Node, nil)
}

// A secretQuestion is the question whether a part of a value in the template is secret.
type secretQuestion struct {
	node jsonc.Node
	path string
}

// secrecy finds secrets in the expressions of one scope.
type secrecy struct {
	known      map[secretQuestion]string
	names      *Template
	inFunction bool // parameters() means those of a user function
}

// in returns the secret in the part of an expression that path leads to. A ""
// in path is an unknown index.
func (s secrecy) in(n expr.Node, path []string) string {
	switch n := n.(type) {
	case *expr.Property:
		return s.in(n.Target, append([]string{n.Name}, path...))
	case *expr.Index:
		name, _ := NamePrefix(n.Key)
		return s.in(n.Target, append([]string{name}, path...))
	case *expr.Call:
		return s.call(n, path)
	}
	return ""
}

func (s secrecy) call(c *expr.Call, path []string) string {
	name := strings.ToLower(c.Name)
	args := c.Args
	if c.Namespace == "" {
		switch {
		case HidesArguments(name):
			return ""
		case name == "parameters":
			return s.parameter(c, path)
		case name == "variables":
			return s.variable(c, path)
		case strings.HasPrefix(name, "list") && len(args) > 0:
			return c.Name + "()"
		case name == "if" && len(args) == 3:
			args = args[1:] // the condition does not reveal a secret
		case name == "coalesce":
		case name == "tryget" && len(args) > 1:
			return s.in(args[0], append(namesOf(args[1:]), path...))
		default:
			path = nil
		}
	}
	for _, a := range args {
		if why := s.in(a, path); why != "" {
			return why
		}
	}
	return ""
}

// namesOf returns the names that arguments spell out, with "" for a computed
// one.
func namesOf(args []expr.Node) []string {
	names := make([]string, len(args))
	for i, a := range args {
		names[i], _ = NamePrefix(a)
	}
	return names
}

func (s secrecy) parameter(c *expr.Call, path []string) string {
	if len(c.Args) != 1 || s.inFunction {
		return ""
	}
	name, exact := NamePrefix(c.Args[0])
	p, ok := s.names.Parameters.Get(name)
	if !exact || !ok || !p.Secure() {
		return ""
	}
	if len(path) > 0 && !NamesSecret(path[len(path)-1]) {
		return ""
	}
	return "parameter '" + p.Name() + "'"
}

func (s secrecy) variable(c *expr.Call, path []string) string {
	if len(c.Args) != 1 || s.inFunction {
		return ""
	}
	name, exact := NamePrefix(c.Args[0])
	v, ok := s.names.Variables.Get(name)
	switch {
	case !exact || !ok:
		return ""
	case v.Loop == nil:
		return s.value(v.Value, path)
	case len(path) > 0:
		path = path[1:]
	}
	return s.value(v.Loop.Input, path)
}

// value returns the secret in the part of a value in the template that path
// leads to. It returns "" for a value that it is already evaluating.
func (s secrecy) value(n jsonc.Node, path []string) string {
	if n == nil {
		return ""
	}
	question := secretQuestion{n, strings.Join(path, "\x00")}
	if why, ok := s.known[question]; ok {
		return why
	}
	s.known[question] = ""
	why := s.judge(n, path)
	s.known[question] = why
	return why
}

func (s secrecy) judge(n jsonc.Node, path []string) string {
	switch n := n.(type) {
	case *jsonc.String:
		if e := s.names.Expression(n); e != nil {
			return s.in(e.Node, path)
		}
	case *jsonc.Array:
		if len(path) > 0 {
			path = path[1:]
		}
		for _, e := range n.Elements {
			if why := s.value(e, path); why != "" {
				return why
			}
		}
	case *jsonc.Object:
		if len(path) > 0 && path[0] != "" {
			if m := n.Get(path[0]); m != nil {
				return s.value(m.Value, path[1:])
			}
			return ""
		}
		for _, m := range n.Members {
			if why := s.value(m.Value, path[min(1, len(path)):]); why != "" {
				return why
			}
		}
	}
	return ""
}

// HidesArguments reports whether the result of a function, by its lower-case
// name, does not reveal its arguments.
func HidesArguments(name string) bool {
	switch name {
	case "empty", "length", "equals", "contains", "startswith", "endswith", "not", "and", "or", "greater", "greaterorequals", "less", "lessorequals",
		"uniquestring", "guid", "resourceid", "subscriptionresourceid", "tenantresourceid", "extensionresourceid", "indexof", "lastindexof", "reference":
		return true
	}
	return false
}
