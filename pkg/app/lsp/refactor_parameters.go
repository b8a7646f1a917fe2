package lsp

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// addToParameterFiles gives the parameter at the cursor a value in the parameter
// files that lack it.
func (r *refactoring) addToParameterFiles() []codeAction {
	if !r.in("parameters") || len(r.place.tokens) < 2 || r.names.Pointer != "" {
		return nil
	}
	key, ok := r.text()
	if !ok || !isKey(r.tree, key) || len(r.place.tokens) != 2 {
		return nil
	}
	p, ok := r.names.Parameters.Get(key.Value)
	if !ok || p.Key.At.Start != key.At.Start {
		return nil
	}
	var all []codeAction
	for _, file := range engine.ParameterFilesOf(r.server.files, r.name) {
		tree := r.server.read(file)
		if tree == nil || tree.Diagnostics.HasErrors() || !arm.IsParameterFile(tree) {
			continue
		}
		if edits := missingValues(tree, []*arm.Parameter{p}); edits != nil {
			all = append(all, r.action(actionRewrite, "Add "+p.Name()+" to "+file[strings.LastIndexByte(file, '/')+1:], edits))
		}
	}
	return all
}

// fillParameterFile adds the parameters that have no default and no value.
func (r *refactoring) fillParameterFile() []codeAction {
	t := r.server.templateFor(r.name)
	if t == nil {
		return nil
	}
	values := arm.ParseParameters(r.tree).Values
	var missing []*arm.Parameter
	for name, p := range t.Parameters.All() {
		if _, given := values.Get(name); !given && p.Default == nil {
			missing = append(missing, p)
		}
	}
	edits := missingValues(r.tree, missing)
	if edits == nil {
		return nil
	}
	title := "Add missing parameter " + missing[0].Name()
	if len(missing) > 1 {
		title = fmt.Sprintf("Add %d missing parameters", len(missing))
	}
	a := r.action(actionFix, title, edits)
	return []codeAction{a}
}

// missingValues adds values that a parameter file lacks; nil when it lacks none.
func missingValues(tree *jsonc.Tree, parameters []*arm.Parameter) []diag.Edit {
	o, _ := tree.Root.(*jsonc.Object)
	if m := o.Get("parameters"); m != nil {
		o, _ = m.Value.(*jsonc.Object)
	}
	if o == nil {
		return nil
	}
	var members []string
	for _, p := range parameters {
		if o.Get(p.Name()) == nil {
			members = append(members, p.Name())
		}
	}
	if len(members) == 0 {
		return nil
	}
	var edits []diag.Edit
	for _, p := range parameters {
		if o.Get(p.Name()) != nil {
			continue
		}
		value := "{ \"value\": " + sample(p) + " }"
		if p.Secure() {
			value = plain(vaultReference)
		}
		edits = append(edits, tree.InsertMember(o, len(o.Members), p.Name(), value)...)
	}
	if len(members) > 1 {
		// Insertions at one place would each lack the comma of the others.
		text := string(tree.File.Bytes())
		for _, p := range parameters {
			now := jsonc.Parse(source.NewFile(tree.File.Path(), []byte(text)))
			one := missingValues(now, []*arm.Parameter{p})
			if one == nil {
				continue
			}
			next, err := jsonc.Apply(now.File, one)
			if err != nil {
				return nil
			}
			text = string(next)
		}
		return []diag.Edit{{Range: tree.File.Range(0, tree.File.Len()), Text: text}}
	}
	return edits
}

// sample returns a value of the type of a parameter, to be replaced.
func sample(p *arm.Parameter) string {
	resolved, _ := p.Resolve()
	if list := resolved.AllowedValues; list != nil && len(list.Elements) > 0 {
		return list.Elements[0].Range().Text()
	}
	return plain(valueSnippet(p))
}
