package engine

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// release drops what the findings of a template were made from. Kept are the
// trees with suppressions, which are checked when all findings are known, the declarations
// where single parameters are set, and what the rules look at that add up the
// scale sets of all templates.
func (e *Engine) release(o *outcome) {
	t := o.template
	o.found.Detach()
	o.views = slices.DeleteFunc(o.views, func(v *lint.Template) bool { return len(v.Deployment.ScaleSets) == 0 })
	if e.config.For == nil { // else rules of other settings may look at them too
		own := &jsonc.Tree{}
		if t.Tree != nil {
			own.File = t.Tree.File
		}
		for i, v := range o.views {
			if summary, ok := e.runner.Summary(v, own); ok {
				o.views[i] = summary
			}
		}
	}
	t.linksTo = t.linkedPaths()
	t.linked = slices.DeleteFunc(t.linked, without)
	t.files = slices.DeleteFunc(t.files, e.drop)
	if t.Tree != nil && e.drop(t.Tree) {
		t.Tree = nil
	}
	if len(e.config.Set) == 0 {
		t.ARM = nil
	}
	t.Runs, t.trees, t.names, t.base, t.texts = nil, nil, nil, nil, nil
	for _, v := range o.views {
		v.Graph = nil
	}
}

func without(tree *jsonc.Tree) bool { return !lint.HasSuppressions(tree) }

// drop releases a tree without suppressions, and reports whether it is one.
func (e *Engine) drop(tree *jsonc.Tree) bool {
	if !without(tree) {
		return false
	}
	e.trees.release(tree)
	return true
}

// linkedPaths are the files of the templates that it links to.
func (t *Template) linkedPaths() []string {
	if t.linksTo != nil {
		return t.linksTo
	}
	var all []string
	for _, tree := range t.linked {
		all = append(all, tree.File.Path())
	}
	return all
}
