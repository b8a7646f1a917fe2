package connections

import (
	"io"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// WriteMarkdown writes a section for each set. Secrets are masked.
func WriteMarkdown(w io.Writer, sets []connect.Set, secrets *secret.Set) error {
	b := render.NewMarkdownWriter(w, secrets)
	sets = Masked(sets, secrets)
	for i := range sets {
		if i > 0 {
			b.Printf("\n")
		}
		writeMarkdown(b, &sets[i])
	}
	return b.Flush()
}

func writeMarkdown(b *render.MarkdownWriter, s *connect.Set) {
	b.Printf("## %s\n\n%s.\n", s.Name, about(s))
	for _, r := range s.Ports {
		b.Printf("\n### %s: one port for each instance, %d to %d\n\n", r.Name, r.First, r.Last)
		if len(r.Mappings) == 0 {
			continue
		}
		b.Printf("| from outside | instance | port |\n| --- | --- | --- |\n")
		for _, m := range r.Mappings {
			b.Printf("| `%s:%d` | %s | %d |\n", render.Code(r.Host.Name), m.Port, m.Instance, r.InstancePort)
		}
		b.Printf("\n    %s\n", render.CodeLine(login(s, r, r.Mappings[0])))
	}
	for _, j := range s.JumpBoxes {
		b.Printf("\n### Jump box %s\n\n    %s\n", j.Name, render.CodeLine(through(s, j)))
	}
	for _, name := range s.Bastions {
		b.Printf("\n### Bastion %s\n\n    %s\n", name, render.CodeLine(bastion(s, name)))
	}
	for _, a := range s.Addresses {
		b.Printf("\n### A public address for each instance\n\n")
		if a.Suffix == "" {
			b.Printf(noNames + "\n")
			continue
		}
		b.Printf("    %s\n", render.CodeLine(ownAddress(s, a)))
	}
	if len(s.Endpoints) > 0 {
		b.Printf("\n### Load balanced\n\n")
	}
	for _, e := range s.Endpoints {
		b.Printf("- `%s`\n", render.Code(endpointText(e)))
	}
	b.Printf("\n### Monitoring\n\n- `%s`\n- `%s`\n- `%s`\n", render.Code(s.ID), render.Code(s.Explorer), render.Code(s.Portal))
	for _, note := range s.Notes {
		b.Printf("\n> %s\n", note)
	}
}
