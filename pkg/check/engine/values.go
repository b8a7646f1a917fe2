package engine

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const (
	// maxCombinations is how many combinations of values are checked for one
	// template, beside its parameter files: each takes as long as a file does.
	maxCombinations = 200
	// maxBetween is the width of a range of integers all of which are checked;
	// of a wider one, only both ends are.
	maxBetween = 4
)

// Values are the combinations of parameter values that a template was checked
// with, see Config.AllValues. The zero Values says that it declares no choice.
type Values struct {
	// Tried is how many runs with other values there were, each with the value
	// of one parameter or with a combination.
	Tried int
	// Combinations is how many combinations the parameters have that the
	// template uses, at most a billion. Complete is set if all were tried.
	Combinations int
	Complete     bool
}

// maxPossible bounds the count of combinations.
const maxPossible = 1_000_000_000

// A choice is a parameter with the values that its declaration lists: its
// allowed values, both booleans, or the ends of its range.
type choice struct {
	parameter *arm.Parameter
	values    []expand.Choice
}

// A combination selects a value of each choice by its index; kept leaves a
// parameter as the parameter file or its default has it.
type combination []int

const kept = -1

// choicesOf returns the choices of a template. Secrets are none: their values
// must not be tried. A value of Config.Set is not changed.
func (e *Engine) choicesOf(t *arm.Template) []choice {
	var all []choice
	for name, p := range t.Parameters.All() {
		if p.Secure() || e.isSet(name) {
			continue
		}
		if values := valuesOf(p); len(values) > 0 {
			all = append(all, choice{p, values})
		}
	}
	return all
}

func (e *Engine) isSet(name string) bool {
	for set := range e.config.Set {
		if strings.EqualFold(set, name) {
			return true
		}
	}
	return false
}

func valuesOf(p *arm.Parameter) []expand.Choice {
	ty, _ := p.Resolve()
	var all []expand.Choice
	if ty.AllowedValues != nil {
		for _, v := range ty.AllowedValues.Elements {
			if text, ok := v.(*jsonc.String); ok && strings.HasPrefix(text.Value, "[") {
				continue // an expression, which is an error of its own
			}
			if _, ok := v.(*jsonc.Array); !ok && ty.Kind == arm.ArrayKind { // the list has what such an array can have
				at := v.Range()
				all = append(all, expand.Choice{Text: "[" + string(at.File.Bytes()[at.Start:at.End]) + "]"})
				continue
			}
			all = append(all, expand.Choice{Node: v})
		}
		return all
	}
	switch {
	case ty.Kind == arm.BoolKind:
		return []expand.Choice{{Text: "true"}, {Text: "false"}}
	case ty.Kind == arm.IntKind && ty.MinValue != nil && ty.MaxValue != nil:
		from, ok := integerOf(ty.MinValue)
		to, isInt := integerOf(ty.MaxValue)
		if ok && isInt && from < to && to-from <= maxBetween {
			for i := from; i <= to; i++ {
				all = append(all, expand.Choice{Text: fmt.Sprint(i)})
			}
			return all
		}
		return []expand.Choice{{Node: ty.MinValue}, {Node: ty.MaxValue}}
	}
	return nil
}

func integerOf(n *jsonc.Number) (int64, bool) {
	var i int64
	_, err := fmt.Sscan(n.Text, &i)
	return i, err == nil
}

// possible counts the combinations of the values of choices.
func possible(choices []choice) int {
	n := 1
	for _, c := range choices {
		n = min(n*len(c.values), maxPossible)
	}
	return n
}

// combinations yields combinations of several values: all of them when there
// are at most as many as most; otherwise such that each pair of values of two
// parameters occurs.
func combinations(choices []choice, most int) iter.Seq[combination] {
	return func(yield func(combination) bool) {
		if possible(choices) > most {
			for p := newPairs(choices); ; {
				if c := p.next(); c == nil || !yield(c) {
					return
				}
			}
		}
		for c := make(combination, len(choices)); ; {
			if !yield(slices.Clone(c)) {
				return
			}
			i := 0
			for ; i < len(c); i++ {
				if c[i]++; c[i] < len(choices[i].values) {
					break
				}
				c[i] = 0
			}
			if i == len(c) {
				return
			}
		}
	}
}

