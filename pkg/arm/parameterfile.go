package arm

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A ParameterFile has the values of a parameter file.
type ParameterFile struct {
	File *source.File
	// Table is the start of the table of values: the name 'parameters', or the
	// opening brace of a bare table.
	Table source.Range
	// Values are the values by name, in source order.
	Values      Table[*ParameterValue]
	Diagnostics diag.List
}

// A ParameterValue is one entry of a parameter file: exactly one of Value,
// Reference and Entry is set.
type ParameterValue struct {
	Key   *jsonc.String
	Value jsonc.Node
	// Reference refers to a secret in a key vault that Azure reads.
	Reference *KeyVaultReference
	// Entry is an entry whose form is known only after evaluation: an
	// expression, or an object with a copy loop. Only nested deployments have
	// it.
	Entry jsonc.Node
}

// A KeyVaultReference refers to a secret in a key vault; its members are as
// written, or nil if absent.
type KeyVaultReference struct {
	Node       *jsonc.Object
	VaultID    jsonc.Node
	SecretName jsonc.Node
}

// IsParameterFile reports whether the file looks like a parameter file: its
// $schema is that of one, or it has parameters with values and no resources.
func IsParameterFile(tree *jsonc.Tree) bool {
	root, ok := tree.Root.(*jsonc.Object)
	if !ok || root.Get("resources") != nil {
		return false
	}
	if schema, ok := root.Text("$schema"); ok && !isTemplateSchema(schema) {
		_, file, _ := cutLast(strings.TrimRight(schema, "#"), "/")
		return strings.HasSuffix(fold.Lower(file), "deploymentparameters.json")
	}
	return givesValues(root)
}

// givesValues reports whether the parameters of a file have values and none of
// them declares a type.
func givesValues(root *jsonc.Object) bool {
	m := root.Get("parameters")
	if m == nil {
		return false
	}
	o, ok := m.Value.(*jsonc.Object)
	if !ok {
		return false
	}
	given := false
	for _, p := range o.Members {
		v, ok := p.Value.(*jsonc.Object)
		if !ok || v.Get("type") != nil {
			return false
		}
		given = given || v.Get("value") != nil || v.Get("reference") != nil
	}
	return given
}

// ParseParameters parses a parameter file: the outer object that az and
// PowerShell write, or a bare table of names and values. The result is never
// nil.
func ParseParameters(tree *jsonc.Tree) *ParameterFile {
	f := &ParameterFile{File: tree.File}
	root, ok := tree.Root.(*jsonc.Object)
	if !ok {
		if _, broken := tree.Root.(*jsonc.Invalid); !broken || len(tree.Diagnostics) == 0 {
			f.errorf(tree.Root.Range(), "a parameter file is a JSON object, not %s", jsonc.KindName(tree.Root))
		}
		return f
	}
	table := root
	f.Table = openingOf(root)
	f.checkSchema(root)
	if m := root.Get("parameters"); m != nil {
		o, ok := m.Value.(*jsonc.Object)
		if !ok {
			f.errorf(m.Value.Range(), "the 'parameters' of a parameter file must be an object, not %s", jsonc.KindName(m.Value))
			return f
		}
		table, f.Table = o, m.Key.At
	} else if root.Get("$schema") != nil || root.Get("contentVersion") != nil {
		f.errorf(openingOf(root), "the parameter file has no 'parameters'")
		return f
	}
	f.Values, f.Diagnostics = parseValues(table, f.Diagnostics, false)
	return f
}

// checkSchema warns of a file whose $schema is that of a template. Deployment
// tools read its values anyway; editors treat it as a broken template.
func (f *ParameterFile) checkSchema(root *jsonc.Object) {
	m := root.Get("$schema")
	if m == nil {
		return
	}
	s, ok := m.Value.(*jsonc.String)
	if !ok || !isTemplateSchema(s.Value) {
		return
	}
	right := parametersSchemaOf(s.Value)
	d := f.Diagnostics.Warningf(CodeParameterSchema, Rule, s.At, "the $schema of this parameter file is that of a template")
	d.Detail = "Write " + right + "."
	d.Fixes = []diag.Fix{{Message: "Write the $schema of parameter files", Edits: []diag.Edit{{Range: s.At, Text: jsonc.Quote(right)}}}}
}

