package custom

import (
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A blamer finds the value that an assertion fails about. It evaluates parts of the
// expression again, which only findings need.
type blamer struct {
	*run
	of *expression
}

// maxBlame limits how many parts are tried for one finding.
const maxBlame = 200

// A spot is a place, or an object and the name of what it lacks.
type spot struct {
	at      lint.Placer
	missing string
}

func (s spot) known() bool { return s.at != nil && s.at.Place() != nil }

// place returns the place of a finding, nil if the expression shows none, and the
// name of the member that is missing there, if one is.
func (b *blamer) place(v *vars) (lint.Placer, string) {
	if b.at() != nil {
		b.of = b.rule.at
		if s := b.path(b.of.checked.Expr(), v, maxBlame); s.known() {
			return s.at, s.missing
		}
	}
	b.of = b.rule.assert
	s := b.blame(b.of.checked.Expr(), v, maxBlame)
	return s.at, s.missing
}

func (b *blamer) at() *expression { return b.rule.at }

// value evaluates a part of the expression.
func (b *blamer) value(e ast.Expr, v *vars) (ref.Val, outcome) {
	b.of.mu.Lock()
	p := b.of.parts[e.ID()]
	if p == nil {
		if b.of.parts == nil {
			b.of.parts = map[int64]*program{}
		}
		p = newProgram(b.of.env, part(b.of.checked, e))
		b.of.parts[e.ID()] = p
	}
	b.of.mu.Unlock()
	x, is, _ := b.eval(p, v)
	return x, is
}

// isTrue reports whether a part is true.
func (b *blamer) isTrue(e ast.Expr, v *vars) bool {
	x, is := b.value(e, v)
	return is == holdsTrue && x == types.True
}

// blame returns the place of a part that is false, or true below a "!".
func (b *blamer) blame(e ast.Expr, v *vars, depth int) spot {
	if depth == 0 {
		return spot{}
	}
	switch e.Kind() {
	case ast.CallKind:
		call := e.AsCall()
		args := call.Args()
		switch call.FunctionName() {
		case operators.LogicalAnd:
			for _, arg := range args {
				if x, is := b.value(arg, v); is == holdsTrue && x != types.True || is == isAbsent {
					return b.blame(arg, v, depth-1)
				}
			}
		case operators.LogicalOr:
			return b.either(args, v, depth)
		case operators.LogicalNot:
			return b.blame(args[0], v, depth-1)
		case operators.Conditional:
			if b.isTrue(args[0], v) {
				return b.blame(args[1], v, depth-1)
			}
			return b.blame(args[2], v, depth-1)
		}
		return b.first(e, v, depth)
	case ast.SelectKind:
		return b.selected(e.AsSelect(), v, depth)
	case ast.ComprehensionKind:
		return b.over(e.AsComprehension(), v, depth)
	}
	return b.path(e, v, depth-1)
}

// either returns the place of the alternatives, none of which holds: of the last one
// that compares a value, since those before it often say when it matters.
func (b *blamer) either(args []ast.Expr, v *vars, depth int) (found spot) {
	for _, arg := range slices.Backward(args) {
		s := b.blame(arg, v, depth/2)
		if s.known() && !asks(arg) {
			return s
		}
		if !found.known() {
			found = s
		}
	}
	return found
}

// asks reports whether an expression tests for presence, also below a "!".
func asks(e ast.Expr) bool {
	switch e.Kind() {
	case ast.CallKind:
		call := e.AsCall()
		return call.FunctionName() == hasValue || call.FunctionName() == operators.LogicalNot && asks(call.Args()[0])
	}
	return false
}

// first returns the place of the first argument of a call that has one.
func (b *blamer) first(e ast.Expr, v *vars, depth int) spot {
	call := e.AsCall()
	args := call.Args()
	if call.IsMemberFunction() {
		args = append([]ast.Expr{call.Target()}, args...)
	}
	for _, arg := range args {
		if s := b.path(arg, v, depth-1); s.known() {
			return s
		}
	}
	return spot{}
}

// over returns the place of a macro: for all(), that of the first item for which it
// is false; else that of what it goes over.
func (b *blamer) over(c ast.ComprehensionExpr, v *vars, depth int) spot {
	condition, all := allOf(c)
	items, is := b.value(c.IterRange(), v)
	if !all || is != holdsTrue {
		return b.path(c.IterRange(), v, depth-1)
	}
	parts, _ := items.(placed)
	try := func(key, item ref.Val, one ref.Val) (spot, bool) {
		var place lint.Placer
		if parts != nil {
			place = parts.part(key)
		}
		inner := v.with(c.IterVar(), one, place)
		if c.HasIterVar2() {
			inner = v.with(c.IterVar(), key, place).with(c.IterVar2(), item, place)
		}
		if _, is := b.value(condition, inner); is == isUnknown || b.isTrue(condition, inner) {
			return spot{}, false
		}
		s := b.blame(condition, inner, depth/2)
		if !s.known() {
			s = spot{at: place}
		}
		return s, true
	}
	switch l := items.(type) {
	case traits.Mapper:
		for i := l.Iterator(); i.HasNext() == types.True; {
			key := i.Next()
			item, _ := l.Find(key)
			if s, found := try(key, item, key); found && s.known() {
				return s
			}
		}
	case traits.Lister:
		n := types.Int(0)
		for i := l.Iterator(); i.HasNext() == types.True; n++ {
			item := i.Next()
			if s, found := try(n, item, item); found && s.known() {
				return s
			}
		}
	}
	return b.path(c.IterRange(), v, depth-1)
}

// allOf returns the condition of the macro all().
func allOf(c ast.ComprehensionExpr) (condition ast.Expr, ok bool) {
	init, step := c.AccuInit(), c.LoopStep()
	if init.Kind() != ast.LiteralKind || init.AsLiteral() != types.True || step.Kind() != ast.CallKind {
		return nil, false
	}
	call := step.AsCall()
	if call.FunctionName() != operators.LogicalAnd || len(call.Args()) != 2 {
		return nil, false
	}
	return call.Args()[1], true
}

// path returns the place of the value of a part: a variable, its members and items,
// or the first of these in a computed one.
func (b *blamer) path(e ast.Expr, v *vars, depth int) spot {
	if depth <= 0 {
		return spot{}
	}
	switch e.Kind() {
	case ast.IdentKind:
		return spot{at: v.placeOf(e.AsIdent())}
	case ast.SelectKind:
		return b.selected(e.AsSelect(), v, depth)
	case ast.CallKind:
		call := e.AsCall()
		switch call.FunctionName() {
		case operators.Index, operators.OptIndex, operators.OptSelect:
			if key, is := b.value(call.Args()[1], v); is == holdsTrue {
				return b.inside(call.Args()[0], key, v, depth)
			}
			return b.path(call.Args()[0], v, depth-1)
		}
		return b.first(e, v, depth)
	case ast.ComprehensionKind:
		return b.path(e.AsComprehension().IterRange(), v, depth-1)
	case ast.ListKind:
		for _, item := range e.AsList().Elements() {
			if s := b.path(item, v, depth-1); s.known() {
				return s
			}
		}
	}
	return spot{}
}

func (b *blamer) selected(s ast.SelectExpr, v *vars, depth int) spot {
	return b.inside(s.Operand(), types.String(s.FieldName()), v, depth)
}

// inside returns the place of a member or an item; what holds it if there is none.
func (b *blamer) inside(parent ast.Expr, key ref.Val, v *vars, depth int) spot {
	whole, is := b.value(parent, v)
	if is != holdsTrue {
		return b.path(parent, v, depth-1)
	}
	if o, ok := whole.(*types.Optional); ok {
		if !o.HasValue() {
			return b.path(parent, v, depth-1)
		}
		whole = o.GetValue()
	}
	p, ok := whole.(placed)
	if !ok {
		return b.path(parent, v, depth-1)
	}
	if at := p.part(key); at != nil && at.Place() != nil {
		return spot{at: at}
	}
	found := b.path(parent, v, depth-1)
	if found.missing == "" {
		if name, ok := key.(types.String); ok && !exists(whole, key) {
			found.missing = string(name)
		}
	}
	return found
}

// exists reports whether an object has a member, which may have no place.
func exists(whole ref.Val, key ref.Val) bool {
	m, ok := whole.(traits.Mapper)
	if !ok {
		return false
	}
	v, ok := m.Find(key)
	return ok || v != nil
}
