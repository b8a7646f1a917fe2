package findings

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// An xsd is an XML Schema, as far as ours need one: elements with attributes, a
// sequence of other elements or text, and a few simple types. What it does not
// know is a failure, never ignored, so that a schema cannot promise more than is
// checked; TestJUnitIsValid holds it against xmllint where that is installed.
type xsd struct {
	elements map[string]*xsdNode
}

type xsdNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xsdNode  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n *xsdNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n *xsdNode) child(name string) *xsdNode {
	for i := range n.Children {
		if n.Children[i].XMLName.Local == name {
			return &n.Children[i]
		}
	}
	return nil
}

// only fails for children and attributes that this reader knows nothing about.
func (n *xsdNode) only(children, attributes string) {
	for _, c := range n.Children {
		if !slices.Contains(strings.Fields(children), c.XMLName.Local) {
			panic(fmt.Sprintf("<%s> in <%s> is not supported", c.XMLName.Local, n.XMLName.Local))
		}
	}
	for _, a := range n.Attrs {
		if !slices.Contains(strings.Fields(attributes), a.Name.Local) {
			panic(fmt.Sprintf("%s of <%s> is not supported", a.Name.Local, n.XMLName.Local))
		}
	}
}

func readXSD(t *testing.T, name string) *xsd {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var root xsdNode
	if err := xml.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	root.only("element", "xs elementFormDefault")
	s := &xsd{map[string]*xsdNode{}}
	for i := range root.Children {
		s.elements[root.Children[i].attr("name")] = &root.Children[i]
	}
	return s
}

// validate gives what is wrong with a document whose root must be called root.
func (s *xsd) validate(document []byte, root string) error {
	d := xml.NewDecoder(bytes.NewReader(document))
	d.Strict = true
	var got xsdNode
	if err := d.Decode(&got); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		if _, err = d.Token(); err != io.EOF { // the line end
			return fmt.Errorf("something follows the root: %v", err)
		}
	}
	if got.XMLName.Local != root || got.XMLName.Space != "" {
		return fmt.Errorf("the root is <%s>, not <%s>", got.XMLName.Local, root)
	}
	return s.element(s.elements[root], &got)
}

func (s *xsd) element(want, got *xsdNode) error {
	if ref := want.attr("ref"); ref != "" {
		want.only("", "ref minOccurs maxOccurs")
		want = s.elements[ref]
	}
	want.only("complexType", "name type minOccurs maxOccurs")
	complexType := want.child("complexType")
	if complexType == nil {
		if len(got.Children)+len(got.Attrs) > 0 {
			return fmt.Errorf("<%s> holds more than text", got.XMLName.Local)
		}
		return simple(want.attr("type"), got.Text)
	}
	complexType.only("sequence attribute simpleContent", "")
	if content := complexType.child("simpleContent"); content != nil {
		content.only("extension", "")
		extension := content.child("extension")
		extension.only("attribute", "base")
		if len(got.Children) > 0 {
			return fmt.Errorf("<%s> in a text", got.Children[0].XMLName.Local)
		}
		if err := simple(extension.attr("base"), got.Text); err != nil {
			return err
		}
		return attributes(extension, got)
	}
	if strings.TrimSpace(got.Text) != "" {
		return fmt.Errorf("text in <%s>: %q", got.XMLName.Local, got.Text)
	}
	if err := s.sequence(complexType.child("sequence"), got); err != nil {
		return err
	}
	return attributes(complexType, got)
}

func (s *xsd) sequence(want, got *xsdNode) error {
	at := 0
	if want != nil {
		want.only("element", "")
		for i := range want.Children {
			item := &want.Children[i]
			name, times := item.attr("name")+item.attr("ref"), 0
			for at < len(got.Children) && got.Children[at].XMLName.Local == name {
				if err := s.element(item, &got.Children[at]); err != nil {
					return err
				}
				at, times = at+1, times+1
			}
			least, most := occurs(item.attr("minOccurs")), occurs(item.attr("maxOccurs"))
			if times < least || times > most {
				return fmt.Errorf("<%s> has %d <%s>", got.XMLName.Local, times, name)
			}
		}
	}
	if at < len(got.Children) {
		return fmt.Errorf("<%s> has no place there in <%s>", got.Children[at].XMLName.Local, got.XMLName.Local)
	}
	return nil
}

