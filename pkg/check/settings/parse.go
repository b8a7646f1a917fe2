package settings

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/scaleset/scaleset/pkg/internal/glob"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// parse reads the text of a file. The error is of the type [Mistakes]. open reads
// a file that it includes, by its path below the folder of the settings, and
// returns why it cannot; nil includes none.
func parse(file *source.File, checks Checks, open func(name string) (file *source.File, problem string)) (*Settings, error) {
	if checks.Rule == nil {
		checks.Rule = func(string, string) string { return "" }
	}
	if checks.Option == nil {
		checks.Option = func(_, _ string, value any) (any, error) { return value, nil }
	}
	name := path.Base(file.Path())
	d := &decoder{file: withoutMark(file), checks: checks, open: open, inside: name, read: &[]string{name}, globs: new(int)}
	d.settings = &Settings{Source: d.file}
	d.settings.Top.At = d.file.Range(0, 0)
	d.top(d.body(names(false), "rules: or fail-on:"))
	if len(d.mistakes) > 0 {
		slices.SortStableFunc(d.mistakes, func(a, b Mistake) int {
			return cmp.Or(strings.Compare(a.At.File.Path(), b.At.File.Path()), a.At.Start-b.At.Start)
		})
		return nil, d.mistakes
	}
	return d.settings, nil
}

// withoutMark is a file without the mark of the byte order, which the parser takes
// for a part of the first key.
func withoutMark(file *source.File) *source.File {
	if text, ok := bytes.CutPrefix(file.Bytes(), []byte("\ufeff")); ok {
		return source.NewFile(file.Path(), text)
	}
	return file
}

// body parses the file and returns what its document holds; nil for nothing, or
// for a mistake. known are the keys that it can have, such are some of them.
func (d *decoder) body(known []string, such string) ast.Node {
	if at, what := excess(d.file.Bytes()); what != "" {
		d.add(d.file.Range(at, at), what)
		return nil
	}
	if !plausible(d.file.Bytes(), known) {
		d.add(d.file.Range(0, 0), "this does not look like the settings of scaleset: no line begins with a key such as "+such)
		return nil
	}
	tree, err := parser.ParseBytes(d.file.Bytes(), 0)
	if err != nil {
		for _, m := range d.syntax(err) {
			d.add(m.At, m.Message)
		}
		return nil
	}
	var body ast.Node
	for _, doc := range tree.Docs {
		switch doc.Body.(type) {
		case nil, *ast.DirectiveNode:
			continue // such as %YAML 1.2
		}
		if body != nil {
			d.mistake(doc, "the file has more than one YAML document")
			break
		}
		body = doc.Body
	}
	return body
}

// plausible reports whether a text looks like settings. What does not may be
// anything, such as a list of passwords, and no word of it goes into a message.
func plausible(text []byte, known []string) bool {
	blank := true
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' || line[0] == '%' || bytes.Equal(line, []byte("---")) || bytes.Equal(line, []byte("...")) {
			continue
		}
		blank = false
		key, _, found := bytes.Cut(bytes.TrimLeft(line, "{ \t"), []byte(":"))
		if !found {
			continue
		}
		name := strings.Trim(strings.TrimSpace(string(key)), `"'`)
		if slices.Contains(known, name) || len(name) < maxKey && nearest.Hint(name, known) != "" {
			return true
		}
	}
	return blank
}

// maxKey is longer than every misspelled key that is worth a hint.
const maxKey = 40

// A decoder turns the tree of a file into settings and collects its mistakes.
type decoder struct {
	file     *source.File
	checks   Checks
	settings *Settings
	mistakes Mistakes

	// What includes need: the function that reads a file, the path of this file
	// below the folder of the settings, how deep it is included, and the files that
	// were read, of all decoders.
	open   func(name string) (file *source.File, problem string)
	inside string
	depth  int
	read   *[]string
	// globs is the size of the patterns of all decoders.
	globs *int
}

