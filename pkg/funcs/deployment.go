package funcs

var deploymentFuncs = []Func{}
