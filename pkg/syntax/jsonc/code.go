package jsonc

import (
	"embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed pages/*.md
var pages embed.FS

// The kinds of findings. What the deployment service rejects is an error;
// everything else is at most a warning. SS2000 to SS2019 belong to this
// package; SS0003 is shared by every package that limits its work.
var (
	Limit    = diag.Kind{Code: "SS0003", Name: "tool-limit", Severity: diag.Error, Summary: "The file exceeds a limit of the tool: depth, lines, values, comments, escapes or mistakes"}
	encoding = diag.Kind{Code: "SS2000", Name: "json-encoding", Severity: diag.Warning, Summary: "The file is not UTF-8",
		Also: []diag.Level{{Severity: diag.Error, When: "the file is UTF-16 without a byte order mark"}}}
	syntax       = diag.Kind{Code: "SS2001", Name: "json-syntax", Severity: diag.Error, Summary: "The text is not JSON, not even as Azure reads it"}
	Unclosed     = diag.Kind{Code: "SS2002", Name: "json-unclosed", Severity: diag.Error, Summary: "A string, a comment, an object or an array is not closed"}
	badEscape    = diag.Kind{Code: "SS2003", Name: "json-escape", Severity: diag.Error, Summary: "A string has an escape that does not exist in JSON"}
	badNumber    = diag.Kind{Code: "SS2004", Name: "json-number", Severity: diag.Error, Summary: "A number cannot be read"}
	Trailing     = diag.Kind{Code: "SS2005", Name: "json-trailing", Severity: diag.Error, Summary: "Text follows the end of the document"}
	DuplicateKey = diag.Kind{Code: "SS2006", Name: "json-duplicate-key", Severity: diag.Warning, Summary: "An object has the same key twice"}
	SimilarKeys  = diag.Kind{Code: "SS2007", Name: "json-similar-keys", Severity: diag.Info, Summary: "An object has two keys that differ in case only"}
	Dialect      = diag.Kind{Code: "SS2008", Name: "json-dialect", Severity: diag.Info, Summary: "Azure reads the text, but it is not standard JSON"}
	multiLine    = diag.Kind{Code: "SS2009", Name: "json-multiline-string", Severity: diag.Info, Summary: "A string spans several lines"}
	octal        = diag.Kind{Code: "SS2010", Name: "json-octal", Severity: diag.Warning, Summary: "A number begins with 0 and is read as an octal number"}
)

// Kinds lists the kinds of findings that this package alone reports, in the
// order of their codes.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	return diag.WithPages([]diag.Kind{encoding, syntax, Unclosed, badEscape, badNumber, Trailing, DuplicateKey, SimilarKeys, Dialect, multiLine, octal}, pages)
}}
