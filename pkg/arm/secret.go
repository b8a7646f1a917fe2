package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// NamesSecret reports whether the name of a parameter implies that its value is
// a secret that must not be shown: a password, an account key, a token, a
// connection string, a shared access signature. A name that ends in a word for
// a location, a name or a property of the secret (keyVaultSecretUrl,
// secretName, passwordLength, sshKeyPath) does not name a secret, and neither
// does a public key or a kind of authentication.
//
// The types securestring and secureObject are the better indication; this is
// for old templates that use string.
func NamesSecret(name string) bool { return secretNames.Of(name).named }

func namesSecret(name string) bool {
	var room [8]string // enough for most names
	words := appendWords(room[:0], name)
	if len(words) == 0 || isPlainWord(words[len(words)-1]) || isSwitch(words[0]) {
		return false
	}
	for i, w := range words {
		if strings.HasPrefix(w, "public") {
			return false
		}
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if secretWord(w, next) {
			return true
		}
	}
	return false
}

// SecretProperty reports whether the value of a property of a resource is
// secret, with everything in it: because its name implies it, or because Azure
// never returns it: protectedSettings of extensions and customData (Virtual
// Machine Scale Sets REST API: the response "is always returned as null"), and
// userData, which is often used in its place.
func SecretProperty(name string) bool { return secretNames.Of(name).property }

func isSecretProperty(name string) bool {
	return fold.Equal(name, "protectedSettings") || fold.Equal(name, "customData") ||
		fold.Equal(name, "userData") || fold.Equal(name, "secureValue")
}

// secretNames remembers what a name says about secrets: every name of every file is
// looked up, and more than once.
var secretNames = fold.Answers[secretName]{Ask: func(name string) secretName {
	if !hasLikelyPart(name) {
		return secretName{property: isSecretProperty(name)}
	}
	named := namesSecret(name)
	return secretName{likely: named || isLikely(name), named: named, property: named || isSecretProperty(name)}
}}

// A secretName has the results of [MayNameSecret], [NamesSecret] and [SecretProperty].
type secretName struct{ likely, named, property bool }

// secretWord reports whether a word, together with the next one, names a
// secret.
func secretWord(w, next string) bool {
	switch w {
	case "password", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "token", "credential", "credentials", "sas", "apikey":
		return true
	case "connection":
		return next == "string" || next == "strings"
	case "account", "access", "storage", "primary", "secondary", "shared", "private", "api", "master", "license", "encryption":
		return next == "key" || next == "keys"
	case "sastoken", "connectionstring", "privatekey", "accesskey", "accountkey", "storagekey", "clientsecret":
		return true
	}
	// Names in lower case only: adminpassword, domainpassword.
	return strings.HasSuffix(w, "password") || strings.HasSuffix(w, "accountkey") || strings.HasSuffix(w, "connectionstring")
}

// isPlainWord reports whether a name that ends with this word describes a
// secret instead of being one.
func isPlainWord(w string) bool {
	switch w {
	case "url", "uri", "urls", "uris", "name", "names", "id", "ids", "location", "locations", "path", "version", "type", "length", "size", "count",
		"enabled", "disabled", "vault", "group", "days", "hours", "minutes", "expiry", "expiration", "thumbprint", "policy", "reference", "ref",
		"identifier", "resource", "prefix", "suffix", "authentication", "permissions", "parameter", "parameters", "rotation", "number", "method", "methods",
		"format", "operation", "operations", "period", "duration", "time", "status", "state", "mode", "action", "actions", "endpoint", "configuration", "config", "lifetime", "provider", "audience", "issuer":
		return true
	}
	return false
}

// isSwitch reports whether a name that starts with this word is a flag:
// useAccessKey, allowCredentials.
func isSwitch(w string) bool {
	switch w {
	case "use", "is", "has", "enable", "disable", "allow", "cors", "federated", "require", "generate":
		return true
	}
	return false
}

// appendWords splits a name into words: adminPassword, admin_password and
// ADMIN-PASSWORD are the words admin and password.
func appendWords(words []string, name string) []string {
	lower := lowerASCII(name)
	start := 0
	flush := func(end int) {
		if end > start {
			words = append(words, strings.TrimRight(lower[start:end], "0123456789"))
		}
		start = end
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case !isAlphanumeric(c):
			flush(i)
			start = i + 1
		case isUpper(c) && i > start && startsWord(name, i):
			flush(i)
		}
	}
	flush(len(name))
	return words
}

// startsWord reports whether the capital at i begins a word: after a lower-case
// letter or digit, or as the last of several capitals before a lower-case
// letter.
func startsWord(name string, i int) bool {
	return !isUpper(name[i-1]) || i+1 < len(name) && isLower(name[i+1])
}

// lowerASCII converts ASCII letters to lower case and keeps every offset.
func lowerASCII(s string) string {
	first := 0
	for first < len(s) && !isUpper(s[first]) {
		first++
	}
	if first == len(s) {
		return s
	}
	b := []byte(s)
	for i := first; i < len(b); i++ {
		if isUpper(b[i]) {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isAlphanumeric(c byte) bool { return isUpper(c) || isLower(c) || '0' <= c && c <= '9' }
