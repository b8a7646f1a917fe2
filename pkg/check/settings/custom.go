package settings

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Custom is a rule that a project declares for itself. Its expressions are
// texts here; package custom compiles them.
type Custom struct {
	Code     string // such as ORG001
	Name     string // such as allowed-sizes
	Severity string // info, warning or error
	// About says in one sentence what the rule requires; it may be empty.
	About                 string
	Message, Remedy, Link Scalar
	For                   Subject
	When, Assert, Point   Scalar // Point is the value of the key "at"
	// At is where the rule is declared.
	At source.Range
}

// A Subject says what a custom rule is evaluated for.
type Subject struct {
	// ScaleSets and Deployment are the words scale-sets and deployment.
	ScaleSets, Deployment bool
	// Types are patterns of resource types; none: all.
	Types []string
	// From and To are the first and last API version; "" is no bound.
	From, To string
}

// A Scalar is a text of the file that has a syntax of its own.
type Scalar struct {
	Text string
	At   source.Range // where it begins
	// offsets has the place in the file of each byte of Text, and of its end.
	offsets []int
}

// IsSet reports whether the file has the text.
func (s Scalar) IsSet() bool { return s.offsets != nil }

// Range returns where the file has a part of the text.
func (s Scalar) Range(start, end int) source.Range {
	if s.offsets == nil {
		return s.At
	}
	last := len(s.offsets) - 1
	start = min(max(start, 0), last)
	return s.At.File.Range(s.offsets[start], s.offsets[min(max(end, start), last)])
}

// The limits of custom rules. docs/limits.md lists them.
const (
	// maxCustom is how many custom rules a project can have.
	maxCustom = 200
	// MaxExpression is the largest size of an expression or a message in bytes.
	MaxExpression = 4096
	maxIncluded   = 50 // files
	maxIncludes   = 5  // depth
)

var (
	customCode = lazy.Regexp{Text: `^[A-Z]{2,10}[0-9]{1,5}$`}
	customName = lazy.Regexp{Text: `^[a-z0-9]+(-[a-z0-9]+)+$`}
)

// maxName is the longest name of a custom rule in bytes.
const maxName = 60

// customKeys are the keys of a custom rule, in the order of the documentation.
func customKeys() []string {
	return []string{"code", "name", "severity", "about", "for", "when", "assert", "at", "message", "remedy", "link"}
}

// custom reads one custom rule.
func (d *decoder) custom(n ast.Node) {
	c := Custom{Severity: "warning", At: d.at(first(n))}
	before := len(d.mistakes)
	for _, m := range d.members(n, "an item of custom-rules") {
		switch m.key {
		case "code":
			c.Code, c.At = d.code(m), d.at(m.node.GetToken())
		case "name":
			c.Name = d.name(m)
		case "severity":
			c.Severity, _ = d.text(m.value, m.key)
			if words := states()[2:]; c.Severity != "" && !slices.Contains(words, c.Severity) {
				d.mistake(m.value, "unknown severity %q; use one of: %s%s", c.Severity, strings.Join(words, ", "), nearest.Hint(c.Severity, words))
			}
		case "about":
			text := d.scalar(m).Text
			if strings.ContainsAny(text, "\n\r") {
				d.mistake(m.value, "about must be one line")
			}
			c.About = strings.TrimSuffix(text, ".")
		case "message":
			if c.Message = d.scalar(m); strings.ContainsAny(c.Message.Text, "\n\r") {
				d.mistake(m.value, "message must be one line; write what to do as remedy")
			}
		case "remedy":
			c.Remedy = d.scalar(m)
		case "link":
			if c.Link = d.scalar(m); c.Link.Text != "" && !isLink(c.Link.Text) {
				d.mistake(m.value, "link must be a URL that begins with https://, without spaces")
			}
		case "for":
			d.subject(&c.For, m.value)
		case "when":
			c.When = d.scalar(m)
		case "assert":
			c.Assert = d.scalar(m)
		case "at":
			c.Point = d.scalar(m)
		default:
			d.unknown(m, customKeys())
		}
	}
	if len(d.mistakes) > before {
		return
	}
	for _, required := range []struct{ key, value string }{{"code", c.Code}, {"name", c.Name}, {"assert", c.Assert.Text}, {"message", c.Message.Text}} {
		if required.value == "" {
			d.add(c.At, fmt.Sprintf("a custom rule needs %q", required.key))
			return
		}
	}
	for _, other := range d.settings.Custom {
		if other.Code == c.Code || other.Name == c.Name {
			d.add(c.At, fmt.Sprintf("%s %s has the code or the name of the rule at %s", c.Code, c.Name, Place(other.At)))
			return
		}
	}
	if len(d.settings.Custom) == maxCustom {
		d.add(c.At, fmt.Sprintf("there are more than %d custom rules", maxCustom))
	}
	d.settings.Custom = append(d.settings.Custom, c)
}

