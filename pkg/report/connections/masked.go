package connections

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Masked returns a copy of sets without secrets, before anything is quoted: a command
// must not hold one in another spelling.
func Masked(sets []connect.Set, secrets *secret.Set) []connect.Set {
	return Mapped(sets, secrets.Redact)
}

// Mapped returns a copy of sets in which each text became what change returns for it.
func Mapped(sets []connect.Set, change func(string) string) []connect.Set {
	out := slices.Clone(sets)
	mask := func(text *string) { *text = change(*text) }
	for i := range out {
		s := &out[i]
		s.Ports, s.Endpoints, s.JumpBoxes = slices.Clone(s.Ports), slices.Clone(s.Endpoints), slices.Clone(s.JumpBoxes)
		s.Bastions, s.Addresses, s.Notes = slices.Clone(s.Bastions), slices.Clone(s.Addresses), slices.Clone(s.Notes)
		for _, text := range []*string{&s.Name, &s.ID, &s.Explorer, &s.Portal, &s.User, &s.Network} {
			mask(text)
		}
		for k := range s.Ports {
			p := &s.Ports[k]
			mask(&p.Name)
			mask(&p.Host.Name)
			p.Mappings = slices.Clone(p.Mappings)
			for m := range p.Mappings {
				mask(&p.Mappings[m].Instance)
			}
		}
		for k := range s.Endpoints {
			mask(&s.Endpoints[k].Name)
			mask(&s.Endpoints[k].Host.Name)
			mask(&s.Endpoints[k].Probe)
		}
		for k := range s.JumpBoxes {
			mask(&s.JumpBoxes[k].Name)
			mask(&s.JumpBoxes[k].Host.Name)
			mask(&s.JumpBoxes[k].User)
		}
		for k := range s.Bastions {
			mask(&s.Bastions[k])
		}
		for k := range s.Addresses {
			mask(&s.Addresses[k].Configuration)
			mask(&s.Addresses[k].Suffix)
		}
		for k := range s.Notes {
			mask(&s.Notes[k])
		}
	}
	return out
}