// parametersSchemaOf returns the $schema of parameter files that matches that
// of a template: of the same version if there is one.
func parametersSchemaOf(schema string) string {
	const host, file = "https://schema.management.azure.com/schemas/", "/deploymentParameters.json#"
	if strings.Contains(schema, "/2015-01-01/") {
		return host + "2015-01-01" + file
	}
	return host + "2019-04-01" + file
}

// requiresMembers reports whether t is a type of objects with required members.
func (t *Type) requiresMembers() bool {
	if t.Discriminator != nil {
		return true
	}
	for _, property := range t.Properties.All() {
		if _, nullable := property.Resolve(); !nullable {
			return true
		}
	}
	return false
}

// HasPlaceholder reports whether a value is a placeholder or contains one in an
// object or array; see [IsPlaceholder].
func HasPlaceholder(n jsonc.Node) bool {
	found := false
	jsonc.Walk(n, func(n jsonc.Node) bool {
		if s, ok := n.(*jsonc.String); ok {
			found = found || IsPlaceholder(s.Value)
		}
		return !found
	})
	return found
}

// NeedsReplacement reports whether a value of a parameter file is replaced before the
// deployment: a placeholder ([IsPlaceholder]), an empty text if p cannot be
// empty, or an empty object if p requires members or another type.
func (p *Parameter) NeedsReplacement(v jsonc.Node) bool {
	ty, _ := p.Type.Resolve()
	switch v := v.(type) {
	case *jsonc.String:
		if v.Value != "" {
			return IsPlaceholder(v.Value)
		}
	case *jsonc.Object:
		if len(v.Members) > 0 {
			return false
		}
		switch ty.Kind {
		case StringKind, SecureStringKind, IntKind, BoolKind: // Azure rejects {} for an array
			return true
		}
		return ty.requiresMembers()
	default:
		return false
	}
	switch ty.Kind {
	case IntKind, BoolKind, ArrayKind, ObjectKind, SecureObjectKind:
		return true
	}
	if ty.MinLength != nil && ty.MinLength.Text != "0" {
		return true
	}
	if ty.AllowedValues == nil {
		return false
	}
	return !slices.ContainsFunc(ty.AllowedValues.Elements, func(n jsonc.Node) bool {
		s, ok := n.(*jsonc.String)
		return ok && s.Value == ""
	})
}

// IsPlaceholder reports whether a text is a placeholder that is replaced before
// the deployment:
//   - GEN-UNIQUE, GEN-UNIQUE-8, GEN-PASSWORD, GEN-SSH-PUB-KEY, AZUREAD-AKS-APPID-SECRET
//     and so on, which the tests of the Azure quickstart templates replace
//     (https://github.com/Azure/azure-quickstart-templates/blob/master/1-CONTRIBUTION-GUIDE/best-practices.md);
//     they replace the first four within a word, too; and GET-PREREQ-name, which
//     they replace by an output of the template that they deploy first;
//   - a word such as CHANGEME or your-name, or a GUID of x;
//   - a name between marks, such as <name> and #{name}#, and ${NAME=default} of
//     the Azure Developer CLI.
//
// A placeholder is the whole value: a script that has one somewhere is a script.
func IsPlaceholder(s string) bool {
	return IsPlaceholderText(s) || isFillIn(s) || generatedPart(s)
}

// IsFillIn reports whether a text that a template writes is a placeholder
// between delimiters. A name with digits between them, such as {ourstore99}, is
// not: it was chosen, and the delimiters were left.
func IsFillIn(s string) bool { return isFillIn(s) && !strings.ContainsAny(s, "0123456789") }

// IsPlaceholderText reports whether a text is exactly one placeholder word,
// such as GEN-PASSWORD, GEN-UNIQUE-8 or CHANGEME, and so is not a secret
// itself.
func IsPlaceholderText(s string) bool {
	name := hyphened(s)
	for _, prefix := range [...]string{"GEN-", "AZUREAD-AKS-"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return rest != "" && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
		}
	}
	if name, ok := strings.CutPrefix(s, "GET-PREREQ-"); ok {
		return name != "" && !strings.ContainsAny(name, " \t\r\n;{}")
	}
	const longest = 60 // length of a name such as your-storage-account-name
	if len(s) > longest {
		return false
	}
	// Rules call this for every text, so the first letter is checked first.
	first := strings.TrimLeft(s, "-_ *!.")
	if first == "" || !strings.ContainsRune("crftpxy", rune(first[0]|0x20)) {
		return false
	}
	if strings.Trim(s, "xX-") == "" && strings.Count(s, "-") == 4 { // xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx, with any number of x
		return true
	}
	word := fold.Lower(separators.Get().Replace(s))
	if slices.Contains(placeholderWords[:], strings.Trim(word, "*!.")) {
		return true
	}
	rest, ok := strings.CutPrefix(fold.Lower(s), "your")
	return ok && rest != "" && strings.ContainsRune("-_ ", rune(rest[0])) && !strings.ContainsAny(rest, "{}();,\n")
}

