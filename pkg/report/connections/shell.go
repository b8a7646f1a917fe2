package connections

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
)

// People copy the commands that are printed. Whatever a template put into a name, a
// command has the words that we wrote: names are quoted for a POSIX shell, and none
// of them begins a word with a hyphen, by which it would be an option.

// sshCommand logs on to a host, through a jump host unless its name is empty.
func sshCommand(user, host string, port int, jump connect.JumpBox) string {
	words := []string{"ssh"}
	if jump.Host.Name != "" {
		to := jumpWord(jump.User, connect.UnknownUser) + "@" + jumpWord(jump.Host.Name, "<address>")
		if jump.Port != connect.SSHPort {
			to += ":" + strconv.Itoa(jump.Port)
		}
		words = append(words, "-J", render.ShellWord(to))
	}
	if strings.HasPrefix(user, "-") || strings.HasPrefix(host, "-") {
		to := url.URL{Scheme: "ssh", User: url.User(user), Host: url.PathEscape(host) + ":" + strconv.Itoa(port)}
		return strings.Join(append(words, render.ShellWord(to.String())), " ")
	}
	if port != connect.SSHPort {
		words = append(words, "-p", strconv.Itoa(port))
	}
	return strings.Join(append(words, render.ShellWord(user+"@"+host)), " ")
}

// jumpWord returns the name of a user or a host of a jump host, or a placeholder for one
// that cannot be: OpenSSH before 9.6 hands these names to a shell (CVE-2023-51385).
func jumpWord(name, placeholder string) string {
	if isPlaceholder(name) {
		return render.Neutral(name)
	}
	if name == "" || strings.HasPrefix(name, "-") || strings.IndexFunc(name, func(r rune) bool { return !render.IsBare(r) || r == '%' || r == '@' }) >= 0 {
		return placeholder
	}
	return name
}

// isPlaceholder reports a text in angle brackets, which is ours but for a name in it.
func isPlaceholder(name string) bool {
	return strings.HasPrefix(name, "<") && strings.HasSuffix(name, ">") && !strings.ContainsAny(name, "'`$\\\"")
}

// desktopCommand opens the remote desktop of a host; port 0 is the usual one. It is
// a command of Windows, whose shells quote in other ways: a character that means
// something to one of them becomes a hyphen.
func desktopCommand(host string, port int) string {
	to := strings.Map(func(r rune) rune {
		if render.IsBare(r) && r != '%' && r != ',' || strings.ContainsRune("<> ", r) {
			return r
		}
		return '-'
	}, host)
	if port != 0 {
		to += ":" + strconv.Itoa(port)
	}
	if strings.ContainsAny(to, "<> ") {
		to = `"` + to + `"`
	}
	return "mstsc /v:" + to
}
