// Package baseline keeps the findings of one run, so that the next reports
// only what is new.
//
// A finding is known again by its rule, its file, the resource that its value
// stands in, the place there, and the text that it points at, none of which
// changes when lines move or a file is reformatted. Numbers of array elements are left out of places, so
// that it is known again when something is put before it; how often the same
// finding is there is counted instead, and what is there more often is new. The
// text is kept as a hash, and secrets are masked before.
package baseline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// version is the version of the format.
const version = "1"

// A Baseline is a list of known findings.
type Baseline struct {
	Version  string    `json:"version"`
	Findings []Finding `json:"findings"`
}

// A Finding is one that is known, Count times.
type Finding struct {
	Key
	Count int `json:"count"`
	// Message is for readers of the file; it is not compared.
	Message string `json:"message"`
}

// A Key is by what a finding is known again.
type Key struct {
	Rule     diag.Code `json:"rule"`
	Path     string    `json:"path"` // relative to the folder of the baseline
	Resource string    `json:"resource"`
	Pointer  string    `json:"pointer"` // without the numbers of array elements
	Content  string    `json:"content"` // hash of the text
}

// A Maker makes the keys of the findings of one run.
type Maker struct {
	// Trees has the trees of the files of the run.
	Trees []*jsonc.Tree
	// Secrets are masked before a text is hashed.
	Secrets *secret.Set
	// Path is a file as the baseline names it.
	Path func(name string) string

	trees map[*source.File]*jsonc.Tree
}

// key returns the key of a finding; ok is false for one without a file.
func (m *Maker) key(d *diag.Diagnostic) (k Key, ok bool) {
	if d.Subject.File == nil {
		return Key{}, false
	}
	if m.trees == nil {
		m.trees = map[*source.File]*jsonc.Tree{}
		for _, t := range m.Trees {
			m.trees[t.File] = t
		}
	}
	pointer, resource := d.Pointer, d.Resource
	if tree := m.trees[d.Subject.File]; tree != nil {
		at, _ := tree.PointerAt(d.Subject.Start)
		switch {
		case !strings.HasPrefix(strings.ToLower(at), "/resources"):
			// What is outside of the resources may belong to several, of which
			// the finding names the first: that changes when they change places.
			pointer, resource = at, ""
		case pointer == "":
			pointer = at
		}
	}
	return Key{
		Rule: d.Code, Path: written(m.Path(d.Subject.File.Path())), Resource: written(m.Secrets.Redact(resource)),
		Pointer: written(unnumbered(pointer)), Content: m.content(d.Subject),
	}, true
}

// written is text as it is read back from the file: JSON has no place for bytes
// that are not UTF-8.
func written(text string) string { return string([]rune(text)) }

// unnumbered is a pointer with * for the numbers of array elements.
func unnumbered(pointer string) string {
	tokens := strings.Split(pointer, "/")
	for i, t := range tokens {
		if t != "" && strings.Trim(t, "0123456789") == "" {
			tokens[i] = "*"
		}
	}
	return strings.Join(tokens, "/")
}

// content is a hash of the text of a range: secrets masked, without the blanks
// and comments that a layout may change.
func (m *Maker) content(at source.Range) string {
	var b strings.Builder
	from := at.Start
	for _, hidden := range m.Secrets.Within(at) {
		b.WriteString(at.File.Range(from, hidden.Start).Text() + secret.Mask)
		from = hidden.End
	}
	b.WriteString(at.File.Range(from, at.End).Text())
	sum := sha256.Sum256([]byte(compact(m.Secrets.Redact(b.String()))))
	return hex.EncodeToString(sum[:8])
}

// compact leaves out the blanks outside of strings; a line end of a string over
// several lines is one, however it is written.
func compact(text string) string {
	var b strings.Builder
	inString, escaped := false, false
	for _, r := range strings.ReplaceAll(text, "\r\n", "\n") {
		if !inString && (r == ' ' || r == '\t' || r == '\n' || r == '\r') {
			continue
		}
		if r == '"' && !escaped {
			inString = !inString
		}
		escaped = inString && r == '\\' && !escaped
		b.WriteRune(r)
	}
	return b.String()
}

// New is the baseline of findings: of those that are not suppressed otherwise.
func New(found diag.List, m *Maker) *Baseline {
	count := map[Key]int{}
	message := map[Key]string{}
	for i := range found {
		d := &found[i]
		if k, ok := m.key(d); ok && d.Suppressed == nil {
			count[k]++
			message[k] = m.Secrets.Redact(d.Summary)
		}
	}
	b := &Baseline{Version: version, Findings: []Finding{}}
	for k, n := range count {
		b.Findings = append(b.Findings, Finding{k, n, message[k]})
	}
	slices.SortFunc(b.Findings, func(x, y Finding) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(string(x.Rule), string(y.Rule)),
			strings.Compare(x.Resource, y.Resource), strings.Compare(x.Pointer, y.Pointer), strings.Compare(x.Content, y.Content))
	})
	return b
}

// mostFindings limits the findings of a file.
const mostFindings = 200_000

var errTooMany = fmt.Errorf("a baseline has at most %d findings; turn off the rules that have most of them", mostFindings)

// Write writes the file.
func (b *Baseline) Write(w io.Writer) error {
	if len(b.Findings) > mostFindings {
		return errTooMany
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(b)
}

// Read reads a file that [Baseline.Write] wrote.
func Read(text []byte) (*Baseline, error) {
	root, err := savedjson.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("it is not a baseline: it %w", err)
	}
	b := &Baseline{Version: root.Get("version").String()}
	if b.Version == "" {
		return nil, errors.New("it is not a baseline: it has no version")
	}
	if b.Version != version {
		return nil, fmt.Errorf("it is a baseline of another version; version %q is needed. Write the baseline again", version)
	}
	root.Get("findings").ForEach(func(_, v gjson.Result) bool {
		var f Finding
		if err = json.Unmarshal([]byte(v.Raw), &f); err != nil {
			err = fmt.Errorf("it is not a baseline: %w", err)
		} else if len(b.Findings) == mostFindings {
			err = errTooMany
		}
		b.Findings = append(b.Findings, f)
		return err == nil
	})
	return b, err
}

// Apply marks the findings that are known as suppressed, and gives how many of
// the known are gone.
func (b *Baseline) Apply(found diag.List, m *Maker) (gone int) {
	left := map[Key]int{}
	for _, f := range b.Findings {
		left[f.Key] += f.Count
	}
	for i := range found {
		d := &found[i]
		if d.Suppressed != nil {
			continue
		}
		if k, ok := m.key(d); ok && left[k] > 0 {
			left[k]--
			d.Suppressed = &diag.Suppression{Kind: "baseline", Reason: "known when the baseline was written"}
		}
	}
	for _, n := range left {
		gone += n
	}
	return gone
}