// pairs are the pairs of values of two parameters that no combination has yet.
type pairs struct {
	choices []choice
	left    map[[4]int]bool // two parameters and their values
	order   [][4]int
}

// maxPairs limits the pairs that are tried for one template.
const maxPairs = 20_000

func newPairs(choices []choice) *pairs {
	p := &pairs{choices: choices, left: map[[4]int]bool{}}
	for i := range choices {
		for k := i + 1; k < len(choices); k++ {
			for a := range choices[i].values {
				for b := range choices[k].values {
					if len(p.order) == maxPairs {
						return p
					}
					pair := [4]int{i, a, k, b}
					p.left[pair] = true
					p.order = append(p.order, pair)
				}
			}
		}
	}
	return p
}

// next returns a combination with the first pair that is left and, greedily,
// with values that make up the most other pairs; nil when none is left.
func (p *pairs) next() combination {
	for len(p.order) > 0 && !p.left[p.order[0]] {
		p.order = p.order[1:]
	}
	if len(p.order) == 0 {
		return nil
	}
	c := slices.Repeat(combination{kept}, len(p.choices))
	first := p.order[0]
	c[first[0]], c[first[2]] = first[1], first[3]
	for i := range c {
		if c[i] != kept {
			continue
		}
		best := -1
		for v := range p.choices[i].values {
			if n := p.fresh(c, i, v); n > best {
				best, c[i] = n, v
				if best == len(c)-1 {
					break
				}
			}
		}
	}
	for i := range c {
		for k := i + 1; k < len(c); k++ {
			delete(p.left, [4]int{i, c[i], k, c[k]})
		}
	}
	return c
}

// fresh returns how many pairs are left of value v of choice i with the values
// that c has.
func (p *pairs) fresh(c combination, i, v int) (n int) {
	for k, other := range c {
		switch {
		case other == kept || k == i:
		case k < i && p.left[[4]int{k, other, i, v}], k > i && p.left[[4]int{i, v, k, other}]:
			n++
		}
	}
	return n
}

// A trial checks a template with values of its choices.
type trial struct {
	ctx       context.Context
	engine    *Engine
	template  *Template
	runner    *lint.Runner
	choices   []choice
	resources int  // of all runs
	ended     bool // the limit of the run is reached, or the context has ended
}

// A spot identifies a finding in runs with different values, which can change
// its words.
type spot struct {
	code    diag.Code
	file    *source.File
	pointer string
	start   int
}

func spotOf(d *diag.Diagnostic) spot { return spot{d.Code, d.Subject.File, d.Pointer, d.Subject.Start} }

