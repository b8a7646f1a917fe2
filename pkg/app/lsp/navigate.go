package lsp

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A symbolRef is a symbol with the file that declares it.
type symbolRef struct {
	path   string // of the template
	index  *symbols.Index
	symbol *symbols.Symbol
	at     source.Range // the name at the cursor
}

// A mention is one place that names a symbol, in any file.
type mention struct {
	at       source.Range
	declares bool
}

// symbolAt finds the symbol that is named at a position: in a template, in a
// parameter file, or among the parameters of a linked template.
func (s *server) symbolAt(p positionParams) (symbolRef, bool) {
	c, ok := s.at(p)
	if !ok {
		return symbolRef{}, false
	}
	t := c.template()
	if t == nil {
		return s.inParameterFile(c)
	}
	x := c.symbols()
	if o, ok := x.At(c.offset); ok {
		return symbolRef{c.name, x, o.Symbol, o.At}, true
	}
	for _, l := range s.links(c.name, t) {
		for _, m := range objectOf(l.parameters) {
			if at := keyText(m.Key); at.Start <= c.offset && c.offset <= at.End {
				return s.parameterOf(l.target, m.Key.Value, at)
			}
		}
	}
	return symbolRef{}, false
}

func (s *server) inParameterFile(c cursor) (symbolRef, bool) {
	key, ok := c.text()
	if !ok || !arm.IsParameterFile(c.tree) {
		return symbolRef{}, false
	}
	v, ok := arm.ParseParameters(c.tree).Values.Get(key.Value)
	if !ok || v.Key != key {
		return symbolRef{}, false
	}
	return s.parameterOf(s.templateOf(c.name), key.Value, keyText(key))
}

// templateOf returns the path of the template of a parameter file; "" when there is none.
func (s *server) templateOf(parameterFile string) string {
	for _, name := range engine.TemplatesOf(parameterFile) {
		if tree := s.read(name); tree != nil && arm.IsTemplate(tree) {
			return name
		}
	}
	return ""
}

func (s *server) parameterOf(template, name string, at source.Range) (symbolRef, bool) {
	tree := s.read(template)
	if tree == nil || !arm.IsTemplate(tree) {
		return symbolRef{}, false
	}
	t := arm.ParseTemplate(tree)
	x := symbols.Of(t)
	found := x.Parameter(t, name)
	return symbolRef{clean(template), x, found, at}, found != nil
}

// largestRead is the size in bytes above which a file that is not open is not
// read for a request: Azure accepts templates of 4 MB.
const largestRead = 4 << 20

// read parses a file as the editor shows it; nil when it cannot be read or a
// link leads out of its folder.
func (s *server) read(name string) *jsonc.Tree {
	if name == "" {
		return nil
	}
	if d, ok := s.files.document(name); ok {
		return jsonc.Parse(source.NewFile(clean(name), []byte(d.text)))
	}
	root, rel, ok := s.root(name)
	if !ok {
		return nil
	}
	folder := s.files.Below(root)
	if info, err := fs.Stat(folder, rel); err != nil || !info.Mode().IsRegular() || info.Size() > largestRead {
		return nil
	}
	text, err := fs.ReadFile(folder, rel)
	if err != nil {
		return nil
	}
	return jsonc.Parse(source.NewFile(clean(name), text))
}

func objectOf(n jsonc.Node) []*jsonc.Member {
	if o, ok := n.(*jsonc.Object); ok {
		return o.Members
	}
	return nil
}

// keyText returns a key without its quotes.
func keyText(key *jsonc.String) source.Range {
	r := key.At
	if text := r.Text(); len(text) >= 2 && strings.ContainsAny(text[:1], `"'`) {
		r.Start, r.End = r.Start+1, r.End-1
	}
	return r
}

// A link is a nested deployment whose template is another file.
type link struct {
	resource   *arm.Resource
	at         source.Range // of the path
	target     string
	parameters jsonc.Node
}

