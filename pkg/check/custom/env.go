package custom

import (
	"slices"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/checker"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
	"cel.dev/cel-go/interpreter"
	"cel.dev/cel-go/parser"

	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

// The limits of expressions, beside [settings.MaxExpression]. docs/limits.md lists
// them.
const (
	maxNesting = 50 // of an expression
	maxNodes   = 1000
	// maxCost is the cost of one evaluation, as CEL counts it: about one for each
	// step and each member that is read.
	maxCost = 100_000
	// maxRegex is the size of a regular expression in instructions.
	maxRegex = 1000
	// checkEvery is how many iterations pass before evaluation looks whether the run
	// was stopped.
	checkEvery = 1000
)

// A Variable is a variable that expressions can use.
type Variable struct {
	Name, Type string
	Doc        string // one sentence without a full stop
	// ScaleSets variables are those of rules for scale sets alone; Resources
	// variables those of all rules but the ones for the deployment.
	ScaleSets, Resources bool
	kind                 *types.Type
}

// Variables lists the variables, in the order of the reference.
func Variables() []Variable {
	anything := types.NewMapType(types.StringType, types.DynType)
	return []Variable{
		{Name: "resource", Type: "object", Doc: "The resource as it is deployed: id, type, name, apiVersion, location, tags, sku, properties and so on", Resources: true, kind: types.DynType},
		{Name: "set", Type: "ScaleSet", Doc: "The scale set, with the defaults of its API version", ScaleSets: true, kind: setView.Get().kind()},
		{Name: "deployment", Type: "Deployment", Doc: "The deployment of the template", kind: deploymentView.Get().kind()},
		{Name: "parameters", Type: "object", Doc: "The values of the parameters of the template; secure ones are unknown", kind: anything},
		{Name: "variables", Type: "object", Doc: "The values of the variables of the template", kind: anything},
	}
}

// A Field is a member of a type of variables, for the reference.
type Field struct{ Type, Name, Kind, Doc string }

// Fields lists the members of the types, in the order of the reference.
func Fields() (all []Field) {
	for _, v := range views() {
		for _, m := range v.members {
			all = append(all, Field{v.name, m.name, m.kind.String(), m.doc})
		}
	}
	return all
}

// provider knows the types of the views, beside those of the library.
type provider struct{ *types.Registry }

func viewNamed(name string) (*viewType, bool) {
	i := slices.IndexFunc(views(), func(v *viewType) bool { return v.name == name })
	if i < 0 {
		return nil, false
	}
	return views()[i], true
}

func (p provider) FindStructType(name string) (*types.Type, bool) {
	if v, ok := viewNamed(name); ok {
		return types.NewTypeTypeWithParam(v.kind()), true
	}
	return p.Registry.FindStructType(name)
}

func (p provider) FindStructFieldNames(name string) ([]string, bool) {
	v, ok := viewNamed(name)
	if !ok {
		return p.Registry.FindStructFieldNames(name)
	}
	var names []string
	for _, m := range v.members {
		names = append(names, m.name)
	}
	return names, true
}

func (p provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	v, ok := viewNamed(name)
	if !ok {
		return p.Registry.FindStructFieldType(name, field)
	}
	m, ok := v.member(field)
	if !ok {
		return nil, false
	}
	return &types.FieldType{Type: m.kind}, true
}

// environment is what every expression can use. It takes some milliseconds and is
// made when the first rule is compiled.
var environment = sync.OnceValues(func() (*cel.Env, error) {
	registry, err := types.NewRegistry()
	if err != nil {
		return nil, err
	}
	return cel.NewEnv(
		cel.CustomTypeAdapter(registry), cel.CustomTypeProvider(provider{registry}),
		cel.OptionalTypes(), cel.CrossTypeNumericComparisons(true), cel.DefaultUTCTimeZone(true),
		ext.Strings(), ext.TwoVarComprehensions(), cel.Macros(cel.GlobalMacro(operators.Has, 1, has)),
		cel.RegexProgramSizeLimit(maxRegex),
		cel.Function("region", cel.Overload("region_string", []*cel.Type{cel.StringType}, cel.StringType,
			cel.UnaryBinding(func(v ref.Val) ref.Val {
				if s, ok := v.(types.String); ok {
					return types.String(regions.Normalize(string(s)))
				}
				return types.MaybeNoSuchOverloadErr(v)
			}))),
	)
})

// has expands has(a.b.c), which is false as well if there is no a.b: in CEL, that is
// an error, and resources have many members that may be absent. It means
// a.?b.?c.hasValue().
func has(h cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	if args[0].Kind() != ast.SelectKind {
		return nil, h.NewError(args[0].ID(), "has() takes a member, such as has(resource.sku.name)")
	}
	return h.NewMemberCall(hasValue, optional(h, args[0])), nil
}

// hasValue is the function that says whether an optional value is there.
const hasValue = "hasValue"

func optional(h cel.MacroExprFactory, e ast.Expr) ast.Expr {
	switch e.Kind() {
	case ast.SelectKind:
		s := e.AsSelect()
		return h.NewCall(operators.OptSelect, optional(h, s.Operand()), h.NewLiteral(types.String(s.FieldName())))
	case ast.CallKind:
		if call := e.AsCall(); call.FunctionName() == operators.Index {
			return h.NewCall(operators.OptIndex, optional(h, call.Args()[0]), call.Args()[1])
		}
	}
	return e
}

// A subject is what a rule is for.
type subject int

const (
	forResources subject = iota
	forScaleSets
	forDeployment
)

func subjectOf(s settings.Subject) subject {
	switch {
	case s.ScaleSets:
		return forScaleSets
	case s.Deployment:
		return forDeployment
	}
	return forResources
}

// A language is what the expressions of rules for one subject are compiled with. It
// does what an environment of cel-go does, with the other parser of that module:
// without the tables of ANTLR, a rule is parsed in a tenth of the time.
type language struct {
	env     *cel.Env
	parser  *parser.Parser
	checker *checker.Env
}

// languages are those of the subjects, each made when it is first used.
var languages = [...]func() (*language, error){
	forResources:  sync.OnceValues(func() (*language, error) { return newLanguage(forResources) }),
	forScaleSets:  sync.OnceValues(func() (*language, error) { return newLanguage(forScaleSets) }),
	forDeployment: sync.OnceValues(func() (*language, error) { return newLanguage(forDeployment) }),
}

func newLanguage(s subject) (*language, error) {
	base, err := environment()
	if err != nil {
		return nil, err
	}
	var options []cel.EnvOption
	for _, v := range Variables() {
		if (s == forScaleSets || !v.ScaleSets) && (s != forDeployment || !v.Resources) {
			options = append(options, cel.Variable(v.Name, v.kind))
		}
	}
	l := &language{}
	if l.env, err = base.Extend(options...); err != nil {
		return nil, err
	}
	l.parser, err = parser.NewParser(parser.EnablePrattParser(true), parser.EnableOptionalSyntax(true), parser.EnableHiddenAccumulatorName(true),
		parser.Macros(l.env.Macros()...), parser.MaxRecursionDepth(maxNesting), parser.MaxExpressionNodeCount(maxNodes),
		parser.ExpressionSizeCodePointLimit(settings.MaxExpression))
	if err != nil {
		return nil, err
	}
	l.checker, err = checker.NewEnv(l.env.Container, l.env.CELTypeProvider(), checker.CrossTypeNumericComparisons(true))
	if err != nil {
		return nil, err
	}
	if err := l.checker.AddIdents(l.env.Variables()...); err != nil {
		return nil, err
	}
	for _, f := range l.env.Functions() {
		if f.IsDeclarationDisabled() {
			continue
		}
		if err := l.checker.AddFunctions(f); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// compile parses and checks an expression.
func (l *language) compile(text string) (*ast.AST, []*common.Error) {
	from := common.NewTextSource(text)
	parsed, errs := l.parser.Parse(from)
	if len(errs.GetErrors()) > 0 {
		return nil, errs.GetErrors()
	}
	checked, errs := checker.Check(parsed, from, l.checker)
	if len(errs.GetErrors()) > 0 {
		return nil, errs.GetErrors()
	}
	issues := cel.NewIssuesWithSourceInfo(errs, checked.SourceInfo())
	for _, v := range []cel.ASTValidator{cel.ValidateRegexLiterals(), cel.ValidateDurationLiterals(), cel.ValidateTimestampLiterals()} {
		v.Validate(l.env, nil, checked, issues)
	}
	return checked, issues.Errors()
}

// plan makes a program of a checked expression, or of a part of one.
func plan(env *cel.Env, checked *ast.AST) (cel.Program, error) {
	return env.PlanProgram(checked,
		cel.EvalOptions(cel.OptOptimize, cel.OptTrackCost), cel.CostLimit(maxCost), cel.InterruptCheckFrequency(checkEvery),
		cel.CustomDecoratorV2(func(i interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
			call, ok := i.(interpreter.InterpretableCall)
			if !ok {
				return i, nil
			}
			if replaced := compare(call); replaced != nil {
				return replaced, nil
			}
			return grow(env, call)
		}))
}

// part is a part of a checked expression as an expression of its own.
func part(whole *ast.AST, e ast.Expr) *ast.AST {
	return ast.NewCheckedAST(ast.NewAST(e, whole.SourceInfo()), whole.TypeMap(), whole.ReferenceMap())
}

// compare replaces the comparisons of the library, which know nothing of unknown
// values inside of lists and objects. It returns nil for another call.
func compare(call interpreter.InterpretableCall) interpreter.InterpretableV2 {
	if len(call.Args()) != 2 {
		return nil
	}
	var of func(s *scope, a, b ref.Val) ref.Val
	switch call.Function() {
	case operators.Equals:
		of = (*scope).equal
	case operators.NotEquals:
		of = func(s *scope, a, b ref.Val) ref.Val {
			same := s.equal(a, b)
			if is, ok := same.(types.Bool); ok {
				return !is
			}
			return same
		}
	case operators.In:
		if isLiteral(call.Args()[1]) { // the library looks it up in a set
			return call
		}
		of = func(s *scope, v, in ref.Val) ref.Val {
			switch in := in.(type) {
			case traits.Lister:
				return s.holds(in, v)
			case traits.Container:
				return in.Contains(v)
			}
			return types.ValOrErr(in, "no such overload")
		}
	default:
		return nil
	}
	return &comparison{call, of}
}

// isLiteral reports a list of constants.
func isLiteral(i interpreter.InterpretableV2) bool {
	if _, ok := i.(interpreter.InterpretableConst); ok {
		return true
	}
	made, ok := i.(interpreter.InterpretableConstructor)
	return ok && !slices.ContainsFunc(made.InitVals(), func(v interpreter.InterpretableV2) bool {
		_, constant := v.(interpreter.InterpretableConst)
		return !constant
	})
}

// A comparison is a call of ==, != or in.
type comparison struct {
	interpreter.InterpretableCall
	of func(s *scope, a, b ref.Val) ref.Val
}

func (c *comparison) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	a := c.Args()[0].Exec(frame)
	if types.IsError(a) {
		return a
	}
	b := c.Args()[1].Exec(frame)
	var result ref.Val
	switch {
	case types.IsError(b), types.IsUnknown(b):
		result = b
	case types.IsUnknown(a):
		result = a
	default:
		result = c.of(scopeIn(frame), a, b)
	}
	if costs := frame.CostTracker(); costs != nil {
		costs.EvalBinary(frame, c.ID(), c, a, b, result)
	}
	return result
}

func (c *comparison) Eval(vars interpreter.Activation) ref.Val {
	return interpreter.EvalActivation(vars, c.Exec)
}
