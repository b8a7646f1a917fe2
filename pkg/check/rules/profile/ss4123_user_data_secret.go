package profile

import (
	_ "embed"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4123_user_data_secret.md
var userDataSecretPage string

// userDataSecret reports secrets in userData, and secrets that are written out in
// customData. A secret parameter in customData is not reported: custom data is
// readable for administrators of the machine alone.
var userDataSecret = &lint.Rule{
	Code: "SS4123", Name: "user-data-secret", Severity: diag.Warning, Since: "0.2", Page: &userDataSecretPage,
	Peers: []string{"CKV_AZURE_45"},
	Link:  "https://learn.microsoft.com/azure/virtual-machines/user-data",
	Run:   checkUserDataSecret,
}

func checkUserDataSecret(p *lint.Pass) {
	for _, profile := range machineProfiles(p) {
		if data := profile.Get("userData"); data.IsMember("userData") && (secretPart(p, data) || holdsSecret(data)) {
			p.Reportf(data, "userData contains a secret").
				Detailf("Every process of the machine, and everyone who can read the resource, can read user data. Read the secret from a key vault with a managed identity, or pass it in protectedSettings of an extension.")
		}
		if data := profile.Get("osProfile", "customData"); data.IsMember("customData") && holdsSecret(data) {
			p.Reportf(data, "customData contains a secret that is written in the template").
				Detailf("Read the secret from a key vault with a managed identity, or pass it in a securestring parameter.")
		}
	}
}

// holdsSecret reports whether a text, or what it encodes, has a secret written out.
func holdsSecret(n *expand.Node) bool {
	text, known := n.Text()
	if !known {
		return false
	}
	if decoded, err := base64.StdEncoding.DecodeString(text); err == nil {
		text = string(decoded)
	}
	if len(text) > mostSearched {
		return false
	}
	lower := strings.ToLower(text)
	if !slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(lower, word) }) {
		return false
	}
	if writtenSecret.Get().MatchString(text) {
		return true
	}
	for _, m := range namedSecret.Get().FindAllStringSubmatch(text, -1) {
		// A word without digits, such as the name of a secret in a vault, need not be secret.
		if strings.ContainsAny(m[1], "0123456789") && strings.Trim(m[1], "0123456789.") != "" {
			return true
		}
	}
	return false
}

// secretWords are the words that the patterns below need, in lower case: most
// texts have none, and to look for words is much faster.
var secretWords = []string{"akia", "asia", "private key-----", "accountkey=", "sharedaccesskey=", "sig=", "aws_secret_access_key", "password", "passwd", "secret", "token"}

// mostSearched is as long as custom data can be.
const mostSearched = 1 << 16

// writtenSecret matches secrets by their own form: access keys, private keys, keys of
// connection strings, signatures.
var writtenSecret = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`\bA(?:KIA|SIA)[0-9A-Z]{16}\b` +
		`|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----` +
		`|(?i:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}` +
		`|[?&]sig=[A-Za-z0-9%+/]{20,}` +
		`|(?i:aws_secret_access_key)\s*[=:]\s*["']?[A-Za-z0-9+/]{40}`)
}}

// namedSecret matches values behind the name of a secret that are no path,
// placeholder, variable or command.
var namedSecret = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i:\b\w*(?:password|passwd|secret|token))["']?\s*[=:]\s*["']?([A-Za-z0-9!@#%^&*+~_][A-Za-z0-9!@#%^&*+/._~-]{7,})["']?(?:\s|;|,|$)`)
}}
