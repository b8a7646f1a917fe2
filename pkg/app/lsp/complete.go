package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/schemas"
)

// mostItems bounds the offers of one completion.
const mostItems = 1500

// An offer is one thing that can be at the cursor.
type offer struct {
	label  string
	text   string // what to write; label when empty
	kind   int
	detail string
	doc    string
	// snippet says that text has places to fill in, in the syntax of the protocol.
	snippet bool
	rank    int // lower ranks come first
}

// A completion collects what is offered at a spot.
type completion struct {
	*spot
	offers   []offer
	seen     map[string]bool
	template *arm.Template   // whose resources are around the spot; nil in other documents
	names    *arm.Template   // whose parameters and variables expressions mean
	snippets bool            // the editor takes snippets
	depth    int             // of variables that are other variables
	used     map[string]bool // see [completion.usedNames]
	// start and end are what offers replace.
	start, end int
}

// complete returns what can be at the cursor: the members of the object around
// it, the values of the member, or what an expression can contain.
func (s *server) complete(p positionParams) []completionItem {
	name := pathOf(p.TextDocument.URI)
	doc, ok := s.files.document(name)
	if !ok {
		return []completionItem{}
	}
	at, ok := spotAt(name, doc.text, offsetOf(doc.text, p.Position))
	if !ok {
		return []completionItem{}
	}
	c := &completion{spot: at, seen: map[string]bool{}, snippets: s.editorTakesSnippets, start: at.start, end: at.end}
	if arm.IsParameterFile(at.tree) {
		c.parameterFile(s.templateFor(name))
	} else {
		c.fill()
	}
	return c.items()
}

func (c *completion) fill() {
	if c.root {
		c.documents()
		return
	}
	if arm.IsTemplate(c.tree) {
		c.template, c.names = scopesAt(arm.ParseTemplate(c.tree), c.pointer, 0)
	}
	switch {
	case c.isKey:
		c.members()
	case c.quoted && strings.HasPrefix(c.typed(), "["):
		c.expression()
	default:
		c.values()
	}
}

// scopesAt returns the template that declares what is at a pointer, and the one whose
// names its expressions mean: those of inline templates may differ.
func scopesAt(t *arm.Template, pointer string, depth int) (declares, names *arm.Template) {
	var find func(resources []*arm.Resource) *arm.Resource
	find = func(resources []*arm.Resource) *arm.Resource {
		for _, r := range resources {
			if !strings.HasPrefix(pointer, r.Pointer+"/") {
				continue
			}
			if inner := find(r.Children); inner != nil {
				return inner
			}
			return r
		}
		return nil
	}
	r := find(t.Resources)
	if r == nil || depth > 16 || !r.IsDeployment() || !strings.HasPrefix(pointer, r.Pointer+"/properties/template/") {
		return t, t
	}
	inner := r.InlineTemplate()
	if inner == nil {
		return t, t
	}
	declares, names = scopesAt(inner, pointer, depth+1)
	if d := r.Deployment(); names == inner && (d == nil || !d.InnerScope) {
		names = t
	}
	return declares, names
}

func (c *completion) add(o offer) {
	if o.label == "" || c.seen[o.label] {
		return
	}
	c.seen[o.label] = true
	c.offers = append(c.offers, o)
}

// items returns the offers, best first.
func (c *completion) items() []completionItem {
	slices.SortStableFunc(c.offers, func(a, b offer) int { return a.rank - b.rank })
	items := []completionItem{}
	at := textRange{positionOf(c.text, c.start), positionOf(c.text, c.end)}
	for i, o := range c.offers[:min(len(c.offers), mostItems)] {
		text := o.text
		if text == "" {
			text = o.label
		}
		item := completionItem{Label: o.label, Kind: o.kind, Detail: o.detail, SortText: fmt.Sprintf("%05d", i), Preselect: i == 0}
		if o.doc != "" {
			item.Documentation = &markup{"markdown", o.doc}
		}
		if o.snippet {
			if c.snippets {
				item.InsertTextFormat = 2
			} else {
				text = plain(text)
			}
		}
		// What the editor compares with the text that is replaced.
		item.FilterText = o.label
		if c.quoted && c.start == c.spot.start {
			item.FilterText = `"` + o.label + `"`
		}
		item.TextEdit = &textEdit{at, text}
		items = append(items, item)
	}
	return items
}

