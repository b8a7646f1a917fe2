package mutation

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// A Mutant is a small mistake at one place.
type Mutant struct {
	ID   int // from 1
	Pos  token.Position
	Text string // the text there: the beginning of its first line
	What string // description of the change
}

// String returns the mutant in the form of compiler messages: "limit.go:7:5: n
// < 3: boundary moved".
func (m Mutant) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", filepath.Base(m.Pos.Filename), m.Pos.Line, m.Pos.Column, m.Text, m.What)
}

// runtimePath is the package that the rewritten code imports, under an unused
// name.
const (
	runtimePath = "github.com/scaleset/scaleset/pkg/internal/mutation/mutant"
	runtimeName = "mutant_"
)

// A rewriter writes the mutants of one file, by inserting and replacing text:
// the line numbers stay the same, so that a crash still shows the right one.
type rewriter struct {
	fset *token.FileSet
	info *types.Info
	src  []byte
	// skip has the numbers of mutants that are left out because the code does
	// not compile with them.
	skip map[int]bool

	next    int // the last number used
	mutants []Mutant
	edits   []edit

	// Facts about nodes, set by the nodes above them.
	conditions map[ast.Expr]condition
	constants  map[ast.Expr]string // how to change them: a function, or "" for no change
	listed     map[ast.Stmt]bool   // statements in a list
	returns    map[*ast.ReturnStmt]*ast.FuncType
}

// A condition says which results to force.
type condition struct{ always, never bool }

// An edit replaces src[from:to]. At the same offset, the end of a node comes
// before the replacement of the text after it, and that before the beginning of
// the next node.
type edit struct {
	from, to int
	order    int
	text     string
}

const (
	closing = iota
	replacing
	opening
)

// rewrite returns the file with its mutants, numbered from first on, and the
// number after the last.
func rewrite(fset *token.FileSet, file *ast.File, info *types.Info, src []byte, first int, skip map[int]bool) ([]byte, []Mutant, int) {
	r := &rewriter{
		fset: fset, info: info, src: src, skip: skip, next: first - 1,
		conditions: map[ast.Expr]condition{}, constants: map[ast.Expr]string{},
		listed: map[ast.Stmt]bool{}, returns: map[*ast.ReturnStmt]*ast.FuncType{},
	}
	for _, d := range file.Decls {
		r.walk(d)
	}
	if len(r.edits) > 0 {
		r.insert(file.Name.End(), closing, fmt.Sprintf("; import %s %q", runtimeName, runtimePath))
	}
	return r.apply(), r.mutants, r.next + 1
}

func (r *rewriter) apply() []byte {
	slices.SortStableFunc(r.edits, func(a, b edit) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.order - b.order
	})
	var out bytes.Buffer
	at := 0
	for _, e := range r.edits {
		out.Write(r.src[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(r.src[at:])
	return out.Bytes()
}

func (r *rewriter) insert(at token.Pos, order int, text string) {
	offset := r.offset(at)
	r.edits = append(r.edits, edit{offset, offset, order, text})
}

func (r *rewriter) offset(p token.Pos) int { return r.fset.Position(p).Offset }

func (r *rewriter) text(n ast.Node) string { return string(r.src[r.offset(n.Pos()):r.offset(n.End())]) }

// mutant returns the next number, and false for one that is left out.
func (r *rewriter) mutant(n ast.Node, what string) (int, bool) {
	r.next++
	if r.skip[r.next] {
		return 0, false
	}
	text, _, cut := strings.Cut(r.text(n), "\n")
	if runes := []rune(text); len(runes) > 60 {
		text, cut = string(runes[:60]), true
	}
	if cut {
		text += " ..."
	}
	r.mutants = append(r.mutants, Mutant{r.next, r.fset.Position(n.Pos()), text, what})
	return r.next, true
}

// A wrap is the text before and after a node.
type wrap struct{ before, after string }

// call returns a call of a switch function around a node, or nothing.
func (r *rewriter) call(n ast.Node, function, what string) []wrap {
	if id, ok := r.mutant(n, what); ok {
		return []wrap{{fmt.Sprintf("%s.%s(%d, ", runtimeName, function, id), ")"}}
	}
	return nil
}

// guard returns a branch around a statement, or nothing.
func (r *rewriter) guard(n ast.Node, what, before, after string) []wrap {
	if id, ok := r.mutant(n, what); ok {
		return []wrap{{fmt.Sprintf(before, fmt.Sprintf("%s.On(%d)", runtimeName, id)), after}}
	}
	return nil
}

// walk visits a node before its children and closes it after them, so that
// wraps are properly nested.
func (r *rewriter) walk(root ast.Node) {
	var open []func()
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			open[len(open)-1]()
			open = open[:len(open)-1]
			return true
		}
		if r.fixed(n) {
			return false
		}
		var wraps []wrap
		inside := true
		switch n := n.(type) {
		case *ast.FuncDecl:
			r.function(n.Type, n.Body)
		case *ast.FuncLit:
			r.function(n.Type, n.Body)
		case ast.Stmt:
			wraps = r.stmt(n)
		case ast.Expr:
			if r.info.Types[n].Value != nil {
				wraps, inside = r.constant(n), false
			} else {
				wraps = r.expr(n)
			}
		}
		for _, w := range wraps {
			r.insert(n.Pos(), opening, w.before)
		}
		done := func() {
			for _, w := range slices.Backward(wraps) {
				r.insert(n.End(), closing, w.after)
			}
		}
		if inside {
			open = append(open, done)
		} else {
			done()
		}
		return inside
	})
}

