package funcs

var scopeFuncs = []Func{}
