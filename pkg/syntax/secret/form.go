package secret

import (
	"regexp"
	"strings"
	"sync"
)

// A form is how secrets of one kind are written. The first group of the pattern
// is what must not be shown, or all of the match when there is none.
type form struct {
	hint    string // lower-case text that every match holds, looked for first
	pattern string
}

// forms are the secrets that are known by their form alone.
//
// Sources: shared access signatures and connection strings of Azure Storage and
// Service Bus (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string),
// GitHub's token formats (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/),
// RFC 7468 (PEM), RFC 7519 (JWT), RFC 3986 (user information in a URI), and the
// identifiable secrets of Azure (https://learn.microsoft.com/purview/sit-defn-azure-ad-client-secret).
var forms = [...]form{
	{"sig=", `(?i)(?:[?&;]|u0026|%26)sig=([^&\s"'<>\\]{6,})`},
	{"key=", `(?i)(?:account|sharedaccess|access|primary|secondary|master|shared|instrumentation)key=([^;&\s"'<>\\]{4,})`},
	{"sharedaccesssignature", `(?i)sharedaccesssignature=([^;\s"'<>\\]{6,})`},
	{"sharedaccesssignature", `(?i)sharedaccesssignature (sr=[^\s"'<>\\]{6,})`},
	{"password=", `(?i)password=([^;&\s"'<>\\$]{4,})`},
	{"pwd=", `(?i)\bpwd=([^;&\s"'<>\\$]{4,})`},
	{"://", `(?i)[a-z][a-z0-9+.-]*://[^/\s:@"'<>\\()]+:([^/\s@"'<>\\()]{3,})@`},
	{pem, `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[^-"']*(?:-----END [A-Z0-9 ]+-----)?`},
	{pem, `-----BEGIN (?:RSA |EC |DSA |ENCRYPTED |OPENSSH )PRIVATE KEY-----[^"']*`},
	{"eyj", `\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*`},
	{"gh", `\bgh[pousr]_[A-Za-z0-9]{10,}`},
	{"github_pat_", `\bgithub_pat_[A-Za-z0-9_]{10,}`},
	{"glpat-", `\bglpat-[A-Za-z0-9_-]{10,}`},
	{"xox", `\bxox[abeoprs]-[A-Za-z0-9-]{10,}`},
	{"akia", `\bAKIA[0-9A-Z]{12,}`},
	{"q~", `\b[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{10,}`},          // client secret of Microsoft Entra
	{"azdo", `\b[A-Za-z0-9]{50,}AZDO[A-Za-z0-9]{4,}\b`},                // personal access token of Azure DevOps
	{"jqqj99", `\b[A-Za-z0-9+/_-]{20,}JQQJ99[A-Za-z0-9+/_=-]{4,}`},     // Azure keys since 2024
	{"==", `(?:^|[=:;,"'])([A-Za-z0-9+/]{86}==)(?:$|[^A-Za-z0-9+/=])`}, // key of a storage account, a Cosmos DB or a Batch account
	{"bearer ", `(?i)\bbearer ([A-Za-z0-9_.~+/=-]{16,})`},
}

// compiledForms are ready to search. Most texts hold no hint, so that most runs
// never compile one.
var compiledForms = func() []func() *regexp.Regexp {
	all := make([]func() *regexp.Regexp, len(forms))
	for i, f := range forms {
		all[i] = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(f.pattern) })
	}
	return all
}()

// A span is a part of a text, in bytes.
type span struct{ start, end int }

// HasForm reports whether a text holds a secret that is known by its form: a
// shared access signature, a key in a connection string, a private key, a token.
func HasForm(text string) bool { return len(formsIn(text)) > 0 }

// formsIn are the parts of a text that are secrets by their form, in the order
// of the forms.
func formsIn(text string) (found []span) {
	if len(text) < 8 || !mayHoldForm(text) {
		return nil
	}
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text
	}
	for i, f := range forms {
		for end := 0; ; {
			start := strings.Index(lower[end:], f.hint)
			if start < 0 {
				break
			}
			if start += end; f.hint == pem { // over several lines
				start, end = 0, len(text)
			} else {
				start, end = lineAround(text, start)
			}
			for _, m := range compiledForms[i]().FindAllStringSubmatchIndex(text[start:end], -1) {
				at := span{start + m[0], start + m[1]}
				if len(m) > 2 && m[2] >= 0 {
					at = span{start + m[2], start + m[3]}
				}
				if !isPlaceholder(text[at.start:at.end]) {
					found = append(found, at)
				}
			}
		}
	}
	return found
}

// pem is the hint of the forms that take several lines.
const pem = "-----begin"

// lineAround is where the line around a place begins and ends.
func lineAround(text string, at int) (start, end int) {
	start = strings.LastIndexByte(text[:at], '\n') + 1
	if end = strings.IndexByte(text[at:], '\n'); end < 0 {
		return start, len(text)
	}
	return start, at + end
}

// mayHoldForm is a quick look that most texts do not pass.
func mayHoldForm(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		switch text[i] {
		case '=', '~':
			return true
		case ':', '-':
			if text[i+1] == '/' || text[i+1] == '-' {
				return true
			}
		case '_', '.', 'J', 'o', 'a', 'A', ' ':
			return true
		}
	}
	return false
}

// isPlaceholder reports a text that only stands for a secret, such as <key>,
// {0}, ${KEY}, $(key) or a mask.
func isPlaceholder(text string) bool {
	switch text[0] {
	case '<', '{', '$', '*', '[', '%', '#':
		return true
	}
	return strings.Trim(text, "xX.*-_") == ""
}