func (d *decoder) syntax(err error) Mistakes {
	at, message := d.file.Range(0, 0), err.Error()
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		at, message = d.at(syntax.Token), syntax.Message
	}
	if m := sameKey.Get().FindStringSubmatch(message); m != nil {
		return Mistakes{{at, fmt.Sprintf("the key %s is already on line %s", m[1], m[2])}}
	}
	if strings.Contains(message, "'\t'") {
		return Mistakes{{at, "a tab is not allowed here; indent YAML with spaces"}}
	}
	return Mistakes{{at, "this is not YAML: " + message}}
}

// sameKey is how the parser words a key that is there twice.
var sameKey = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`^mapping key (".*") already defined at \[(\d+):\d+\]$`)
}}

// at is the range of a token. Lines and columns are what the library counts
// reliably.
func (d *decoder) at(t *token.Token) source.Range {
	if t == nil || t.Position == nil {
		return d.file.Range(0, 0)
	}
	start := d.file.Offset(t.Position.Line, t.Position.Column)
	return d.file.Range(start, start+len(t.Value))
}

// mistakeOf is a mistake in the value of a member; at the key when the value
// is not there.
func (d *decoder) mistakeOf(m member, format string, args ...any) {
	switch m.value.(type) {
	case nil, *ast.NullNode:
		d.mistake(m.node, format, args...)
	default:
		d.mistake(m.value, format, args...)
	}
}

func (d *decoder) mistake(n ast.Node, format string, args ...any) {
	d.add(d.at(first(n)), fmt.Sprintf(format, args...))
}

// add notes a mistake.
func (d *decoder) add(at source.Range, message string) {
	switch {
	case len(d.mistakes) > maxMistakes:
		return
	case len(d.mistakes) == maxMistakes:
		message = fmt.Sprintf("there are more than %d errors in this file; the rest is not listed", maxMistakes)
	case len(message) > longestMistake:
		message = strings.ToValidUTF8(message[:longestMistake], "") + "..."
	}
	d.mistakes = append(d.mistakes, Mistake{at, message})
}

const (
	// maxMistakes is how many mistakes of a file are listed. To find what was meant
	// takes a comparison with the name of every rule.
	maxMistakes = 100
	// longestMistake is how many bytes of a message are shown: it may quote a value of
	// the file.
	longestMistake = 1000
)

// rule is what is wrong with a rule; "" for nothing. Once no more mistakes are
// listed, there is no question.
func (d *decoder) rule(selector, state string) string {
	if len(d.mistakes) > maxMistakes {
		return "not looked at"
	}
	if d.isCustom(selector) {
		return ""
	}
	return d.checks.Rule(selector, state)
}

// first is the token that a node begins with; that of a mapping is a colon
// for the library.
func first(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.DocumentNode:
		if n.Body != nil {
			return first(n.Body)
		}
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return n.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	return n.GetToken()
}

// A member is one key of a mapping with its value.
type member struct {
	key   string
	node  ast.Node // of the key
	value ast.Node
}

// members are those of a mapping; nothing for an empty value, and a mistake
// for any other.
func (d *decoder) members(n ast.Node, what string) []member {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
		return nil
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		if !d.rejected(n) {
			d.mistake(n, "%s must be a mapping of keys to values", what)
		}
		return nil
	}
	all := make([]member, len(values))
	for i, v := range values {
		all[i] = member{v.Key.GetToken().Value, v.Key, v.Value}
	}
	return all
}

// rejected reports what YAML has and settings have not: they say what holds in
// the place where it holds.
func (d *decoder) rejected(n ast.Node) bool {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		d.mistake(n, "anchors, aliases and tags are not read; write the value itself")
		return true
	}
	return false
}

func (d *decoder) top(body ast.Node) {
	all := d.members(body, "the file")
	for _, m := range all { // before the keys that may name a custom rule
		switch m.key {
		case "include":
			d.include(m)
		case "custom-rules":
			d.customs(m)
		}
	}
	for _, m := range all {
		switch m.key {
		case "include", "custom-rules":
		case "paths":
			for _, item := range d.items(m.value, "paths") {
				d.block(item)
			}
		case "suppress":
			for _, item := range d.items(m.value, "suppress") {
				d.suppression(item)
			}
		default:
			d.setting(&d.settings.Top, m, false)
		}
	}
}

