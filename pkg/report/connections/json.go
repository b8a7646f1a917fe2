package connections

import (
	"io"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// WriteJSON writes the sets for machines; members are only ever added. Secrets
// are masked.
func WriteJSON(w io.Writer, template string, sets []connect.Set, secrets *secret.Set) error {
	sets = Masked(render.OrEmpty(sets), secrets)
	for i := range sets {
		for j := range sets[i].Ports {
			if sets[i].Ports[j].Mappings == nil {
				sets[i].Ports[j].Mappings = []connect.Mapping{}
			}
		}
	}
	e := render.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(jsonDocument{"1", template, sets})
}

type jsonDocument struct {
	Version   string        `json:"version"`
	Template  string        `json:"template"`
	ScaleSets []connect.Set `json:"scaleSets"`
}
