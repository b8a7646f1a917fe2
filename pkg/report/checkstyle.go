package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
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
		at := newJSONRange(d.Subject)
		name := xmlText(at.Path)
		if n := len(out.Files); n == 0 || out.Files[n-1].Name != name {
			out.Files = append(out.Files, checkstyleFile{Name: name})
		}
		file := &out.Files[len(out.Files)-1]
		file.Errors = append(file.Errors, checkstyleError{
			at.Start.Line, at.Start.Column, d.Severity.String(), message(&d, r), "scaleset." + string(d.Code),
		})
	}
	return writeXML(w, out)
}

// xmlText is a name with the characters spelled out that no XML can hold.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return []rune(spell(r))[0]
		}
		return r
	}, s)
}

func writeXML(w io.Writer, v any) error {
	b := bytes.NewBufferString(xml.Header)
	e := xml.NewEncoder(b)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := replacing{w, inertXML}.Write(b.Bytes())
	return err
}
