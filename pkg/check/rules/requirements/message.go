package requirements

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A message describes what is wrong with one value, in words from the row.
type message struct {
	*entry
	subject subject
	answers []answer
	broken  answer
	// parts is how many names of the way to a property its label has.
	parts int
}

// mostValues is how many values a heading names. The remedy names all of them.
const mostValues = 6

// headingWidth is how long a heading may be before the labels of its
// properties are shortened.
const headingWidth = 80

// summary returns the heading: the property, what is wrong, and the conditions
// of the requirement. Labels have up to three names, and fewer when the heading
// would be too long.
func (m message) summary() string {
	var text string
	least := 1
	if a := m.broken; a.related.node != nil && sameName(a.hit, a.related) {
		least = 2 // days is less than days
	}
	for m.parts = 3; m.parts >= least; m.parts-- {
		text = m.complaint()
		if when := m.conditions(); when != "" && m.must.clause().op != opNever {
			text += " when " + when
		}
		if utf8.RuneCountInString(text) <= headingWidth {
			break
		}
	}
	return text
}

// sameName reports two values of one resource whose members have the same name.
func sameName(a, b hit) bool {
	if a.node == nil || topOf(a.node) != topOf(b.node) {
		return false
	}
	one, other := names(a.node), names(b.node)
	return len(one) > 0 && len(other) > 0 && one[len(one)-1] == other[len(other)-1]
}

// complaint returns what is wrong by the clause Must.
func (m message) complaint() string {
	c, a := m.must.clause(), m.broken
	name := m.name(c, a.hit)
	if m.idle() {
		return m.here() + " has no effect"
	}
	switch c.op {
	case opPresent:
		return name + m.strict(" is required", " is not set")
	case opAbsent:
		return name + m.strict(" cannot be set", " is set") + m.given(a.hit)
	case opEqual:
		if len(c.values) > mostValues {
			return fmt.Sprintf("%s is %s, which is not an accepted value", name, m.value(c, a.hit))
		}
		if m.row.Sure == Ignored {
			return fmt.Sprintf("%s is %s, which has no effect", name, m.value(c, a.hit))
		}
		return fmt.Sprintf("%s is %s, but %s be %s", name, m.value(c, a.hit), m.strict("must", "should"), list(c.values, "or"))
	case opUnequal:
		if m.row.Sure == Ignored {
			return fmt.Sprintf("%s is %s, which has no effect", name, m.value(c, a.hit))
		}
		return fmt.Sprintf("%s %s %s", name, m.strict("cannot be", "should not be"), m.value(c, a.hit))
	case opCompare:
		return fmt.Sprintf("%s is %s, but %s be %s", name, m.value(c, a.hit), m.strict("must", "should"), m.bound(c, a))
	case opCount:
		noun := "item"
		if last := c.paths[0].steps[len(c.paths[0].steps)-1]; last.filter != nil {
			noun = last.filter[len(last.filter)-1] + " item"
			if last.equals != "true" {
				noun = last.equals + " item"
			}
		}
		return fmt.Sprintf("%s has %s, but %s have %s", name, lint.Count(a.count, noun), m.strict("must", "should"), bounds(c.sign)+c.values[0])
	case opLength:
		return fmt.Sprintf("%s has %s, but must have %s", name, lint.Count(a.count, "character"), bounds(c.sign)+c.values[0])
	case opUnique:
		if len(c.keys) > 1 {
			return fmt.Sprintf("%s has the same %s as %s", m.item(a.items[0]), list(ids(c.keys), "and"), m.item(a.items[1]))
		}
		return fmt.Sprintf("%s %s is used twice, but must be unique", name, m.value(c, a.hit))
	case opForm:
		return fmt.Sprintf("%s is %s, which is not %s", name, m.value(c, a.hit), c.form.what)
	case opMatch:
		return fmt.Sprintf("%s is %s, but %s %s", name, m.value(c, a.hit), m.strict("must", "should"), c.looks())
	case opNoMatch:
		return fmt.Sprintf("%s %s %s", name, m.strict("cannot be", "should not be"), m.value(c, a.hit))
	case opSame:
		if c.before != "" {
			other, _ := textOf(m.subject, a.related)
			return fmt.Sprintf("%s is %s, but must be %s", name, m.value(c, a.hit), quoted(c.before+other+c.after))
		}
		return fmt.Sprintf("%s is %s, but must be the same as %s, which is %s", name, m.value(c, a.hit), m.label(a.related), m.shown(a.related))
	case opDiffers:
		return fmt.Sprintf("%s is %s, the same as %s, but must differ", name, m.value(c, a.hit), m.label(a.related))
	case opApart:
		return fmt.Sprintf("%s (%s) overlaps %s (%s)", name, m.shown(a.hit), m.label(a.related), m.shown(a.related))
	case opAlike:
		return fmt.Sprintf("%s is %s, but must be the same as %s, which is %s", name, m.value(c, a.hit), m.label(a.related), m.shown(a.related))
	case opWithin, opUsable:
		text, _ := textOf(m.subject, a.related)
		if prefix, ok := prefixOf(text); ok && prefix.Contains(addressOf(m.subject, a.hit)) {
			return fmt.Sprintf("%s is %s, one of the five addresses that Azure reserves in %s", name, m.value(c, a.hit), m.shown(a.related))
		}
		return fmt.Sprintf("%s is %s, which is outside %s (%s)", name, m.value(c, a.hit), m.label(a.related), m.shown(a.related))
	case opIn:
		return fmt.Sprintf("%s is %s, which is not in %s", name, m.value(c, a.hit), m.array(c, a.related))
	case opAny:
		return fmt.Sprintf("%s is required", list(lasts(c.paths), "or"))
	case opOne:
		if a.count == 0 {
			return fmt.Sprintf("%s is required", list(lasts(c.paths), "or"))
		}
		return fmt.Sprintf("%s and %s cannot both be set", m.label(a.related), m.label(a.hit))
	case opAtMostOne:
		return fmt.Sprintf("%s and %s cannot both be set", m.label(a.related), m.label(a.hit))
	case opAllOrNone:
		return fmt.Sprintf("%s is required when %s is set", name, m.label(a.related))
	case opUniform:
		return m.here() + " cannot be used with the orchestration mode Flexible"
	case opFlexible:
		return m.here() + " requires the orchestration mode Flexible"
	case opWindows:
		return m.here() + " requires Windows"
	case opLinux:
		return m.here() + " requires Linux"
	case opZonal:
		return m.here() + " requires a region with availability zones"
	case opNever:
		return c.text
	case opAPI:
		if c.sign == ">=" {
			return fmt.Sprintf("%s requires API version %s or later, not %s", m.here(), c.values[0], m.subject.resource.APIVersion)
		}
		return fmt.Sprintf("%s requires an API version before %s, not %s", m.here(), c.values[0], m.subject.resource.APIVersion)
	}
	return name
}

