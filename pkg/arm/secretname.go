package arm

import (
	"slices"
	"strings"
	"sync"
)

// MayNameSecret reports whether the value of something with this name is better
// not shown. It takes in what [NamesSecret] does, and names of which that is only
// likely: adminPass, pat, workspaceKey, servicePrincipalKey, sasUri, connStr, psk.
// Rules do not ask it: a likely name is a reason to hide a value, and no reason to
// report one.
func MayNameSecret(name string) bool { return remembered.ask(name, mayNameSecretly) }

// remembered are answers about names: templates have the same few thousand over
// and over.
var remembered answers

// answers are those of a function of names, as many as a run over the public
// templates asks for: what a hostile template makes up is not kept beyond that.
type answers struct {
	mu    sync.RWMutex
	known map[string]bool
}

// The longest name and the most names that are remembered.
const longestName, mostNames = 64, 8192

func (a *answers) ask(name string, answer func(string) bool) bool {
	a.mu.RLock()
	is, ok := a.known[name]
	a.mu.RUnlock()
	if ok {
		return is
	}
	is = answer(name)
	if len(name) > longestName {
		return is
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = map[string]bool{}
	}
	if len(a.known) < mostNames {
		a.known[strings.Clone(name)] = is // the name may be a part of a file
	}
	return is
}

func mayNameSecretly(name string) bool {
	if NamesSecret(name) {
		return true
	}
	if !likelyPart(name) {
		return false
	}
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
			return true // whatever follows: both hold the secret itself
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

// likelyPart is a quick look that most names do not pass.
func likelyPart(name string) bool {
	lower := lowerASCII(name)
	return slices.ContainsFunc([]string{"pass", "pw", "pat", "psk", "pfx", "key", "sas", "conn", "cred", "secur", "secret", "token", "jwt", "bearer", "cert", "kube", "code", "otp", "hmac"},
		func(part string) bool { return strings.Contains(lower, part) })
}

// carries reports what follows "secure" in the name of a value that is secret:
// secureValue, secureEnvironmentVariable; not secureBoot.
func carries(next string) bool {
	switch next {
	case "value", "values", "text", "string", "data", "setting", "settings", "parameter", "parameters", "object":
		return true
	}
	return false
}

// plainKey reports a word before "key" with which the key is not secret.
func plainKey(before string) bool {
	switch before {
	case "public", "ssh", "rsa", "partition", "row", "cache", "sort", "tag", "resource", "lookup", "config", "configuration", "section", "image", "foreign", "object", "metric", "label",
		"dimension", "group", "hash", "index", "item", "property", "unique", "registry", "doc", "document", "managed", "vault", "authorized", "by", "map", "parent", "sorting", "setting", "file", "name":
		return true
	}
	return false
}
