package lsp

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// usage lists which members and values published templates use most at each place
// of each resource type, as "place<TAB>name<TAB>name...", most used first.
// TestUsage counts them.
//
//go:embed usage.txt
var usage string

var usual = lazy.Value[map[string][]string]{Of: func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(usage) {
		names := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		all[names[0]] = names[1:]
	}
	return all
}}

// usualOf returns the names used most at a place, most used first.
func usualOf(place string) []string { return usual.Get()[place] }

// parameterValues offers values for the members of a declared parameter.
func (c *completion) parameterValues(k *place, put func(string, int, int, string), bare func(string, int)) {
	typ, _ := k.parameter.Text("type")
	switch key := k.key(); {
	case key == "defaultvalue":
		if m := k.parameter.Get("allowedValues"); m != nil {
			if list, ok := m.Value.(*jsonc.Array); ok {
				for i, e := range list.Elements {
					switch e := e.(type) {
					case *jsonc.String:
						put(e.Value, i, kindValue, "allowed value")
					case *jsonc.Number, *jsonc.Bool:
						bare(e.Range().Text(), i)
					}
				}
			}
		}
		name := ""
		if len(k.tokens) > 1 {
			name = strings.ToLower(k.tokens[len(k.tokens)-2])
		}
		if strings.Contains(name, "location") || strings.Contains(name, "region") {
			c.locations(put)
		}
		if strings.EqualFold(typ, "bool") {
			bare("true", 0)
			bare("false", 1)
		}
	case strings.Contains(strings.ToLower(k.usage), "nullable"):
		bare("true", 0)
	}
}

// parameterFile offers the parts of a parameter file. The template that it is for
// may be nil.
func (c *completion) parameterFile(t *arm.Template) {
	if c.root {
		return
	}
	tokens := strings.Split(strings.TrimPrefix(c.pointer, "/"), "/")
	depth := 0 // the name of a parameter is at this index
	if strings.EqualFold(tokens[0], "parameters") {
		depth = 1
	}
	put := func(label, text, detail string, rank int) {
		c.add(offer{label: label, text: text, kind: kindProperty, detail: detail, rank: rank, snippet: !c.colon})
	}
	write := func(name, rest string) string {
		if c.colon {
			return jsonc.Quote(name)
		}
		return c.finish(literal(jsonc.Quote(name)) + ": " + rest)
	}
	switch {
	case c.isKey && len(tokens) == 1 && depth == 0:
		for i, m := range [][2]string{{"$schema", jsonc.Quote(literal(templateSchemas[len(templateSchemas)-1]))}, {"contentVersion", `"1.0.0.0"`}, {"parameters", "{\n\t$1\n}"}} {
			if !hasMember(c.around, m[0]) {
				put(m[0], write(m[0], m[1]), "", i)
			}
		}
	case c.isKey && len(tokens) == depth+1 && t != nil:
		i := 0
		for name, p := range t.Parameters.All() {
			if hasMember(c.around, name) {
				continue
			}
			rank, detail := 1000+i, p.Kind.String()
			if p.Default == nil {
				rank, detail = i, detail+", required"
			}
			i++
			value := `{ "value": ` + valueSnippet(p) + ` }`
			if p.Secure() {
				value = vaultReference
			}
			c.add(offer{label: name, text: write(name, value), kind: kindVariable, detail: detail, doc: p.Description(), rank: rank, snippet: !c.colon})
		}
	case c.isKey && len(tokens) == depth+2:
		if !hasMember(c.around, "reference") {
			put("value", write("value", "$1"), "", 0)
		}
		if !hasMember(c.around, "value") {
			put("reference", write("reference", strings.TrimSuffix(strings.TrimPrefix(vaultReference, `{ "reference": `), " }")), "secret of a key vault", 1)
		}
	case c.isKey && strings.EqualFold(tokens[len(tokens)-2], "reference"):
		for i, m := range [][2]string{{"keyVault", `{ "id": "$1" }`}, {"secretName", `"$1"`}, {"secretVersion", `"$1"`}} {
			if !hasMember(c.around, m[0]) {
				put(m[0], write(m[0], m[1]), "", i)
			}
		}
	case c.isKey && strings.EqualFold(tokens[len(tokens)-2], "keyVault"):
		put("id", write("id", `"/subscriptions/${1:subscription}/resourceGroups/${2:group}/providers/Microsoft.KeyVault/vaults/${3:vault}"`), "", 0)
	case !c.isKey && len(tokens) == 1 && tokens[0] == "$schema":
		c.add(offer{label: templateSchemas[len(templateSchemas)-1], text: c.finish(jsonc.Quote(templateSchemas[len(templateSchemas)-1])), kind: kindValue})
	case !c.isKey && len(tokens) == depth+2 && strings.EqualFold(tokens[depth+1], "value") && t != nil:
		if p, ok := t.Parameters.Get(tokens[depth]); ok {
			c.allowed(p)
		}
	case !c.isKey && strings.EqualFold(tokens[len(tokens)-1], "id"):
		id := "/subscriptions/${1:subscription}/resourceGroups/${2:group}/providers/Microsoft.KeyVault/vaults/${3:vault}"
		c.add(offer{label: "id of a key vault", text: c.finish(`"` + id + `"`), kind: kindSnippet, snippet: true})
	}
}

