package connections

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/review/connect"
)

// WriteSSHConfig writes what goes into ~/.ssh/config: a Host for each instance
// that SSH reaches, and for each jump box. Placeholders and notes are comments.
func WriteSSHConfig(w io.Writer, sets []connect.Set) error {
	b := &sshWriter{bufio.NewWriter(w), map[string]bool{}}
	for i := range sets {
		if i > 0 {
			fmt.Fprintln(b)
		}
		b.set(&sets[i])
	}
	return b.Flush()
}

type sshWriter struct {
	*bufio.Writer
	written map[string]bool // hosts; SSH takes the first of a name
}

func (b *sshWriter) set(s *connect.Set) {
	fmt.Fprintf(b, "# %s, %s\n", oneLine(s.Name), about(s))
	for _, note := range s.Notes {
		fmt.Fprintln(b, wrap(note, "# ", textWidth))
	}
	if s.LoginPort() != connect.SSHPort {
		fmt.Fprintln(b, "# Windows instances are reached by remote desktop: scaleset connect --rdp")
		return
	}
	for _, r := range s.Ports {
		if r.InstancePort != connect.SSHPort {
			continue
		}
		for _, m := range r.Mappings {
			b.host(m.Instance, r.Host, m.Port, s.User, "")
		}
	}
	for _, j := range s.JumpBoxes {
		if j.Port == connect.RDPPort {
			continue
		}
		b.host(j.Name, j.Host, j.Port, j.User, "")
		if len(s.Ports) > 0 || !s.NamesComputers() || !s.Uniform() {
			continue // each instance has a Host already, or its name is not known
		}
		for i := range min(max(s.Capacity, 0), connect.MaxMappings) {
			b.host(s.InstanceName(i), connect.Host{Name: s.ComputerName(i), Known: true}, connect.SSHPort, s.User, j.Name)
		}
	}
	for _, a := range s.Addresses {
		for i := range min(max(s.Capacity, 0), connect.MaxMappings) {
			if a.Suffix != "" {
				b.host(s.InstanceName(i), connect.Host{Name: fmt.Sprintf("vm%d.%s", i, a.Suffix), Known: a.Known}, connect.SSHPort, s.User, "")
			}
		}
	}
}

// host writes one entry; what is not known is commented out.
func (b *sshWriter) host(name string, h connect.Host, port int, user, jump string) {
	if b.written[word(name)] {
		return
	}
	b.written[word(name)] = true
	fmt.Fprintf(b, "\nHost %s\n", word(name))
	if h.Known {
		fmt.Fprintf(b, "  HostName %s\n", word(h.Name))
	} else {
		fmt.Fprintf(b, "  # HostName %s\n", oneLine(h.Name))
	}
	if port != connect.SSHPort {
		fmt.Fprintf(b, "  Port %d\n", port)
	}
	if user != connect.UnknownUser {
		fmt.Fprintf(b, "  User %s\n", word(user))
	}
	if jump != "" {
		fmt.Fprintf(b, "  ProxyJump %s\n", word(jump))
	}
}

func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

// word keeps a name of the input to one word that the configuration takes.
func word(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.:@", r):
			return r
		}
		return '-'
	}, s)
}