// plain returns a snippet without its marks.
func plain(snippet string) string {
	var b strings.Builder
	for i := 0; i < len(snippet); i++ {
		switch rest := snippet[i:]; {
		case rest[0] == '\\' && len(rest) > 1:
			i++
			b.WriteByte(snippet[i])
		case strings.HasPrefix(rest, "${"):
			end := strings.IndexByte(rest, '}')
			_, value, _ := strings.Cut(rest[:max(end, 0)], ":")
			b.WriteString(value)
			i += max(end, 1)
		case rest[0] == '$' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
			i++
		default:
			b.WriteByte(rest[0])
		}
	}
	return b.String()
}

// literal escapes a text for use in a snippet.
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`).Replace(text)
}

// finish puts the commas that the text lacks around what is offered.
func (c *completion) finish(text string) string {
	if c.lead {
		text = ", " + text
	}
	if c.trail {
		text += ","
	}
	return text
}

// A member is a name that the object around the cursor can have.
type member struct {
	name, typ, doc string
	required       bool
	values         []string
	rank           int
	holds          []string // the members of its value, for comparison with what is there
}

// members offers the names of the object around the cursor.
func (c *completion) members() {
	there := map[string]bool{}
	var value jsonc.Node
	if o, ok := c.around.(*jsonc.Object); ok {
		for _, m := range o.Members {
			if m.Key.Value == marker {
				value = m.Value
			} else {
				there[strings.ToLower(m.Key.Value)] = true
			}
		}
	}
	k := c.kind(parentOf(c.pointer))
	usual := usualOf(k.usage)
	for _, m := range c.membersOf(k) {
		if there[strings.ToLower(m.name)] {
			continue
		}
		rank := 1000
		if i := slices.IndexFunc(usual, func(s string) bool { return strings.EqualFold(s, m.name) }); i >= 0 {
			rank = i
		}
		if m.required {
			rank -= 2000
		}
		if c.colon {
			rank += mismatch(value, m) * 5000
		}
		c.add(offer{label: m.name, text: c.memberText(m), kind: kindProperty, detail: detailOf(m), doc: m.doc, snippet: !c.colon, rank: rank + m.rank})
	}
}

func detailOf(m member) string {
	if m.required {
		return m.typ + ", required"
	}
	return m.typ
}

// memberText returns a member with a value to fill in, or its name where a value is
// there already.
func (c *completion) memberText(m member) string {
	name := jsonc.Quote(m.name)
	if c.colon {
		return name
	}
	value := `"$1"`
	switch {
	case strings.HasPrefix(m.typ, "array"):
		value = "[\n\t$1\n]"
	case strings.HasPrefix(m.typ, "object"), strings.HasPrefix(m.typ, "map"):
		value = "{\n\t$1\n}"
	case m.typ == "boolean":
		value = "${1:true}"
	case m.typ == "integer", m.typ == "number":
		value = "${1:0}"
	case m.typ == "any" || m.typ == "":
		value = "$1"
	}
	return c.finish(literal(name) + ": " + value)
}

// mismatch returns how badly an existing value fits a member: 0 if it does, up to 3.
func mismatch(v jsonc.Node, m member) int {
	wrong := func(is string) int {
		switch {
		case m.typ == "" || m.typ == "any":
			return 1
		case strings.HasPrefix(m.typ, is):
			return 0
		case is == "object" && strings.HasPrefix(m.typ, "map"):
			return 0
		}
		return 3
	}
	switch v := v.(type) {
	case *jsonc.Object:
		n := wrong("object")
		if n > 1 || len(v.Members) == 0 || len(m.holds) == 0 {
			return n
		}
		return n + unknownMembers(v, m.holds)
	case *jsonc.Array:
		n := wrong("array")
		if len(v.Elements) > 0 && n <= 1 {
			switch e := v.Elements[0].(type) {
			case *jsonc.Object:
				if len(m.holds) > 0 {
					return n + unknownMembers(e, m.holds)
				}
				if strings.HasPrefix(m.typ, "array of ") && m.typ != "array of object" {
					return 3
				}
			case *jsonc.String:
				if m.typ == "array of object" {
					return 3
				}
			}
		}
		return n
	case *jsonc.Bool:
		return wrong("boolean")
	case *jsonc.Number:
		return min(wrong("integer"), wrong("number"))
	case *jsonc.String:
		if expr.IsExpression(v.Value) {
			if hinted := words(v.Value); sharesWord(hinted, m.name) {
				return 0
			}
			return 1
		}
		if len(m.values) > 0 {
			if slices.ContainsFunc(m.values, func(s string) bool { return strings.EqualFold(s, v.Value) }) {
				return 0
			}
			return 2
		}
		return min(wrong("string")+1, 3)
	}
	return 0
}

// unknownMembers returns 0 if all members are among the names, 2 if none is, else 1.
func unknownMembers(o *jsonc.Object, names []string) int {
	known := 0
	for _, m := range o.Members {
		if slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, m.Key.Value) }) {
			known++
		}
	}
	switch known {
	case len(o.Members):
		return 0
	case 0:
		return 2
	}
	return 1
}

// values offers what the member, or the element of the array, can be.
func (c *completion) values() {
	k := c.kind(c.pointer)
	key := k.key()
	put := func(value string, rank int, kind int, detail string) {
		c.add(offer{label: value, text: c.finish(jsonc.Quote(expr.Escape(value))), kind: kind, detail: detail, rank: rank})
	}
	bare := func(value string, rank int) {
		if !c.quoted {
			c.add(offer{label: value, text: c.finish(value), kind: kindValue, rank: rank})
		}
	}
	usual := usualOf(k.usage + "=")
	ranked := func(values []string, rank int) {
		for i, v := range values {
			r := rank + i
			if at := slices.IndexFunc(usual, func(s string) bool { return strings.EqualFold(s, v) }); at >= 0 {
				r = at - 400
			}
			put(v, r, kindValue, "")
		}
	}
	c.addSnippets(k)
	switch {
	case k.atResource() && key == "type":
		c.resourceTypes(k)
	case k.atResource() && key == "apiversion":
		c.apiVersions(k)
	case k.atResource() && key == "location":
		c.locations(put)
	case k.atResource() && key == "dependson" || k.list == "dependson":
		c.dependencies(k)
		return
	case key == "$schema":
		for i, at := range templateSchemas {
			put(at, i, kindValue, "")
		}
		return
	case key == "contentversion":
		put("1.0.0.0", 0, kindValue, "")
		return
	}
	typ := ""
	if m := k.grammarMember(); m != nil {
		ranked(m.Words, 0)
		if m.Type == grammar.Boolean || m.Type == grammar.StrictBoolean {
			typ = "boolean"
		}
	}
	if k.resource != nil {
		if d, err := schema.Describe(k.typ, k.version, k.path); err == nil && d.Value != nil && k.path != "" {
			typ = strings.TrimPrefix(d.Value.Type, "array of ")
			ranked(d.Value.Values, 0)
		}
		if isSize(k) {
			ranked(sizes.Names(false), 200)
		}
	}
	if k.parameter != nil {
		c.parameterValues(k, put, bare)
		return
	}
	if typ == "boolean" {
		bare("true", -3000)
		bare("false", -2999)
	}
	if key != "type" && key != "apiversion" && c.names != nil && (k.resource != nil || k.section == "outputs" || k.section == "variables") {
		c.wholeExpressions(k, typ)
	}
}

// isSize reports whether a value is the size of virtual machines.
func isSize(k *place) bool {
	path := strings.ToLower(k.path)
	return strings.HasSuffix(path, "vmsize") || path == "sku.name" && strings.EqualFold(k.typ, "Microsoft.Compute/virtualMachineScaleSets") ||
		strings.HasSuffix(path, "vmsizes.name")
}

// templateSchemas are the addresses of the schemas of the language
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax).
var templateSchemas = []string{
	"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
	"https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
	"https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
	"https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#",
	"https://schema.management.azure.com/schemas/2019-08-01/tenantDeploymentTemplate.json#",
	"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
}

// mostProviders bounds the resources of the template whose providers are offered.
const mostProviders = 20

// resourceTypes offers the types: those with a schema and those that are used
// most first, then all of the providers that the template uses, and of the one
// that is typed.
func (c *completion) resourceTypes(k *place) {
	below := ""
	if k.parent != "" {
		below = k.parent + "/"
	}
	usual := usualOf("type=")
	version, name := "", ""
	if k.resource != nil {
		version, _ = k.resource.Text("apiVersion")
		if p := k.resource.Get("properties"); p != nil {
			name = "properties"
		}
	}
	put := func(typ string, rank int) {
		if below != "" {
			if len(typ) <= len(below) || !strings.EqualFold(typ[:len(below)], below) {
				return
			}
			typ = typ[len(below):]
		}
		if i := slices.IndexFunc(usual, func(s string) bool { return strings.EqualFold(s, typ) }); i >= 0 {
			rank += i - 200
		}
		full := below + typ
		if version != "" {
			if known, ok := schemas.FindType(full); ok && !slices.Contains(known.Versions, version) {
				rank += 5000
			}
		}
		if name != "" && rank < 0 {
			rank += 1000 * foreign(full, version, k.resource)
		}
		c.add(offer{label: typ, text: c.finish(jsonc.Quote(typ)), kind: kindClass, rank: rank})
	}
	for i, t := range schemas.Types() {
		put(t, i)
	}
	for i, t := range usual {
		put(t, 1000+i)
	}
	if c.template != nil {
		for i, r := range c.template.Resources[:min(len(c.template.Resources), mostProviders)] {
			namespace, _, _ := strings.Cut(r.Type, "/")
			for j, t := range schemas.ProviderTypes(namespace) {
				put(t, 1500+100*i+j)
			}
		}
	}
	namespace, _, slash := strings.Cut(below+c.typed(), "/")
	if slash {
		for i, t := range schemas.ProviderTypes(namespace) {
			put(t, 2000+i)
		}
		return
	}
	for i, p := range schemas.Providers() {
		c.add(offer{label: p + "/", text: `"` + p + "/", kind: kindModule, detail: "resource provider", rank: 8000 + i})
	}
}

