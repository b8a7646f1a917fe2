package funcs

var resourceFuncs = []Func{}
