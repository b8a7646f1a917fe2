package expr

import "strings"

// Print returns n in the standard layout: without the outer brackets, one space
// after each comma. Parsing it again gives the same tree. An [Invalid] node
// prints as nothing.
func Print(n Node) string { return PrintWith(n, nil) }

// PrintWith is [Print] with some calls replaced: replace returns the text for a
// call, or false to print the call itself.
func PrintWith(n Node, replace func(*Call) (string, bool)) string {
	switch n := n.(type) { // no builder for the two that need none
	case *String:
		return Quote(n.Value)
	case *Int:
		return n.Text
	}
	p := printer{replace: replace}
	p.write(n)
	return p.String()
}

// Quote returns s as a string literal of the expression language.
func Quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

type printer struct {
	strings.Builder
	replace func(*Call) (string, bool)
}

func (p *printer) write(n Node) {
	switch n := n.(type) {
	case *String:
		p.WriteString(Quote(n.Value))
	case *Int:
		p.WriteString(n.Text)
	case *Call:
		p.call(n)
	case *Property:
		p.write(n.Target)
		p.WriteString(Selector(n.Name))
	case *Index:
		p.write(n.Target)
		p.WriteByte('[')
		p.write(n.Key)
		p.WriteByte(']')
	}
}

func (p *printer) call(c *Call) {
	if p.replace != nil {
		if s, ok := p.replace(c); ok {
			p.WriteString(s)
			return
		}
	}
	p.WriteString(c.FullName())
	p.WriteByte('(')
	for i, a := range c.Args {
		if i > 0 {
			p.WriteString(", ")
		}
		p.write(a)
	}
	p.WriteByte(')')
}

// Selector returns the text that follows an expression to access a property:
// .name, or ['a b'] for a name that cannot be written after a dot.
func Selector(name string) string {
	if isName(name) {
		return "." + name
	}
	return "[" + Quote(name) + "]"
}
