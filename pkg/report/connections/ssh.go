package connections

import (
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// WriteSSHConfig writes entries for ~/.ssh/config: a Host for each instance
// that SSH reaches, and for each jump box. Placeholders and notes are comments.
// Secrets are masked.
func WriteSSHConfig(w io.Writer, sets []connect.Set, secrets *secret.Set) error {
	b := &sshWriter{render.NewWriter(w, false, textWidth, secrets), map[string]bool{}}
	sets = Masked(sets, secrets)
	for i := range sets {
		if i > 0 {
			b.Printf("\n")
		}
		b.set(&sets[i])
	}
	return b.Flush()
}

type sshWriter struct {
	*render.Writer
	written map[string]bool // hosts; SSH takes the first of a name
}

func (b *sshWriter) set(s *connect.Set) {
	b.Printf("# %s, %s\n", s.Name, about(s))
	for _, note := range s.Notes {
		for _, line := range render.Wrap(note, textWidth-2) {
			b.Printf("# %s\n", line)
		}
	}
	if s.LoginPort() != connect.SSHPort {
		b.Printf("# Windows instances are reached by remote desktop, not by SSH\n")
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
				b.host(s.InstanceName(i), connect.Host{Name: fmt.Sprintf("vm%d.%s", s.InstanceID(i), a.Suffix), Known: a.Known}, connect.SSHPort, s.User, "")
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
	b.Printf("\nHost %s\n", word(name))
	if h.Known {
		b.Printf("  HostName %s\n", word(h.Name))
	} else {
		b.Printf("  # HostName %s\n", h.Name)
	}
	if port != connect.SSHPort {
		b.Printf("  Port %d\n", port)
	}
	if user != connect.UnknownUser {
		b.Printf("  User %s\n", word(user))
	}
	if jump != "" {
		b.Printf("  ProxyJump %s\n", word(jump))
	}
}

// word keeps a name of the input to one word that the configuration takes, and that
// is not an option.
func word(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.:@", r):
			return r
		}
		return '-'
	}, s)
	if strings.HasPrefix(s, "-") {
		return "_" + s[1:]
	}
	return s
}
