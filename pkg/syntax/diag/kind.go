package diag

import (
	"io/fs"
	"strings"
)

// A Kind is a kind of finding that does not come from a rule. It has what all
// findings with one code and name have in common.
type Kind struct {
	Code Code
	Name string // name that it is reported under, as in "SS2001 json-syntax"
	// Severity is the default severity.
	Severity Severity
	// Also lists the other severities that it is reported with, and when.
	Also []Level
	// OffByDefault kinds do not affect whether the template deploys and are
	// reported only if they are enabled.
	OffByDefault bool
	Summary      string // one sentence without a full stop
	pages        fs.FS  // where the page is, see [WithPages]
}

// A Level is a severity of a kind of finding, and when a finding has it.
type Level struct {
	Severity Severity `json:"severity"`
	// When completes the sentence "It is a warning when ..."; empty for the
	// severity that it has in all other cases.
	When string `json:"when"`
}

// Levels returns all severities of the kind, the worst first.
func (k Kind) Levels() []Level { return Levels(k.Severity, k.Also) }

// Levels returns the usual severity, which has no condition, and the others,
// the worst first.
func Levels(usual Severity, also []Level) []Level {
	var all []Level
	for s := Error; s >= Info; s-- {
		if s == usual {
			all = append(all, Level{Severity: s})
		}
		for _, l := range also {
			if l.Severity == s {
				all = append(all, l)
			}
		}
	}
	return all
}

// NameOf returns the name of the kind with a code, or other if no kind has it.
func NameOf(kinds []Kind, code Code, other string) string {
	for _, k := range kinds {
		if k.Code == code {
			return k.Name
		}
	}
	return other
}

// WithPages sets where the page of each kind is: in a file in pages/ whose name is
// the code and the name in lower case with underscores.
func WithPages(kinds []Kind, pages fs.FS) []Kind {
	for i := range kinds {
		kinds[i].pages = pages
	}
	return kinds
}

// Page reads the page of the kind: Markdown, in the form of the pages of rules; ""
// if it has none. Only what shows a page needs it, and most runs show none.
func (k Kind) Page() string {
	if k.pages == nil {
		return ""
	}
	name := "pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md"
	page, err := fs.ReadFile(k.pages, name)
	if err != nil {
		return ""
	}
	return string(page)
}
