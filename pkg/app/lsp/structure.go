package lsp

import (
	"context"
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type documentLink struct {
	Range   textRange `json:"range"`
	Target  string    `json:"target"`
	Tooltip string    `json:"tooltip,omitempty"`
}

// documentLinks returns the schema, the linked templates of the workspace, and the
// reference pages of the resource types.
func (s *server) documentLinks(_ context.Context, p openParams) (any, error) {
	all := []documentLink{}
	c, ok := s.at(positionParams{TextDocument: p.TextDocument})
	if !ok {
		return all, nil
	}
	if root, ok := c.tree.Root.(*jsonc.Object); ok {
		if m := root.Get("$schema"); m != nil {
			if n, ok := m.Value.(*jsonc.String); ok && strings.HasPrefix(strings.ToLower(n.Value), "https://") && !strings.ContainsAny(n.Value, " \t\r\n") {
				all = append(all, documentLink{rangeOf(keyText(n)), n.Value, "Open the schema"})
			}
		}
	}
	t := c.template()
	if t == nil {
		if target := s.templateOf(c.name); target != "" && arm.IsParameterFile(c.tree) {
			if m := c.tree.Root.(*jsonc.Object).Get("parameters"); m != nil {
				all = append(all, documentLink{rangeOf(keyText(m.Key)), s.files.uriOf(target), "Open the template"})
			}
		}
		return all, nil
	}
	for _, l := range s.links(c.name, t) {
		if !l.at.IsZero() && l.target != "" && s.read(l.target) != nil {
			all = append(all, documentLink{rangeOf(l.at), s.files.uriOf(l.target), "Open the linked template"})
		}
	}
	for _, t := range arm.Templates(t) {
		all = appendTypeLinks(all, t.Resources)
	}
	return all, nil
}

// appendTypeLinks adds the reference pages
// (https://learn.microsoft.com/azure/templates/).
func appendTypeLinks(all []documentLink, list []*arm.Resource) []documentLink {
	for _, r := range list {
		if len(all) >= mostSymbols {
			break
		}
		if n := r.TypeNode; n != nil && azureType(n.Value) && r.Parent == nil {
			all = append(all, documentLink{rangeOf(keyText(n)), "https://learn.microsoft.com/azure/templates/" + strings.ToLower(n.Value), "Open the reference of this resource type"})
		}
		all = appendTypeLinks(all, r.Children)
	}
	return all
}

func azureType(name string) bool {
	provider, rest, ok := strings.Cut(name, "/")
	return ok && rest != "" && strings.EqualFold(strings.SplitN(provider, ".", 2)[0], "microsoft") &&
		strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789./") == ""
}

type foldingRange struct {
	StartLine int    `json:"startLine"`
	EndLine   int    `json:"endLine"`
	Kind      string `json:"kind,omitempty"`
}

// mostRanges bounds the ranges of one answer.
const mostRanges = 5000

// foldingRanges returns the objects, arrays and comments of several lines. The line
// of the closing bracket stays visible.
func (s *server) foldingRanges(_ context.Context, p openParams) (any, error) {
	all := []foldingRange{}
	c, ok := s.at(positionParams{TextDocument: p.TextDocument})
	if !ok {
		return all, nil
	}
	add := func(r source.Range, less int, kind string) {
		lines := rangeOf(r)
		if end := lines.End.Line - less; end > lines.Start.Line && len(all) < mostRanges {
			all = append(all, foldingRange{lines.Start.Line, end, kind})
		}
	}
	jsonc.Walk(c.tree.Root, func(n jsonc.Node) bool {
		switch n.(type) {
		case *jsonc.Object, *jsonc.Array:
			add(n.Range(), 1, "")
		}
		return len(all) < mostRanges
	})
	for _, comment := range c.tree.Comments {
		add(comment.At, 0, "comment")
	}
	return all, nil
}

type selectionParams struct {
	TextDocument document   `json:"textDocument"`
	Positions    []position `json:"positions"`
}

type selectionRange struct {
	Range  textRange       `json:"range"`
	Parent *selectionRange `json:"parent,omitempty"`
}

// selectionRanges returns what an editor selects step by step around each position:
// parts of an expression, the string, the member, the object, and so on.
func (s *server) selectionRanges(_ context.Context, p selectionParams) (any, error) {
	all := []selectionRange{}
	const most = 100 // positions: those of several cursors
	for _, at := range p.Positions[:min(len(p.Positions), most)] {
		c, ok := s.at(positionParams{p.TextDocument, at})
		if !ok {
			return all, nil
		}
		var chain *selectionRange
		for _, r := range c.around() {
			chain = &selectionRange{rangeOf(r), chain}
		}
		if chain == nil {
			chain = &selectionRange{Range: textRange{at, at}}
		}
		all = append(all, *chain)
	}
	return all, nil
}

// around returns the ranges that hold the cursor, each within the one before.
func (c cursor) around() []source.Range {
	all := []source.Range{c.tree.File.Range(0, c.tree.File.Len())}
	add := func(r source.Range) bool {
		last := all[len(all)-1]
		if r.IsZero() || r.Start > c.offset || c.offset > r.End {
			return false
		}
		if last.Contains(r) && last != r {
			all = append(all, r)
		}
		return true
	}
	jsonc.Walk(c.tree.Root, func(n jsonc.Node) bool {
		if !add(n.Range()) {
			return false
		}
		if o, ok := n.(*jsonc.Object); ok {
			for _, m := range o.Members {
				if add(m.Range()) && add(m.Key.At) {
					add(keyText(m.Key))
				}
			}
		}
		return true
	})
	n, ok := c.text()
	if !ok {
		return all
	}
	add(keyText(n))
	if expr.IsExpression(n.Value) {
		root, _ := expr.Parse(n.Value, n.Map())
		expr.Walk(root, func(e expr.Node) bool { return add(e.Range()) })
	}
	return all
}

type symbolParams struct {
	Query string `json:"query"`
}

type workspaceSymbol struct {
	Name          string   `json:"name"`
	Kind          int      `json:"kind"`
	Location      location `json:"location"`
	ContainerName string   `json:"containerName,omitempty"`
}

// The most files, bytes and answers of a search of the workspace.
const (
	mostSearched      = 500
	mostSearchedBytes = 64 << 20
	mostFound         = 200
)

// symbolKinds are the kinds of the protocol by those of symbols.
var symbolKinds = map[symbols.Kind]int{
	symbols.Parameter: symbolVariable, symbols.Variable: symbolVariable, symbols.Function: 12, symbols.Loop: symbolVariable,
	symbols.SymbolicName: symbolObject, symbols.Resource: symbolObject, symbols.Definition: 5, symbols.Output: symbolProperty,
}

// workspaceSymbols returns the names that the templates of the workspace declare, as
// far as they hold the letters of the query in their order.
func (s *server) workspaceSymbols(ctx context.Context, p symbolParams) (any, error) {
	all := []workspaceSymbol{}
	bytes := 0
	for i, name := range s.searched() {
		if ctx.Err() != nil || i >= mostSearched || bytes > mostSearchedBytes || len(all) >= mostFound {
			break
		}
		tree := s.read(name)
		if tree == nil {
			continue
		}
		bytes += tree.File.Len()
		if !arm.IsTemplate(tree) {
			continue
		}
		x := symbols.Of(arm.ParseTemplate(tree))
		seen := map[*symbols.Symbol]bool{}
		for _, o := range x.Occurrences {
			kind, shown := symbolKinds[o.Symbol.Kind]
			if !shown || !o.Declares || seen[o.Symbol] || !holdsLetters(o.Symbol.Name, p.Query) || len(all) >= mostFound {
				continue
			}
			seen[o.Symbol] = true
			all = append(all, workspaceSymbol{orUnnamed(o.Symbol.Name), kind, s.location(o.At), string(o.Symbol.Kind) + " of " + path.Base(name)})
		}
	}
	return all, nil
}

// searched returns the open documents, then the JSON files of the workspace.
func (s *server) searched() []string {
	all := s.files.paths()
	seen := map[string]bool{}
	for _, name := range all {
		seen[name] = true
	}
	if len(s.folders) == 0 {
		return all
	}
	found, _ := engine.Discover(s.files, s.folders)
	for _, f := range found {
		if name := clean(f.Path); f.Err == nil && !seen[name] {
			seen[name] = true
			all = append(all, name)
		}
	}
	return all
}

// holdsLetters reports whether a name has the letters of a query in their order.
func holdsLetters(name, query string) bool {
	name = strings.ToLower(name)
	for _, letter := range strings.ToLower(query) {
		i := strings.IndexRune(name, letter)
		if i < 0 {
			return false
		}
		name = name[i+len(string(letter)):]
	}
	return true
}
