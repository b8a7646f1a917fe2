package findings

import (
	"bufio"
	"fmt"
	"io"

	"github.com/scaleset/scaleset/pkg/report/render"
)

// Compact writes one finding a line, for editors and for grep, and nothing else:
//
//	azuredeploy.json:142:15: error: summary [SS5001]
type Compact struct{}

// Report implements [Reporter].
func (Compact) Report(w io.Writer, r Result) error {
	b := bufio.NewWriter(w)
	for _, d := range r.visible() {
		// The name of a file is not a secret, even if a word of it is one elsewhere.
		fmt.Fprintf(b, "%s: %s: %s [%s]\n", render.Place(d.Subject), d.Severity, render.Neutral(r.about(&d).Secrets.Redact(d.Summary)), d.Code)
	}
	return b.Flush()
}