// items are those of a sequence.
func (d *decoder) items(n ast.Node, what string) []ast.Node {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		return n.Values
	}
	if !d.rejected(n) {
		d.mistake(n, "%s must be a list", what)
	}
	return nil
}

// setting reads "rules" or the value of a flag into a block.
func (d *decoder) setting(b *Block, m member, local bool) {
	if m.key == "rules" {
		d.rules(b, m)
		return
	}
	i := slices.IndexFunc(Keys(), func(k Key) bool { return k.Name == m.key })
	switch {
	case i < 0:
		d.unknown(m, names(local))
	case local && !Keys()[i].Local:
		d.mistake(m.node, "%q holds for all templates; write it at the top", m.key)
	default:
		if s, ok := d.value(Keys()[i], m); ok {
			b.Settings = append(b.Settings, s)
		}
	}
}

func (d *decoder) unknown(m member, known []string) {
	hint := cmp.Or(nearest.Hint(m.key, known), "; use one of: "+strings.Join(known, ", "))
	if !isKey.Get().MatchString(m.key) { // it may be a line of anything
		d.mistake(m.node, "unknown key%s", hint)
		return
	}
	d.mistake(m.node, "unknown key %q%s", m.key, hint)
}

// isKey matches text that may be meant as a key.
var isKey = lazy.Regexp{Text: `^[A-Za-z][A-Za-z0-9_-]{0,39}$`}

// names are the keys at the top, or of a block.
func names(local bool) []string {
	all := []string{"rules", "match"}
	if !local {
		all = []string{"rules", "paths", "suppress", "custom-rules", "include"}
	}
	for _, k := range Keys() {
		if k.Local || !local {
			all = append(all, k.Name)
		}
	}
	return all
}

func (d *decoder) value(k Key, m member) (Setting, bool) {
	s := Setting{Key: k, At: d.at(m.node.GetToken())}
	switch k.Kind {
	case List:
		s.Values = d.each(m.value, k.Name, func(text string) string { return notInSettings(k, text) })
	case Words:
		s.Values = d.each(m.value, k.Name, func(text string) string { return notOneOf(k, text) })
	case Files:
		s.Values = d.texts(m.value, k.Name)
	case Patterns:
		s.Values = d.patterns(m.value, k.Name)
	case Map:
		s.Values = d.assignments(m)
	default:
		text, ok := d.text(m.value, k.Name)
		if !ok {
			return s, false
		}
		s.Values = []string{text}
	}
	return s, d.fits(k, m, s.Values)
}

// notOneOf says that a text is not a word of a key; "" when it is one.
func notOneOf(k Key, text string) string {
	if slices.Contains(k.Words, text) {
		return ""
	}
	return fmt.Sprintf("unknown value %q in %s; use one of: %s%s", text, k.Name, strings.Join(k.Words, ", "), nearest.Hint(text, k.Words))
}

// notInSettings says why a text cannot be the value of a list; "" when it can.
// Settings come with the files that are checked, from their author, so
// that they must not choose which files are written.
func notInSettings(k Key, text string) string {
	if _, file, ok := strings.Cut(text, "="); ok && k.Name == "format" {
		return fmt.Sprintf("format names the output file %q; output files can only be named on the command line", file)
	}
	return ""
}

// fits reports whether the values have the form of the key.
func (d *decoder) fits(k Key, m member, values []string) bool {
	switch k.Kind {
	case Word:
		if !slices.Contains(k.Words, values[0]) {
			d.mistake(m.value, "unknown %s %q; use one of: %s%s", k.Name, values[0], strings.Join(k.Words, ", "), nearest.Hint(values[0], k.Words))
			return false
		}
	case Number:
		if n, err := strconv.Atoi(values[0]); err != nil || n < 0 {
			d.mistake(m.value, "%s must be a whole number, 0 or more, not %q", k.Name, values[0])
			return false
		}
	}
	return true
}

// text is a scalar as it is written, without quotes.
func (d *decoder) text(n ast.Node, what string) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	case nil:
		d.add(d.file.Range(0, 0), what+" has no value")
	case *ast.NullNode:
		d.mistake(n, "%s has no value", what)
	default:
		if !d.rejected(n) {
			d.mistake(n, "%s must be a string, not %s", what, kindOf(n))
		}
	}
	return "", false
}

