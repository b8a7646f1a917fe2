package render

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// ValueMax is the most of a value that a line shows.
const ValueMax = 100

// Clip cuts a long value; of the id of a resource its end counts.
func Clip(s string, limit int) string {
	if at := strings.LastIndex(s, "/providers/"); at > 0 && strings.HasPrefix(s, `"/subscriptions/`) && len(s) > limit {
		s = `"` + Ellipsis + s[at+len("/providers"):]
	}
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + Ellipsis
	}
	return s
}

// Ellipsis marks text that is left out of a long line.
const Ellipsis = "…"

// Thousands returns a number with commas, for people.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// TableRows is how many rows a table shows by default.
const TableRows = 200

// Sentence begins with a capital letter.
func Sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Severities returns a count of findings of a severity, "2 errors" or "3 info".
func Severities(n int, s diag.Severity) string {
	if s == diag.Info {
		return strconv.Itoa(n) + " info"
	}
	return Plural(n, s.String())
}

// Plural returns a count with its noun, "1 error" or "2 errors".
func Plural(n int, noun string) string { return diag.Count(n, noun) }

// Sprintf is [fmt.Sprintf] with neutral arguments: the format is ours, and so are
// the lines in it.
func Sprintf(format string, args ...any) string {
	return fmt.Sprintf(format, neutralized(args)...)
}

// neutralized returns arguments of a format whose texts are neutral.
func neutralized(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch v := reflect.ValueOf(a); {
		case a == nil:
		case v.Kind() == reflect.String && !isStringer(a):
			out[i] = Neutral(v.String())
			continue
		case isStringer(a):
			out[i] = Neutral(fmt.Sprint(a))
			continue
		}
		out[i] = a
	}
	return out
}

func isStringer(a any) bool {
	switch a.(type) {
	case error, fmt.Stringer:
		return true
	}
	return false
}
