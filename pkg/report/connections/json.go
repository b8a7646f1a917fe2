package connections

import (
	"io"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/connect"
)

// WriteJSON writes the sets for machines; members are only ever added.
func WriteJSON(w io.Writer, template string, sets []connect.Set) error {
	if sets == nil {
		sets = []connect.Set{}
	}
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
