package connections

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/review/connect"
)

// shownMappings is how many ports of a range are told one by one to people;
// of more, the first and the last.
const shownMappings = 10

// WriteText tells people how the sets are reached.
func WriteText(w io.Writer, sets []connect.Set) error {
	b := bufio.NewWriter(w)
	for i := range sets {
		if i > 0 {
			fmt.Fprintln(b)
		}
		writeText(b, &sets[i])
	}
	return b.Flush()
}

func writeText(b *bufio.Writer, s *connect.Set) {
	fmt.Fprintf(b, "%s   %s\n", s.Name, about(s))
	for _, r := range s.Ports {
		fmt.Fprintf(b, "\n  %s: one port for each instance, %d to %d\n", r.Name, r.First, r.Last)
		for i, m := range r.Mappings {
			if len(r.Mappings) > shownMappings && i >= shownMappings-1 && i < len(r.Mappings)-1 {
				if i == shownMappings-1 {
					fmt.Fprintln(b, "    ...")
				}
				continue
			}
			fmt.Fprintf(b, "    %s:%d -> %s:%d\n", r.Host.Name, m.Port, m.Instance, r.InstancePort)
		}
		if len(r.Mappings) > 0 {
			fmt.Fprintf(b, "    %s\n", login(s, r, r.Mappings[0]))
		}
	}
	for _, j := range s.JumpBoxes {
		fmt.Fprintf(b, "\n  jump box %s at %s:%d\n    %s\n", j.Name, j.Host.Name, j.Port, through(s, j))
	}
	for _, name := range s.Bastions {
		fmt.Fprintf(b, "\n  bastion %s\n    %s\n", name, bastion(s, name))
	}
	for _, a := range s.Addresses {
		fmt.Fprintf(b, "\n  a public address for each instance%s\n", addressText(s, a))
	}
	if len(s.Endpoints) > 0 {
		fmt.Fprint(b, "\n  load balanced over all instances\n")
	}
	for _, e := range s.Endpoints {
		fmt.Fprintf(b, "    %s\n", endpointText(e))
	}
	fmt.Fprintf(b, "\n  monitoring\n    %s\n    %s\n", s.ID, s.Explorer)
	for _, note := range s.Notes {
		fmt.Fprintf(b, "\n%s\n", wrap(note, "  ", textWidth))
	}
}

const textWidth = 80

func about(s *connect.Set) string {
	count := "any number of instances"
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

// login is the command that logs on by a port of a range.
func login(s *connect.Set, r connect.PortRange, m connect.Mapping) string {
	switch r.InstancePort {
	case connect.SSHPort:
		return fmt.Sprintf("ssh -p %d %s@%s", m.Port, s.User, r.Host.Name)
	case connect.RDPPort:
		return fmt.Sprintf("mstsc /v:%s:%d   (as %s)", r.Host.Name, m.Port, s.User)
	}
	return fmt.Sprintf("connect to %s:%d", r.Host.Name, m.Port)
}

// through is the command that logs on to the first instance by way of a jump box.
func through(s *connect.Set, j connect.JumpBox) string {
	if j.Port == connect.RDPPort || s.LoginPort() == connect.RDPPort {
		return fmt.Sprintf("mstsc /v:%s:%d   (as %s), and from there mstsc /v:%s", j.Host.Name, j.Port, j.User, s.ComputerName(0))
	}
	port := ""
	if j.Port != connect.SSHPort {
		port = fmt.Sprintf(":%d", j.Port)
	}
	return fmt.Sprintf("ssh -J %s@%s%s %s@%s", j.User, j.Host.Name, port, s.User, s.ComputerName(0))
}

func bastion(s *connect.Set, name string) string {
	command := "ssh --auth-type password"
	if s.LoginPort() == connect.RDPPort {
		command = "rdp"
	}
	target := s.ID + "/virtualMachines/0"
	if !s.Uniform() {
		target = "<id of an instance>" // instances are virtual machines with random names
	}
	return fmt.Sprintf("az network bastion %s --name %s --resource-group <group> --username %s --target-resource-id %s", command, name, s.User, target)
}

func addressText(s *connect.Set, a connect.OwnAddress) string {
	if a.Suffix == "" {
		return ", without DNS names (az vmss list-instance-public-ips tells the addresses)"
	}
	host := "vm0." + a.Suffix
	if s.LoginPort() == connect.RDPPort {
		return fmt.Sprintf("\n    mstsc /v:%s   (as %s)", host, s.User)
	}
	return fmt.Sprintf("\n    ssh %s@%s", s.User, host)
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

// wrap breaks a text into lines of a width, each with the indentation.
func wrap(text, indent string, width int) string {
	var lines []string
	line := indent
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > width && line != indent {
			lines = append(lines, line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
