package lint

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// HasSuppressions reports whether a tree may hold suppressions, also those for other
// tools.
func HasSuppressions(tree *jsonc.Tree) bool {
	return hasOwn(tree) || hasForeign(tree)
}

func hasOwn(tree *jsonc.Tree) bool { return bytes.Contains(tree.File.Bytes(), []byte(directive)) }

// suppressionsOf reads the suppressions of a tree, in the order of the text.
func suppressionsOf(tree *jsonc.Tree) []*suppression {
	if !hasOwn(tree) {
		return nil
	}
	var all []*suppression
	var units []source.Range
	walkUnits(tree.Root, func(unit source.Range) { units = append(units, unit) })
	for _, c := range tree.Comments {
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(c.At.Text(), "/*# "), "*/"))
		if rest, ok := strings.CutPrefix(text, directive); ok {
			s := parseDirective(rest)
			s.at, s.kind = c.At, "comment"
			if len(all) < maxSuppressions { // those beyond do not count
				s.target = commentTarget(c.At, units)
			}
			all = append(all, s)
		}
	}
	walkObjects(tree.Root, func(o *jsonc.Object) { all = append(all, metadataOf(o)...) })
	return all
}

// maxCodes is how many rules one suppression may name.
const maxCodes = 50

// parseDirective reads "CODE[,CODE] [until=YYYY-MM-DD] reason".
func parseDirective(text string) *suppression {
	s := &suppression{}
	words := strings.Fields(text)
	if len(words) == 0 {
		s.broken = "it does not name a rule"
		return s
	}
	for _, c := range strings.Split(words[0], ",") {
		if c != "" {
			s.codes = append(s.codes, c)
		}
	}
	if len(s.codes) > maxCodes {
		s.codes, s.broken = s.codes[:maxCodes], fmt.Sprintf("it names more than %d rules", maxCodes)
	}
	words = words[1:]
	if len(words) > 0 {
		if date, ok := strings.CutPrefix(words[0], "until="); ok {
			words = words[1:]
			until, err := time.Parse(time.DateOnly, date)
			if err != nil {
				s.broken = "until=" + date + " is not a date of the form YYYY-MM-DD"
			}
			s.until = until
		}
	}
	s.reason = strings.Join(words, " ")
	if s.reason == "" && s.broken == "" {
		s.broken = "a reason is required"
	}
	return s
}

// commentTarget returns what a comment applies to: after other text, the members
// and elements that begin on the line, to their ends, else the line; on a line
// of its own, the next member or element.
func commentTarget(at source.Range, units []source.Range) source.Range {
	_, line := at.File.Line(at.StartPosition().Line)
	before := at.File.Range(line.Start, at.Start)
	if strings.TrimSpace(before.Text()) == "" {
		for _, u := range units {
			if u.Start >= at.End {
				return u
			}
		}
		return line
	}
	target := line
	for _, u := range units {
		if u.Start >= line.Start && u.Start < at.Start {
			target.End = max(target.End, u.End)
		}
	}
	return target
}

// walkUnits calls f with the range of every member and element, and the root,
// outer ones first, in the order of the text.
func walkUnits(n jsonc.Node, f func(source.Range)) {
	f(n.Range())
	walkParts(n, f)
}

func walkParts(n jsonc.Node, f func(source.Range)) {
	switch n := n.(type) {
	case *jsonc.Object:
		for _, m := range n.Members {
			f(m.Range())
			walkParts(m.Value, f)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			f(e.Range())
			walkParts(e, f)
		}
	}
}

func walkObjects(n jsonc.Node, f func(*jsonc.Object)) {
	switch n := n.(type) {
	case *jsonc.Object:
		f(n)
		for _, m := range n.Members {
			walkObjects(m.Value, f)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			walkObjects(e, f)
		}
	}
}

// metadataOf reads the suppressions in the metadata of an object; they apply
// about the object.
func metadataOf(o *jsonc.Object) []*suppression {
	m := o.Get("metadata")
	if m == nil {
		return nil
	}
	metadata, ok := m.Value.(*jsonc.Object)
	if !ok {
		return nil
	}
	var all []*suppression
	for _, m := range metadata.Members {
		if m.Key.Value != directive { // spelled as in comments
			continue
		}
		values := []jsonc.Node{m.Value}
		if list, ok := m.Value.(*jsonc.Array); ok {
			values = list.Elements
		}
		for _, v := range values {
			all = append(all, metadataSuppression(o, v))
		}
	}
	return all
}

func metadataSuppression(o *jsonc.Object, v jsonc.Node) *suppression {
	s := &suppression{broken: "it is not a string"}
	if text, ok := v.(*jsonc.String); ok {
		s = parseDirective(text.Value)
	}
	s.at, s.target, s.kind = v.Range(), o.At, "metadata"
	return s
}
