package findings

import (
	"io"

	"github.com/scaleset/scaleset/pkg/report/render"
)

// Compact writes one finding a line, for editors and for grep, and nothing else:
//
//	azuredeploy.json:142:15: error: summary [SS5001]
type Compact struct{}

// Report implements [Reporter].
func (Compact) Report(w io.Writer, r Result) error {
	b := render.NewWriter(w, false, 0, r.Secrets)
	for _, d := range r.visible() {
		b.Printf("%s: %s: %s [%s]\n", render.Place(d.Subject), d.Severity.String(), r.about(&d).Secrets.Redact(d.Summary), string(d.Code))
	}
	return b.Flush()
}
