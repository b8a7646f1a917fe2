package requirements

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// A clause is one condition of a row.
type clause struct {
	text  string
	here  bool // "!": the finding is about this property
	quiet bool // "?": the message does not mention it
	op    op
	paths []path // one, or those of a group
	// standard is the value that holds when the property is not set, "" when
	// the clause names none.
	standard string
	values   []string // operands of = and !=
	other    *path    // operand that begins with "@"
	before   string   // the text before and after the value of other
	after    string
	keys     []path // of unique
	sign     string // <, <=, =, >=, >
	number   float64
	duration bool
	pattern  *regexp.Regexp
	example  string
	form     *form
	mode     *path // of uniform and flexible
}

type op uint8

const (
	opPresent op = iota
	opAbsent
	opEqual
	opUnequal
	opCompare
	opCount
	opLength
	opUnique
	opForm
	opMatch
	opNoMatch
	opSame
	opDiffers
	opIn
	opAny
	opOne
	opAtMostOne
	opAllOrNone
	opUniform
	opFlexible
	opWindows
	opLinux
	opAPI
	opZonal
	opTwoDomains
	opNever
	opRefers
	opApart
	opAlike
	opWithin
	opUsable
)

var groups = []struct {
	prefix string
	op     op
}{
	{"any of ", opAny}, {"one of ", opOne}, {"at most one of ", opAtMostOne}, {"all or none of ", opAllOrNone},
}

var bare = []struct {
	text string
	op   op
}{
	{"uniform", opUniform}, {"flexible", opFlexible}, {"windows", opWindows}, {"linux", opLinux},
	{"zonal region", opZonal}, {"region with two fault domains", opTwoDomains},
}

func parseClause(text string) (c clause, err error) {
	c.text = text
	if rest, ok := strings.CutPrefix(text, "!"); ok {
		c.here, text = true, rest
	}
	if rest, ok := strings.CutPrefix(text, "?"); ok {
		c.quiet, text = true, rest
	}
	for _, b := range bare {
		if b.text != text {
			continue
		}
		if c.op = b.op; c.op == opUniform || c.op == opFlexible {
			mode := parsePath("/properties.orchestrationMode")
			c.mode = &mode
		}
		return c, nil
	}
	if rest, ok := strings.CutPrefix(text, "never "); ok {
		c.op, c.text = opNever, rest
		return c, nil
	}
	for _, g := range groups {
		if rest, ok := strings.CutPrefix(text, g.prefix); ok {
			c.op, c.paths = g.op, parsePaths(rest)
			return c, nil
		}
	}
	subject, rest, _ := strings.Cut(text, " ")
	if subject == "api" {
		c.op = opAPI
		sign, version, ok := strings.Cut(rest, " ")
		if !ok || sign != "<" && sign != ">=" {
			return c, fmt.Errorf("%q: api takes < or >= and a version", c.text)
		}
		c.sign, c.values = sign, []string{version}
		return c, nil
	}
	c.paths = []path{parsePath(subject)}
	if strings.HasPrefix(rest, "(") {
		standard, more, ok := strings.Cut(rest[1:], ") ")
		if !ok {
			return c, fmt.Errorf("%q: a default is in parentheses", c.text)
		}
		c.standard, rest = standard, more
	}
	word, operand, _ := strings.Cut(rest, " ")
	return c, c.operator(word, operand)
}

func parsePaths(text string) []path {
	var all []path
	for part := range strings.SplitSeq(text, ",") {
		all = append(all, parsePath(strings.TrimSpace(part)))
	}
	return all
}

