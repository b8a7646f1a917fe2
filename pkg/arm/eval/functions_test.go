package eval_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// resultTypes are the types of the results of each function, in the words of
// funcs.Param: parts of an object may be unknown, the whole may always be.
// Functions that return an argument, or a value parsed from text, are not
// listed.
var resultTypes = map[string]string{
	"array": "array", "concat": "array|string", "contains": "bool", "createArray": "array", "distinct": "array", "empty": "bool", "flatten": "array",
	"indexOf": "int", "intersection": "array|object", "lastIndexOf": "int", "length": "int", "range": "array", "skip": "array|string",
	"take": "array|string", "union": "array|object", "cidrHost": "string", "cidrSubnet": "string", "parseCidr": "object",
	"equals": "bool", "greater": "bool", "greaterOrEquals": "bool", "less": "bool", "lessOrEquals": "bool",
	"dateTimeAdd": "string", "dateTimeFromEpoch": "string", "dateTimeToEpoch": "int", "utcNow": "string",
	"add": "int", "div": "int", "float": "int|float", "int": "int", "max": "int|float", "min": "int|float", "mod": "int", "mul": "int", "sub": "int",
	"filter": "array", "groupBy": "object", "map": "array", "mapValues": "object", "sort": "array", "toObject": "object",
	"managementGroup": "object", "resourceGroup": "object", "subscription": "object", "tenant": "object", "deployment": "object",
	"and": "bool", "bool": "bool", "false": "bool", "not": "bool", "or": "bool", "true": "bool",
	"extensionResourceId": "string", "managementGroupResourceId": "string", "resourceId": "string", "subscriptionResourceId": "string", "tenantResourceId": "string",
	"base64": "string", "base64ToString": "string", "dataUri": "string", "dataUriToString": "string", "endsWith": "bool", "format": "string",
	"guid": "string", "join": "string", "newGuid": "string", "padLeft": "string", "replace": "string", "split": "array", "startsWith": "bool", "like": "bool", "buildUri": "string", "parseUri": "object",
	"string": "string", "substring": "string", "toLower": "string", "toUpper": "string", "trim": "string", "uniqueString": "string",
	"uri": "string", "uriComponent": "string", "uriComponentToString": "string",
	"createObject": "object", "items": "array", "null": "null", "objectKeys": "array", "shallowMerge": "object",
}

// anyResult are the other functions.
var anyResult = []string{
	"base64ToJson", "coalesce", "first", "if", "indexFromEnd", "json", "last", "reduce", "tryGet", "tryIndexFromEnd",
	"deployer", "environment", "fail", "pickZones", "providers", "target", "toLogicalZone", "toLogicalZones", "toPhysicalZone", "toPhysicalZones",
}

func TestResultTypesAreComplete(t *testing.T) {
	for _, f := range funcs.All() {
		_, listed := resultTypes[f.Name]
		if f.Answer != nil && listed == slices.Contains(anyResult, f.Name) {
			t.Errorf("%s: a function with an answer stands in resultTypes or in anyResult", f.Name)
		}
	}
}

// FuzzFunctions calls every function with arguments of the declared types and
// of all others: unknown parts, extremes, text of every kind, as a direct call
// and as an expression. Every result must be limited in size and of the
// declared type, must be the same when repeated or evaluated through the
// evaluator, and must leave the arguments unchanged.
func FuzzFunctions(f *testing.F) {
	random := rand.New(rand.NewPCG(2015, 11))
	for i := range funcs.All() {
		for range 8 {
			data := make([]byte, 40)
			for j := range data {
				data[j] = byte(random.Uint32())
			}
			f.Add(uint8(i), data)
		}
	}
	f.Fuzz(func(t *testing.T, number uint8, data []byte) {
		function := funcs.All()[int(number)%len(funcs.All())]
		d := draw{data: data}
		args, lambdas, texts := d.arguments(function)
		if function.Answer != nil && !slices.ContainsFunc(args, isWholeUnknown) {
			checkDirect(t, function, args, lambdas, texts)
		}
		checkEvaluated(t, function, args, texts)
	})
}

func isWholeUnknown(v value.Value) bool { _, ok := v.(value.Unknown); return ok }

// apply calls a function; it returns an error as text, so that two can be
// compared.
func apply(f *funcs.Func, args []value.Value, lambdas []funcs.Lambda) (value.Value, string) {
	v, err := f.Apply(&funcs.Call{Context: recorded, Args: args, Lambdas: lambdas})
	if err != nil {
		return nil, err.Error()
	}
	return v, ""
}

