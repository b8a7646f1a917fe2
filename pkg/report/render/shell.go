package render

import "strings"

// ShellWord returns a word quoted for a POSIX shell, on one line. A word that begins
// with a hyphen is still an option.
func ShellWord(word string) string {
	word = Neutral(word)
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !IsBare(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// IsBare reports a character that no shell gives a meaning in the middle of a word.
func IsBare(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("@%+=:,./_-", r)
}