// operator reads what follows the path.
func (c *clause) operator(word, operand string) error {
	switch word {
	case "present":
		c.op = opPresent
	case "absent":
		c.op = opAbsent
	case "=", "!=":
		c.op = opEqual
		if word == "!=" {
			c.op = opUnequal
		}
		for v := range strings.SplitSeq(operand, "|") {
			c.values = append(c.values, strings.TrimSpace(v))
		}
	case "<", "<=", ">", ">=":
		c.op = opCompare
		return c.bound(word, operand)
	case "count", "length":
		c.op = opCount
		if word == "length" {
			c.op = opLength
		}
		sign, number, ok := strings.Cut(operand, " ")
		if !ok {
			return fmt.Errorf("%q: %s takes a sign and a number", c.text, word)
		}
		if p := &c.paths[0]; c.op == opCount && p.steps[len(p.steps)-1].kind != items {
			p.steps = append(p.steps, step{kind: items})
		}
		return c.bound(sign, number)
	case "unique":
		c.op = opUnique
		if operand != "" {
			c.keys = parsePaths(operand)
		}
	case "is":
		c.op = opForm
		i := slices.IndexFunc(forms, func(f form) bool { return f.name == operand })
		if i < 0 {
			return fmt.Errorf("%q: unknown form %q", c.text, operand)
		}
		c.form = &forms[i]
	case "matches", "!matches":
		return c.match(word, operand)
	case "alike":
		c.op = opAlike
	case "apart":
		c.op = opApart
		if name, ok := strings.CutPrefix(operand, "@"); ok {
			p := parsePath(name)
			c.other = &p
		}
	case "refers":
		if c.op = opRefers; operand != "identity" {
			return fmt.Errorf("%q: refers takes identity", c.text)
		}
	case "same", "differs", "in", "within", "usable":
		c.op = map[string]op{"same": opSame, "differs": opDiffers, "in": opIn, "within": opWithin, "usable": opUsable}[word]
		operand = strings.TrimPrefix(operand, "in ") // usable in @prefix
		if before, after, ok := strings.Cut(operand, "{"); ok {
			name, rest, _ := strings.Cut(after, "}")
			c.before, c.after, operand = before, rest, "@"+name
		}
		name, ok := strings.CutPrefix(operand, "@")
		if !ok {
			return fmt.Errorf("%q: %s takes @path", c.text, word)
		}
		p := parsePath(name)
		c.other = &p
	default:
		return fmt.Errorf("%q: unknown operator %q", c.text, word)
	}
	return nil
}

// bound reads a sign and a number, a duration or another property.
func (c *clause) bound(sign, operand string) error {
	c.sign = sign
	if name, ok := strings.CutPrefix(operand, "@"); ok {
		p := parsePath(name)
		c.other = &p
		return nil
	}
	c.values = []string{operand}
	if d, ok := vmss.ParseDuration(operand); ok {
		c.duration, c.number = true, d.Seconds()
		return nil
	}
	n, err := strconv.ParseFloat(operand, 64)
	c.number = n
	return err
}

// match reads "/pattern/ like example".
func (c *clause) match(word, operand string) (err error) {
	c.op = opMatch
	if word == "!matches" {
		c.op = opNoMatch
	}
	end := strings.LastIndex(operand, "/ like ")
	if !strings.HasPrefix(operand, "/") || end < 1 {
		return fmt.Errorf("%q: matches takes /pattern/ like example", c.text)
	}
	c.example = operand[end+len("/ like "):]
	c.pattern, err = regexp.Compile(operand[1:end])
	return err
}

// A truth is the answer of a clause.
type truth uint8

const (
	maybe truth = iota
	no
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return maybe
}

// An answer is what a clause says of a subject: whether it holds, and the value
// that shows it.
type answer struct {
	truth   truth
	hit     hit
	related hit // of a comparison, or the first of two equal ones
	count   int // of items, characters or members that are set
	// items are two that have all keys in common, the second one first.
	items [2]hit
}

// ask evaluates a clause.
func (c *clause) ask(s subject) answer {
	switch c.op {
	case opUniform, opFlexible:
		return c.askMode(s)
	case opWindows, opLinux:
		return c.askSystem(s)
	case opZonal, opTwoDomains:
		return c.askRegion(s)
	case opAPI:
		v := s.resource.APIVersion
		if len(v) < len("2006-01-02") || v[0] < '0' || v[0] > '9' {
			return answer{} // a placeholder, such as ${apiVersion}, is not a version
		}
		return answer{truth: truthOf((c.sign == "<") == (date(v) < c.values[0]))}
	case opAny, opOne, opAtMostOne, opAllOrNone:
		return c.askGroup(s)
	case opNever:
		return answer{truth: no, hit: hit{state: known, node: s.item, parent: s.item}}
	case opCount:
		return c.askCount(s)
	case opUnique:
		return c.askUnique(s)
	case opApart:
		return c.askApart(s)
	case opAlike:
		return c.askAlike(s)
	}
	return c.askEach(s)
}

func date(version string) string { return version[:len("2006-01-02")] }

func (c *clause) askMode(s subject) answer {
	mode := c.mode.lookup(s)
	flexible := no
	switch mode.state {
	case unknown:
		return answer{}
	case known:
		text, ok := mode.node.Text()
		if !ok {
			return answer{}
		}
		flexible = truthOf(fold.Equal(text, "Flexible"))
	}
	if c.op == opFlexible {
		return answer{truth: flexible, hit: mode}
	}
	return answer{truth: flexible.not(), hit: mode}
}

