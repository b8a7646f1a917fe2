package connect

import (
	"encoding/json"
	"io"
)

// WriteJSON writes the sets for machines; members are only ever added.
func WriteJSON(w io.Writer, template string, sets []Set) error {
	if sets == nil {
		sets = []Set{}
	}
	for i := range sets {
		for j := range sets[i].Ports {
			if sets[i].Ports[j].Mappings == nil {
				sets[i].Ports[j].Mappings = []Mapping{}
			}
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(jsonDocument{"1", template, sets})
}

type jsonDocument struct {
	Version   string `json:"version"`
	Template  string `json:"template"`
	ScaleSets []Set  `json:"scaleSets"`
}
