package vmss

import (
	"strconv"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// symbols converts unknown text to text with symbols for its unknown parts:
// concat(parameters('name'), 'lb') becomes "{name}lb". Equal symbols have equal
// values, so two ids with the same symbols refer to the same resource, whatever
// the parameters are. The zero value has no scope.
type symbols struct {
	off   bool
	scope string // of resourceId() without a resource group: /subscriptions/S/resourceGroups/G
	read  *residuals
}

// residuals caches the texts with symbols of expressions: many references name
// the same few resources.
type residuals struct {
	mu     sync.Mutex
	texts  map[string]residual
	parser expr.Parser
}

type residual struct {
	text string
	ok   bool
}

func (r *residuals) get(expression string, read func() (string, bool)) (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, found := r.texts[expression]
	if !found {
		known.text, known.ok = read()
		if r.texts == nil {
			r.texts = map[string]residual{}
		}
		r.texts[expression] = known
	}
	return known.text, known.ok
}

// newSymbols checks all resources: in nested deployments the same expression
// may have another value, and in several scopes resourceId() may return another
// id.
func newSymbols(resources []*expand.Resource) symbols {
	for _, r := range resources {
		if r.SubscriptionID != resources[0].SubscriptionID || r.ResourceGroup != resources[0].ResourceGroup || len(r.Nested) > 0 {
			return symbols{off: true}
		}
	}
	s := symbols{read: new(residuals)}
	if len(resources) > 0 {
		s.scope = "/subscriptions/" + resources[0].SubscriptionID + "/resourceGroups/" + resources[0].ResourceGroup
	}
	return s
}

// text returns the value as text with symbols; ok is false if it is not text,
// or may have another value in each place.
func (s symbols) text(v value.Value) (text string, ok bool) {
	switch v := v.(type) {
	case value.String:
		return plain(string(v))
	case value.Unknown:
		if s.off || v.Secret || v.Residual == "" {
			return "", false
		}
		if s.read == nil {
			return s.residual(v.Residual)
		}
		return s.read.get(v.Residual, func() (string, bool) { return s.residual(v.Residual) })
	}
	return "", false
}

func (s symbols) residual(expression string) (string, bool) {
	parser := new(expr.Parser)
	if s.read != nil { // locked
		parser = &s.read.parser
		defer parser.Reset()
	}
	tree, problems := parser.Parse("["+expression+"]", source.Map{})
	if len(problems) > 0 {
		return "", false
	}
	return s.node(tree)
}

// blobService returns the id in reference(id).primaryEndpoints.blob.
func (s symbols) blobService(expression string) (id string, ok bool) {
	if n := len(expression) - len(".blob"); n < 0 || !strings.EqualFold(expression[n:], ".blob") {
		return "", false
	}
	tree, problems := expr.Parse("["+expression+"]", source.Map{})
	if len(problems) > 0 {
		return "", false
	}
	for _, name := range [...]string{"blob", "primaryEndpoints"} {
		p, ok := tree.(*expr.Property)
		if !ok || !strings.EqualFold(p.Name, name) {
			return "", false
		}
		tree = p.Target
	}
	if call, ok := tree.(*expr.Call); ok && strings.EqualFold(call.FullName(), "reference") && len(call.Args) > 0 {
		return s.node(call.Args[0])
	}
	return "", false
}

// plain returns text without symbols; ok is false if it contains one.
func plain(text string) (string, bool) { return text, !strings.ContainsAny(text, "{}") }

func (s symbols) node(n expr.Node) (string, bool) {
	switch n := n.(type) {
	case *expr.String:
		return plain(n.Value)
	case *expr.Int:
		return n.Text, true
	case *expr.Call:
		switch fold.Lower(n.FullName()) {
		case "concat":
			return s.join(n.Args)
		case "format":
			return s.format(n.Args)
		case "resourceid":
			return s.resourceID(n.Args)
		}
	}
	return symbol(n)
}

// symbol returns a placeholder for the value of an expression; ok is false if
// the expression has another value each time.
func symbol(n expr.Node) (string, bool) {
	if call, ok := n.(*expr.Call); ok && fold.Equal(call.FullName(), "parameters") && len(call.Args) == 1 {
		if name, ok := call.Args[0].(*expr.String); ok {
			return "{" + fold.Lower(name.Value) + "}", true
		}
	}
	text := fold.Lower(expr.Print(n))
	for _, name := range [...]string{"newguid(", "utcnow(", "copyindex("} {
		if strings.Contains(text, name) {
			return "", false
		}
	}
	return "{" + inSymbol.Replace(text) + "}", true
}

// inSymbol replaces what separates names and symbols.
var inSymbol = strings.NewReplacer("/", "|", "{", "[", "}", "]")

func (s symbols) join(args []expr.Node) (string, bool) {
	var b strings.Builder
	for _, a := range args {
		text, ok := s.node(a)
		if !ok {
			return "", false
		}
		b.WriteString(text)
	}
	return b.String(), true
}

// format evaluates format strings with plain placeholders: {0}.
func (s symbols) format(args []expr.Node) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	pattern, ok := args[0].(*expr.String)
	if !ok {
		return "", false
	}
	var b strings.Builder
	for rest := pattern.Value; ; {
		before, hole, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			return b.String(), !strings.Contains(before, "}")
		}
		number, after, closed := strings.Cut(hole, "}")
		i, err := strconv.Atoi(number)
		if !closed || err != nil || i < 0 || i+1 >= len(args) || strings.Contains(before, "}") {
			return "", false
		}
		text, ok := s.node(args[i+1])
		if !ok {
			return "", false
		}
		b.WriteString(text)
		rest = after
	}
}

