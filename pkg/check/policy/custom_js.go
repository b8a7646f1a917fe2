package policy

import (
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

// compile rejects the rules of a project: the language that they are written in
// would make a page by half larger, and a page reads no settings.
func compile(declared []settings.Custom) ([]*lint.Rule, settings.Mistakes) {
	var all settings.Mistakes
	for _, c := range declared {
		all = append(all, settings.Mistake{At: c.At, Message: "rules of a project cannot run in a browser"})
	}
	return nil, all
}
