package connections

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/review/connect"
)

// WriteMarkdown writes a section for each set.
func WriteMarkdown(w io.Writer, sets []connect.Set) error {
	b := bufio.NewWriter(w)
	for i := range sets {
		if i > 0 {
			fmt.Fprintln(b)
		}
		writeMarkdown(b, &sets[i])
	}
	return b.Flush()
}

func writeMarkdown(b *bufio.Writer, s *connect.Set) {
	fmt.Fprintf(b, "## %s\n\n%s.\n", mdText(s.Name), about(s))
	for _, r := range s.Ports {
		fmt.Fprintf(b, "\n### %s: one port for each instance, %d to %d\n\n", mdText(r.Name), r.First, r.Last)
		if len(r.Mappings) == 0 {
			continue
		}
		fmt.Fprint(b, "| from outside | instance | port |\n| --- | --- | --- |\n")
		for _, m := range r.Mappings {
			fmt.Fprintf(b, "| `%s:%d` | %s | %d |\n", code(r.Host.Name), m.Port, mdText(m.Instance), r.InstancePort)
		}
		fmt.Fprintf(b, "\n    %s\n", login(s, r, r.Mappings[0]))
	}
	for _, j := range s.JumpBoxes {
		fmt.Fprintf(b, "\n### Jump box %s\n\n    %s\n", mdText(j.Name), through(s, j))
	}
	for _, name := range s.Bastions {
		fmt.Fprintf(b, "\n### Bastion %s\n\n    %s\n", mdText(name), bastion(s, name))
	}
	for _, a := range s.Addresses {
		fmt.Fprintf(b, "\n### A public address for each instance\n\n%s\n", strings.TrimLeft(addressText(s, a), ",\n "))
	}
	if len(s.Endpoints) > 0 {
		fmt.Fprint(b, "\n### Load balanced\n\n")
	}
	for _, e := range s.Endpoints {
		fmt.Fprintf(b, "- `%s`\n", code(endpointText(e)))
	}
	fmt.Fprintf(b, "\n### Monitoring\n\n- `%s`\n- `%s`\n", code(s.ID), code(s.Explorer))
	for _, note := range s.Notes {
		fmt.Fprintf(b, "\n> %s\n", mdText(note))
	}
}

// mdText keeps text of the input from being markup.
func mdText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "<", "&lt;", ">", "&gt;", "#", `\#`, "\n", " ").Replace(s)
}

// code keeps text of the input inside of backticks.
func code(s string) string { return strings.NewReplacer("`", "'", "|", `\|`, "\n", " ").Replace(s) }
