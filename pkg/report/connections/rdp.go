package connections

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A RemoteDesktop is one .rdp file
// (https://learn.microsoft.com/windows-server/remote/remote-desktop-services/clients/rdp-files).
type RemoteDesktop struct {
	File string // name, without a folder
	Text []byte
}

// RemoteDesktops returns the files that open the remote desktop of each instance
// that is reached by a port of its own, and of Windows jump boxes. Hosts that
// are not known have no file; unknown is how many these are.
func RemoteDesktops(sets []connect.Set, secrets *secret.Set) (files []RemoteDesktop, unknown int) {
	add := func(name string, h connect.Host, port int, user string) {
		if !h.Known {
			unknown++
			return
		}
		files = append(files, RemoteDesktop{word(name) + ".rdp", desktop(h, port, user)})
	}
	sets = Masked(sets, secrets)
	for i := range sets {
		s := &sets[i]
		for _, r := range s.Ports {
			for _, m := range r.Mappings {
				if r.InstancePort == connect.RDPPort {
					add(m.Instance, r.Host, m.Port, s.User)
				}
			}
		}
		for _, j := range s.JumpBoxes {
			if j.Port == connect.RDPPort {
				add(j.Name, j.Host, j.Port, j.User)
			}
		}
	}
	return files, unknown
}

func desktop(h connect.Host, port int, user string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "full address:s:%s:%d\r\n", word(h.Name), port)
	if user != connect.UnknownUser {
		fmt.Fprintf(&b, "username:s:%s\r\n", render.Neutral(user))
	}
	b.WriteString("prompt for credentials:i:1\r\n")
	return []byte(b.String())
}
