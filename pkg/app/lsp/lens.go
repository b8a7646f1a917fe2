package lsp

import (
	"context"
	"fmt"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type codeLens struct {
	Range   textRange `json:"range"`
	Command command   `json:"command"`
}

// A command is run by the editor: its extension knows those that begin with
// "scaleset.". The server runs none.
type command struct {
	Title     string `json:"title"`
	Command   string `json:"command"`
	Arguments []any  `json:"arguments,omitempty"`
}

// codeLenses says of each scale set how many instances it has, with commands to
// preview another number, to plan a change and to review it; and of each
// parameter, where it is used.
func (s *server) codeLenses(ctx context.Context, p openParams) (any, error) {
	all := []codeLens{}
	c, ok := s.at(positionParams{TextDocument: p.TextDocument})
	t := c.template()
	if !ok || t == nil || s.options.CodeLens != nil && !*s.options.CodeLens {
		return all, nil
	}
	uri := p.TextDocument.URI
	if run := s.run(c); run != nil {
		all = append(all, s.scaleSetLenses(c, run, uri)...)
	}
	x := c.symbols()
	uses, declared := map[*symbols.Symbol][]location{}, map[*symbols.Symbol]source.Range{}
	for _, o := range x.Occurrences {
		switch {
		case o.Symbol.Kind != symbols.Parameter || o.Symbol.Template != t:
		case o.Declares:
			declared[o.Symbol] = o.At
		default:
			uses[o.Symbol] = append(uses[o.Symbol], s.location(o.At))
		}
	}
	for _, sym := range x.Symbols {
		at, ok := declared[sym]
		if !ok || len(all) >= mostSymbols {
			continue
		}
		used := append([]location{}, uses[sym]...) // never null
		all = append(all, codeLens{rangeOf(at), command{counted(len(used), "use"), "scaleset.showReferences", []any{uri, rangeOf(at).Start, used}}})
	}
	return all, nil
}

func (s *server) scaleSetLenses(c cursor, run *engine.Run, uri string) (all []codeLens) {
	seen := map[*arm.Resource]bool{}
	for _, set := range vmss.New(run.Deployment).ScaleSets {
		r := set.Resource.Source
		if r == nil || seen[r] || clean(set.Resource.Declared.File.Path()) != c.name {
			continue
		}
		seen[r] = true
		at := set.Resource.Declared
		if r.TypeNode != nil {
			at = r.TypeNode.At
		}
		name := c.checked.secrets.Redact(set.Name)
		title := "capacity known only at deployment"
		arguments := []any{uri, name}
		if n, ok := set.Capacity.Known(); ok {
			title = counted(n, "instance")
			arguments = append(arguments, n)
		}
		for _, cmd := range []command{
			{title, "scaleset.previewCapacity", arguments},
			{"plan against HEAD", "scaleset.plan", []any{uri}},
			{"review", "scaleset.review", []any{uri}},
		} {
			all = append(all, codeLens{rangeOf(at), cmd})
		}
	}
	return all
}

// counted returns a number with a noun: "1 use", "2 uses". A plural that is not made
// with an s is given.
func counted(n int, noun string, plural ...string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case len(plural) > 0:
		return fmt.Sprintf("%d %s", n, plural[0])
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
