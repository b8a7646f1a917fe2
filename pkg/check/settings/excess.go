package settings

import (
	"bytes"
	"fmt"
)

// What the parser takes time and memory for that grow with the square: 60 KB of
// opening brackets are gigabytes. No settings need a tenth of these.
const (
	maxDepth = 100  // of lists and mappings in brackets, and of lists in lists on one line
	maxTags  = 1000 // such as !!str
	maxEmpty = 1000 // [] and {}
	// maxCommas limits the items of a list in brackets whose end is missing.
	maxCommas = 5000
)

// excess returns where a text has more of something than the parser can handle, and
// what that is; "" when it is fine. Signs in strings and comments count, too.
func excess(text []byte) (at int, what string) {
	depth, dashes, tags, empty, commas := 0, 0, 0, 0, 0
	for i, c := range text {
		next := text[i+1 : min(i+1+len("\r\n    "), len(text))] // enough to see what follows
		switch c {
		case '[', '{':
			depth++
			if bytes.HasPrefix(bytes.TrimSpace(next), []byte{c + 2}) { // ] and } are the second signs behind [ and {
				empty++
			}
		case ']', '}':
			depth = max(0, depth-1)
		case '!':
			tags++
		case ',':
			commas++
		}
		switch {
		case (c == '-' || c == '?') && len(next) > 0 && (next[0] == ' ' || next[0] == '\t'):
			dashes++
		case c != ' ' && c != '\t':
			dashes = 0
		}
		switch {
		case depth > maxDepth, dashes > maxDepth:
			return i, fmt.Sprintf("lists and mappings are nested more than %d deep", maxDepth)
		case tags > maxTags:
			return i, fmt.Sprintf("there are more than %d exclamation marks", maxTags)
		case commas > maxCommas:
			return i, fmt.Sprintf("there are more than %d commas", maxCommas)
		case empty > maxEmpty:
			return i, fmt.Sprintf("there are more than %d empty lists and mappings", maxEmpty)
		}
	}
	return 0, ""
}
