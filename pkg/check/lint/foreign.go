package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Suppressions that templates have for other tools, as these tools read them:
//
//	// checkov:skip=CKV_AZURE_97:not for this set     in a resource
//	"metadata": { "checkov": "CKV_AZURE_97:why" }      or a list, in a resource
//	"metadata": ["disable-apiVersions-should-be-recent"] of arm-ttk
//
// [Rule.Peers] says which rules their ids mean. They silence nothing unless
// [Options.HonorForeign] says so: their authors did not think of these rules.

// A foreign is a suppression for another tool.
type foreign struct {
	*suppression
	tool string
	id   string // of the check of the tool
}

// foreignMarks are what a file has that may have such suppressions.
var foreignMarks = [][]byte{[]byte("checkov"), []byte("bridgecrew:skip"), []byte("cortex:skip"), []byte(ttkPrefix)}

const ttkPrefix = "disable-"

func hasForeign(tree *jsonc.Tree) bool {
	text := tree.File.Bytes()
	return slices.ContainsFunc(foreignMarks, func(mark []byte) bool { return bytes.Contains(text, mark) })
}

// checkovSkip matches the comment of Checkov.
var checkovSkip = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`(?:checkov|bridgecrew|cortex):skip= *([A-Za-z_\d-]+(?:,[A-Za-z_\d-]+)*)(?::([^\n]*))?`)
}}

// foreignOf reads the suppressions for other tools in a tree.
func foreignOf(tree *jsonc.Tree) (all []foreign) {
	if !hasForeign(tree) {
		return nil
	}
	var resources []source.Range
	walkObjects(tree.Root, func(o *jsonc.Object) {
		if o.Get("type") != nil && o.Get("apiVersion") != nil {
			resources = append(resources, o.At)
		}
		if m := o.Get("metadata"); m != nil {
			all = append(all, foreignMetadata(o, m.Value)...)
		}
	})
	for _, c := range tree.Comments {
		m := checkovSkip.Get().FindStringSubmatch(c.At.Text())
		if m == nil {
			continue
		}
		target := source.Range{}
		for _, r := range resources { // outer ones come first
			if r.Contains(c.At) {
				target = r
			}
		}
		for _, id := range strings.Split(m[1], ",") {
			reason := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(m[2]), "*/"))
			all = append(all, foreign{&suppression{at: c.At, target: target, kind: "comment", reason: reason}, "Checkov", id})
		}
	}
	return all[:min(len(all), maxSuppressions)]
}

// foreignMetadata reads the suppressions in the metadata of an object.
func foreignMetadata(o *jsonc.Object, metadata jsonc.Node) (all []foreign) {
	add := func(n jsonc.Node, tool string) {
		s, ok := n.(*jsonc.String)
		if !ok {
			return
		}
		id, reason, _ := strings.Cut(s.Value, ":")
		if tool == "arm-ttk" {
			if id, ok = strings.CutPrefix(s.Value, ttkPrefix); !ok {
				return
			}
			reason = ""
		}
		all = append(all, foreign{&suppression{at: s.At, target: o.At, kind: "metadata", reason: strings.TrimSpace(reason)}, tool, strings.TrimSpace(id)})
	}
	items := func(n jsonc.Node) []jsonc.Node {
		if list, ok := n.(*jsonc.Array); ok {
			return list.Elements
		}
		return []jsonc.Node{n}
	}
	switch m := metadata.(type) {
	case *jsonc.Array:
		for _, n := range m.Elements {
			add(n, "arm-ttk")
		}
	case *jsonc.Object:
		if c := m.Get("checkov"); c != nil {
			for _, n := range items(c.Value) {
				add(n, "Checkov")
			}
		}
	}
	return all
}

// applyForeign marks what a suppression for another tool silences where these are
// honored, and otherwise returns the finding that it does not; none where it
// is about nothing that was found.
func (r *Runner) applyForeign(f foreign, names namesOf, found diag.List) (d diag.Diagnostic, ok bool) {
	if f.target.IsZero() {
		return d, false
	}
	var codes []string
	for _, rule := range r.rules {
		if !slices.ContainsFunc(rule.Peers, func(id string) bool { return strings.EqualFold(id, f.id) }) {
			continue
		}
		for _, i := range names[strings.ToLower(string(rule.Code))] {
			if found[i].Suppressed != nil || !f.covers(&found[i]) {
				continue
			}
			if r.options.HonorForeign {
				found[i].Suppressed = &diag.Suppression{Kind: f.kind, Reason: f.tool + " " + f.id + ": " + cmp.Or(f.reason, "no reason given"), Range: f.at}
				continue
			}
			if !slices.Contains(codes, string(rule.Code)) {
				codes = append(codes, string(rule.Code))
			}
		}
	}
	if len(codes) == 0 || len(r.options.Packs) == 0 {
		return d, false
	}
	return diag.Diagnostic{
		Code: CodeSuppressionForeign, Rule: "suppression-foreign", Severity: diag.Info, Subject: f.at,
		Summary: fmt.Sprintf("this suppression of %s (%s) does not silence %s", f.id, f.tool, strings.Join(codes, ", ")),
		Detail:  fmt.Sprintf("If it holds here too, write %s %s and the reason.", directive, strings.Join(codes, ",")),
	}, true
}