// resourceID evaluates resourceId([subscription], [group], type, name...).
func (s symbols) resourceID(args []expr.Node) (string, bool) {
	var texts []string
	at := -1 // index of the type
	for i, a := range args {
		text, ok := s.node(a)
		if !ok {
			return "", false
		}
		if _, literal := a.(*expr.String); at < 0 && literal && strings.Contains(text, "/") {
			at = i
		}
		texts = append(texts, text)
	}
	if at < 0 || at > 2 {
		return "", false
	}
	scope := s.scope
	switch at {
	case 1:
		subscription, _, _ := strings.Cut(s.scope, "/resourceGroups/")
		scope = subscription + "/resourceGroups/" + texts[0]
	case 2:
		scope = "/subscriptions/" + texts[0] + "/resourceGroups/" + texts[1]
	}
	return joinID(scope, texts[at], texts[at+1:])
}

// joinID returns the id of a resource with the type and the names.
func joinID(scope, typ string, names []string) (string, bool) {
	if strings.Count(typ, "/") != len(names) {
		return "", false
	}
	first, types, _ := strings.Cut(typ, "/")
	var room [256]byte
	id := append(append(append(room[:0], scope...), "/providers/"...), first...)
	for _, name := range names {
		var kind string
		kind, types, _ = strings.Cut(types, "/")
		id = append(append(id, '/'), kind...)
		id = append(append(id, '/'), name...)
	}
	return string(id), true
}

// id returns the id of a resource, with symbols if it is unknown.
func (s symbols) id(r *expand.Resource) (id string, known bool) {
	if r.ID != "" && !strings.HasPrefix(r.ID, "[") {
		return r.ID, true
	}
	if name := r.Body.Get("name"); name != nil && !s.off && !r.Repeated {
		if text, ok := s.text(name.Value); ok {
			id, _ = joinID("/subscriptions/"+r.SubscriptionID+"/resourceGroups/"+r.ResourceGroup, r.Type, strings.Split(text, "/"))
		}
	}
	return id, false
}

// differ reports whether two texts are certainly different, whatever the values
// of the symbols in them: the rest between a common beginning and a common end
// contains no symbol, nor a part of one.
func differ(a, b string) bool {
	a, b = fold.Lower(a), fold.Lower(b)
	if a == b {
		return false
	}
	first, last := 0, 0
	for first < min(len(a), len(b)) && a[first] == b[first] {
		first++
	}
	for last < min(len(a), len(b))-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	inside := strings.LastIndexByte(a[:first], '{') > strings.LastIndexByte(a[:first], '}')
	return !inside && !strings.ContainsAny(a[first:len(a)-last], "{}") && !strings.ContainsAny(b[first:len(b)-last], "{}")
}