// looks says what a text that matches looks like, after "must".
func (c *clause) looks() string {
	if strings.HasPrefix(c.example, "/subscriptions/") || strings.HasPrefix(c.example, "/providers/") {
		parts := strings.Split(c.example, "/")
		return "be an id such as .../" + strings.Join(parts[len(parts)-2:], "/")
	}
	plain := strings.TrimPrefix(c.pattern.String(), "(?i)")
	if plain == ":" && strings.Contains(c.example, "::") {
		return "be an IPv6 address"
	}
	if at := strings.LastIndex(c.example, "/"); at >= 0 && strings.HasPrefix(plain, `\/(`) {
		return "have a prefix length such as " + c.example[at:]
	}
	if plain == c.example {
		return "contain " + c.example
	}
	return "look like " + c.example
}

// strict returns the first text for a requirement, and the other one for advice.
func (m message) strict(must, should string) string {
	if m.row.Sure == Advised {
		return should
	}
	return must
}

// bounds are the signs of comparisons in words.
func bounds(sign string) string {
	switch sign {
	case "<":
		return "less than "
	case "<=":
		return "at most "
	case "=":
		return "exactly "
	case ">=":
		return "at least "
	}
	return "more than "
}

func (m message) bound(c *clause, a answer) string {
	if c.other == nil {
		return bounds(c.sign) + c.values[0]
	}
	return fmt.Sprintf("%s%s, which is %s", bounds(c.sign), m.label(a.related), m.shown(a.related))
}