// foreign counts the members of a resource that a type does not have, up to 4.
func foreign(typ, version string, o *jsonc.Object) int {
	n := 0
	for _, path := range []string{"", "properties"} {
		object := o
		if path != "" {
			object, _ = o.Get(path).Value.(*jsonc.Object)
		}
		if object == nil {
			continue
		}
		d, err := schema.Describe(typ, version, path)
		if err != nil {
			continue
		}
		for _, m := range object.Members {
			if path == "" && grammar.Resource.Member(m.Key.Value) != nil {
				continue
			}
			if !slices.ContainsFunc(d.Properties, func(s schema.Shape) bool { return strings.EqualFold(s.Name, m.Key.Value) }) {
				n++
			}
		}
	}
	return min(n, 4)
}

// apiVersions offers the versions of the type, the newest first and previews last;
// one that the template uses for the type already comes before them.
func (c *completion) apiVersions(k *place) {
	d, err := schema.Describe(k.typ, "", "")
	if err != nil {
		return
	}
	used := map[string]bool{}
	if c.template != nil {
		provider, _, _ := strings.Cut(k.typ, "/")
		for _, r := range c.template.Resources {
			if n, ok := r.APIVersion.(*jsonc.String); ok && strings.HasPrefix(strings.ToLower(r.Type), strings.ToLower(provider)+"/") && n.Value != marker {
				used[n.Value] = true
			}
		}
	}
	for i, v := range slices.Backward(d.APIVersions) {
		rank, detail := len(d.APIVersions)-i, ""
		if strings.Contains(v, "-preview") {
			rank += 1000
		}
		if used[v] {
			rank, detail = rank-5000, "used in this template"
		}
		c.add(offer{label: v, text: c.finish(jsonc.Quote(v)), kind: kindValue, detail: detail, rank: rank})
	}
	usual := usualOf("apiVersion=")
	for i, v := range usual {
		c.add(offer{label: v, text: c.finish(jsonc.Quote(v)), kind: kindExpression, rank: 500 + i})
	}
}

