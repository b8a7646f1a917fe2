package findings

import (
	"encoding/xml"
	"io"

	"github.com/scaleset/scaleset/pkg/report/render"
)

// Checkstyle writes the XML of Checkstyle, which many build servers read.
type Checkstyle struct{}

type checkstyleResult struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"` // Checkstyle has the same names
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// Report implements [Reporter].
func (Checkstyle) Report(w io.Writer, r Result) error {
	out := checkstyleResult{Version: "4.3"} // the version whose form consumers read
	for _, d := range r.visible() {
		at := render.NewRange(d.Subject)
		name := render.XMLName(at.Path)
		if n := len(out.Files); n == 0 || out.Files[n-1].Name != name {
			out.Files = append(out.Files, checkstyleFile{Name: name})
		}
		file := &out.Files[len(out.Files)-1]
		file.Errors = append(file.Errors, checkstyleError{
			at.Start.Line, at.Start.Column, d.Severity.String(), message(&d, r), "scaleset." + string(d.Code),
		})
	}
	return render.WriteXML(w, out)
}