// vaultReference is a value that the deployment service reads from a key vault
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter).
const vaultReference = `{ "reference": { "keyVault": { "id": "/subscriptions/${1:subscription}/resourceGroups/${2:group}/providers/Microsoft.KeyVault/vaults/${3:vault}" }, "secretName": "${4:name}" } }`

func hasMember(n jsonc.Node, name string) bool {
	o, ok := n.(*jsonc.Object)
	return ok && o.Get(name) != nil
}

func valueSnippet(p *arm.Parameter) string {
	switch p.Kind {
	case arm.IntKind:
		return "${1:0}"
	case arm.BoolKind:
		return "${1:false}"
	case arm.ArrayKind:
		return "[ $1 ]"
	case arm.ObjectKind:
		return "{ $1 }"
	}
	return `"$1"`
}

// allowed offers the values that a parameter can have.
func (c *completion) allowed(p *arm.Parameter) {
	resolved, _ := p.Resolve()
	put := func(text, detail string, rank int) {
		label := text
		if strings.HasPrefix(text, `"`) {
			label = strings.Trim(text, `"`)
		} else if c.quoted {
			return
		}
		c.add(offer{label: label, text: c.finish(text), kind: kindValue, detail: detail, rank: rank})
	}
	if resolved.AllowedValues != nil {
		for i, e := range resolved.AllowedValues.Elements {
			switch v := e.(type) {
			case *jsonc.String:
				put(jsonc.Quote(v.Value), "allowed value", i)
			case *jsonc.Number:
				put(v.Text, "allowed value", i)
			case *jsonc.Bool:
				put(map[bool]string{true: "true", false: "false"}[v.Value], "allowed value", i)
			}
		}
	}
	if p.Kind == arm.BoolKind {
		put("true", "", 0)
		put("false", "", 1)
	}
	if s, ok := p.Default.(*jsonc.String); ok && !p.Secure() && !arm.MayNameSecret(p.Name()) && !expr.IsExpression(s.Value) {
		put(jsonc.Quote(s.Value), "default", 900)
	}
}

// templateFor returns the template that a parameter file is for; nil when there is none.
func (s *server) templateFor(parameterFile string) *arm.Template {
	if tree := s.read(s.templateOf(parameterFile)); tree != nil {
		return arm.ParseTemplate(tree)
	}
	return nil
}

// documents offers whole documents where there is none yet.
func (c *completion) documents() {
	c.add(offer{label: "template", kind: kindSnippet, detail: "ARM template", snippet: true, text: `{
	"\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
	"contentVersion": "1.0.0.0",
	"parameters": {},
	"variables": {},
	"resources": [
		$0
	],
	"outputs": {}
}
`})
	c.add(offer{label: "parameter file", kind: kindSnippet, detail: "values for an ARM template", snippet: true, rank: 1, text: `{
	"\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
	"contentVersion": "1.0.0.0",
	"parameters": {
		$0
	}
}
`})
}