func (c *completion) locations(put func(string, int, int, string)) {
	expressions := []string{}
	if c.names != nil {
		for name := range c.names.Parameters.All() {
			if strings.Contains(strings.ToLower(name), "location") || strings.Contains(strings.ToLower(name), "region") {
				expressions = append(expressions, "[parameters("+expr.Quote(name)+")]")
			}
		}
		for name := range c.names.Variables.All() {
			if strings.Contains(strings.ToLower(name), "location") || strings.Contains(strings.ToLower(name), "region") {
				expressions = append(expressions, "[variables("+expr.Quote(name)+")]")
			}
		}
	}
	expressions = append(expressions, "[resourceGroup().location]")
	for i, e := range expressions {
		c.add(offer{label: e, text: c.finish(jsonc.Quote(e)), kind: kindExpression, rank: -100 + i})
	}
	put("global", -50, kindValue, "")
	for i, name := range regions.Names() {
		detail := ""
		if r, ok := regions.Find(name); ok {
			detail = r.DisplayName
		}
		put(name, 100+i, kindValue, detail)
	}
}

func parentOf(pointer string) string { return pointer[:max(strings.LastIndexByte(pointer, '/'), 0)] }

// takesSnippets reads the capabilities of the editor.
func takesSnippets(initialize []byte) bool {
	var p struct {
		Capabilities struct {
			TextDocument struct {
				Completion struct {
					CompletionItem struct{ SnippetSupport bool }
				}
			}
		}
	}
	return json.Unmarshal(initialize, &p) == nil && p.Capabilities.TextDocument.Completion.CompletionItem.SnippetSupport
}