// isLink reports whether a text can be the link of a finding.
func isLink(text string) bool {
	return strings.HasPrefix(text, "https://") && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// code reads the code of a custom rule, which cannot be that of a rule of ours:
// those begin with SS.
func (d *decoder) code(m member) string {
	code, ok := d.text(m.value, m.key)
	if ok && (!customCode.Get().MatchString(code) || strings.HasPrefix(code, "SS")) {
		d.mistake(m.value, "code must be 2 to 10 capital letters and 1 to 5 digits, such as ORG001; codes that begin with SS are those of scaleset")
	}
	return code
}

func (d *decoder) name(m member) string {
	name, ok := d.text(m.value, m.key)
	switch {
	case !ok:
	case !customName.Get().MatchString(name) || len(name) > maxName:
		d.mistake(m.value, "name must be lower-case words with hyphens, such as allowed-sizes, of at most %d characters", maxName)
	case d.checks.Taken != nil && d.checks.Taken(name):
		d.mistake(m.value, "%q is the name of a rule of scaleset; choose another one", name)
	}
	return name
}

// subject reads what a custom rule is for: scale-sets, deployment, types of
// resources, or a mapping.
func (d *decoder) subject(s *Subject, n ast.Node) {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		d.types(s, n, "for")
		return
	}
	for _, m := range d.members(n, "for") {
		switch m.key {
		case "types":
			d.types(s, m.value, m.key)
		case "from":
			s.From = d.version(m)
		case "to":
			s.To = d.version(m)
		default:
			d.unknown(m, []string{"types", "from", "to"})
		}
	}
	if s.Deployment && (s.From != "" || s.To != "") {
		d.mistake(n, "a deployment has no API version; remove from and to")
	}
}

func (d *decoder) types(s *Subject, n ast.Node, what string) {
	all := d.each(n, what, func(text string) string {
		switch {
		case text == "scale-sets", text == "deployment":
			return ""
		case !strings.Contains(text, "/") && text != "*":
			return fmt.Sprintf("%s must be scale-sets, deployment, or types of resources such as Microsoft.Network/*, not %q%s", what, text, nearest.Hint(text, []string{"scale-sets", "deployment"}))
		}
		return d.glob(text)
	})
	for _, text := range all {
		switch text {
		case "scale-sets":
			s.ScaleSets = true
		case "deployment":
			s.Deployment = true
		default:
			s.Types = append(s.Types, text)
		}
	}
	if len(all) > 1 && (s.ScaleSets || s.Deployment) {
		d.mistake(n, "scale-sets and deployment cannot be combined with other types; write a rule for each")
	}
}

// version reads an API version. YAML takes a date for a text.
func (d *decoder) version(m member) string {
	text, ok := d.text(m.value, m.key)
	date, _, _ := strings.Cut(text, "-preview")
	if _, err := time.Parse(time.DateOnly, date); ok && err != nil {
		d.mistake(m.value, "%s must be an API version such as 2023-03-01, not %q", m.key, text)
	}
	return text
}

// scalar reads a text and where each of its bytes is.
func (d *decoder) scalar(m member) Scalar {
	text, ok := d.text(m.value, m.key)
	if !ok {
		return Scalar{}
	}
	if len(text) > MaxExpression {
		d.mistake(m.value, "%s has %d bytes; the limit is %d", m.key, len(text), MaxExpression)
		return Scalar{}
	}
	s := Scalar{Text: text, At: d.at(first(m.value))}
	start := s.At.Start
	raw := d.file.Bytes()
	if _, block := m.value.(*ast.LiteralNode); block { // the text is below the line of the sign
		for start < len(raw) && raw[start] != '\n' {
			start++
		}
	}
	s.offsets = align(text, raw, start)
	return s
}

