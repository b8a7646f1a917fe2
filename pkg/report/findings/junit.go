package findings

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// JUnit writes the XML that test reports are made of: a suite for each template, a
// failed case for each error and warning, one passed case for a clean template.
// Hints are the output of the suite, since a test either fails or passes. A file
// that is not a template is not a test.
type JUnit struct{}

type junitResult struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"` // tests that broke: always 0
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
	Out      string      `xml:"system-out,omitempty"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// Report implements [Reporter].
func (JUnit) Report(w io.Writer, r Result) error {
	out := junitResult{Name: "scaleset lint"}
	index := map[string]int{}
	suite := func(path string) *junitSuite {
		i, ok := index[path]
		if !ok {
			i = len(out.Suites)
			index[path] = i
			out.Suites = append(out.Suites, junitSuite{Name: render.XMLName(path)})
		}
		return &out.Suites[i]
	}
	for _, f := range r.Files {
		if f.Status != NotTemplate {
			suite(f.Path)
		}
	}
	for _, d := range r.visible() {
		s := suite(render.NewRange(d.Subject).Path)
		line := render.Place(d.Subject) + ": " + d.Severity.String() + ": " + message(&d, r) + " " + CodeLabel(&d)
		if d.Severity == diag.Info {
			s.Out += line + "\n"
			continue
		}
		s.Cases = append(s.Cases, junitCase{
			Name: strings.Trim(CodeLabel(&d), "[]") + " " + render.Place(d.Subject), Class: s.Name,
			Failure: &junitFailure{Message: render.Neutral(r.about(&d).Secrets.Redact(d.Summary)), Type: d.Severity.String(), Text: line},
		})
	}
	for i := range out.Suites {
		s := &out.Suites[i]
		if s.Failures = len(s.Cases); s.Failures == 0 {
			s.Cases = []junitCase{{Name: "clean", Class: s.Name}}
		}
		s.Tests = len(s.Cases)
		out.Tests, out.Failures = out.Tests+s.Tests, out.Failures+s.Failures
	}
	return render.WriteXML(w, out)
}