// fixed reports whether a node must be constant or contains no logic.
func (r *rewriter) fixed(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ArrayType, *ast.StructType, *ast.InterfaceType, *ast.MapType, *ast.FuncType, *ast.FieldList:
		return true
	case *ast.GenDecl:
		return n.Tok != token.VAR
	case ast.Expr:
		return r.info.Types[n].IsType()
	}
	return false
}

func (r *rewriter) function(f *ast.FuncType, body *ast.BlockStmt) {
	if body == nil {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			r.returns[n] = f
		}
		return true
	})
}

func (r *rewriter) stmt(s ast.Stmt) []wrap {
	both := condition{always: true, never: true}
	switch s := s.(type) {
	case *ast.BlockStmt:
		r.list(s.List)
	case *ast.CaseClause:
		r.list(s.Body)
	case *ast.CommClause:
		r.list(s.Body)
	case *ast.IfStmt:
		r.condition(s.Cond, both)
	case *ast.ForStmt:
		r.condition(s.Cond, condition{never: true})
	case *ast.SwitchStmt:
		for _, c := range s.Body.List {
			for _, e := range c.(*ast.CaseClause).List {
				if s.Tag == nil {
					r.condition(e, both)
				} else {
					r.constants[e] = "case"
				}
			}
		}
	case *ast.ReturnStmt:
		for _, e := range s.Results {
			r.condition(e, both)
		}
	}
	if r.listed[s] {
		return r.dropped(s)
	}
	return nil
}

func (r *rewriter) list(list []ast.Stmt) {
	for _, s := range list {
		r.listed[s] = true
	}
}

// dropped returns the wraps that drop a statement.
func (r *rewriter) dropped(s ast.Stmt) []wrap {
	var wraps []wrap
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return r.zeros(s)
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return nil
		}
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "panic" {
			return nil // it may end the function
		}
	case *ast.AssignStmt:
		if name, ok := s.Lhs[0].(*ast.Ident); s.Tok == token.DEFINE || ok && name.Name == "_" {
			return nil
		}
		if s.Tok == token.ADD_ASSIGN && r.is(s.Lhs[0], types.IsNumeric) {
			wraps = r.guard(s, "-=", "if %s { "+r.text(s.Lhs[0])+" -= "+r.text(s.Rhs[0])+" } else { ", " }")
		}
	case *ast.IncDecStmt:
	case *ast.BranchStmt:
		if s.Tok != token.CONTINUE && s.Tok != token.BREAK {
			return nil
		}
	default:
		return nil
	}
	return append(wraps, r.guard(s, "dropped", "if !%s { ", " }")...)
}

// zeros returns the zero values, unless they are already returned.
func (r *rewriter) zeros(s *ast.ReturnStmt) []wrap {
	if !slices.ContainsFunc(s.Results, r.hasZero) {
		return nil
	}
	var values []string
	for _, field := range r.returns[s].Results.List {
		for range max(1, len(field.Names)) {
			values = append(values, fmt.Sprintf("*new(%s)", r.text(field.Type)))
		}
	}
	return r.guard(s, "zero values", "if %s { return "+strings.Join(values, ", ")+" }; ", "")
}

// hasZero reports whether a result is already zero. Booleans are forced one by
// one.
func (r *rewriter) hasZero(e ast.Expr) bool {
	t := r.info.Types[e]
	lit, ok := e.(*ast.CompositeLit)
	switch {
	case t.IsNil(), r.isBool(e), ok && len(lit.Elts) == 0:
		return false
	case t.Value == nil:
		return true
	case t.Value.Kind() == constant.String:
		return constant.StringVal(t.Value) != ""
	}
	return t.Value.Kind() != constant.Bool && constant.Sign(t.Value) != 0
}

// condition forces results of an expression. In && and || that drops one half,
// or gives the result that the halves do not.
func (r *rewriter) condition(e ast.Expr, c condition) {
	if e == nil || !r.isBool(e) {
		return
	}
	e = ast.Unparen(e)
	if _, ok := r.conditions[e]; ok {
		return
	}
	switch x := e.(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			r.condition(x.X, condition{always: c.never, never: c.always})
			c = condition{}
		}
	case *ast.BinaryExpr:
		if half, ok := halves[x.Op]; ok {
			r.condition(x.X, half)
			r.condition(x.Y, half)
			c = condition{always: c.always && !half.always, never: c.never && !half.never}
		}
	}
	r.conditions[e] = c
}