// align returns where each byte of a text is in the raw text of a scalar that
// begins at start, and where the text ends: YAML folds lines, removes
// indentation and has escapes.
func align(text string, raw []byte, start int) []int {
	offsets := make([]int, 0, len(text)+1)
	j := start
	quote := byte(0)
	if j < len(raw) && (raw[j] == '"' || raw[j] == '\'') {
		quote = raw[j]
		j++
	}
	isSpace := func(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
	for i := 0; i < len(text); i++ {
		c := text[i]
		for j < len(raw) && raw[j] != c && isSpace(raw[j]) && !isSpace(c) {
			j++
		}
		offsets = append(offsets, min(j, len(raw)))
		switch {
		case j >= len(raw):
		case quote == '"' && raw[j] == '\\':
			j += escapeLength(raw, j)
		case quote == '\'' && raw[j] == '\'':
			j += 2
		case raw[j] == c, !isSpace(c):
			j++
		default: // a folded line: the rest of the white space is skipped before the next letter
			j++
		}
	}
	return append(offsets, min(j, len(raw)))
}

// escapeLength is how many bytes an escape of a text in double quotes has.
func escapeLength(raw []byte, at int) int {
	if at+1 >= len(raw) {
		return 1
	}
	switch raw[at+1] {
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	}
	return 2
}

// include reads the files that an include names: paths relative to the file
// that names them, with custom rules and includes of their own.
func (d *decoder) include(m member) {
	for _, item := range d.itemsOrOne(m.value) {
		name, ok := d.text(item, "include")
		if !ok {
			continue
		}
		if problem := d.included(name); problem != "" {
			d.mistake(item, "include: %q %s", name, problem)
		}
	}
}

// itemsOrOne are the items of a sequence, or one value alone.
func (d *decoder) itemsOrOne(n ast.Node) []ast.Node {
	if list, ok := n.(*ast.SequenceNode); ok {
		return list.Values
	}
	return []ast.Node{n}
}

// included reads one file; it returns why it cannot.
func (d *decoder) included(name string) string {
	if path.IsAbs(name) || strings.ContainsAny(name, "\\:") {
		return "is not a relative path with / as separator"
	}
	inside := path.Join(path.Dir(d.inside), name)
	switch {
	case inside == ".." || strings.HasPrefix(inside, "../"):
		return "is not below the folder of the settings"
	case d.depth == maxIncludes:
		return fmt.Sprintf("is included more than %d deep", maxIncludes)
	case slices.Contains(*d.read, inside):
		return "is included twice"
	case len(*d.read) > maxIncluded:
		return fmt.Sprintf("is one file too many; at most %d are included", maxIncluded)
	case d.open == nil:
		return "cannot be read here"
	}
	*d.read = append(*d.read, inside)
	file, problem := d.open(inside)
	if problem != "" {
		return problem
	}
	below := &decoder{file: file, checks: d.checks, settings: d.settings, open: d.open, inside: inside, depth: d.depth + 1, read: d.read, globs: d.globs}
	below.rulesFile()
	for _, m := range below.mistakes {
		d.add(m.At, m.Message)
	}
	if len(below.mistakes) == 0 {
		d.settings.Included = append(d.settings.Included, file)
	}
	return ""
}

// rulesFile reads an included file.
func (d *decoder) rulesFile() {
	body := d.body([]string{"custom-rules", "include"}, "custom-rules:")
	for _, m := range d.members(body, "the file") {
		switch m.key {
		case "include":
			d.include(m)
		case "custom-rules":
			d.customs(m)
		default:
			d.unknown(m, []string{"custom-rules", "include"})
		}
	}
}

func (d *decoder) customs(m member) {
	for _, item := range d.items(m.value, m.key) {
		d.custom(item)
	}
}

// isCustom reports whether a selector means a custom rule.
func (d *decoder) isCustom(selector string) bool {
	prefix, pattern := strings.CutSuffix(selector, "*")
	return slices.ContainsFunc(d.settings.Custom, func(c Custom) bool {
		return strings.EqualFold(selector, c.Code) || strings.EqualFold(selector, c.Name) ||
			pattern && len(prefix) >= 2 && strings.HasPrefix(c.Code, strings.ToUpper(prefix))
	})
}
