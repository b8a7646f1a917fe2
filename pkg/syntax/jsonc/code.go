package jsonc

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// A Code is one kind of finding about the text of a file.
type Code struct {
	Code     diag.Code
	Name     string        // the rule's name, as in "SS2001 json-syntax"
	Severity diag.Severity // of what the engine refuses an error, of all else at most a warning
	Summary  string        // one sentence without a full stop
}

// The kinds of findings. SS2000 to SS2019 belong to this package; SS0003 is
// shared by all that bounds its work.
var (
	Limit        = Code{"SS0003", "tool-limit", diag.Error, "The file is nested deeper, has more lines, values, comments or escapes, or has more mistakes, than is followed"}
	Encoding     = Code{"SS2000", "json-encoding", diag.Warning, "The file is not UTF-8"}
	Syntax       = Code{"SS2001", "json-syntax", diag.Error, "The text is not JSON, not even as the engine reads it"}
	Unclosed     = Code{"SS2002", "json-unclosed", diag.Error, "A string, a comment, an object or an array is not closed"}
	BadEscape    = Code{"SS2003", "json-escape", diag.Error, "A string holds an escape that JSON does not know"}
	BadNumber    = Code{"SS2004", "json-number", diag.Error, "A number cannot be read"}
	Trailing     = Code{"SS2005", "json-trailing", diag.Error, "Something follows the end of the document"}
	DuplicateKey = Code{"SS2006", "json-duplicate-key", diag.Warning, "An object has the same key twice"}
	SimilarKeys  = Code{"SS2007", "json-similar-keys", diag.Info, "An object has two keys that differ in case only"}
	Dialect      = Code{"SS2008", "json-dialect", diag.Info, "The engine reads the text, but it is not JSON by RFC 8259"}
	MultiLine    = Code{"SS2009", "json-multiline-string", diag.Info, "A string goes over several lines"}
	Octal        = Code{"SS2010", "json-octal", diag.Warning, "A number begins with 0 and is read in base 8"}
)

// Codes lists the kinds of findings that this package alone reports, in the
// order of their codes.
func Codes() []Code {
	return []Code{Encoding, Syntax, Unclosed, BadEscape, BadNumber, Trailing, DuplicateKey, SimilarKeys, Dialect, MultiLine, Octal}
}