var separators = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer { return strings.NewReplacer("-", "", "_", "", " ", "") }}

// hyphened replaces GEN_ by GEN-: some templates of 2015 write GEN_UNIQUE_8.
func hyphened(s string) string { return strings.ReplaceAll(s, "GEN_", "GEN-") }

// placeholderWords are common words for a missing value, in lower case without
// separators.
var placeholderWords = [...]string{"changeme", "changethis", "changeit", "replaceme", "replacethis", "fillmein", "fillin", "tobechanged", "tobedefined",
	"tobefilled", "tobefilledin", "tobereplaced", "placeholder", "todo", "tbd"}

var generatedWords = [...]string{"UNIQUE", "PASSWORD", "SSH-PUB-KEY", "GUID"}

// generatedPart reports whether a single word contains one of generatedWords.
func generatedPart(s string) bool {
	_, rest, ok := strings.Cut(hyphened(s), "GEN-")
	if !ok || strings.ContainsAny(s, " \t\r\n;{}") {
		return false
	}
	return slices.ContainsFunc(generatedWords[:], func(w string) bool { return strings.HasPrefix(rest, w) })
}

// fillIns are the delimiters around placeholders that people and pipelines
// replace before the deployment: <name>, ## to be defined ##, and the tokens of
// replacement tasks, such as those of
// https://github.com/qetza/replacetokens-task.
var fillIns = [...][2]string{{"<", ">"}, {"{", "}"}, {"##", "##"}, {"#{", "}#"}, {"#{", "}"}, {"__", "__"}, {"{{", "}}"}, {"${", "}"}, {"$(", ")"}, {"%%", "%%"}}