func checkDirect(t *testing.T, f *funcs.Func, args []value.Value, lambdas []funcs.Lambda, texts []string) {
	before := jsonOf(args)
	got, failed := apply(f, args, lambdas)
	again, failedAgain := apply(f, args, lambdas)
	call := fmt.Sprintf("%s(%.200s)", f.Name, strings.Join(texts, ", "))
	if after := jsonOf(args); after != before {
		t.Fatalf("%s changed its arguments from %.200s to %.200s", call, before, after)
	}
	if failed != failedAgain || failed == "" && value.JSON(got) != value.JSON(again) {
		t.Errorf("%s gives %v %q, then %v %q", call, got, failed, again, failedAgain)
	}
	if failed != "" {
		// A message quotes few values, each of at most 40 bytes; the message of
		// fail() comes from the template.
		if f.Name != "fail" && len(failed) > 1000 {
			t.Errorf("%s: a message of %d bytes: %.200s", call, len(failed), failed)
		}
		return
	}
	checkResult(t, call, f, got)
	// The result is at most as large as the arguments and the largest text
	// together.
	if size, most := weight(got), weight(value.Array(args))*4+(4<<20)+1<<16; size > most && f.Name != "range" && len(lambdas) == 0 {
		t.Errorf("%s: an answer of %d bytes", call, size)
	}
}

func checkResult(t *testing.T, call string, f *funcs.Func, v value.Value) {
	if v == nil {
		t.Fatalf("%s gives no value and no error", call)
	}
	want, ok := resultTypes[f.Name]
	if kind := value.KindName(v); ok && kind != "unknown" && !slices.Contains(strings.Split(want, "|"), kind) {
		t.Errorf("%s gives the %s %.200s, want %s", call, kind, value.JSON(v), want)
	}
}

// checkEvaluated evaluates the call as an expression. The result must be that
// of the direct call, and the same each time.
func checkEvaluated(t *testing.T, f *funcs.Func, args []value.Value, texts []string) {
	text := "[" + f.Name + "(" + strings.Join(texts, ", ") + ")]"
	if !utf8.ValidString(text) {
		return
	}
	n, diags := expr.Parse(text, source.NewMap(source.NewFile("t.json", []byte(text)), 0).Map(len(text), len(text)))
	if diags.HasErrors() {
		if len(text) <= expr.MaxLength && !tooDeep(diags[0].Summary) {
			t.Fatalf("%.200s cannot be read: %s", text, diags[0].Summary)
		}
		return
	}
	first, err := eval.Eval(n, template)
	second, errAgain := eval.Eval(n, template)
	if fmt.Sprint(err) != fmt.Sprint(errAgain) || err == nil && value.JSON(first.Value) != value.JSON(second.Value) {
		t.Fatalf("%.200s gives %v %v, then %v %v", text, first.Value, err, second.Value, errAgain)
	}
	var mistake *eval.Error
	if err != nil && !errors.As(err, &mistake) {
		t.Fatalf("%.200s: %T is not a mistake of the user: %v", text, err, err)
	}
	if err != nil {
		return
	}
	checkResult(t, text, f, first.Value)
	checkResidual(t, first.Value)
	known := !slices.ContainsFunc(args, func(v value.Value) bool { return !value.IsKnown(v) })
	if f.Answer == nil || !known || slices.ContainsFunc(f.Params, func(p funcs.Param) bool { return p.Type == "lambda" }) || lazy[f.Name] {
		return
	}
	direct, failed := apply(f, args, nil)
	if failed != "" || value.JSON(direct) != value.JSON(first.Value) {
		t.Errorf("%.200s gives %.200s, called directly %v %s", text, value.JSON(first.Value), direct, failed)
	}
}

// lazy are the functions whose unneeded arguments the evaluator skips.
var lazy = map[string]bool{"if": true, "and": true, "or": true, "coalesce": true, "tryGet": true}

func tooDeep(message string) bool { return strings.Contains(message, "256") }

func jsonOf(args []value.Value) string { return value.JSON(value.Array(args)) }

// weight returns the approximate size of v as text, in bytes.
func weight(v value.Value) int { return len(value.JSON(v)) }

// A draw generates arguments from bytes. When they are used up it uses zeros.
type draw struct {
	data []byte
	long int // number of texts of thousands of bytes so far
}

