package expr

// Walk calls visit for n and everything below it, parents before children and
// in source order. If visit returns false, the children are skipped.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	switch n := n.(type) {
	case *Call:
		for _, a := range n.Args {
			Walk(a, visit)
		}
	case *Property:
		Walk(n.Target, visit)
	case *Index:
		Walk(n.Target, visit)
		Walk(n.Key, visit)
	}
}
