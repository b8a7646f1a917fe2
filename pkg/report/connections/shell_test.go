package connections

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
)

func TestShellLines(t *testing.T) {
	tests := []struct{ got, want string }{
		{sshCommand("azureuser", "lab.example.net", 50000, connect.JumpBox{}), "ssh -p 50000 azureuser@lab.example.net"},
		{sshCommand("x$(touch PWNED)`id`", "lab", 22, connect.JumpBox{}), "ssh 'x$(touch PWNED)`id`@lab'"},
		{sshCommand("it's", "lab", 22, connect.JumpBox{}), `ssh 'it'\''s@lab'`},
		{sshCommand("-oProxyCommand=touch${IFS}PWNED;", "lab", 50000, connect.JumpBox{}), "ssh 'ssh://-oProxyCommand=touch$%7BIFS%7DPWNED;@lab:50000'"},
		{sshCommand("u", "-oProxyCommand=x", 22, connect.JumpBox{}), "ssh ssh://u@-oProxyCommand=x:22"},
		{sshCommand("u", "h", 22, connect.JumpBox{User: "j", Host: connect.Host{Name: "jump"}, Port: 2222}), "ssh -J j@jump:2222 u@h"},
		{sshCommand("u", "h", 22, connect.JumpBox{User: "-x`id`", Host: connect.Host{Name: "$(id)"}, Port: 22}), "ssh -J '<user>@<address>' u@h"},
		{option("--username", "-x"), " --username=-x"},
		{option("--username", "a b"), " --username 'a b'"},
		{desktopCommand("lab", 50001), "mstsc /v:lab:50001"},
		{desktopCommand("<address of front>", 1), `mstsc /v:"<address of front>:1"`},
		{desktopCommand("a\"&calc&%PATH%$x`y", 0), "mstsc /v:a--calc--PATH--x-y"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
	}
}

// FuzzQuoted asks a POSIX shell what the words of a command are.
func FuzzQuoted(f *testing.F) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		f.Skip("there is no sh to ask")
	}
	for _, s := range []string{"", "a", "'", "''", "a b", "$(id)", "`id`", "\\", "\"", "!", "~", "*", "-x", "a\nb", "\x00", "<x>", "&;|", "é", "\xff", "#", "=a", "{a,b}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if len(word) > 1000 {
			return
		}
		line := render.ShellWord(word)
		out, err := exec.Command(shell, "-c", "printf '%s\n' "+line).Output()
		if err != nil {
			t.Fatalf("%q: %s: %v", word, line, err)
		}
		if words := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"); len(words) != 1 || slices.Contains(words, "") && word != "" {
			t.Errorf("%q: %s: %q", word, line, words)
		}
		if strings.HasPrefix(word, "-") && !strings.Contains(sshCommand(word, "h", 22, connect.JumpBox{}), " ssh://") && !strings.Contains(sshCommand(word, "h", 22, connect.JumpBox{}), " 'ssh://") {
			t.Errorf("%q: an option: %s", word, sshCommand(word, "h", 22, connect.JumpBox{}))
		}
	})
}