// askRegion evaluates a clause about the region of the resource, if the template has it.
func (c *clause) askRegion(s subject) answer {
	s.looksElsewhere() // how the region was computed counts, too
	at, location, ok := s.pass.Location(s.resource)
	region, found := regions.Find(location)
	if !ok || !found {
		return answer{}
	}
	a := answer{hit: hit{state: known, node: at, parent: at}}
	switch {
	case c.op == opTwoDomains && region.FaultDomains > 0:
		a.truth = truthOf(region.FaultDomains == 2)
	case c.op == opZonal && region.Zones != regions.ZonesUnknown:
		a.truth = truthOf(region.Zones == regions.HasZones)
	}
	return a
}

// askSystem judges by osDisk.osType, by the only configuration that is written,
// or by the publisher of a platform image, as vmss.ScaleSet.System does.
func (c *clause) askSystem(s subject) answer {
	system := ""
	if p := s.place.Get("storageProfile", "osDisk", "osType"); p.Exists() {
		system, _ = p.Text()
	} else {
		os := s.place.Get("osProfile")
		if os.Exists() && !os.Known() {
			return answer{}
		}
		windows, linux := os.Get("windowsConfiguration").Exists(), os.Get("linuxConfiguration").Exists()
		publisher, _ := s.place.Get("storageProfile", "imageReference", "publisher").Text()
		switch {
		case windows && !linux:
			system = "Windows"
		case linux && !windows:
			system = "Linux"
		case windows:
		case strings.HasPrefix(fold.Lower(publisher), "microsoftwindows"):
			system = "Windows"
		case slices.Contains(linuxPublishers, fold.Lower(publisher)):
			system = "Linux"
		}
	}
	if system == "" {
		return answer{}
	}
	return answer{truth: truthOf(fold.Equal(system, "Windows") == (c.op == opWindows))}
}

// Publishers whose platform images are all Linux.
var linuxPublishers = []string{"canonical", "redhat", "suse", "debian", "openlogic", "credativ", "almalinux", "resf"}

func (c *clause) askGroup(s subject) answer {
	set, doubt := 0, 0
	var first, second hit
	var room someHits
	for _, p := range c.paths {
		switch a := presence(p.find(room[:0], s)); a.truth {
		case maybe:
			doubt++
		case yes:
			if set++; set == 1 {
				first = a.hit
			} else if set == 2 {
				second = a.hit
			}
		}
	}
	a := answer{hit: second, related: first, count: set}
	if set < 2 {
		a.hit, a.related = first, hit{}
	}
	if set == 0 {
		a.hit = c.paths[0].find(room[:0], s)[0]
	}
	total := len(c.paths)
	certain := func(good bool) {
		a.truth = truthOf(good)
	}
	switch {
	case c.op == opAny && set > 0, c.op == opAtMostOne && set+doubt <= 1:
		certain(true)
	case c.op == opAny && doubt == 0, (c.op == opOne || c.op == opAtMostOne) && set > 1:
		certain(false)
	case doubt > 0:
	case c.op == opOne:
		certain(set == 1)
	case c.op == opAllOrNone:
		certain(set == 0 || set == total)
	}
	if c.op == opAllOrNone && a.truth == no {
		for _, p := range c.paths { // what is missing
			if h := p.find(nil, s); presence(h).truth == no && len(h) > 0 {
				a.hit = h[0]
				a.related = first
				break
			}
		}
	}
	return a
}

// present says whether a value is certainly there.
func present(h hit) truth {
	switch {
	case h.state == absent:
		return no
	case h.state == unknown, empty(h.node):
		return maybe
	}
	return yes
}

// presence says whether one of the values is certainly there.
func presence(found []hit) answer {
	result := answer{truth: no}
	for _, h := range found {
		switch {
		case h.state == absent:
			if result.hit.parent == nil {
				result.hit = h
			}
		case h.state == unknown, empty(h.node):
			if result.truth == no {
				result = answer{truth: maybe, hit: h}
			}
		default:
			return answer{truth: yes, hit: h}
		}
	}
	return result
}

func (c *clause) askCount(s subject) answer {
	p := c.paths[0]
	var room someHits
	found := p.find(room[:0], s)
	for _, h := range found {
		if h.state == unknown {
			return answer{}
		}
	}
	array := path{text: p.text, from: p.from, up: p.up, steps: p.steps}
	if n := len(array.steps); array.steps[n-1].kind == items {
		array.steps = array.steps[:n-1]
	}
	holders := array.find(nil, s)
	if len(holders) != 1 || holders[0].state == unknown {
		return answer{}
	}
	n := len(found)
	return answer{truth: truthOf(compare(float64(n), c.sign, c.number)), hit: holders[0], count: n}
}