// kindOf is what a node is, for a message.
func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.SequenceNode:
		return "a list"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	}
	return "this"
}

// texts are those of a list, or one alone.
func (d *decoder) texts(n ast.Node, what string) []string {
	return d.each(n, what, func(string) string { return "" })
}

// assignments are NAME=VALUE; what is text for YAML is so for the template, and
// lists, mappings and null are JSON.
func (d *decoder) assignments(m member) []string {
	var all []string
	for _, v := range d.members(m.value, m.key) {
		value, ok := d.json(v.value, 0)
		if !ok {
			continue
		}
		text, err := json.Marshal(value)
		if err != nil { // infinity has no form
			d.mistakeOf(v, "%s has a value that JSON cannot express", v.key)
			continue
		}
		all = append(all, v.key+"="+string(text))
	}
	return all
}

// maxValue bounds the depth of the value of a parameter.
const maxValue = 64

// json is the value of a parameter; false when it holds what is rejected.
func (d *decoder) json(n ast.Node, depth int) (any, bool) {
	if depth > maxValue {
		d.mistake(n, "the value is nested more than %d deep", maxValue)
		return nil, false
	}
	switch n := n.(type) {
	case *ast.SequenceNode:
		items := make([]any, len(n.Values))
		for i, item := range n.Values {
			value, ok := d.json(item, depth+1)
			if !ok {
				return nil, false
			}
			items[i] = value
		}
		return items, true
	case *ast.MappingNode, *ast.MappingValueNode:
		object := map[string]any{}
		for _, m := range d.members(n, "") {
			value, ok := d.json(m.value, depth+1)
			if !ok {
				return nil, false
			}
			object[m.key] = value
		}
		return object, true
	case *ast.NullNode, nil:
		return nil, true
	case *ast.IntegerNode, *ast.FloatNode:
		if text := n.GetToken().Value; json.Valid([]byte(text)) {
			return json.RawMessage(text), true // all its digits
		}
	}
	if d.rejected(n) {
		return nil, false
	}
	return plain(n, 0), true
}

func (d *decoder) rules(b *Block, m member) {
	for _, r := range d.members(m.value, "rules") {
		rule := Rule{Selector: r.key, At: d.at(r.node.GetToken())}
		ok := true
		switch r.value.(type) {
		case *ast.MappingNode, *ast.MappingValueNode:
			ok = d.ruleMembers(&rule, r)
		default:
			rule.State, ok = d.state(r.value, r.key)
		}
		if !ok {
			continue
		}
		if problem := d.rule(rule.Selector, rule.State); problem != "" {
			d.mistake(r.node, "%s", problem)
			continue
		}
		b.Rules = append(b.Rules, rule)
	}
}

// ruleMembers are the long form of a rule: severity and options.
func (d *decoder) ruleMembers(rule *Rule, r member) (ok bool) {
	ok = true
	for _, m := range d.members(r.value, r.key) {
		switch m.key {
		case "severity":
			state, good := d.state(m.value, m.key)
			rule.State, ok = state, ok && good
		case "options":
			for _, o := range d.members(m.value, m.key) {
				d.option(rule, o)
			}
		default:
			d.unknown(m, []string{"severity", "options"})
		}
	}
	return ok
}

func (d *decoder) option(rule *Rule, m member) {
	if d.rule(rule.Selector, "") != "" {
		return // a mistake in the rule is reported once
	}
	if d.isCustom(rule.Selector) {
		d.mistake(m.node, "a custom rule has no options")
		return
	}
	value, err := d.checks.Option(rule.Selector, m.key, plain(m.value, 0))
	var unknown *OptionNameError
	switch {
	case errors.As(err, &unknown):
		d.mistake(m.node, "%s", err)
	case err != nil:
		d.mistakeOf(m, "%s", err)
	default:
		rule.Options = append(rule.Options, Option{m.key, value, d.at(m.node.GetToken())})
	}
}

// maxPlain bounds the depth of a value; no option is so deep.
const maxPlain = 3

