package secret

import (
	"regexp"
	"strings"
	"sync"
)

// A form describes how secrets of one kind are written. The first group of the
// pattern is the part to mask, or the whole match if there is no group.
type form struct {
	// Every match contains the byte anchor, which is rare in documents, with the
	// texts before and after around it, ignoring case. So one pass finds where
	// to search.
	before  string
	anchor  byte
	after   string
	pattern string
}

// forms are the secrets that are recognized by their form alone.
//
// Sources: shared access signatures and connection strings of Azure Storage and
// Service Bus (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string),
// GitHub's token formats (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/),
// RFC 7468 (PEM), RFC 7519 (JWT), RFC 3986 (user information in a URI), and the
// identifiable secrets of Azure (https://learn.microsoft.com/purview/sit-defn-azure-ad-client-secret).
var forms = [...]form{
	{"sig", '=', "", `(?i)(?:[?&;]|u0026|%26)sig=([^&\s"'<>\\]{6,})`},
	{"key", '=', "", `(?i)(?:account|sharedaccess|access|primary|secondary|master|shared|instrumentation)key=([^;&\s"'<>\\]{4,})`},
	{"sharedaccesssignature", '=', "", `(?i)sharedaccesssignature=([^;\s"'<>\\]{6,})`},
	{"sharedaccesssignature sr", '=', "", `(?i)sharedaccesssignature (sr=[^\s"'<>\\]{6,})`},
	{"password", '=', "", `(?i)password=([^;&\s"'<>\\$]{4,})`},
	{"pwd", '=', "", `(?i)\bpwd=([^;&\s"'<>\\$]{4,})`},
	{":", '/', "/", `(?i)[a-z][a-z0-9+.-]*://[^/\s:@"'<>\\()]+:([^/\s@"'<>\\()]{3,})@`},
	{"", '-', pem, `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[^-"']*(?:-----END [A-Z0-9 ]+-----)?`},
	{"", '-', pem, `-----BEGIN (?:RSA |EC |DSA |ENCRYPTED |OPENSSH )PRIVATE KEY-----[^"']*`},
	{"ey", 'J', "", `\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*`},
	{"gh?", '_', "", `\bgh[pousr]_[A-Za-z0-9]{10,}`},
	{"github", '_', "pat_", `\bgithub_pat_[A-Za-z0-9_]{10,}`},
	{"glpat", '-', "", `\bglpat-[A-Za-z0-9_-]{10,}`},
	{"xox?", '-', "", `\bxox[abeoprs]-[A-Za-z0-9-]{10,}`},
	{"A", 'K', "IA", `\bAKIA[0-9A-Z]{12,}`},
	{"Q", '~', "", `\b[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{10,}`},          // client secret of Microsoft Entra
	{"A", 'Z', "DO", `\b[A-Za-z0-9]{50,}AZDO[A-Za-z0-9]{4,}\b`},                // personal access token of Azure DevOps
	{"", 'J', "QQJ99", `\b[A-Za-z0-9+/_-]{20,}JQQJ99[A-Za-z0-9+/_=-]{4,}`},     // Azure keys since 2024
	{"", '=', "=", `(?:^|[=:;,"'])([A-Za-z0-9+/]{86}==)(?:$|[^A-Za-z0-9+/=])`}, // key of a storage account, a Cosmos DB or a Batch account
	{"", 'b', "earer ", `(?i)\bbearer ([A-Za-z0-9_.~+/=-]{16,})`},
}

// compiled are the patterns of the forms, each since its first use. Most texts
// contain no hint, so most runs compile none.
var compiled [len(forms)]struct {
	once sync.Once
	re   *regexp.Regexp
}

// compiledForm returns the pattern of the form at an index.
func compiledForm(i int) *regexp.Regexp {
	c := &compiled[i]
	c.once.Do(func() { c.re = regexp.MustCompile(forms[i].pattern) })
	return c.re
}

// A span is a part of a text, as byte offsets.
type span struct{ start, end int }

// HasForm reports whether a text contains a secret that is recognized by its
// form: a shared access signature, a key in a connection string, a private key
// or a token.
func HasForm(text string) bool { return len(formsIn(text)) > 0 }

// formsIn returns the parts of a text that are secrets by their form.
func formsIn(text string) (found []span) {
	if len(text) < 8 {
		return nil
	}
	var searched [len(forms)]int // up to where
	for at := 0; at < len(text); at++ {
		c := anchors[text[at]]
		if c == 0 {
			continue
		}
		for i := range forms {
			f := &forms[i]
			if f.anchor != c || at < searched[i] || !f.surrounds(text, at) {
				continue
			}
			start, end := 0, len(text)
			if f.after != pem {
				start, end = lineAround(text, at)
			}
			searched[i] = end
			for _, m := range compiledForm(i).FindAllStringSubmatchIndex(text[start:end], -1) {
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

// anchors are the anchor bytes, in the spelling of the forms.
var anchors = [256]byte{'=': '=', '/': '/', '-': '-', '_': '_', '~': '~', 'J': 'J', 'j': 'J', 'K': 'K', 'k': 'K', 'Z': 'Z', 'z': 'Z', 'B': 'b', 'b': 'b'}

// surrounds reports whether a text contains the texts around the anchor of the
// form, with the anchor at offset at. A '?' matches any byte.
func (f *form) surrounds(text string, at int) bool {
	start := at - len(f.before)
	return start >= 0 && at+1+len(f.after) <= len(text) && sameText(text[start:at], f.before) && sameText(text[at+1:at+1+len(f.after)], f.after)
}

// sameText compares texts of one length, ignoring the case of ASCII letters.
func sameText(text, want string) bool {
	for i := range len(want) {
		c, w := text[i], want[i]
		if c != w && w != '?' && (c|0x20 != w|0x20 || c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// pem is the beginning of the forms that span several lines, after their first
// dash.
const pem = "----begin"

// openBlock returns the first line of a private key that begins before cut and
// whose end is not part of the text; "" if there is none. The text ends with a
// line.
func openBlock(text string, cut int) string {
	for i := len(forms) - 1; i >= 0; i-- { // of two forms, the later one matches more
		if forms[i].after != pem {
			continue
		}
		for _, m := range compiledForm(i).FindAllStringIndex(text, -1) {
			if m[1] < len(text) || m[0] >= cut {
				continue
			}
			const dashes = "-----"
			header := len(dashes) + strings.Index(text[m[0]+len(dashes):], dashes) + len(dashes)
			return text[m[0]:m[0]+header] + "\n" // a copy
		}
	}
	return ""
}

// lineAround returns the start and the end of the line that contains offset at.
func lineAround(text string, at int) (start, end int) {
	start = strings.LastIndexByte(text[:at], '\n') + 1
	if end = strings.IndexByte(text[at:], '\n'); end < 0 {
		return start, len(text)
	}
	return start, at + end
}

// isPlaceholder reports whether a text is a placeholder for a secret, such as
// <key>, {0}, ${KEY}, $(key) or a mask.
func isPlaceholder(text string) bool {
	switch text[0] {
	case '<', '{', '$', '*', '[', '%', '#':
		return true
	}
	return strings.Trim(text, "xX.*-_") == ""
}
