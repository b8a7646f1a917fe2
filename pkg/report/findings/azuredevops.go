package findings

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// AzureDevOps writes logging commands of Azure Pipelines. See
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands.
// The service knows errors and warnings only: a hint is a plain line of the log.
type AzureDevOps struct{}

// Report implements [Reporter].
func (AzureDevOps) Report(w io.Writer, r Result) error {
	b := bufio.NewWriter(w)
	data := strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A", "]", "%5D", ";", "%3B")
	for _, d := range r.visible() {
		if d.Severity == diag.Info {
			fmt.Fprintf(b, "%s: %s: %s %s\n", render.Place(d.Subject), d.Severity, message(&d, r), CodeLabel(&d))
			continue
		}
		at := render.NewRange(d.Subject)
		fmt.Fprintf(b, "##vso[task.logissue type=%s;sourcepath=%s;linenumber=%d;columnnumber=%d;code=%s]%s\n",
			d.Severity, property.Replace(render.Neutral(at.Path)), at.Start.Line, at.Start.Column, d.Code, data.Replace(message(&d, r)))
	}
	return b.Flush()
}
