package render

import (
	"strings"
)

// Markdown escapes text of the input: markup, HTML and the bars of tables.
func Markdown(s string) string {
	return mdEscaper.Replace(Neutral(s))
}

var mdEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`, "@", "&#64;", "!", `\!`,
)
