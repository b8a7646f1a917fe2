package arm

import "strings"

// NamesSecret reports whether the name of a parameter says that its value is a
// secret, so that a value passed for it must not be shown: a password, a key of
// an account, a token, a connection string, a shared access signature. A name
// that ends in a word for a place, a name or a property of the secret
// (keyVaultSecretUrl, secretName, passwordLength, sshKeyPath) names no secret,
// and neither does a public key or a kind of authentication.
//
// The types securestring and secureObject say it better; this is for old
// templates that use string.
func NamesSecret(name string) bool {
	if !mayNameSecret(name) {
		return false
	}
	var room [8]string // for most names
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
// secret, with all that is in it: because its name says so, or because the
// service never shows it again: protectedSettings of extensions and customData
// (Virtual Machine Scale Sets REST API: the response "is always returned as
// null"), userData, which is often used in its place.
func SecretProperty(name string) bool {
	return strings.EqualFold(name, "protectedSettings") || strings.EqualFold(name, "customData") ||
		strings.EqualFold(name, "userData") || strings.EqualFold(name, "secureValue") || NamesSecret(name)
}

// mayNameSecret reports whether a name holds any of what secretWord looks for.
// Hardly one does, and this is asked of every name of every file.
func mayNameSecret(name string) bool {
	for i := 0; i+3 <= len(name); i++ {
		switch name[i] | 0x20 { // the small letter, of a letter
		case 'p':
			if startsFold(name[i:], "pass") || startsFold(name[i:], "pwd") {
				return true
			}
		case 's':
			if startsFold(name[i:], "secret") || startsFold(name[i:], "sas") {
				return true
			}
		case 't':
			if startsFold(name[i:], "token") {
				return true
			}
		case 'k':
			if startsFold(name[i:], "key") {
				return true
			}
		case 'c':
			if startsFold(name[i:], "credential") || startsFold(name[i:], "connection") {
				return true
			}
		}
	}
	return false
}

func startsFold(s, prefix string) bool {
	return len(s) >= len(prefix) && s[1]|0x20 == prefix[1] && strings.EqualFold(s[:len(prefix)], prefix)
}

// secretWord judges a word together with the one after it.
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

// isPlainWord reports a last word after which the name is about a secret and
// not the secret itself.
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

// isSwitch reports a first word that asks a question or gives an order:
// useAccessKey, allowCredentials.
func isSwitch(w string) bool {
	switch w {
	case "use", "is", "has", "enable", "disable", "allow", "cors", "federated", "require", "generate":
		return true
	}
	return false
}

// appendWords takes a name apart: adminPassword, admin_password and
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

// startsWord reports whether the capital at i begins a word: after a small
// letter or digit, or as the last of several capitals before a small letter.
func startsWord(name string, i int) bool {
	return !isUpper(name[i-1]) || i+1 < len(name) && isLower(name[i+1])
}

// lowerASCII lowers the letters of English, and leaves every offset as it is.
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