// links returns the linked templates of a template: those with a relative path, and
// those that the last check has found.
func (s *server) links(name string, t *arm.Template) (all []link) {
	expanded := map[string]string{} // by pointer of the resource
	if c := s.last(name); c.template != nil {
		for _, run := range c.template.Runs {
			for _, n := range run.Deployment.Nested {
				if n.Template != nil && n.Declared != nil && clean(n.Template.File.Path()) != name {
					expanded[n.Declared.Pointer] = clean(n.Template.File.Path())
				}
			}
		}
	}
	for _, t := range arm.Templates(t) {
		for _, r := range t.Resources {
			d := r.Deployment()
			if d == nil || d.Link == nil {
				continue
			}
			written := d.Link.RelativePath
			if written == nil {
				written = d.Link.URI
			}
			l := link{resource: r, target: expanded[r.Pointer], parameters: d.Parameters}
			if n, ok := written.(*jsonc.String); ok {
				l.at = keyText(n)
				if l.target == "" && n == d.Link.RelativePath && !strings.HasPrefix(n.Value, "[") && !path.IsAbs(n.Value) {
					l.target = path.Join(path.Dir(name), strings.ReplaceAll(n.Value, `\`, "/"))
				}
			}
			all = append(all, l)
		}
	}
	return all
}

// The most files of a folder that are searched for templates that link to one,
// and the most mentions of one name.
const (
	mostLinking  = 200
	mostMentions = 20_000
)

// mentions returns all places that name a symbol: in its template, in the parameter
// files of that, and in templates of the folder that link to it.
func (s *server) mentions(ctx context.Context, n symbolRef) []mention {
	var all []mention
	for _, o := range n.index.Of(n.symbol) {
		all = append(all, mention{o.At, o.Declares})
	}
	if n.symbol.Kind != symbols.Parameter || n.symbol.Template.Pointer != "" {
		return all
	}
	files := engine.ParameterFilesOf(s.files, n.path)
	if c := s.last(n.path); c.template != nil {
		for _, run := range c.template.Runs {
			if run.ParameterFile != "" && !slices.Contains(files, run.ParameterFile) {
				files = append(files, run.ParameterFile)
			}
		}
	}
	for _, name := range files {
		tree := s.read(name)
		if tree == nil || !arm.IsParameterFile(tree) {
			continue
		}
		for _, v := range arm.ParseParameters(tree).Values.All() {
			if strings.EqualFold(v.Key.Value, n.symbol.Name) {
				all = append(all, mention{at: keyText(v.Key)})
			}
		}
	}
	for _, name := range s.linking(ctx, n.path) {
		for _, l := range s.links(name, arm.ParseTemplate(s.read(name))) {
			for _, m := range objectOf(l.parameters) {
				if l.target == n.path && strings.EqualFold(m.Key.Value, n.symbol.Name) {
					all = append(all, mention{at: keyText(m.Key)})
				}
			}
		}
	}
	return all[:min(len(all), mostMentions)]
}

// linking returns the templates of the folder, and the open ones, that name the
// file of a template.
func (s *server) linking(ctx context.Context, template string) (all []string) {
	candidates := s.files.paths()
	entries, _ := s.files.ReadDir(path.Dir(template))
	for i, e := range entries {
		if i < mostLinking && e.Type().IsRegular() && strings.EqualFold(path.Ext(e.Name()), ".json") {
			candidates = append(candidates, clean(path.Join(path.Dir(template), e.Name())))
		}
	}
	slices.Sort(candidates)
	for _, name := range slices.Compact(candidates) {
		if ctx.Err() != nil {
			break
		}
		if name == template {
			continue
		}
		tree := s.read(name)
		if tree == nil || !arm.IsTemplate(tree) || !strings.Contains(tree.File.Text(), path.Base(template)) {
			continue
		}
		all = append(all, name)
	}
	return all
}

func (s *server) location(r source.Range) location {
	return location{URI: s.files.uriOf(r.File.Path()), Range: rangeOf(r)}
}

// definitions leads from a name to its declaration, and from the path of a
// linked template to the file.
func (s *server) definitions(_ context.Context, p positionParams) (any, error) {
	all := []location{}
	if n, ok := s.symbolAt(p); ok {
		for _, o := range n.index.Of(n.symbol) {
			if o.Declares {
				all = append(all, s.location(o.At))
			}
		}
		return all, nil
	}
	c, ok := s.at(p)
	if !ok {
		return all, nil
	}
	if t := c.template(); t != nil {
		for _, l := range s.links(c.name, t) {
			if at := l.at; !at.IsZero() && at.Start <= c.offset && c.offset <= at.End {
				if tree := s.read(l.target); tree != nil {
					all = append(all, s.location(tree.File.Range(0, 0)))
				}
			}
		}
	}
	return all, nil
}

type referenceParams struct {
	positionParams
	Context struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
}

// references returns all places that name what is at the cursor.
func (s *server) references(ctx context.Context, p referenceParams) (any, error) {
	all := []location{}
	n, ok := s.symbolAt(p.positionParams)
	if !ok {
		return all, nil
	}
	for _, m := range s.mentions(ctx, n) {
		if !m.declares || p.Context.IncludeDeclaration {
			all = append(all, s.location(m.at))
		}
	}
	return all, nil
}

type highlight struct {
	Range textRange `json:"range"`
	Kind  int       `json:"kind"` // 2 read, 3 write
}

// highlights returns the places of the same document that name what is at the cursor.
func (s *server) highlights(_ context.Context, p positionParams) (any, error) {
	all := []highlight{}
	n, ok := s.symbolAt(p)
	if !ok {
		return all, nil
	}
	if n.path != pathOf(p.TextDocument.URI) {
		return append(all, highlight{rangeOf(n.at), 2}), nil
	}
	for _, o := range n.index.Of(n.symbol) {
		kind := 2
		if o.Declares {
			kind = 3
		}
		all = append(all, highlight{rangeOf(o.At), kind})
	}
	return all, nil
}