var halves = map[token.Token]condition{token.LAND: {always: true}, token.LOR: {never: true}}

// operations are the functions that replace an operator, with the description
// of the change.
var operations = map[token.Token]struct{ function, what string }{
	token.ADD: {"Plus", "-"}, token.SUB: {"Minus", "+"}, token.MUL: {"Times", "/"}, token.QUO: {"Over", "*"}, token.REM: {"Rest", "/"},
	token.LSS: {"Less", "<="}, token.LEQ: {"LessEqual", "<"}, token.GTR: {"Greater", ">="}, token.GEQ: {"GreaterEqual", ">"},
}

func (r *rewriter) expr(e ast.Expr) []wrap {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		r.condition(e, condition{always: true, never: true})
		r.bounds(e)
	case *ast.CallExpr:
		if name, ok := e.Fun.(*ast.Ident); ok && name.Name == "make" {
			for _, arg := range e.Args[1:] {
				r.constants[arg] = "" // lengths and capacities
			}
		}
	case *ast.CompositeLit:
		if _, ok := r.info.TypeOf(e).Underlying().(*types.Map); !ok {
			for _, elt := range e.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					r.constants[kv.Key] = ""
				}
			}
		}
	}
	var wraps []wrap
	c := r.conditions[e]
	if c.always {
		wraps = append(wraps, r.call(e, "True", "true")...)
	}
	if c.never {
		wraps = append(wraps, r.call(e, "False", "false")...)
	}
	if e, ok := e.(*ast.BinaryExpr); ok {
		wraps = append(wraps, r.operation(e)...)
	}
	return wraps
}

// bounds changes a constant in a comparison if the moved boundary does not have
// the same effect: n < 3 becomes n < 2, since n <= 3 is n < 4.
func (r *rewriter) bounds(e *ast.BinaryExpr) {
	below, above := e.X, e.Y
	switch e.Op {
	case token.GTR, token.GEQ:
		below, above = e.Y, e.X
	case token.LSS, token.LEQ:
	default:
		return
	}
	r.constants[below], r.constants[above] = "Next", "Previous"
	if e.Op == token.LEQ || e.Op == token.GEQ {
		r.constants[below], r.constants[above] = "Previous", "Next"
	}
}

func (r *rewriter) operation(e *ast.BinaryExpr) []wrap {
	o, ok := operations[e.Op]
	kind := types.BasicInfo(types.IsNumeric)
	if e.Op.Precedence() == token.LSS.Precedence() {
		kind = types.IsOrdered
	}
	if !ok || !r.is(e.X, kind) || !r.is(e.Y, kind) {
		return nil
	}
	wraps := r.call(e, o.function, o.what)
	if wraps != nil {
		offset := r.offset(e.OpPos)
		r.edits = append(r.edits, edit{offset, offset + len(e.Op.String()), replacing, ","})
	}
	return wraps
}

// constant changes an integer by one and negates a boolean. Texts and
// characters are not changed.
func (r *rewriter) constant(e ast.Expr) []wrap {
	t := r.info.Types[e]
	basic, ok := t.Type.Underlying().(*types.Basic)
	if !ok {
		return nil
	}
	function, own := r.constants[e]
	if function == "case" {
		return r.removed(e, basic)
	}
	if name, ok := e.(*ast.Ident); ok && (name.Name == "true" || name.Name == "false") && r.isBool(e) {
		return r.call(e, "Not", "!"+name.Name)
	}
	switch {
	case own && function == "", t.Type != basic, basic.Info()&types.IsUntyped != 0, t.Value.Kind() != constant.Int,
		basic.Kind() == types.Int32, basic.Kind() == types.Uint8: // mostly characters
		return nil
	case function == "Previous":
		return r.call(e, "Previous["+basic.Name()+"]", "- 1")
	}
	return r.call(e, "Next["+basic.Name()+"]", "+ 1")
}

// removed replaces the value of a case by one that never occurs.
func (r *rewriter) removed(e ast.Expr, basic *types.Basic) []wrap {
	function := "Text"
	switch {
	case basic.Info()&types.IsInteger != 0:
		function = "Number"
	case basic.Info()&types.IsString == 0:
		return nil
	}
	// A plain constant has the type of the value that it is compared with.
	if t, ok := r.info.TypeOf(e).(*types.Basic); ok {
		function += "[" + t.Name() + "]"
	}
	return r.call(e, function, "case dropped")
}

func (r *rewriter) isBool(e ast.Expr) bool {
	t := r.info.TypeOf(e)
	return t == types.Typ[types.Bool] || t == types.Typ[types.UntypedBool]
}

// is reports whether an expression has a basic type of a kind, ignoring type
// parameters. A constant has the type of the other side.
func (r *rewriter) is(e ast.Expr, kind types.BasicInfo) bool {
	t := r.info.Types[e]
	if t.Type == nil {
		return false
	}
	basic, ok := t.Type.Underlying().(*types.Basic)
	return ok && basic.Info()&kind != 0 && (basic.Info()&types.IsUntyped == 0 || t.Value != nil)
}