// isFillIn reports whether a text is one name between such delimiters.
func isFillIn(s string) bool {
	for _, marks := range fillIns {
		if len(s) <= len(marks[0])+len(marks[1]) || !strings.HasPrefix(s, marks[0]) || !strings.HasSuffix(s, marks[1]) {
			continue
		}
		inner := strings.TrimSpace(s[len(marks[0]) : len(s)-len(marks[1])])
		if marks[0] == "${" { // the default of a variable can have any text
			inner, _, _ = strings.Cut(inner, "=")
		}
		if inner != "" && !strings.ContainsAny(inner, `<>{}#"'=;/\`+"\n") {
			return true
		}
	}
	return false
}

// ParseValues parses a table of names and {"value": ...}, the form of parameter
// files and nested deployments.
func ParseValues(o *jsonc.Object) (*Table[*ParameterValue], diag.List) {
	values, list := parseValues(o, nil, true)
	return &values, list
}

func parseValues(o *jsonc.Object, list diag.List, nested bool) (Table[*ParameterValue], diag.List) {
	f := &ParameterFile{Diagnostics: list}
	for _, m := range o.Members {
		if nested && isComputed(m.Value) {
			f.Values.put(m.Key.Value, &ParameterValue{Key: m.Key, Entry: m.Value})
			continue
		}
		if v := f.value(m); v != nil {
			if v.Reference != nil && !nested {
				f.checkReference(m.Key.Value, v.Reference)
			}
			if earlier := f.Values.put(m.Key.Value, v); earlier != "" && earlier != m.Key.Value {
				f.errorf(m.Key.At, "parameter '%s' has two values: it is first written as '%s'", m.Key.Value, earlier).Detail = "Names are case-insensitive. Delete one."
			}
		}
	}
	return f.Values, f.Diagnostics
}

// isComputed reports whether the form of an entry is known only after
// evaluation.
func isComputed(n jsonc.Node) bool {
	switch n := n.(type) {
	case *jsonc.Invalid:
		return false
	case *jsonc.Object:
		return n.Get("copy") != nil
	}
	return true
}

func (f *ParameterFile) value(m *jsonc.Member) *ParameterValue {
	v := &ParameterValue{Key: m.Key}
	o, ok := m.Value.(*jsonc.Object)
	if !ok {
		if _, broken := m.Value.(*jsonc.Invalid); !broken {
			d := f.errorf(m.Value.Range(), "the parameter '%s' must be an object with a 'value', not %s", m.Key.Value, jsonc.KindName(m.Value))
			d.Detail = "Write { \"value\": ... } around it."
		}
		return nil
	}
	ref := o.Get("reference")
	if ref != nil && isNull(ref.Value) {
		ref = nil
	}
	if value := o.Get("value"); value != nil && (ref == nil || !isNull(value.Value)) {
		if ref != nil {
			f.errorf(ref.Key.At, "the parameter '%s' has both a 'value' and a 'reference'", m.Key.Value).Detail = "Remove one of them."
		}
		v.Value = value.Value
		return v
	}
	if ref != nil {
		switch n := ref.Value.(type) {
		case *jsonc.Object:
			v.Reference = newReference(n)
		case *jsonc.Invalid:
			return nil
		default:
			if s, ok := n.(*jsonc.String); ok && IsPlaceholder(s.Value) {
				return nil // the tests of the quickstart templates replace GEN-KEYVAULT-PASSWORD-REFERENCE by an object
			}
			f.Diagnostics.Warningf(CodeParameterFile, Rule, ref.Value.Range(), "the reference of the parameter '%s' must be an object, not %s", m.Key.Value, jsonc.KindName(ref.Value)).Detail = "Write the id of a key vault and the name of a secret."
			return nil
		}
	}
	if v.Reference == nil && len(o.Members) > 0 && o.Get("metadata") == nil {
		f.Diagnostics.Warningf(CodeParameterFile, Rule, m.Key.At, "the parameter '%s' has neither a 'value' nor a 'reference' to a key vault", m.Key.Value).
			Detail = "Add a value: Azure treats it as missing."
	}
	if v.Reference == nil {
		return nil
	}
	return v
}

// checkReference checks the id of the vault and the name of the secret, which
// the deployment service checks when it gets the parameters; those of a nested
// deployment are checked later.
func (f *ParameterFile) checkReference(name string, r *KeyVaultReference) {
	vault, ok := r.VaultID.(*jsonc.String)
	switch {
	case r.VaultID == nil:
		f.errorf(r.Node.Range(), "the reference of the parameter '%s' has no keyVault.id", name).Detail = "Add " + vaultForm + "."
	case ok && !IsPlaceholder(vault.Value) && !isVaultID(vault.Value):
		f.errorf(vault.At, "the keyVault.id of the parameter '%s' must be the id of a key vault", name).Detail = "Write " + vaultForm + "."
	}
	secret, ok := r.SecretName.(*jsonc.String)
	switch {
	case r.SecretName == nil || ok && secret.Value == "":
		f.errorf(r.Node.Range(), "the reference of the parameter '%s' has no secretName", name).Detail = "Add the name of the secret in the vault."
	case ok && !IsPlaceholder(secret.Value) && !strings.ContainsAny(secret.Value, "<{") && !isSecretName(secret.Value):
		// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault
		f.Diagnostics.Warningf(CodeParameterFile, Rule, secret.At, "the secretName of the parameter '%s' is not a valid name", name).
			Detail = "Use 1 to 127 letters, digits and hyphens."
	}
}

// vaultForm is what the id of a vault looks like.
const vaultForm = `"keyVault": { "id": "/subscriptions/.../resourceGroups/.../providers/Microsoft.KeyVault/vaults/NAME" }`

func isVaultID(id string) bool {
	segments := strings.Split(fold.Lower(strings.TrimRight(id, "/")), "/")
	return len(segments) == 9 && segments[0] == "" && segments[1] == "subscriptions" && segments[3] == "resourcegroups" && segments[5] == "providers" &&
		segments[6] == "microsoft.keyvault" && segments[7] == "vaults" && segments[8] != ""
}

func isSecretName(name string) bool {
	return len(name) <= 127 && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

func newReference(o *jsonc.Object) *KeyVaultReference {
	r := &KeyVaultReference{Node: o}
	if vault := o.Get("keyVault"); vault != nil {
		if v, ok := vault.Value.(*jsonc.Object); ok {
			if id := v.Get("id"); id != nil {
				r.VaultID = orNil(id.Value)
			}
		}
	}
	if name := o.Get("secretName"); name != nil {
		r.SecretName = orNil(name.Value)
	}
	return r
}

func (f *ParameterFile) errorf(at source.Range, format string, args ...any) *diag.Diagnostic {
	return f.Diagnostics.Errorf(CodeParameterFile, Rule, at, format, args...)
}
