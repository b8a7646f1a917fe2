package expr

import "strings"

// Print writes n as the engine spells expressions: without the outer brackets,
// one space after each comma. Reading it again gives the same tree. An
// [Invalid] node prints as nothing.
func Print(n Node) string {
	switch n := n.(type) { // without a builder for the two that need none
	case *String:
		return Quote(n.Value)
	case *Int:
		return n.Text
	}
	var b strings.Builder
	write(&b, n)
	return b.String()
}

// Quote is s as a string literal of the expression language.
func Quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func write(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *String:
		b.WriteString(Quote(n.Value))
	case *Int:
		b.WriteString(n.Text)
	case *Call:
		writeCall(b, n)
	case *Property:
		write(b, n.Target)
		b.WriteString(Selector(n.Name))
	case *Index:
		write(b, n.Target)
		b.WriteByte('[')
		write(b, n.Key)
		b.WriteByte(']')
	}
}

func writeCall(b *strings.Builder, c *Call) {
	if c.Namespace != "" {
		b.WriteString(c.Namespace)
		b.WriteByte('.')
	}
	b.WriteString(c.Name)
	b.WriteByte('(')
	for i, a := range c.Args {
		if i > 0 {
			b.WriteString(", ")
		}
		write(b, a)
	}
	b.WriteByte(')')
}

// Selector is what follows an expression to get its property: .name, or
// ['a b'] for a name that cannot be written after a dot.
func Selector(name string) string {
	if isName(name) {
		return "." + name
	}
	return "[" + Quote(name) + "]"
}
