package review

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
)

// A Footprint is what the cost of a scale set depends on. Numbers that are not known
// offline are -1.
type Footprint struct {
	Size      string `json:"size"`
	Priority  string `json:"priority"`
	Instances int    `json:"instances"`
	// Largest is the number of instances to which autoscale can add, Instances without
	// autoscale.
	Largest   int    `json:"largest"`
	Cores     int    `json:"cores"` // of one instance
	OSDisk    string `json:"osDisk"`
	DataDisks string `json:"dataDisks"`
}

// A Total is the footprints of all scale sets together.
type Total struct {
	Instances    int `json:"instances"`
	Largest      int `json:"largest"`
	Cores        int `json:"cores"`
	LargestCores int `json:"largestCores"`
	// Complete is false if a capacity or a size is not known; the sums are then of the
	// others.
	Complete bool `json:"complete"`
}

func footprint(s *vmss.ScaleSet, src *instances.State) Footprint {
	f := Footprint{Size: of("", s.SKUName, "").Value, Priority: of("", s.Priority, "Regular").Value, Instances: -1, Cores: -1, Largest: -1}
	if n, ok := s.Capacity.Known(); ok {
		f.Instances, f.Largest = n, n
	}
	if highest, ok := s.MaxCapacity(); ok {
		n, _ := highest.Known()
		f.Largest = max(f.Largest, n)
	}
	if cores, ok := src.Cores(); ok {
		f.Cores = cores
	}
	if !s.Partial() {
		f.OSDisk, f.DataDisks = diskFact(s).Value, dataDiskFact(s).Value
	}
	return f
}

// Total adds the footprints of all scale sets.
func (r *Review) Total() Total {
	t := Total{Complete: true}
	for i := range r.Sets {
		f := &r.Sets[i].Footprint
		t.Instances += max(f.Instances, 0)
		t.Largest += max(f.Largest, 0)
		if f.Instances < 0 || f.Cores < 0 {
			t.Complete = false
			continue
		}
		t.Cores += f.Instances * f.Cores
		t.LargestCores += f.Largest * f.Cores
	}
	return t
}

// A Parameter is a parameter of the template with the value that the review is about.
type Parameter struct {
	Name  string `json:"name"`
	Value string `json:"value"` // as JSON; "" for a secret and for no value
	// Source is default, file, set, key-vault, placeholder or none.
	Source string `json:"source"`
	Secret bool   `json:"secret"`
	// At is "path:line:col" of the value; "" if it is in no file.
	At string `json:"at,omitempty"`
}

// sources are the names of the sources of values.
var sources = [...]string{
	expand.NoValue: "none", expand.FromDefault: "default", expand.FromFile: "file", expand.FromSet: "set",
	expand.FromKeyVault: "key-vault", expand.FromPlaceholder: "placeholder",
}

// Parameters lists the parameters of the template in their order, first those that are
// given and then the defaults.
func (r *Review) Parameters() (all []Parameter) {
	var defaults []Parameter
	for _, p := range r.Deployment.Parameters {
		out := Parameter{Name: p.Declared.Name(), Source: sources[p.Source], Secret: p.Secret || p.Source == expand.FromKeyVault}
		if p.Node != nil {
			out.At = placeOf(p.Node.At())
			if _, unknown := p.Node.Value.(value.Unknown); !unknown && !out.Secret {
				out.Value = value.JSON(p.Node.Value)
			}
		}
		if p.Source == expand.FromPlaceholder {
			out.Value = placeholder(r.Deployment, p.Declared.Name())
		}
		if out.Source == "default" {
			defaults = append(defaults, out)
		} else {
			all = append(all, out)
		}
	}
	return append(all, defaults...)
}

// placeholder is the text that a parameter file has in place of a value.
func placeholder(d *expand.Deployment, name string) string {
	for _, v := range d.Placeholders {
		if v.Key != nil && strings.EqualFold(v.Key.Value, name) && v.Value != nil {
			return v.Value.Range().Text()
		}
	}
	return ""
}
