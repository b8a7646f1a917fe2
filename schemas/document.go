package schemas

import (
	"bytes"
	"compress/flate"
	"embed"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

//go:embed types/*.deflate
var types embed.FS

// own has the documents about templates and parameter files, in the same form.
//
//go:embed own/*.txt
var own embed.FS

// Limits of a document, so that a broken one is an error. The largest one today
// has 1,400 lines and 70 KB.
const (
	maxDocument = 4 << 20
	maxDepth    = 32
)

// ErrNoDocument is the error for a resource type without a document.
var ErrNoDocument = errors.New("no schema document")

// A Document describes one resource type in all its API versions. It is
// immutable.
type Document struct {
	Type     string    // in the spelling of the service
	Versions []string  // API versions, the oldest first
	Root     *Property // the resource itself; its Name is empty
}

// A Property is a property, the items of an array ("[]"), or the values of a
// map ("{}"), in all API versions.
type Property struct {
	Name       string
	Properties []*Property // of an object, sorted by name
	Items      *Property   // of an array; nil if they can have any value
	Values     *Property   // of a map; nil if the object is not a map
	spans      string      // not decoded: most properties are never used
	// mayRequire has all properties that some API version requires.
	mayRequire []*Property
}

// FileName returns the name of the document of a resource type among the
// embedded files.
func FileName(resourceType string) string {
	return strings.ToLower(strings.ReplaceAll(resourceType, "/", ".")) + ".deflate"
}

// Load returns the document of a resource type, ignoring case. It returns
// [ErrNoDocument] if there is none. Each call decodes the document again.
func Load(resourceType string) (*Document, error) { return new(Loader).Load(resourceType) }

// A Loader is [Load] with reusable buffers; most templates need the documents
// of a few types. Its zero value is ready. It is not safe for concurrent use.
type Loader struct {
	inflater io.ReadCloser
	buffer   []byte
}

// Load returns the document of a resource type, like the function [Load].
func (l *Loader) Load(resourceType string) (*Document, error) {
	raw, err := types.ReadFile(path.Join("types", FileName(resourceType)))
	if err != nil {
		return nil, ErrNoDocument
	}
	var text strings.Builder
	text.Grow(len(raw) * 16)
	if err := l.inflate(&text, raw); err != nil {
		return nil, fmt.Errorf("schema document of %s: %w", resourceType, err)
	}
	doc, err := Parse(text.String())
	if err != nil {
		return nil, fmt.Errorf("schema document of %s: %w", resourceType, err)
	}
	return doc, nil
}

// inflate appends a compressed text, up to the size limit of a document.
func (l *Loader) inflate(text *strings.Builder, raw []byte) error {
	compressed := bytes.NewReader(raw)
	if l.inflater == nil {
		l.inflater, l.buffer = flate.NewReader(compressed), make([]byte, 4<<10)
	} else if err := l.inflater.(flate.Resetter).Reset(compressed, nil); err != nil {
		return err
	}
	_, err := io.CopyBuffer(text, io.LimitReader(l.inflater, maxDocument), l.buffer)
	return err
}

// Own returns one of the documents about the language itself: "template",
// "resource" (the members of any resource that the deployment service uses) or
// "parameters" (a parameter file). They have one version.
func Own(name string) (*Document, error) {
	text, err := own.ReadFile("own/" + name + ".txt")
	if err != nil {
		return nil, ErrNoDocument
	}
	return Parse(string(text))
}

// Types returns the resource types that have a document, in the spelling of the
// service, in alphabetical order.
func Types() []string {
	var list []string
	for provider := range strings.SplitSeq(catalog, "\n@") {
		namespace, rest, _ := strings.Cut(strings.TrimPrefix(provider, "@"), "\n")
		for line := range strings.SplitSeq(rest, "\n") {
			if name, _, ok := strings.Cut(line, "\t"); ok && name != "" && hasDocument(namespace+"/"+name) {
				list = append(list, namespace+"/"+name)
			}
		}
	}
	return list
}

func hasDocument(resourceType string) bool {
	f, err := types.Open(path.Join("types", FileName(resourceType)))
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// Parse parses the text of a document. It returns an error if the text is
// malformed or exceeds a limit.
func Parse(text string) (*Document, error) {
	name, rest, _ := strings.Cut(text, "\n")
	versions, rest, _ := strings.Cut(rest, "\n")
	doc := &Document{Type: name, Versions: strings.Fields(versions), Root: &Property{}}
	if len(doc.Versions) == 0 {
		return nil, errors.New("no API versions")
	}
	// One allocation for all properties, and a stack of the open ones.
	pool := make([]Property, strings.Count(rest, "\n"))
	doc.Root.spans = "0-" + strconv.Itoa(len(doc.Versions)-1) + ";object"
	open := [maxDepth]*Property{doc.Root}
	depth, line := 0, ""
	for rest != "" {
		line, rest, _ = strings.Cut(rest, "\n")
		d := len(line) - len(strings.TrimLeft(line, " "))
		field, spans, ok := strings.Cut(line[d:], "\t")
		if !ok || d > depth || d+1 >= maxDepth || len(pool) == 0 {
			return nil, fmt.Errorf("bad line %q", line)
		}
		p := &pool[0]
		pool = pool[1:]
		p.Name, p.spans = field, spans
		open[d].add(p)
		open[d+1] = p
		depth = d + 1
	}
	return doc, nil
}

func (p *Property) add(child *Property) {
	switch child.Name {
	case "[]":
		p.Items = child
	case "{}":
		p.Values = child
	default:
		p.Properties = append(p.Properties, child)
		if strings.Contains(child.spans, "required") {
			p.mayRequire = append(p.mayRequire, child)
		}
	}
}

// Property returns a direct property with a name, ignoring case; nil if there
// is none. An exact match is preferred: a few types have two spellings, each in
// versions of its own.
func (p *Property) Property(name string) *Property {
	var folded *Property
	for _, c := range p.Properties {
		if c.Name == name {
			return c
		}
		if folded == nil && strings.EqualFold(c.Name, name) {
			folded = c
		}
	}
	return folded
}

// Find follows a path such as "properties.profiles[].capacity", ignoring case;
// it returns nil if there is none. The empty path is p itself.
func (p *Property) Find(way string) *Property {
	way = strings.NewReplacer("[]", ".[]", "{}", ".{}", "[*]", ".[]").Replace(way)
	for name := range strings.SplitSeq(strings.Trim(way, "."), ".") {
		switch {
		case p == nil || name == "":
		case name == "[]":
			p = p.Items
		case name == "{}":
			p = p.Values
		default:
			p = p.Property(name)
		}
	}
	return p
}