// idle reports a row that tells that a property has no effect.
func (m message) idle() bool {
	return m.row.Sure == Ignored && (m.must.clause().op == opAbsent || m.pointed() >= 0)
}

// pointed returns the index of the condition that the finding points at, or -1.
func (m message) pointed() int {
	for i := range m.when {
		if m.when[i].clause().here {
			return i
		}
	}
	return -1
}

// here returns the label of the property that the finding points at.
func (m message) here() string {
	if i := m.pointed(); i >= 0 {
		return m.name(m.when[i].clause(), m.answers[i].hit)
	}
	return m.name(m.must.clause(), m.broken.hit)
}

// conditions returns when the requirement applies.
func (m message) conditions() string {
	var all []string
	for i := range m.when {
		c, a := m.when[i].clause(), m.answers[i]
		if c.quiet || c.here && (m.idle() || m.must.clause().op >= opUniform) {
			continue // the complaint names it
		}
		if a.hit.node != nil && a.hit.node == m.broken.hit.node {
			continue // and its value
		}
		name := m.short(c, a.hit)
		switch c.op {
		case opPresent:
			all = append(all, name+" is set"+m.given(a.hit))
		case opAbsent:
			all = append(all, name+" is not set")
		case opEqual, opMatch, opForm:
			all = append(all, fmt.Sprintf("%s is %s", name, m.value(c, a.hit)))
		case opUnequal, opNoMatch:
			if a.hit.state == known {
				all = append(all, fmt.Sprintf("%s is %s", name, m.value(c, a.hit)))
			} else {
				all = append(all, fmt.Sprintf("%s is not %s", c.paths[0].last(), list(c.values, "or")))
			}
		case opRefers:
			all = append(all, name+" refers to an identity of the same template")
		case opCompare:
			all = append(all, fmt.Sprintf("%s is %s", name, m.value(c, a.hit)))
		case opCount:
			all = append(all, fmt.Sprintf("%s has %s", name, lint.Count(a.count, "item")))
		case opLength:
			all = append(all, fmt.Sprintf("%s has %s", name, lint.Count(a.count, "character")))
		case opSame:
			all = append(all, fmt.Sprintf("%s is the same as %s", name, m.label(a.related)))
		case opDiffers:
			all = append(all, fmt.Sprintf("%s is not %s", name, c.other.last()))
		case opIn:
			all = append(all, fmt.Sprintf("%s is one of those in %s", name, c.other.first()))
		case opAny, opOne:
			all = append(all, name+" is set")
		case opUniform:
			all = append(all, "orchestrationMode is Uniform")
		case opFlexible:
			all = append(all, "orchestrationMode is Flexible")
		case opWindows:
			all = append(all, "the operating system is Windows")
		case opLinux:
			all = append(all, "the operating system is Linux")
		case opZonal:
			all = append(all, "the region has availability zones")
		case opTwoDomains:
			all = append(all, "the region has two fault domains")
		case opAPI:
			if c.sign == ">=" {
				all = append(all, "the API version is "+c.values[0]+" or later")
			} else {
				all = append(all, "the API version is before "+c.values[0])
			}
		}
	}
	if c := m.must.clause(); m.idle() && m.pointed() >= 0 {
		switch c.op {
		case opPresent:
			all = append(all, m.name(c, m.broken.hit)+" is not set")
		case opUnequal:
			all = append(all, fmt.Sprintf("%s is %s", m.name(c, m.broken.hit), m.value(c, m.broken.hit)))
		}
	}
	return list(all, "and")
}

