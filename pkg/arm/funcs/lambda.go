package funcs

import (
	"sort"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const lambdaDocs = docs + "lambda#"

var lambdaFuncs = []Func{
	{Name: "filter", Family: "lambda", Result: "array", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "predicate", Type: "lambda", Vars: [2]int{1, 2}}}, Min: 2, Answer: filter,
		Doc: "The elements of an array for which a lambda is true.", Source: lambdaDocs + "filter"},
	{Name: "groupBy", Family: "lambda", Result: "object", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "keyLambda", Type: "lambda", Vars: [2]int{1, 2}}, {Name: "valueLambda", Type: "lambda", Vars: [2]int{1, 2}}}, Min: 2, Answer: groupBy,
		Doc: "The elements of an array, grouped by the key that a lambda returns.", Source: lambdaDocs + "groupby"},
	{Name: "lambda", Family: "lambda", Params: []Param{{Name: "variables", Type: "string"}, {Name: "body", Type: "any"}}, Min: 1, Variadic: true,
		Doc: "An expression with variables, used as an argument of another function.", Source: lambdaDocs + "filter"},
	{Name: "lambdaVariables", Family: "lambda", Params: []Param{{Name: "name", Type: "string"}}, Min: 1, Where: InLambda,
		Doc: "The value of a lambda variable.", Source: lambdaDocs + "filter"},
	{Name: "map", Family: "lambda", Result: "array", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "lambda", Type: "lambda", Vars: [2]int{1, 2}}}, Min: 2, Answer: mapArray,
		Doc: "An array with the result of a lambda for each element of an array.", Source: lambdaDocs + "map"},
	{Name: "mapValues", Family: "lambda", Result: "object", Params: []Param{{Name: "inputObject", Type: "object"}, {Name: "lambda", Type: "lambda", Vars: [2]int{1, 1}}}, Min: 2, Answer: mapValues,
		Doc: "An object with the result of a lambda for each value of an object.", Source: lambdaDocs + "mapvalues"},
	{Name: "reduce", Family: "lambda", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "initialValue", Type: "any"}, {Name: "lambda", Type: "lambda", Vars: [2]int{2, 3}}}, Min: 3, Answer: reduce,
		Doc: "One value computed by a lambda from all elements of an array in turn.", Source: lambdaDocs + "reduce"},
	{Name: "sort", Family: "lambda", Result: "array", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "less", Type: "lambda", Vars: [2]int{2, 2}}}, Min: 2, Answer: sortArray,
		Doc: "An array sorted by a lambda that returns whether the first of two elements comes first.", Source: lambdaDocs + "sort"},
	{Name: "toObject", Family: "lambda", Result: "object", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "keyLambda", Type: "lambda", Vars: [2]int{1, 1}}, {Name: "valueLambda", Type: "lambda", Vars: [2]int{1, 1}}}, Min: 2, Answer: toObject,
		Doc: "An object of the elements of an array, with the keys that a lambda returns.", Source: lambdaDocs + "toobject"},
}

// lambda returns argument i, which must be a lambda.
func (c *Call) lambda(i int) (Lambda, error) {
	if i < len(c.Lambdas) && c.Lambdas[i] != nil {
		return c.Lambdas[i], nil
	}
	return nil, wrongType(i, "a lambda", c.Args[i])
}

// arrayAndLambda returns the first two arguments.
func (c *Call) arrayAndLambda() (value.Array, Lambda, error) {
	list, err := c.array(0)
	if err != nil {
		return nil, nil, err
	}
	f, err := c.lambda(1)
	return list, f, err
}

// key returns the result of a lambda that must return a string.
func key(i int, f Lambda, args ...value.Value) (string, error) {
	v, err := f(args...)
	if err != nil {
		return "", err
	}
	switch v := v.(type) {
	case value.String:
		return string(v), nil
	case value.Unknown:
		return "", ErrUnknown
	}
	return "", wrong(i, "must return a string, but for %s it returns %s", describe(args[0]), describe(v))
}