func (d *draw) byte() byte {
	if len(d.data) == 0 {
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

func (d *draw) bytes(n int) []byte {
	n = min(n, len(d.data))
	b := d.data[:n]
	d.data = d.data[n:]
	return b
}

// arguments returns the values, the lambdas and the expressions of a call of f.
// One call in eight has a wrong number of arguments.
func (d *draw) arguments(f *funcs.Func) (args []value.Value, lambdas []funcs.Lambda, texts []string) {
	n := f.Min
	switch b := int(d.byte()); {
	case b%8 == 0:
		n = b / 8 % 5
	case f.Variadic:
		n += b % 3
	case len(f.Params) > f.Min:
		n += b % (len(f.Params) - f.Min + 1)
	}
	lambdas = make([]funcs.Lambda, n)
	for i := range n {
		var p funcs.Param
		if len(f.Params) > 0 {
			p = f.Params[min(i, len(f.Params)-1)]
		}
		if p.Type == "lambda" && d.byte()%8 > 0 {
			l, text := d.lambda(p.Vars)
			lambdas[i] = l
			args, texts = append(args, value.Null{}), append(texts, text)
			continue
		}
		v := d.value(strings.Split(p.Type, "|"), 0)
		args, texts = append(args, v), append(texts, value.Expression(v))
	}
	return args, lambdas, texts
}

// A written lambda in two spellings: as Go and as an expression of its variables a, b, c.
type writtenLambda struct {
	call funcs.Lambda
	body string
}

var writtenLambdas = []writtenLambda{
	{func(args ...value.Value) (value.Value, error) { return args[0], nil }, "lambdaVariables('a')"},
	{func(args ...value.Value) (value.Value, error) { return args[len(args)-1], nil }, "lambdaVariables('b')"},
	{func(...value.Value) (value.Value, error) { return value.Bool(true), nil }, "true()"},
	{func(...value.Value) (value.Value, error) { return value.Bool(false), nil }, "false()"},
	{func(...value.Value) (value.Value, error) { return value.Int(1), nil }, "1"},
	{func(...value.Value) (value.Value, error) { return value.String("k"), nil }, "'k'"},
	{func(...value.Value) (value.Value, error) { return value.Null{}, nil }, "null()"},
	{func(...value.Value) (value.Value, error) { return later, nil }, later.Residual},
	{func(args ...value.Value) (value.Value, error) { return value.Array(slices.Clone(args)), nil }, "createArray(lambdaVariables('a'), lambdaVariables('a'))"},
	{func(...value.Value) (value.Value, error) { return nil, errors.New("the lambda fails") }, "fail('the lambda fails')"},
	{func(...value.Value) (value.Value, error) { return nil, funcs.ErrUnknown }, "lambdaVariables('nope')"},
	{func(args ...value.Value) (value.Value, error) {
		text := value.JSON(args[0])
		if len(text) > eval.MaxSize { // as the evaluator does: reduce() doubles its backslashes each time
			return nil, errors.New("too large")
		}
		return value.String(text), nil
	}, "string(lambdaVariables('a'))"},
	{func(args ...value.Value) (value.Value, error) {
		return value.Bool(value.JSON(args[0]) < value.JSON(args[len(args)-1])), nil
	}, "less(lambdaVariables('a'), lambdaVariables('b'))"},
}

// lambda returns a lambda with the number of variables that the function
// passes, or rarely another.
func (d *draw) lambda(vars [2]int) (funcs.Lambda, string) {
	l := writtenLambdas[int(d.byte())%len(writtenLambdas)]
	n := vars[0]
	if b := int(d.byte()); b%8 == 0 {
		n = b / 8 % 5
	} else if b%2 == 0 {
		n = vars[1]
	}
	text := "lambda("
	for i := range n {
		text += "'" + string(rune('a'+i)) + "', "
	}
	return l.call, text + l.body + ")"
}

var later = value.Unknown{Residual: "reference('x').y", Reason: "reference() is answered only at deployment"}

var kinds = []string{"string", "int", "bool", "array", "object", "null", "float", "unknown"}

// value returns a value of one of the types or, one time in eight, of any type.
func (d *draw) value(types []string, depth int) value.Value {
	b := int(d.byte())
	kind := types[b/8%len(types)]
	if b%8 == 0 || !slices.Contains(kinds, kind) {
		kind = kinds[int(d.byte())%len(kinds)]
	}
	switch kind {
	case "string":
		return value.String(d.text())
	case "int":
		return value.Int(d.int())
	case "bool":
		return value.Bool(d.byte()%2 == 0)
	case "float":
		return []value.Number{{Text: "2.5"}, {Text: "-0.0"}, {Text: "1E+300"}, {Text: "9223372036854775808"}, {Text: "-99999999999999999999999999"}, {Text: "1E-07"}}[d.byte()%6]
	case "array":
		return d.array(depth)
	case "object":
		return d.object(depth)
	case "unknown":
		return later
	}
	return value.Null{}
}

func (d *draw) array(depth int) value.Value {
	list := value.Array{}
	b := int(d.byte())
	if b == 255 && depth == 0 { // many elements that share their parts
		item := d.value(kinds, 1)
		for range min(20_000, 1<<21/weight(item)) {
			list = append(list, item)
		}
		return list
	}
	if b == 254 { // deep
		v := value.Value(list)
		for range 200 {
			v = value.Array{v}
		}
		return v
	}
	same := kinds[b/8%len(kinds)]
	for range min(b%8, 5-depth) {
		if b >= 128 {
			list = append(list, d.value(kinds, depth+1))
		} else {
			list = append(list, d.value([]string{same}, depth+1))
		}
	}
	return list
}

var memberNames = []string{"a", "A", "b", "key", "", "it's", "\u00e4\u00df", "a.b", "0", "$schema", "\u0130", "x\ny"}

func (d *draw) object(depth int) value.Value {
	var members []value.Member
	for range min(int(d.byte())%6, 5-depth) {
		name := memberNames[int(d.byte())%len(memberNames)]
		if slices.ContainsFunc(members, func(m value.Member) bool { return strings.EqualFold(m.Name, name) }) {
			continue // createObject() lets the last one win, JSON keeps both
		}
		members = append(members, value.Member{Name: name, Value: d.value(kinds, depth+1)})
	}
	return value.NewObject(members...)
}

var ints = []int64{0, 1, -1, 2, 7, 24, 32, 33, 128, 799, 800, 801, 10_000, 10_001, 100_000, 100_001, 65535,
	math.MaxInt32, math.MaxInt32 + 1, math.MinInt32, math.MinInt32 - 1, 253402300799, 253402300800, -62135596800, -62135596801,
	math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1, 4 << 20, 4<<20 + 1}

func (d *draw) int() int64 {
	switch b := int(d.byte()); {
	case b < 128:
		return int64(b%16) - 3
	case b < 240:
		return ints[b%len(ints)]
	default:
		var raw [8]byte
		copy(raw[:], d.bytes(8))
		return int64(binary.LittleEndian.Uint64(raw[:]))
	}
}

var pieces = []string{
	"", "a", "web", "true", "FALSE", "1", "-9223372036854775808", "9223372036854775808", " 1 ", "0x1f", "1e5", "2.50", "\u0661",
	"10.0.0.0/16", "10.0.0.0/33", "fd00::/48", "::/0", "0.0.0.0/0", "10.0.0.1/8", "fe80::1%eth0/64",
	"2015-11-01T23:59:59Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01", "2020-02-29 00:00:00+14:00", "Wed, 06 May 2015 12:00:00 GMT",
	"P1Y2M3DT4H5M6.7S", "-P99999Y", "PT1H", "P", "P99999999999999999999D", "u", "o", "yyyyMMddTHHmmssZ", "dddd, dd MMMM yyyy 'at' h:mm tt K", "fffffffffffff", "%", "\\",
	"{0}", "{0,-8:D3}|{{}}", "{0:#,##0.00;(0)}", "{0,2000000000}", "{0:D999999999}", "{0:N99}", "{99999999999}", "{", "}", "{0:'}", "{-1}", "{0}{1}{2}{3}",
	"aGVsbG8=", "aGVsbG8", "/w==", "eyJhIjoxfQ==", "data:text/plain;charset=utf8;base64,aGVsbG8=", "data:,a%20b", "data:;base64,====", "data:text/plain;charset=utf-16,%FF",
	"https://contoso.com/a/", "//b/../c?d#e", "https://[::1]:99999/", "%zz%C3%28", "a b\u00e4", "..", "file:///etc", "https://" + "a:b@c/",
	`{"a":[1,2.5,null,{"B":"c"}],"a":2}`, "[1,2,", "{'a':/*x*/1,}", `"\ud800"`, "1e999999999", "[[[[[[[[[[", "NaN", "undefined", `{"":""}`,
	"Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Compute/virtualMachineScaleSets/extensions", "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg",
	"11111111-2222-3333-4444-555555555555", "a//b", "/", "A/b/c/d", "loc", "westus2",
	"\u0130\u0131\u017f\u212a", "\U0001f600\U0001f468\u200d\U0001f469", "\u202e\u0000\u001b[31m", "e\u0301", "\ufeff", "'", "''", "\"", "\r\n", "[parameters('x')]", "\xff\xfe", "\xed\xa0\x80",
}

// text returns one or more pieces, raw bytes, or a long text.
func (d *draw) text() string {
	switch b := int(d.byte()); {
	case b < 170:
		return pieces[b%len(pieces)]
	case b < 200:
		return pieces[int(d.byte())%len(pieces)] + pieces[int(d.byte())%len(pieces)]
	case b < 250:
		return string(d.bytes(b % 24))
	case d.long == 3:
		return "long"
	default:
		d.long++
		unit := pieces[int(d.byte())%len(pieces)] + ","
		return strings.Repeat(unit, []int{100, 1000, 1 << 16, 1 << 18}[int(d.byte())%4]/len(unit))
	}
}
