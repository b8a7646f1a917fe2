package funcs

var cidrFuncs = []Func{}