// remedy returns how to fix the finding.
func (m message) remedy() string {
	if m.row.Fix != "" {
		return m.row.Fix
	}
	c := m.must.clause()
	name := c.text
	if len(c.paths) > 0 {
		name = "`" + c.paths[0].last() + "`"
	}
	if i := m.pointed(); i >= 0 && m.idle() {
		return "Remove `" + m.when[i].clause().paths[0].last() + "`."
	}
	switch c.op {
	case opPresent:
		return "Add " + name + "."
	case opAbsent:
		return "Remove " + name + "."
	case opEqual:
		return "Set " + name + " to " + list(c.values, "or") + "."
	case opUnequal, opNoMatch, opDiffers:
		return "Choose another value for " + name + "."
	case opCompare:
		if c.other == nil {
			return "Set " + name + " to " + bounds(c.sign) + c.values[0] + "."
		}
		if c.other.last() == c.paths[0].last() {
			return "Change one of them."
		}
		return "Change " + name + " or `" + c.other.last() + "`."
	case opCount:
		if strings.HasPrefix(c.sign, ">") {
			return "Add items to " + name + "."
		}
		return "Remove items from " + name + "."
	case opLength:
		return "Change the length of " + name + "."
	case opUnique:
		return "Give each item its own value."
	case opForm:
		if strings.Contains(c.form.what, "such as") {
			return "Write " + c.form.what + "."
		}
		return "Write " + c.form.what + ", such as " + c.form.good + "."
	case opMatch:
		return "Write a value such as " + strings.TrimSuffix(c.example, ".") + "."
	case opSame:
		if c.other.last() == c.paths[0].last() {
			return "Use the same value in both places."
		}
		return "Use the same value for " + name + " and `" + c.other.last() + "`."
	case opAlike:
		return "Use the same value everywhere."
	case opApart:
		return "Choose ranges that do not overlap."
	case opWithin:
		return "Choose an address in that range."
	case opUsable:
		return "Choose an address from the fifth of the range to the last but one."
	case opIn:
		return "Use one of the values of `" + c.other.last() + "`."
	case opAny, opOne, opAtMostOne:
		if c.op == opAny || m.broken.count == 0 {
			return "Add one of them."
		}
		return "Remove one of them."
	case opAllOrNone:
		return "Add it, or remove the other."
	case opFlexible, opUniform:
		return "Remove it, or change orchestrationMode."
	case opAPI:
		return "Change apiVersion, or remove it."
	}
	return "Remove it."
}

// others returns up to three other places that the finding depends on.
func (m message) others(place *expand.Node) []hit {
	var all []hit
	add := func(h hit) {
		if h.node == nil || h.node == place || len(all) >= 3 {
			return
		}
		for _, o := range all {
			if o.node == h.node {
				return
			}
		}
		all = append(all, h)
	}
	add(m.broken.hit)
	add(m.broken.related)
	for i := range m.when {
		if m.answers[i].hit.state == known {
			add(m.answers[i].hit)
		}
	}
	return all
}

// name returns the label of the property of a clause.
func (m message) name(c *clause, h hit) string {
	if len(c.paths) == 0 {
		return c.text
	}
	if h.node == nil && h.parent == nil {
		return c.paths[0].last()
	}
	return m.label(h)
}

// short returns the label of a property in a condition: only its own name if it
// is in the same object as the value that the message is about.
func (m message) short(c *clause, h hit) string {
	if len(c.paths) == 0 {
		return ""
	}
	main, other := m.broken.hit, h
	if last := c.paths[0].last(); main.parentOf() == other.parentOf() && c.op != opAny && c.op != opOne && last != "id" {
		return last
	}
	all := strings.Split(m.name(c, h), ".")
	most := min(m.parts, 2)
	if vague[all[len(all)-1]] {
		most = 2
	}
	if len(all) > most {
		all = all[len(all)-most:]
	}
	return strings.Join(all, ".")
}

// holderOf returns the object that has, or should have, the value.
func (h hit) parentOf() *expand.Node {
	if h.node != nil {
		return h.node.Parent()
	}
	return h.parent
}

// vague are names that say nothing without the one before.
var vague = map[string]bool{"id": true, "name": true, "type": true, "tier": true, "value": true, "days": true, "enabled": true, "duration": true}

// label returns the last names on the way to a value, such as
// dataDisks[0].managedDisk, without "properties".
func (m message) label(h hit) string {
	n := h.node
	if n == nil {
		n = h.parent
	}
	if n == nil {
		return ""
	}
	parts := names(n)
	if h.node == nil {
		for _, st := range h.missing {
			if st.kind == member && st.name != "properties" {
				parts = append(parts, st.name)
			}
		}
	}
	keep := m.parts
	if len(parts) > 0 && keep == 1 && vague[parts[len(parts)-1]] {
		keep = 2
	}
	if len(parts) > keep {
		parts = parts[len(parts)-keep:]
	}
	if len(parts) > 1 && parts[0] == "virtualMachineProfile" {
		parts = parts[1:]
	}
	text := strings.Join(parts, ".")
	if top := topOf(n); top != m.subject.resource.Body {
		if name, ok := top.Get("name").Text(); ok {
			text += " of " + quoted(name)
		}
	}
	return text
}