// askUnique looks for two items that certainly have all keys in common.
func (c *clause) askUnique(s subject) answer {
	var room someHits
	found := c.paths[0].find(room[:0], s)
	result := answer{truth: yes}
	if len(found) < 2 {
		return result
	}
	type kept struct{ at, item hit }
	seen := make(map[string]kept, len(found))
	for _, h := range found {
		key, at, ok := c.key(s, h)
		if !ok {
			result.truth = maybe
			continue
		}
		if first, twice := seen[key]; twice {
			if c.paths[0].from == fromAll && topOf(at.node) != s.resource.Body {
				continue // reported with that resource
			}
			return answer{truth: no, hit: at, related: first.at, items: [2]hit{h, first.item}}
		}
		seen[key] = kept{at, h}
	}
	return result
}

// key joins what makes an item unique. An item without its first key has none.
func (c *clause) key(s subject, h hit) (key string, at hit, ok bool) {
	if len(c.keys) == 0 {
		text, ok := identityOf(s, h)
		return text, h, ok && text != ""
	}
	if h.state != known {
		return "", h, false
	}
	inner := s
	inner.item = h.node
	var b strings.Builder
	var room someHits
	for i, k := range c.keys {
		v := hit{state: absent, parent: h.node}
		if all := k.find(room[:0], inner); len(all) > 0 {
			v = all[0]
		}
		if i == 0 && v.state == absent {
			return "", h, false
		}
		text, ok := "", true
		if v.state != absent {
			text, ok = identityOf(s, v)
		}
		if !ok {
			return "", h, false
		}
		if i == 0 {
			at = v
		}
		b.WriteString(text)
		b.WriteByte(0)
	}
	return b.String(), at, true
}

// askEach asks each value of the path: yes when one says yes, no when none may.
// Negations are asked as what they negate.
func (c *clause) askEach(s subject) answer {
	if c.paths[0].single {
		a := c.askOne(s, c.paths[0].lookup(s))
		if c.negated() {
			a.truth = a.truth.not()
		}
		return a
	}
	result := answer{truth: no}
	var room someHits
	for _, h := range c.paths[0].find(room[:0], s) {
		a := c.askOne(s, h)
		if a.truth == yes {
			result = a
			break
		}
		if result.hit.parent == nil || a.truth == maybe && result.truth == no {
			result = a
		}
	}
	if c.negated() {
		result.truth = result.truth.not()
	}
	return result
}

// askOne asks the positive form of a clause about one value.
func (c *clause) askOne(s subject, h hit) answer {
	a := answer{hit: h}
	if c.op == opPresent || c.op == opAbsent {
		a.truth = present(h)
		return a
	}
	if c.op == opIn || (c.op == opSame || c.op == opDiffers) && c.before == "" {
		if h.node != nil {
			if id := s.ref(h.node).Path(); id.Type != "" {
				a.truth = c.judgeID(s, id, &a)
				if a.truth == no && h.state == unknown {
					a.hit.state = known
				}
				return a
			}
		}
	}
	if c.op == opRefers {
		a.truth = refersToIdentity(s, h)
		return a
	}
	if c.op == opMatch {
		if id, ok := idOf(s, h); ok {
			if c.pattern.MatchString(id) {
				a.truth = yes
			} else if !strings.ContainsAny(id, "{}") { // symbols of what is not known
				a.truth = no
				if h.state == unknown {
					a.hit.state = known
				}
			}
			return a
		}
	}
	if h.state == unknown {
		return a
	}
	if h.state == absent {
		if c.standard == "" {
			a.truth = no
			return a
		}
		a.truth = c.judge(s, c.standard, &a)
		return a
	}
	text, ok := textOf(s, h)
	if !ok || text == "" && (c.op != opLength && c.op != opEqual || passedOn(h.node)) {
		return a
	}
	a.truth = c.judge(s, text, &a)
	return a
}

// violations are the values that certainly break the clause as the Must of a
// row: each value of its path has to keep it. A value that is not set breaks a
// clause about its value only where the clause names a default.
func (c *clause) violations(s subject) []answer {
	var broken []answer
	switch c.op {
	case opPresent, opAbsent, opEqual, opUnequal, opCompare, opLength, opForm, opMatch, opNoMatch, opSame, opDiffers, opIn, opWithin, opUsable:
		wrong := no
		if c.negated() {
			wrong = yes
		}
		if c.paths[0].single {
			h := c.paths[0].lookup(s)
			if a := c.askOne(s, h); a.truth == wrong && (c.op == opPresent || h.state == known || c.standard != "") {
				broken = append(broken, a)
			}
			return broken
		}
		var room someHits
		for _, h := range c.paths[0].find(room[:0], s) {
			a := c.askOne(s, h)
			if a.truth == wrong && (c.op == opPresent || h.state == known || c.standard != "") {
				broken = append(broken, a)
			}
		}
	default:
		if a := c.ask(s); a.truth == no {
			broken = append(broken, a)
		}
	}
	return broken
}

