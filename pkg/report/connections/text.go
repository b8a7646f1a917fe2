package connections

import (
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// shownMappings is how many ports of a range are listed one by one;
// of more, the first and the last.
const shownMappings = 10

// WriteText writes how the scale sets are reached. It masks secrets.
func WriteText(w io.Writer, sets []connect.Set, secrets *secret.Set) error {
	b := render.NewWriter(w, false, textWidth, secrets)
	sets = Masked(sets, secrets)
	for i := range sets {
		if i > 0 {
			b.Printf("\n")
		}
		writeText(b, &sets[i])
	}
	return b.Flush()
}

func writeText(b *render.Writer, s *connect.Set) {
	b.Printf("%s   %s\n", s.Name, about(s))
	for _, r := range s.Ports {
		b.Printf("\n  %s: one port for each instance, %d to %d\n", r.Name, r.First, r.Last)
		for i, m := range r.Mappings {
			if len(r.Mappings) > shownMappings && i >= shownMappings-1 && i < len(r.Mappings)-1 {
				if i == shownMappings-1 {
					b.Printf("    ...\n")
				}
				continue
			}
			b.Printf("    %s:%d -> %s:%d\n", r.Host.Name, m.Port, m.Instance, r.InstancePort)
		}
		if len(r.Mappings) > 0 {
			b.Printf("    %s\n", login(s, r, r.Mappings[0]))
		}
	}
	for _, j := range s.JumpBoxes {
		b.Printf("\n  jump box %s at %s:%d\n    %s\n", j.Name, j.Host.Name, j.Port, through(s, j))
	}
	for _, name := range s.Bastions {
		b.Printf("\n  bastion %s\n    %s\n", name, bastion(s, name))
	}
	for _, a := range s.Addresses {
		b.Printf("\n  a public %s address for each instance", a.Version)
		if a.Suffix == "" {
			b.Printf(", %s\n", noNames)
			continue
		}
		b.Printf("\n    %s\n", ownAddress(s, a))
	}
	if len(s.Endpoints) > 0 {
		b.Printf("\n  load balanced to all instances\n")
	}
	for _, e := range s.Endpoints {
		b.Printf("    %s\n", endpointText(e))
	}
	b.Printf("\n  monitoring\n    %s\n    %s\n    %s\n", s.ID, s.Explorer, s.Portal)
	for _, note := range s.Notes {
		b.Printf("\n")
		b.Paragraph(note)
	}
}

const textWidth = 80

func about(s *connect.Set) string {
	count := "an unknown number of instances"
	switch {
	case s.Capacity == 1:
		count = "1 instance"
	case s.Capacity >= 0:
		count = fmt.Sprintf("%d instances", s.Capacity)
	}
	if s.System == "unknown" {
		return count
	}
	return count + ", " + s.System
}

// login returns the command that logs on by a port of a range.
func login(s *connect.Set, r connect.PortRange, m connect.Mapping) string {
	switch r.InstancePort {
	case connect.SSHPort:
		return sshCommand(s.User, r.Host.Name, m.Port, connect.JumpBox{})
	case connect.RDPPort:
		return desktopCommand(r.Host.Name, m.Port) + as(s.User)
	}
	return fmt.Sprintf("connect to %s:%d", r.Host.Name, m.Port)
}

// as says behind a command of Windows which user logs on.
func as(user string) string { return "   (as " + user + ")" }

// through returns the command that logs on to the first instance by way of a jump box.
func through(s *connect.Set, j connect.JumpBox) string {
	if j.Port == connect.RDPPort || s.LoginPort() == connect.RDPPort {
		return desktopCommand(j.Host.Name, j.Port) + as(j.User) + ", and from there " + desktopCommand(s.ComputerName(0), 0)
	}
	return sshCommand(s.User, s.ComputerName(0), connect.SSHPort, j)
}

// bastion returns the command that logs on to the first instance by way of Azure Bastion.
func bastion(s *connect.Set, name string) string {
	command := "ssh --auth-type password"
	if s.LoginPort() == connect.RDPPort {
		command = "rdp"
	}
	target := s.ID + "/virtualMachines/0"
	if !s.Uniform() {
		target = "<id of an instance>" // instances are virtual machines with random names
	}
	return "az network bastion " + command + option("--name", name) + option("--resource-group", "<group>") + option("--username", s.User) + option("--target-resource-id", target)
}

// option returns an option of a command and its value.
func option(name, value string) string {
	if strings.HasPrefix(value, "-") {
		return " " + render.ShellWord(name+"="+value)
	}
	return " " + name + " " + render.ShellWord(value)
}

const noNames = "without DNS names (az vmss list-instance-public-ips lists the addresses)"

// ownAddress returns the command that logs on to the first instance by its own address.
func ownAddress(s *connect.Set, a connect.OwnAddress) string {
	host := "vm0." + a.Suffix
	if s.LoginPort() == connect.RDPPort {
		return desktopCommand(host, 0) + as(s.User)
	}
	return sshCommand(s.User, host, connect.SSHPort, connect.JumpBox{})
}

func endpointText(e connect.Endpoint) string {
	port := fmt.Sprint(e.Port)
	if e.Port == 0 {
		port = "any port"
	}
	line := e.Host.Name + ":" + port
	if e.InstancePort != 0 && e.InstancePort != e.Port {
		line += fmt.Sprintf(" -> port %d", e.InstancePort)
	}
	line += " (" + strings.ToLower(e.Protocol)
	if e.Host.Private {
		line += ", inside the network"
	}
	if e.Probe != "" {
		line += ", probe " + e.Probe
	}
	return line + ")"
}
