package template

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A versioned is a declared resource with an API version that is written, there
// or in a variable.
type versioned struct {
	*arm.Resource
	version string
	at      source.Range
	era     guidance.Era
}

// declared gives the resources of all templates whose API version is plain text.
func declared(p *lint.Pass) []versioned {
	var all []versioned
	reported := map[*jsonc.String]string{} // a variable is reported once for each type
	for _, t := range p.Language().Texts {
		if !ofResource(t, "apiVersion") {
			continue
		}
		s, ok := constant(t)
		if !ok || reported[s] == t.Resource.Type {
			continue
		}
		reported[s] = t.Resource.Type
		era := guidance.EraOf(s.Value)
		if p.Options.Era != guidance.Auto {
			era = p.Options.Era
		}
		all = append(all, versioned{t.Resource, s.Value, s.At, era})
	}
	return all
}

// newestStable is the newest version of a type that is not a preview; "" when none
// is known.
func newestStable(p *lint.Pass, resourceType string) string {
	newest := ""
	if p.Template.Versions == nil {
		return newest
	}
	for _, v := range p.Template.Versions(resourceType) {
		if !isPreview(v) {
			newest = max(newest, v)
		}
	}
	return newest
}

// isPreview reports versions with a word behind the date: -preview, -alpha.
func isPreview(version string) bool { return strings.Count(version, "-") > 2 }

// A reference is a call of reference() or of a list function that names a type and
// an API version.
type reference struct {
	text     *arm.Text
	function string
	typ      string // the resource type
	version  string
	at       source.Range
}

// references gives the calls of reference() and list functions whose type and API
// version are plain text.
func references(p *lint.Pass) (all []reference) {
	for _, t := range p.Language().Texts {
		eachCall(t, func(c *expr.Call) {
			if !isCall(c, "reference") && !listFunction(c) || len(c.Args) < 2 {
				return
			}
			version, at := versionText(t, c.Args[1])
			if typ := referencedType(t, c.Args[0]); typ != "" && version != "" {
				all = append(all, reference{t, c.Name, typ, version, at})
			}
		})
	}
	return all
}

// versionText is the API version that an argument is or names, and where it is.
func versionText(t *arm.Text, n expr.Node) (version string, at source.Range) {
	switch n := n.(type) {
	case *expr.String:
		return n.Value, n.Range()
	case *expr.Call:
		if name, exact := arm.NamePrefix(firstArgument(n)); isCall(n, "variables") && exact {
			if v, ok := t.Names.Variables.Get(name); ok {
				if s, ok := v.Value.(*jsonc.String); ok {
					return s.Value, n.Range()
				}
			}
		}
	}
	return "", source.Range{}
}

func firstArgument(c *expr.Call) expr.Node {
	if len(c.Args) == 0 {
		return nil
	}
	return c.Args[0]
}

// referencedType is the resource type that an id is about: that of a resourceId()
// call, or the beginning of a text; "" when it is not plain.
func referencedType(t *arm.Text, n expr.Node) string {
	switch n := n.(type) {
	case *expr.String:
		if parts := strings.Split(n.Value, "/"); len(parts) > 2 && strings.HasPrefix(n.Value, "Microsoft.") {
			return parts[0] + "/" + parts[1]
		}
	case *expr.Call:
		if isCall(n, "resourceId", "subscriptionResourceId", "extensionResourceId", "tenantResourceId", "concat", "format") {
			for _, a := range n.Args {
				if s, ok := a.(*expr.String); ok && strings.HasPrefix(s.Value, "Microsoft.") {
					return strings.TrimRight(s.Value, "/")
				}
			}
		}
	}
	return ""
}