func occurs(text string) int {
	switch text {
	case "":
		return 1
	case "unbounded":
		return 1 << 30
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func attributes(want, got *xsdNode) error {
	known := map[string]bool{}
	for i := range want.Children {
		a := &want.Children[i]
		if a.XMLName.Local != "attribute" {
			continue
		}
		a.only("simpleType", "name type use")
		name := a.attr("name")
		known[name] = true
		at := slices.IndexFunc(got.Attrs, func(x xml.Attr) bool { return x.Name.Local == name })
		if at < 0 {
			if a.attr("use") == "required" {
				return fmt.Errorf("<%s> has no %s", got.XMLName.Local, name)
			}
			continue
		}
		if err := attributeValue(a, got.Attrs[at].Value); err != nil {
			return fmt.Errorf("%s of <%s>: %w", name, got.XMLName.Local, err)
		}
	}
	for _, a := range got.Attrs {
		if !known[a.Name.Local] {
			return fmt.Errorf("<%s> must not have %s", got.XMLName.Local, a.Name.Local)
		}
	}
	return nil
}

func attributeValue(a *xsdNode, v string) error {
	simpleType := a.child("simpleType")
	if simpleType == nil {
		return simple(a.attr("type"), v)
	}
	simpleType.only("restriction", "")
	restriction := simpleType.child("restriction")
	restriction.only("enumeration minLength", "base")
	allowed := len(restriction.Children) == 0
	for i := range restriction.Children {
		switch c := &restriction.Children[i]; c.XMLName.Local {
		case "enumeration":
			allowed = allowed || c.attr("value") == v
		case "minLength":
			allowed = len(v) >= occurs(c.attr("value"))
		}
	}
	if !allowed {
		return fmt.Errorf("%q is not allowed", v)
	}
	return simple(restriction.attr("base"), v)
}

func simple(name, v string) error {
	least := 0
	switch name {
	case "xs:string":
		return nil
	case "xs:positiveInteger":
		least = 1
	case "xs:nonNegativeInteger":
	default:
		panic("the type " + name + " is not supported")
	}
	if n, err := strconv.Atoi(v); err != nil || n < least {
		return fmt.Errorf("%q is no %s", v, name)
	}
	return nil
}

// What is wrong is found, so that what is right is.
func TestXSD(t *testing.T) {
	const good = `<testsuites name="a" tests="1" failures="1" errors="0"><testsuite name="a" tests="1" failures="1" errors="0">` +
		`<testcase name="x" classname="y"><failure message="m" type="error">t</failure></testcase><system-out>o</system-out></testsuite></testsuites>` + "\n"
	s := readXSD(t, "testdata/junit.xsd")
	if err := s.validate([]byte(good), "testsuites"); err != nil {
		t.Error(err)
	}
	for old, wrong := range map[string]string{
		`tests="1"`: `tests="one"`, ` errors="0"`: ``, `name="x"`: `name="x" nobody="knows"`, `type="error"`: `type="bad"`, `<testcase name="x" classname="y">`: `<testcase name="x" classname="y">text`,
		`<system-out>o</system-out>`: `<system-out>o</system-out><system-out/>`, `</testsuites>`: `<testcase/></testsuites>`, `>t</failure>`: `><b/></failure>`,
		`</testsuites>` + "\n": `</testsuites><testsuites/>`, `<failure`: `<wrong/><failure`,
	} {
		if err := s.validate([]byte(strings.Replace(good, old, wrong, 1)), "testsuites"); err == nil {
			t.Errorf("no fault with %s", wrong)
		}
	}
}