// test returns the result of a lambda that must return a bool.
func test(f Lambda, args ...value.Value) (bool, error) {
	v, err := f(args...)
	if err != nil {
		return false, err
	}
	switch v := v.(type) {
	case value.Bool:
		return bool(v), nil
	case value.Unknown:
		return false, ErrUnknown
	}
	return false, wrong(1, "must return a bool, but for %s it returns %s", describe(args[0]), describe(v))
}

func filter(c *Call) (value.Value, error) {
	list, f, err := c.arrayAndLambda()
	if err != nil {
		return nil, err
	}
	kept := value.Array{}
	for i, v := range list {
		ok, err := test(f, v, value.Int(i))
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, v)
		}
	}
	return kept, nil
}

func mapArray(c *Call) (value.Value, error) {
	list, f, err := c.arrayAndLambda()
	if err != nil {
		return nil, err
	}
	out := make(value.Array, len(list))
	for i, v := range list {
		if out[i], err = f(v, value.Int(i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func mapValues(c *Call) (value.Value, error) {
	o, err := c.object(0)
	if err != nil {
		return nil, err
	}
	f, err := c.lambda(1)
	if err != nil {
		return nil, err
	}
	out := make([]value.Member, o.Len())
	for i, m := range o.Members() {
		out[i].Name = m.Name
		if out[i].Value, err = f(m.Value); err != nil {
			return nil, err
		}
	}
	return value.NewObject(out...), nil
}

func reduce(c *Call) (value.Value, error) {
	list, err := c.array(0)
	if err != nil {
		return nil, err
	}
	f, err := c.lambda(2)
	if err != nil {
		return nil, err
	}
	sum := c.Args[1]
	for i, v := range list {
		if sum, err = f(sum, v, value.Int(i)); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

// sortArray is a stable sort: equal elements keep their order.
func sortArray(c *Call) (value.Value, error) {
	list, f, err := c.arrayAndLambda()
	if err != nil {
		return nil, err
	}
	out := append(value.Array{}, list...)
	sort.SliceStable(out, func(i, j int) bool {
		if err != nil {
			return false
		}
		var before bool
		before, err = test(f, out[i], out[j])
		return before
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func toObject(c *Call) (value.Value, error) {
	list, f, err := c.arrayAndLambda()
	if err != nil {
		return nil, err
	}
	val := func(args ...value.Value) (value.Value, error) { return args[0], nil }
	if len(c.Args) > 2 {
		if val, err = c.lambda(2); err != nil {
			return nil, err
		}
	}
	m := newMembers(len(list))
	for _, v := range list {
		name, err := key(1, f, v)
		if err != nil {
			return nil, err
		}
		if _, ok := m.get(name); ok {
			return nil, wrong(1, "returns the key '%s' more than once; keys are case-insensitive and must differ", clip(name))
		}
		made, err := val(v)
		if err != nil {
			return nil, err
		}
		m.set(name, made)
	}
	return m.object(), nil
}

// groupBy groups keys that differ only in case under the first spelling. A
// second lambda maps each element.
func groupBy(c *Call) (value.Value, error) {
	list, f, err := c.arrayAndLambda()
	if err != nil {
		return nil, err
	}
	kept := func(args ...value.Value) (value.Value, error) { return args[0], nil }
	if len(c.Args) > 2 {
		if kept, err = c.lambda(2); err != nil {
			return nil, err
		}
	}
	var groups []value.Array
	var names []string
	at := map[string]int{}
	for i, v := range list {
		name, err := key(1, f, v, value.Int(i))
		if err != nil {
			return nil, err
		}
		n, ok := at[strings.ToLower(name)]
		if !ok {
			n = len(groups)
			at[strings.ToLower(name)] = n
			groups, names = append(groups, nil), append(names, name)
		}
		made, err := kept(v, value.Int(i))
		if err != nil {
			return nil, err
		}
		groups[n] = append(groups[n], made)
	}
	out := make([]value.Member, len(groups))
	for i := range groups {
		out[i] = value.Member{Name: names[i], Value: groups[i]}
	}
	return value.NewObject(out...), nil
}
