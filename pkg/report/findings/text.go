package findings

import (
	"fmt"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Text writes findings for people:
//
//	azuredeploy.json:142:15: error: summary [SS5001 storage-account-spread]
//	  142 |     the line of source
//	      |     ^~~ a related message about the very range, if there is one
//	  how the value came to be
//	  what to do
//	  fix: what --fix does
//	  the source
//
// Everything keeps to Width, except a word that is longer. Errors come last, above
// the summary. Findings in more than [fullFiles] files are under the name of their
// file, errors as above and the others without excerpt and trail:
//
//	web/azuredeploy.json
//	  142:15 warning: summary [SS6024 basic-retired]
//	    what to do
//
// [Compact] has a line for each finding.
type Text struct {
	Color bool
	// Width is the number of columns; 0 means 80.
	Width int
	// Quiet leaves the summary line out.
	Quiet bool
	// FixWith is the command that applies fixes, "" for none.
	FixWith string
	// Links is the absolute working folder when places and codes are to be
	// hyperlinks (OSC 8), "" when the terminal has none.
	Links string
}

type findingWriter struct {
	*render.Writer
	fixWith string
	links   string
	result  *Result
	written map[string]bool // what is written once: sources of rules
	// byFile says that each file has a heading of its own, so that the places of its
	// findings are without a path.
	byFile bool
}

// fullFiles is the largest number of files whose findings are all shown in full. More
// than that is read for an overview: the excerpts and trails of warnings would bury
// the errors.
const fullFiles = 10

// Report implements [Reporter].
func (t Text) Report(w io.Writer, r Result) error {
	tw := &findingWriter{Writer: render.NewWriter(w, t.Color, t.Width, r.Secrets), fixWith: t.FixWith, links: t.Links, result: &r, written: map[string]bool{}}
	groups := grouped(forTerminal(r.shown()))
	if tw.byFile = filesOf(groups) > fullFiles; tw.byFile {
		tw.Indent = "  "
	}
	for i := range groups {
		g := &groups[i]
		if tw.byFile && (i == 0 || pathOf(&groups[i-1].first) != pathOf(&g.first)) {
			tw.file(&g.first)
		}
		if tw.byFile && g.first.Severity < diag.Error {
			tw.short(g)
		} else {
			tw.finding(&g.first)
			tw.more(g.more)
		}
		if !tw.byFile || i == len(groups)-1 || pathOf(&g.first) != pathOf(&groups[i+1].first) {
			tw.WriteByte('\n')
		}
	}
	if !t.Quiet {
		tw.summary()
	}
	return tw.Flush()
}

// filesOf is the number of files that groups are about.
func filesOf(groups []group) int {
	files := map[string]bool{}
	for i := range groups {
		files[pathOf(&groups[i].first)] = true
	}
	return len(files)
}

// file is the heading of a file: its path.
func (w *findingWriter) file(d *diag.Diagnostic) {
	w.Place.Fprint(w, w.link(render.Neutral(pathOf(d)), w.fileLink(d)))
	w.WriteByte('\n')
}

// short is a finding without excerpt and trail: what is wrong, and what to do.
func (w *findingWriter) short(g *group) {
	d := &g.first
	w.About(d.Subject.File)
	w.heading(d)
	more := alsoAt(d)
	if n := len(g.more); n > 0 {
		more = "and " + render.Plural(n, "more finding") + " of this rule"
	}
	w.Paragraph(more)
	w.Paragraph(d.Detail)
	if s := d.Suppressed; s != nil {
		w.Paragraph("suppressed (" + s.Kind + "): " + s.Reason)
	}
}

func (w *findingWriter) finding(d *diag.Diagnostic) {
	w.About(d.Subject.File)
	w.heading(d)
	w.excerpt(d)
	w.Paragraph(declaredAs(d))
	w.Paragraph(producedBy(d))
	w.Paragraph(alsoAt(d))
	w.places(d)
	w.Paragraph(d.Detail)
	w.fixes(d)
	if s := d.Suppressed; s != nil {
		w.Paragraph("suppressed (" + s.Kind + "): " + s.Reason)
	}
	w.sourceLine(d)
}

// heading is the place, the severity, what is wrong and the rule, wrapped by words.
func (w *findingWriter) heading(d *diag.Diagnostic) {
	at, severity := render.Place(d.Subject)+":", d.Severity.String()+":"
	indent := w.Indent + "  "
	if w.byFile {
		start := d.Subject.StartPosition()
		at = fmt.Sprintf("  %d:%d", start.Line, start.Column)
		w.WriteString(at)
	} else {
		w.Place.Fprint(w, w.link(render.Place(d.Subject), w.fileLink(d))+":")
	}
	w.WriteByte(' ')
	w.Severity[d.Severity].Fprint(w, severity)
	used := render.Width(at) + 1 + len(severity)
	word := func(text string, write func()) {
		if n := render.Width(text); used+1+n > w.Width && used > len(indent) {
			w.WriteString("\n" + indent)
			used = len(indent) + n
		} else {
			w.WriteByte(' ')
			used += 1 + n
		}
		write()
	}
	for _, text := range strings.Fields(render.Neutral(w.Redact(d.Summary))) {
		if len(indent)+render.Width(text) <= w.Width {
			word(text, func() { w.WriteString(text) })
			continue
		}
		for i, piece := range strings.SplitAfter(text, "/") { // a long type or id breaks at its slashes
			n := render.Width(piece)
			switch {
			case i == 0:
				word(piece, func() { w.WriteString(piece) })
				continue
			case used+n > w.Width && used > len(indent):
				w.WriteString("\n" + indent)
				used = len(indent)
			}
			w.WriteString(piece)
			used += n
		}
	}
	label := CodeLabel(d)
	word(label, func() { w.Code.Fprint(w, w.linkToRule(label, d)) })
	w.WriteByte('\n')
}

// more lists further findings of the same rule after the first one. Those that say the same
// are listed by their lines.
func (w *findingWriter) more(all []diag.Diagnostic) {
	var texts []string
	lines := map[string][]string{}
	for i := range all {
		text := all[i].Summary
		if lines[text] == nil {
			texts = append(texts, text)
		}
		lines[text] = append(lines[text], strconv.Itoa(all[i].Subject.StartPosition().Line))
	}
	for i, text := range texts {
		if i == mostFolded {
			w.Paragraph(fmt.Sprintf("and %d more (the compact format lists all)", len(texts)-i))
			break
		}
		at := lines[text]
		left := ""
		if n := len(at) - mostFolded; n > 0 {
			at, left = at[:mostFolded], fmt.Sprintf(" and %d more", n)
		}
		w.Paragraph("line " + strings.Join(at, ", ") + left + ": " + text)
	}
}

// link is a text that leads to a URL. See
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda.
func (w *findingWriter) link(text, to string) string {
	if w.links == "" || to == "" || strings.ContainsFunc(to, render.Acts) {
		return text
	}
	return "\x1b]8;;" + to + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// linkToRule is a text that links to the page of the rule of a finding. Without links,
// nothing is read about the rule.
func (w *findingWriter) linkToRule(text string, d *diag.Diagnostic) string {
	if w.links == "" {
		return text
	}
	return w.link(text, w.result.help(d))
}

// fileLink is the URL of the file of a finding.
func (w *findingWriter) fileLink(d *diag.Diagnostic) string {
	if w.links == "" || d.Subject.File == nil {
		return ""
	}
	name := d.Subject.File.Path()
	if !filepath.IsAbs(name) {
		name = filepath.Join(w.links, name)
	}
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // a drive of Windows
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}

// CodeLabel is "[SS4001 capacity-limit]", without a name for what has none.
func CodeLabel(d *diag.Diagnostic) string {
	if d.Rule == "" {
		return "[" + string(d.Code) + "]"
	}
	return "[" + string(d.Code) + " " + d.Rule + "]"
}

func (w *findingWriter) excerpt(d *diag.Diagnostic) {
	at := d.Subject
	number := strconv.Itoa(at.StartPosition().Line)
	margin := max(len(number), 3)
	e, ok := newExcerpt(at, w.result.Secrets, w.Width-len(w.Indent)-margin-len("   | "))
	if !ok {
		return
	}
	w.Gutter.Fprintf(w, "%s  %*s |", w.Indent, margin, number)
	fmt.Fprintf(w, " %s\n", e.Text)
	w.Gutter.Fprintf(w, "%s  %*s |", w.Indent, margin, "")
	fmt.Fprint(w, " ")
	w.WriteString(strings.Repeat(" ", e.Start))
	w.Severity[d.Severity].Fprint(w, e.underline())
	note := render.Neutral(w.Redact(annotation(d)))
	if fits := len(w.Indent)+margin+len("   | ")+e.End+1+render.Width(note) <= w.Width; note != "" && fits {
		w.Severity[d.Severity].Fprint(w, " "+note)
		note = ""
	}
	w.WriteByte('\n')
	w.Paragraph(note)
}

// annotation is the message of the related place that is the subject itself.
func annotation(d *diag.Diagnostic) string {
	for _, r := range d.Related {
		if r.Range == d.Subject {
			return r.Message
		}
	}
	return ""
}

// trailShown is how many steps of a trail are shown: the nearest ones, which
// are near what there is to change.
const trailShown = 6

// places shows where the value comes from, then the other places that belong to
// the finding. Findings that two paths lead to are reported once.
func (w *findingWriter) places(d *diag.Diagnostic) {
	reported := map[string]bool{}
	var steps, related []string
	add := func(to *[]string, line string) {
		if !reported[line] {
			reported[line] = true
			*to = append(*to, line)
		}
	}
	for _, s := range d.Trail {
		add(&steps, w.located(trail.Sentence(s), s.Place, d.Subject))
	}
	for _, r := range d.Related {
		if r.Range != d.Subject {
			add(&related, w.located(r.Message, r.Range, d.Subject))
		}
	}
	if more := len(steps) - trailShown; more > 1 {
		steps = append(steps[:trailShown], fmt.Sprintf("and %d more steps (the JSON format lists all)", more))
	}
	for _, line := range append(steps, related...) {
		w.Paragraph(line)
	}
}

// located is a line about another place. In the file of the finding the line
// number is enough, beside it the name of the file, and the very place of the finding
// is not repeated.
func (w *findingWriter) located(message string, at, subject source.Range) string {
	switch {
	case at.IsZero() || at == subject:
		return message
	case at.File == subject.File:
		return message + ", line " + strconv.Itoa(at.StartPosition().Line)
	}
	place := render.Place(at)
	if folder, _ := path.Split(pathOf(&diag.Diagnostic{Subject: subject})); w.byFile && folder != "" {
		place = strings.TrimPrefix(place, folder)
	}
	return message + ", " + place
}

// first reports whether this is the first call with key.
func (w *findingWriter) first(key string) bool {
	seen := w.written[key]
	w.written[key] = true
	return !seen
}

// fixes writes what --fix does, or the choices for the user.
func (w *findingWriter) fixes(d *diag.Diagnostic) {
	if d.Suppressed != nil {
		return
	}
	for _, f := range d.Fixes {
		if f.Choice {
			w.Paragraph("choice: " + lowerFirst(f.Message))
			continue
		}
		message := f.Message
		if len(d.Also) > 0 {
			message += ", and so on the other lines"
		}
		w.Paragraph("fix: " + lowerFirst(message))
	}
}

// lowerFirst begins text small, unless its first word is a name in capitals.
func lowerFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	if next, _ := utf8.DecodeRuneInString(text[n:]); n == 0 || unicode.IsUpper(next) {
		return text
	}
	return string(unicode.ToLower(r)) + text[n:]
}

// sourceLine writes the source, once for each rule.
func (w *findingWriter) sourceLine(d *diag.Diagnostic) {
	says := d.Source
	if says == "" || !w.first(string(d.Code)+" "+says) {
		return
	}
	if d.Guidance != "" && !strings.Contains(says, d.Guidance) {
		says = d.Guidance + " guidance: " + says
	}
	for _, line := range render.Wrap(says, w.Width-2-len(w.Indent)) {
		w.Hint.Fprintf(w, "%s  %s", w.Indent, line)
		w.WriteByte('\n')
	}
}

// summary counts, says what --fix takes away, and where to read more.
func (w *findingWriter) summary() {
	for _, line := range render.Wrap(w.result.Count().String(), w.Width) {
		fmt.Fprintln(w, line)
	}
	for _, s := range w.result.byRule() {
		line := "  " + s.Title + ":"
		for i, rule := range s.Rules {
			if i < len(s.Rules)-1 {
				rule += ","
			}
			if render.Width(line)+1+render.Width(rule) > w.Width {
				fmt.Fprintln(w, line)
				line = "   "
			}
			line += " " + rule
		}
		fmt.Fprintln(w, line)
	}
	if n := w.result.fixable(); n > 0 {
		how := "automatically"
		if w.fixWith != "" {
			how = "with " + w.fixWith
		}
		fmt.Fprintf(w, "%d can be fixed %s\n", n, how)
	}
	if w.byFile {
		for _, line := range render.Wrap("warnings and info are shortened; lint one file to see its lines and where each value comes from", w.Width) {
			w.Hint.Fprint(w, line)
			w.WriteByte('\n')
		}
	}
	if len(w.result.visible()) > 0 {
		for _, line := range render.Wrap("run scaleset explain CODE for details and examples", w.Width) {
			w.Hint.Fprint(w, line)
			w.WriteByte('\n')
		}
	}
	if line := w.result.packs(); line != "" {
		fmt.Fprintln(w, line)
	}
	if w.result.Narrowed != nil {
		fmt.Fprintln(w, render.Neutral(w.result.Narrowed.String()))
	}
}
