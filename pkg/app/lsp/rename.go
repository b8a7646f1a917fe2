package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type renameParams struct {
	positionParams
	NewName string `json:"newName"`
}

type renameRange struct {
	Range       textRange `json:"range"`
	Placeholder string    `json:"placeholder"`
}

// codeRequestFailed says that a request is valid and cannot be answered; its
// message is for the user.
const codeRequestFailed = -32803

func reject(format string, args ...any) error {
	return &jsonrpc2.Error{Code: codeRequestFailed, Message: fmt.Sprintf(format, args...)}
}

// prepareRename says what a rename at the cursor would change.
func (s *server) prepareRename(_ context.Context, p positionParams) (any, error) {
	n, ok := s.symbolAt(p)
	if !ok {
		return nil, nil
	}
	if err := renamable(n.symbol); err != nil {
		return nil, err
	}
	return renameRange{rangeOf(n.at), n.symbol.Name}, nil
}

func renamable(s *symbols.Symbol) error {
	switch {
	case s.Fixed != "":
		return reject("%s %q cannot be renamed: %s", s.Kind, s.Name, s.Fixed)
	case s.Computed:
		return reject("%s %q cannot be renamed: an expression computes a name that may be this one", s.Kind, s.Name)
	}
	return nil
}

// Names that the template language takes in the place of each kind; those with
// quotes or brackets are left out, because expressions would need escapes.
var (
	plainName  = lazy.Regexp{Text: `^[^'"\\\[\]{}/\x00-\x1f\x7f]{1,120}$`}
	identifier = lazy.Regexp{Text: `^[A-Za-z_][A-Za-z0-9_]{0,119}$`}
	azureName  = lazy.Regexp{Text: `^[A-Za-z0-9_][A-Za-z0-9_.()-]{0,79}$`}
)

// renameTo reports why a symbol cannot get a name; nil when it can.
func renameTo(n symbolRef, name string) error {
	form, is := &plainName, "a name without quotes, brackets, braces and slashes"
	switch n.symbol.Kind {
	case symbols.Function, symbols.FunctionParameter, symbols.SymbolicName:
		form, is = &identifier, "letters, digits and underscores, and does not start with a digit"
	case symbols.Resource:
		form, is = &azureName, "letters, digits, and the characters _ . ( ) -"
	}
	switch {
	case !form.Get().MatchString(name) || strings.TrimSpace(name) != name:
		return reject("%q cannot be the name of a %s: use %s", name, n.symbol.Kind, is)
	case n.symbol.Kind == symbols.Variable && strings.EqualFold(name, "copy"):
		return reject("a variable cannot be named \"copy\": that is where copy loops are declared")
	case n.index.Taken(n.symbol, name):
		return reject("another name of this template is %q already; choose a different one", name)
	}
	return nil
}

// rename changes a name wherever it is written. The evaluated template stays the
// same but for the name of a resource, which is checked by evaluating it.
func (s *server) rename(ctx context.Context, p renameParams) (any, error) {
	n, ok := s.symbolAt(p.positionParams)
	if !ok {
		return nil, reject("nothing at the cursor can be renamed; place it on a parameter, a variable, a function, a copy loop, a symbolic name or the name of a resource")
	}
	err := cmp.Or(renamable(n.symbol), renameTo(n, p.NewName))
	if err != nil {
		return nil, err
	}
	all := s.mentions(ctx, n)
	if len(all) == mostMentions {
		return nil, reject("%q is used at more than %d places", n.symbol.Name, mostMentions)
	}
	if n.symbol.Kind == symbols.Resource && !s.sameAfter(n, all) {
		return nil, reject("%q cannot be renamed: other values of the template depend on this name and would not follow; make it a variable first", n.symbol.Name)
	}
	w := workspaceEdit{Changes: map[string][]textEdit{}}
	for _, m := range all {
		uri := s.files.uriOf(m.at.File.Path())
		w.Changes[uri] = append(w.Changes[uri], textEdit{rangeOf(m.at), written(m.at, p.NewName)})
	}
	return w, nil
}

// written returns a name as it is written at a place: a bare key that needs them gets quotes.
func written(at source.Range, name string) string {
	text := at.File.Text()
	if at.Start > 0 && !strings.ContainsRune(`"'/.`, rune(text[at.Start-1])) && !identifier.Get().MatchString(name) {
		return jsonc.Quote(name)
	}
	return name
}

// probe is a name that no template has.
const probe = "zq0scaleset0rename"

// sameAfter reports whether a template deploys the same once the name of a
// resource is another one, the name itself left aside.
func (s *server) sameAfter(n symbolRef, all []mention) bool {
	tree := s.read(n.path)
	if tree == nil {
		return false
	}
	text := replaceAll(tree.File.Text(), all, probe)
	before, ok := s.deployed(n.path, tree.File.Text())
	after, ok2 := s.deployed(n.path, text)
	if !ok || !ok2 {
		return false
	}
	name := n.symbol.Name
	return strings.EqualFold(before, strings.ReplaceAll(after, probe, name))
}

// replaceAll writes a name at all places of one text.
func replaceAll(text string, all []mention, name string) string {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b mention) int { return a.at.Start - b.at.Start })
	var out strings.Builder
	end := 0
	for _, m := range all {
		out.WriteString(text[end:m.at.Start] + written(m.at, name))
		end = m.at.End
	}
	return out.String() + text[end:]
}

// deployed returns what a text deploys with each of its parameter sets, as one text.
func (s *server) deployed(name, text string) (string, bool) {
	config := s.config.Engine
	config.Files = engine.Overlay{Base: s.files, Texts: map[string][]byte{clean(name): []byte(text)}}
	e, err := engine.New(config)
	if err != nil {
		return "", false
	}
	return evaluated(e.Load(name))
}

// evaluated returns what a template deploys with each of its parameter sets.
func evaluated(t *engine.Template) (string, bool) {
	if t == nil || t.Status != engine.Checked {
		return "", false
	}
	var b strings.Builder
	for _, run := range t.Runs {
		for _, r := range run.Deployment.Resources {
			fmt.Fprintf(&b, "%s %s\n%s\n", r.ID, r.APIVersion, value.JSON(r.Body.Value))
		}
		for _, o := range run.Deployment.Outputs {
			fmt.Fprintf(&b, "%s %s\n", o.Name, value.JSON(o.Node.Value))
		}
	}
	return b.String(), true
}