// checkValues checks the template with values that its parameters can have, and
// returns what none of its parameter files finds. base is what those find.
//
// Each value is tried alone, then combinations, and what only a combination
// finds is tried again with fewer values, until each that is left is needed.
func (e *Engine) checkValues(ctx context.Context, t *Template, runner *lint.Runner, base diag.List) (found diag.List) {
	if t.base == nil {
		return nil // it is not a template
	}
	choices := e.usedChoices(t)
	if len(choices) == 0 {
		return nil
	}
	try := &trial{ctx: ctx, engine: e, template: t, runner: runner, choices: choices}
	t.Values.Combinations = possible(choices)
	at := map[spot]int{} // index in found; -1: in base
	for i := range base {
		at[spotOf(&base[i])] = -1
	}
	type finder struct {
		combination
		others int // other values of the only parameter
	}
	var finders []finder
	add := func(c combination, list diag.List) {
		for _, d := range list {
			if _, ok := at[spotOf(&d)]; !ok {
				at[spotOf(&d)] = len(found)
				d.ParameterSet, d.Fixes = "", nil // a fix may be wrong for the other values
				found.Add(d)
				finders = append(finders, finder{combination: c})
			}
		}
	}
	left := maxCombinations
	for value := 0; left > 0; value++ { // a value of each parameter in turn, so that all have their share
		more := false
		for i := range choices {
			if value >= len(choices[i].values) || left == 0 {
				continue
			}
			c := slices.Repeat(combination{kept}, len(choices))
			c[i] = value
			list := try.check(c)
			seen := map[int]bool{}
			for k := range list {
				if n, ok := at[spotOf(&list[k])]; ok && n >= 0 && finders[n].combination[i] != kept && !seen[n] {
					finders[n].others++
					seen[n] = true
				}
			}
			add(c, list)
			left--
			more = true
		}
		if !more {
			break
		}
	}
	whole := left
	if len(choices) > 1 {
		for c := range combinations(choices, whole) {
			if left == 0 || try.ended {
				break
			}
			add(c, try.check(c))
			left--
		}
	}
	t.Values.Tried = maxCombinations - left
	t.Values.Complete = !try.ended && t.Values.Combinations <= whole
	for i := range finders {
		f := &finders[i]
		for k, v := range f.combination {
			if v == kept || f.single() || left == -maxCombinations {
				continue
			}
			f.combination[k] = kept
			list := try.check(f.combination)
			if left--; !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return spotOf(&d) == spotOf(&found[i]) }) {
				f.combination[k] = v // it is needed
			}
		}
		found[i].Values = try.describe(f.combination, f.others)
	}
	return found
}

// single reports whether a combination has one value.
func (c combination) single() bool {
	n := 0
	for _, v := range c {
		if v != kept {
			n++
		}
	}
	return n == 1
}

// check checks the template with a combination; nothing is found once the trial
// has ended.
func (try *trial) check(c combination) diag.List {
	if try.ended = try.ended || try.ctx.Err() != nil || try.resources > maxSetResources; try.ended {
		return nil
	}
	t, e := try.template, try.engine
	options := *t.base
	options.Choices = map[string]expand.Choice{}
	for k, v := range c {
		if v != kept {
			options.Choices[strings.ToLower(try.choices[k].parameter.Name())] = try.choices[k].values[v]
		}
	}
	run := &Run{}
	t.try(run, options)
	try.resources += len(run.Deployment.Resources)
	list := slices.Concat(run.Deployment.Diagnostics, run.Graph.Findings, e.schema.Check(run.Deployment), try.runner.CheckContext(try.ctx, t.view(run)))
	if try.ended = slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == expand.CodeLimit }); try.ended {
		return nil // it says nothing about the values
	}
	list = bounded(withoutLesser(withoutEchoes(list, treesOf([]*Template{t}))))
	t.locate(list)
	return list
}

// describe names the values of a combination; others is how many other values
// of its only parameter have the same effect.
func (try *trial) describe(c combination, others int) string {
	var parts []string
	for k, v := range c {
		if v != kept {
			parts = append(parts, try.choices[k].parameter.Name()+" = "+try.choices[k].values[v].String())
		}
	}
	text := strings.Join(parts, " and ")
	switch {
	case others == 1 && len(parts) == 1:
		text += " or another value"
	case others > 1 && len(parts) == 1:
		text += fmt.Sprintf(" or %d other values", others)
	}
	return text
}

// usedChoices are the choices among the parameters that the template uses.
func (e *Engine) usedChoices(t *Template) []choice {
	language := arm.NewLanguage(t.ARM)
	return slices.DeleteFunc(e.choicesOf(t.ARM), func(c choice) bool { return !language.Used(c.parameter) })
}

// view is a run as the rules see it.
func (t *Template) view(run *Run) *lint.Template {
	return &lint.Template{Tree: t.Tree, ARM: t.ARM, Deployment: vmss.New(run.Deployment), Graph: run.Graph, ParameterSet: run.ParameterFile, Assumed: names(t.Assumed), Versions: schema.Versions,
		Location: t.location, Secrets: t.Secrets, DrawSteps: t.ruleSteps.draw, AssumedLocation: assumedLocationOf(t.Assumed)}
}