// mayBreak is a quick look whether there can be violations, before the clauses of
// When are asked: of most rows the property is not there.
func (c *clause) mayBreak(s subject) bool {
	if len(c.paths) != 1 || !c.paths[0].single || c.standard != "" {
		return true
	}
	switch c.op {
	case opAbsent, opEqual, opUnequal, opCompare, opLength, opForm, opMatch, opNoMatch, opSame, opDiffers, opIn:
		return c.paths[0].lookup(s).state == known
	case opPresent:
		return c.paths[0].lookup(s).state == absent
	}
	return true
}

func (c *clause) negated() bool {
	return c.op == opAbsent || c.op == opUnequal || c.op == opNoMatch || c.op == opDiffers
}

// judge compares a known text.
func (c *clause) judge(s subject, text string, a *answer) truth {
	switch c.op {
	case opEqual, opUnequal:
		for _, v := range c.values {
			if fold.Equal(v, text) {
				return yes
			}
		}
		return no
	case opMatch, opNoMatch:
		return truthOf(c.pattern.MatchString(text))
	case opForm:
		return c.form.holds(text)
	case opLength:
		a.count = len([]rune(text))
		return truthOf(compare(float64(a.count), c.sign, c.number))
	case opCompare:
		return c.judgeNumber(s, text, a)
	case opSame, opDiffers, opIn:
		return c.judgeOther(s, text, a)
	case opWithin, opUsable:
		return c.judgeAddress(s, text, a)
	}
	return maybe
}

func (c *clause) judgeNumber(s subject, text string, a *answer) truth {
	n, isDuration, ok := measure(text)
	if !ok {
		return maybe
	}
	if c.other == nil {
		if isDuration != c.duration {
			return maybe
		}
		return truthOf(compare(n, c.sign, c.number))
	}
	found := c.other.find(nil, s)
	if len(found) != 1 || found[0].state != known {
		return maybe
	}
	other, ok := textOf(s, found[0])
	if !ok {
		return maybe
	}
	m, sameKind, ok := measure(other)
	if !ok || sameKind != isDuration {
		return maybe
	}
	a.related = found[0]
	return truthOf(compare(n, c.sign, m))
}

// measure reads a number, the number of an IPv4 address, or a duration in seconds.
func measure(text string) (n float64, duration, ok bool) {
	if d, ok := vmss.ParseDuration(text); ok {
		return d.Seconds(), true, true
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return float64(t.Unix()), true, true
	}
	if a, err := netip.ParseAddr(text); err == nil && a.Is4() {
		four := a.As4()
		return float64(binary.BigEndian.Uint32(four[:])), false, true
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return n, false, err == nil
}

func compare(a float64, sign string, b float64) bool {
	switch sign {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	}
	return a == b
}

func (c *clause) judgeOther(s subject, text string, a *answer) truth {
	doubt := false
	var room someHits
	for _, h := range c.other.find(room[:0], s) {
		other, ok := textOf(s, h)
		if h.state != known || !ok {
			doubt = true
			continue
		}
		a.related = h
		if fold.Equal(c.before+other+c.after, text) || (c.op == opIn || c.other.last() == "location") && regions.Normalize(other) == regions.Normalize(text) {
			return yes // West US is westus
		}
	}
	if doubt || a.related.node == nil {
		return maybe
	}
	return no
}

// judgeID compares an id, which may hold symbols for what is not known: equal
// ids are certainly the same, and others may be unless their known parts differ.
func (c *clause) judgeID(s subject, id vmss.ID, a *answer) truth {
	differs := false
	for i, h := range c.other.find(nil, s) {
		if h.node == nil {
			return maybe
		}
		other := s.ref(h.node).Path()
		if other.String() == id.String() {
			a.related = h
			return yes
		}
		if differs = (i == 0 || differs) && id.Differs(other); differs {
			a.related = h
		}
	}
	if differs {
		return no
	}
	return maybe
}

// passedOn reports the value of a parameter or variable as it is: an empty one
// may be meant to be replaced.
func passedOn(n *expand.Node) bool {
	written := fold.Lower(strings.ReplaceAll(n.Written.Text(), " ", ""))
	return strings.HasPrefix(written, `"[parameters(`) || strings.HasPrefix(written, `"[variables(`)
}
