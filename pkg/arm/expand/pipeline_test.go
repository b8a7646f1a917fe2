package expand

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestPipeline runs the archives of testdata/cases: a template, parameter
// files, linked templates, paths whose origin is checked, and the expected
// result. The comment of an archive describes it and may set options:
//
//	lint      a parameter without a value is unknown
//	set a=b   gives a parameter a value
func TestPipeline(t *testing.T) {
	paths, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, p := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(p), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(p)
			if err != nil {
				t.Fatal(err)
			}
			text := show(t, archive)
			files := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name != "want" {
					files = append(files, f)
				}
			}
			archive.Files = append(files, txtar.File{Name: "want", Data: text})
			golden.Equal(t, p, txtar.Format(archive))
		})
	}
}

// show expands the archive and prints the result.
func show(t *testing.T, a *txtar.Archive) []byte {
	o := Options{MissingParameters: Error, Context: funcs.Context{
		SubscriptionID: "00000000-0000-0000-0000-000000000001", ResourceGroup: "rg", Location: "westus", DeploymentName: "main"}}
	for _, line := range strings.Split(string(a.Comment), "\n") {
		if line == "lint" {
			o.MissingParameters = Unknown
		}
		if set, ok := strings.CutPrefix(line, "set "); ok {
			name, text, _ := strings.Cut(set, "=")
			o.Set = map[string]string{name: text}
		}
	}
	files := fstest.MapFS{}
	var trees []*jsonc.Tree
	var paths []byte
	for _, f := range a.Files {
		switch {
		case f.Name == "trails":
			paths = f.Data
		case strings.HasSuffix(f.Name, "parameters.json"):
			tree := jsonc.Parse(source.NewFile(f.Name, f.Data))
			trees = append(trees, tree)
			o.Parameters = append(o.Parameters, arm.ParseParameters(tree))
		case f.Name != "want":
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	o.Links = &Links{FS: files, Template: "template.json"}
	tree := jsonc.Parse(source.NewFile("template.json", files["template.json"].Data))
	d := Expand(arm.ParseTemplate(tree), o)
	var b bytes.Buffer
	writeDeployment(&b, d)
	for _, p := range strings.Fields(string(paths)) {
		writeTrail(t, &b, d, p)
	}
	for _, tr := range append(trees, tree) {
		d.Diagnostics.Add(tr.Diagnostics...)
	}
	d.Diagnostics.Sort()
	for _, f := range d.Diagnostics {
		fmt.Fprintf(&b, "%s %s %s [%s] %s\n", f.Severity, f.Code, placeOf(f.Subject), f.Subject.Text(), f.Summary)
		if f.Detail != "" {
			fmt.Fprintf(&b, "\t%s\n", f.Detail)
		}
		for _, r := range f.Related {
			fmt.Fprintf(&b, "\t%s %s\n", placeOf(r.Range), r.Message)
		}
	}
	return b.Bytes()
}

func writeDeployment(b *bytes.Buffer, d *Deployment) {
	for _, r := range d.Resources {
		fmt.Fprintf(b, "resource %s", r.Pointer)
		for name, on := range map[string]bool{" broken": r.Broken} {
			if on {
				b.WriteString(name)
			}
		}
		if r.Conditional {
			b.WriteString(" conditional")
		}
		if r.Repeated {
			b.WriteString(" repeated")
		}
		if len(r.Nested) > 0 {
			fmt.Fprintf(b, " in %s", path.Join(r.Nested...))
		}
		b.WriteByte('\n')
		writeJSON(b, r.Body.Value)
	}
	for _, o := range d.Outputs {
		fmt.Fprintf(b, "output %s\n", o.Name)
		writeJSON(b, o.Node.Value)
	}
	for _, n := range d.Nested {
		if !n.Expanded {
			fmt.Fprintf(b, "not expanded: %s: %s\n", n.Name, n.Reason)
		}
	}
	for _, s := range d.Secrets {
		fmt.Fprintf(b, "secret %s\n", placeOf(s.At))
	}
}

// writeJSON keeps the order of members.
func writeJSON(b *bytes.Buffer, v value.Value) {
	var out bytes.Buffer
	text, err := orderedJSON(v)
	if err == nil {
		err = json.Indent(&out, text, "", " ")
	}
	if err != nil {
		fmt.Fprintln(b, err)
		return
	}
	b.Write(out.Bytes())
	b.WriteByte('\n')
}

func orderedJSON(v value.Value) ([]byte, error) {
	var b bytes.Buffer
	switch v := v.(type) {
	case *value.Object:
		b.WriteByte('{')
		for i, m := range v.Members() {
			if i > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(m.Name)
			text, err := orderedJSON(m.Value)
			if err != nil {
				return nil, err
			}
			b.Write(name)
			b.WriteByte(':')
			b.Write(text)
		}
		b.WriteByte('}')
	case value.Array:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			text, err := orderedJSON(e)
			if err != nil {
				return nil, err
			}
			b.Write(text)
		}
		b.WriteByte(']')
	case value.Unknown:
		return json.Marshal("[" + v.Residual + "] " + v.Reason)
	default:
		b.WriteString(value.JSON(v))
	}
	return b.Bytes(), nil
}

// writeTrail follows a path such as 0.sku.capacity: the index of a resource,
// then names and indices.
func writeTrail(t *testing.T, b *bytes.Buffer, d *Deployment, at string) {
	parts := strings.Split(at, ".")
	var number int
	if _, err := fmt.Sscan(parts[0], &number); err != nil || number >= len(d.Resources) {
		t.Fatalf("no resource %s", parts[0])
	}
	n := d.Resources[number].Body
	for _, p := range parts[1:] {
		var i int
		if _, err := fmt.Sscan(p, &i); err == nil {
			n = n.Items[i]
		} else {
			n = n.Get(p)
		}
	}
	if !n.Exists() {
		t.Fatalf("nothing at %s", at)
	}
	fmt.Fprintf(b, "%s (%s): %s [%s], written %s\n", at, n.Pointer(), placeOf(n.At()), n.At().Text(), placeOf(n.Written))
	for _, s := range n.Trail() {
		fmt.Fprintf(b, "\t%s %s\n", placeOf(s.Place), trail.Sentence(s))
	}
}

func placeOf(r source.Range) string {
	if r.IsZero() {
		return "-"
	}
	p := r.StartPosition()
	return fmt.Sprintf("%s:%d:%d", r.File.Path(), p.Line, p.Column)
}
