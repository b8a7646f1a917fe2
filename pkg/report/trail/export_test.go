package trail

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// Reword replaces every sentence until restore is called.
func Reword(with func(diag.Step) string) (restore func()) {
	sentence = with
	return func() { sentence = english }
}
