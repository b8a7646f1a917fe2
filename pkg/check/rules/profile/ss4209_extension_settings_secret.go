package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss4209_extension_settings_secret.md
var extensionSettingsSecretPage string

// settingsSecret reports secrets in the public settings of extensions.
var settingsSecret = &lint.Rule{
	Code: "SS4209", Name: "extension-settings-secret", Severity: diag.Warning, Since: "0.1", Page: &extensionSettingsSecretPage,
	Peers:    []string{"AZR-000333"},
	Guidance: []guidance.ID{guidance.ScriptSecrets}, Run: checkSettingsSecret,
	Replaces: []diag.Code{"SS2207"}, // literal-password: the same, of any resource
}

func checkSettingsSecret(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, e := range set.Extensions.Items {
			reportSettings(p, e)
		}
	}
	for _, e := range p.Deployment.Extensions {
		reportSettings(p, e)
	}
}

func reportSettings(p *lint.Pass, e vmss.Extension) {
	if !e.Settings.IsSet() {
		return
	}
	// The tree of settings has been expanded, so that its depth is bounded.
	walkSettings(e.Settings.Node, "settings", func(n *expand.Node, name string) {
		why := secretIn(p, n, name)
		if why == "" {
			return
		}
		f := p.Reportf(n, "%s in the public settings contains %s", name, why).
			Relatedf(e.Kind, "the extension").
			Detailf("Move it to protectedSettings, which are encrypted: settings are readable on the instance and in the model.")
		if strings.EqualFold(name, "commandToExecute") {
			f.Fix("move commandToExecute to protectedSettings", moveToProtected(p, e, n)...)
		}
	})
}

// walkSettings visits values without parts, with their names.
func walkSettings(n *expand.Node, name string, visit func(*expand.Node, string)) {
	switch n.Value.(type) {
	case *value.Object:
		for _, m := range n.Members {
			walkSettings(m.Node, m.Name, visit)
		}
	case value.Array:
		for _, item := range n.Items {
			walkSettings(item, name, visit)
		}
	default:
		visit(n, name)
	}
}

// secretIn says what secret a value holds, and nothing of its text; "" when
// none is known.
func secretIn(p *lint.Pass, n *expand.Node, name string) string {
	switch v := n.Value.(type) {
	case value.Unknown:
		if list := listCall(v.Residual); list != "" {
			return "a key that " + list + "() gives"
		}
		if v.Secret {
			return "a secret" + secretName(p, v)
		}
	case value.String:
		if parameter := secretBehind(p, n); parameter != "" && v != "" {
			return "the value of the secret parameter " + parameter
		}
		if strings.EqualFold(name, "fileUris") && signature.Get().MatchString(string(v)) {
			return "a shared access signature"
		}
		if arm.NamesSecret(name) && v != "" && !refersToProtected(string(v)) {
			return "a readable secret"
		}
	}
	return ""
}

// signature matches an address with a shared access signature.
var signature = lazy.Regexp{Text: `[?&]sig=[A-Za-z0-9%+/]{20,}`}

// secretName names the parameter of which a secret is made, where it is one of
// the root template.
func secretName(p *lint.Pass, u value.Unknown) string {
	for _, parameter := range p.Deployment.Expanded.Parameters {
		name := parameter.Declared.Name()
		if parameter.Secret && strings.Contains(strings.ToLower(u.Residual), strings.ToLower("parameters('"+name+"')")) {
			return ", parameter " + name
		}
	}
	return ""
}

// secretBehind is the name of a secret parameter that a value was made of; not
// of one that is empty, such as a token that only some deployments need.
func secretBehind(p *lint.Pass, n *expand.Node) string {
	for _, step := range n.Trail() {
		if step.Kind != diag.ParameterStep {
			continue
		}
		for _, parameter := range p.Deployment.Expanded.Parameters {
			text, known := parameter.Node.Text()
			if strings.EqualFold(parameter.Declared.Name(), step.Name) && (parameter.Secret || arm.NamesSecret(step.Name)) && (!known || text != "") {
				return parameter.Declared.Name()
			}
		}
	}
	return ""
}

// refersToProtected reports the way in which DSC names a protected setting.
func refersToProtected(text string) bool {
	return strings.HasPrefix(strings.ToLower(text), "privatesettingsref:")
}

// listCall is the name of a function list...() that gives keys, in what is left
// of an expression; "" when there is none.
func listCall(residual string) string {
	if m := listFunction.Get().FindStringSubmatch(residual); m != nil {
		return m[1]
	}
	return ""
}

var listFunction = lazy.Regexp{Text: `(?:^|[ ,(])([Ll][Ii][Ss][Tt][A-Za-z]*)\(`}

// moveToProtected are the edits that move a member of settings, when both are
// written out in the template; none otherwise.
func moveToProtected(p *lint.Pass, e vmss.Extension, n *expand.Node) []diag.Edit {
	removal := p.Removal(n)
	parent, ok := p.Written(e.Settings.Node.Parent()).(*jsonc.Object)
	if removal == nil || !ok || n.Parent() != e.Settings.Node || n.Written.IsZero() {
		return nil
	}
	tree, text := p.Template.Tree, n.Written.Text()
	if !e.Protected.IsSet() {
		return append(removal, tree.InsertMember(parent, len(parent.Members), "protectedSettings", "{ \"commandToExecute\": "+text+" }")...)
	}
	protected, ok := p.Written(e.Protected).(*jsonc.Object)
	if !ok || protected.Get("commandToExecute") != nil {
		return nil
	}
	return append(removal, tree.InsertMember(protected, len(protected.Members), "commandToExecute", text)...)
}