// plain is a value as [Checks.Option] takes it. What is not plain data, such as
// an alias, is nil.
func plain(n ast.Node, depth int) any {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode:
		switch v := n.Value.(type) {
		case int64:
			return int(v)
		case uint64:
			if v <= math.MaxInt {
				return int(v)
			}
		}
		return n.GetToken().Value // too large for a number
	case *ast.FloatNode:
		return n.Value
	case *ast.BoolNode:
		return n.Value
	case *ast.SequenceNode:
		items := []any{}
		for _, item := range n.Values {
			if depth < maxPlain {
				items = append(items, plain(item, depth+1))
			}
		}
		return items
	case *ast.MappingNode, *ast.MappingValueNode:
		return map[string]any{}
	}
	return nil
}

// state reads one of [states].
func (d *decoder) state(n ast.Node, what string) (string, bool) {
	state, ok := d.text(n, what)
	if !ok {
		return "", false
	}
	switch state { // YAML of old takes on and off for truth values
	case "true":
		state = "on"
	case "false":
		state = "off"
	}
	if !slices.Contains(states(), state) {
		d.mistake(n, "unknown value %q of a rule; use one of: %s%s", state, strings.Join(states(), ", "), nearest.Hint(state, states()))
		return "", false
	}
	return state, true
}

func (d *decoder) block(n ast.Node) {
	b := Block{At: d.at(first(n))}
	before := len(d.mistakes)
	for _, m := range d.members(n, "an item of paths") {
		if m.key == "match" {
			b.Match = d.patterns(m.value, m.key)
			continue
		}
		d.setting(&b, m, true)
	}
	if len(b.Match) == 0 && len(d.mistakes) == before {
		d.add(b.At, `an item of paths needs "match", the patterns of its files`)
	}
	d.settings.Blocks = append(d.settings.Blocks, b)
}

func (d *decoder) patterns(n ast.Node, what string) []string {
	return d.each(n, what, d.glob)
}

// maxGlobs is the size of all patterns of the settings in bytes, with their
// alternatives written out: each file is compared with all of them.
const maxGlobs = 64 << 10

// glob returns what is wrong with a pattern.
func (d *decoder) glob(pattern string) string {
	if err := glob.Validate(pattern); err != nil {
		return fmt.Sprintf("the pattern %q %v", pattern, err)
	}
	if *d.globs += glob.Size(pattern); *d.globs > maxGlobs {
		return fmt.Sprintf("with this pattern, the patterns of the settings have more than %d KB together, with all alternatives in braces written out", maxGlobs>>10)
	}
	return ""
}

// each is texts with a check of each, whose answer is a mistake unless it is "".
func (d *decoder) each(n ast.Node, what string, check func(string) string) []string {
	items := []ast.Node{n}
	if list, ok := n.(*ast.SequenceNode); ok {
		items = list.Values
	}
	var all []string
	for _, item := range items {
		text, ok := d.text(item, what)
		if !ok {
			continue
		}
		if problem := check(text); problem != "" {
			d.mistake(item, "%s", problem)
		}
		all = append(all, text)
	}
	return all
}

func (d *decoder) suppression(n ast.Node) {
	s := Suppression{At: d.at(first(n))}
	for _, m := range d.members(n, "an item of suppress") {
		switch m.key {
		case "rules":
			s.Rules = d.each(m.value, m.key, func(r string) string { return d.rule(r, "") })
		case "paths":
			s.Paths = d.patterns(m.value, m.key)
		case "reason":
			s.Reason, _ = d.text(m.value, m.key)
		case "until":
			s.Until = d.date(m.value)
		default:
			d.unknown(m, []string{"rules", "paths", "reason", "until"})
		}
	}
	if len(s.Rules) == 0 {
		d.add(s.At, `a suppression needs "rules"`)
	}
	if strings.TrimSpace(s.Reason) == "" {
		d.add(s.At, `a suppression needs a "reason"`)
	}
	d.settings.Suppressions = append(d.settings.Suppressions, s)
}

func (d *decoder) date(n ast.Node) time.Time {
	text, ok := d.text(n, "until")
	until, err := time.Parse(time.DateOnly, text)
	if ok && err != nil {
		d.mistake(n, "until must be a date of the form YYYY-MM-DD, not %q", text)
	}
	return until
}