// topOf returns the body of the resource that a value belongs to.
func topOf(n *expand.Node) *expand.Node {
	for n.Parent() != nil {
		n = n.Parent()
	}
	return n
}

// names returns the members on the way from the resource to a value, with the
// indices of items appended to the name of their array.
func names(n *expand.Node) []string {
	rest := strings.TrimPrefix(n.Pointer(), topOf(n).Pointer())
	var all []string
	for token := range strings.SplitSeq(rest, "/") {
		switch {
		case token == "" || strings.EqualFold(token, "properties"):
		case token[0] >= '0' && token[0] <= '9' && len(all) > 0 && len(token) < 5:
			all[len(all)-1] += "[" + token + "]"
		default:
			all = append(all, strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
		}
	}
	return all
}

// value returns the value of a clause in words: the one that is set, or the default.
func (m message) value(c *clause, h hit) string {
	if h.state != known {
		if c.standard != "" {
			return c.standard + " (the default)"
		}
		return "not set"
	}
	return m.shown(h)
}

// given returns " (VALUE)" for a short text that is not secret, and "" otherwise.
func (m message) given(h hit) string {
	if text, ok := textOf(m.subject, h); h.node != nil && ok && text != "" && !secretName(h.node) && len(text) <= mostShown {
		return " (" + m.shown(h) + ")"
	}
	return ""
}

const mostShown = 60

// shown returns a known value for a message, truncated to mostShown characters.
func (m message) shown(h hit) string {
	text, ok := textOf(m.subject, h)
	if id := m.subject.pass.Deployment.Ref(h.node).Path(); id.Type != "" {
		text, ok = strings.Join(id.Names, "/"), true // the scope is the same nearly always
	}
	switch {
	case !ok:
		return "another value"
	case secretName(h.node):
		return "the given value"
	}
	if r := []rune(text); len(r) > mostShown {
		text = string(r[:mostShown]) + "..."
	}
	return quoted(text)
}

// quoted returns text in quotes, unless it is a simple word.
func quoted(text string) string {
	for _, r := range text {
		if r != '_' && r != '-' && r != '.' && r != '/' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return fmt.Sprintf("%q", text)
		}
	}
	if text == "" {
		return `""`
	}
	return text
}

// secretName reports whether the name of a member suggests a secret, whose value
// no message may show.
func secretName(n *expand.Node) bool {
	all := names(n)
	if _, text := n.Text(); len(all) == 0 || !text {
		return false
	}
	last := strings.ToLower(all[len(all)-1])
	for _, word := range []string{"password", "secret", "customdata", "userdata", "sharedkey", "keydata", "settings"} {
		if strings.Contains(last, word) {
			return true
		}
	}
	return false
}

// lasts returns the names of properties, each once.
func lasts(paths []path) []string {
	var all []string
	for _, p := range paths {
		if !slices.Contains(all, p.last()) {
			all = append(all, p.last())
		}
	}
	return all
}

// ids returns the names of properties, without the "id" of references.
func ids(paths []path) []string {
	var all []string
	for _, p := range paths {
		if p.from == fromParent {
			all = append(all, "parent")
			continue
		}
		all = append(all, p.first())
	}
	return all
}

// item returns the label of an item of an array, or the name of a resource.
func (m message) item(h hit) string {
	if top := topOf(h.node); top == h.node {
		if name, ok := top.Get("name").Text(); ok {
			return quoted(name)
		}
		return "this resource"
	}
	return m.label(h)
}

// array returns the label of the array that a value is compared with.
func (m message) array(c *clause, item hit) string {
	if item.node != nil && item.node.Parent() != nil {
		if _, ok := item.node.Parent().Value.(value.Array); ok {
			return m.label(hit{state: known, node: item.node.Parent()})
		}
	}
	return c.other.array()
}

// list joins words, such as "a, b or c"; and is the last separator.
func list(words []string, and string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + and + " " + words[len(words)-1]
}
