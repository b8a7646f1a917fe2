package funcs

var dateFuncs = []Func{}
