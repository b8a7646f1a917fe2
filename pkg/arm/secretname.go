package arm

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// MayNameSecret reports whether the value of something with this name should
// not be shown. It includes the names of [NamesSecret], and names that are
// likely secrets: adminPass, pat, workspaceKey, servicePrincipalKey, sasUri,
// connStr, psk. Rules do not use it: a likely name is a reason to mask a value,
// but not to report a finding.
func MayNameSecret(name string) bool { return secretNames.Of(name).likely }

// isLikely reports a name that [NamesSecret] does not count and that is likely that
// of a secret.
func isLikely(name string) bool {
	var room [8]string
	words := appendWords(room[:0], name)
	if len(words) == 0 || isSwitch(words[0]) {
		return false
	}
	last := words[len(words)-1]
	before := ""
	if len(words) > 1 {
		before = words[len(words)-2]
	}
	for i, w := range words {
		if strings.HasPrefix(w, "public") {
			return false
		}
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if w == "sas" && (next == "uri" || next == "url" || next == "link") || w == "secure" && carries(next) {
			return true // whatever follows: both contain the secret itself
		}
	}
	if before == "kube" && last == "config" || before == "key" && last == "tab" {
		return true
	}
	if isPlainWord(last) {
		return false
	}
	switch last {
	case "pass", "pw", "pat", "pats", "psk", "jwt", "bearer", "pfx", "cred", "creds", "keytab", "kubeconfig", "passkey", "otp", "hmac":
		return true
	case "key", "keys":
		return before != "" && !plainKey(before)
	case "str", "string":
		return before == "conn"
	case "connection", "conn":
		return slices.Contains([]string{"storage", "sql", "db", "database", "redis", "cosmos", "bus", "hub", "mongo", "queue", "blob", "table", "account", "insights", "postgres", "mysql"}, before)
	case "data", "blob", "content", "base":
		return before == "pfx" || before == "cert" || before == "certificate" || before == "kubeconfig"
	case "code":
		return slices.Contains([]string{"auth", "authorization", "access", "activation", "registration", "verification", "pairing"}, before)
	}
	for _, end := range []string{"pass", "pwd", "secret", "token", "apikey", "accesskey", "sharedkey", "primarykey", "secondarykey", "masterkey", "workspacekey", "storagekey", "signingkey",
		"authkey", "hostkey", "clientkey", "privatekey", "encryptionkey", "licensekey", "rediskey", "cosmoskey", "principalkey", "presharedkey", "instrumentationkey", "connstr", "sasuri", "sasurl", "credential", "credentials"} {
		if strings.HasSuffix(last, end) {
			return !slices.Contains([]string{"compass", "bypass", "trespass", "overpass", "underpass", "surpass"}, last)
		}
	}
	return false
}

// hasLikelyPart is a quick check that rules out most names. A name of [NamesSecret]
// has such a part, too.
func hasLikelyPart(name string) bool {
	for i := 1; i < len(name); i++ {
		first, second := (name[i-1]|0x20)-'a', (name[i]|0x20)-'a' // lower case, for letters
		if first < 26 && second < 26 && likelyPairs[first]&(1<<second) != 0 &&
			slices.ContainsFunc(likelyParts[:], func(part string) bool { return len(name)-i+1 >= len(part) && fold.Equal(name[i-1:i-1+len(part)], part) }) {
			return true
		}
	}
	return false
}

var likelyParts = [...]string{"pass", "pw", "pat", "psk", "pfx", "key", "sas", "conn", "cred", "secur", "secret", "token", "jwt", "bearer", "cert", "kube", "code", "otp", "hmac"}

// likelyPairs has, for each letter, the letters that follow it at the beginning of a
// likely part, as bits.
var likelyPairs = func() (pairs [26]uint32) {
	for _, part := range likelyParts {
		pairs[part[0]-'a'] |= 1 << (part[1] - 'a')
	}
	return pairs
}()

// carries reports whether the word after "secure" makes a value secret:
// secureValue, secureEnvironmentVariable; not secureBoot.
func carries(next string) bool {
	switch next {
	case "value", "values", "text", "string", "data", "setting", "settings", "parameter", "parameters", "object":
		return true
	}
	return false
}

// plainKey reports whether a word before "key" means that the key is not
// secret.
func plainKey(before string) bool {
	switch before {
	case "public", "ssh", "rsa", "partition", "row", "cache", "sort", "tag", "resource", "lookup", "config", "configuration", "section", "image", "foreign", "object", "metric", "label",
		"dimension", "group", "hash", "index", "item", "property", "unique", "registry", "doc", "document", "managed", "vault", "authorized", "by", "map", "parent", "sorting", "setting", "file", "name":
		return true
	}
	return false
}
