package grammar

import "github.com/scaleset/scaleset/pkg/syntax/jsonc"

// The shapes of the language. A comment names what is surprising; everything
// else is as the documentation has it
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax).

// Template is a template: a file, or the template of a nested deployment.
var Template = &Shape{Is: "a template", Members: []Member{
	{Name: "$schema", Takes: Text, Expression: Verbatim, Required: true},
	{Name: "contentVersion", Takes: Text, Expression: Verbatim, Required: true}, // any text
	{Name: "apiProfile", Takes: Text, Expression: Verbatim},
	{Name: "languageVersion", Takes: Text, Expression: Verbatim},
	{Name: "metadata"},
	{Name: "definitions", Takes: Object, Since: Types, Holds: definitions},
	{Name: "imports", Takes: Object, Holds: extensions},
	{Name: "extensions", Takes: Object, Holds: extensions},
	{Name: "parameters", Takes: Object, Holds: &Shape{Is: "the parameters", Entry: "parameter", Others: &Member{Takes: Object, Holds: parameter, Required: true}}},
	{Name: "functions", Takes: List, Holds: namespace},
	{Name: "variables", Takes: Object, Holds: &Shape{Is: "the variables", Entry: "variable", Others: &Member{},
		Members: []Member{{Name: "copy", Takes: List, Holds: variableLoop}}}},
	{Name: "resources", Takes: Either, Holds: Resource, Required: true},
	{Name: "outputs", Takes: Object, Holds: &Shape{Is: "the outputs", Entry: "output", Others: &Member{Takes: Object, Holds: Output, Required: true}}},
	{Name: "asserts", Takes: Object},
}}

var extensions = &Shape{Is: "the extensions", Entry: "extension", Others: &Member{Takes: Object}}

// typeNames are the types of parameters and outputs.
var typeNames = []string{"string", "securestring", "int", "bool", "object", "secureObject", "array"}

// typeMembers are the members of all that has a type: parameters, outputs,
// definitions.
var typeMembers = []Member{
	{Name: "type", Takes: Word, Words: typeNames, Code: CodeUnknownType},
	{Name: "$ref", Takes: Text, Expression: Verbatim, Since: Types},
	{Name: "allowedValues", Takes: List, Strict: true},
	{Name: "minLength", Takes: Integer},
	{Name: "maxLength", Takes: Integer},
	{Name: "minValue", Takes: Integer},
	{Name: "maxValue", Takes: Integer},
	{Name: "metadata"},
	{Name: "nullable", Takes: Boolean, Since: Types},
	{Name: "properties", Takes: Object, Since: Types, Holds: definitions},
	{Name: "additionalProperties", Takes: Schema, Since: Types, Holds: definition},
	{Name: "items", Takes: Schema, Since: Types, Holds: definition},
	{Name: "prefixItems", Takes: List, Since: Types, Holds: definition},
	{Name: "discriminator", Takes: Object, Strict: true, Since: Types, Holds: discriminator},
	{Name: "validate", Since: validate},
}

// definition is a type that is not the type of something: one of the
// definitions, or the type of a property or an item.
var definition = new(Shape)

var definitions, discriminator = new(Shape), new(Shape)

func init() { // types hold types
	*definition = Shape{Is: "a type", Members: typeMembers}
	*definitions = Shape{Is: "the types", Entry: "type", Others: &Member{Takes: Object, Holds: definition, Required: true}}
	*discriminator = Shape{Is: "a discriminator", Members: []Member{
		{Name: "propertyName", Takes: Text, Expression: Verbatim}, {Name: "mapping", Takes: Object, Holds: definitions}}}
}

func with(more []Member, members ...Member) []Member { return append(members, more...) }

// parameter is one declared parameter. Its type may be missing.
var parameter = &Shape{Is: "a parameter", Members: with(typeMembers, Member{Name: "defaultValue", Expression: Evaluated})}

// Output is one declared output. Its type may be missing.
var Output = &Shape{Is: "an output", Members: with(typeMembers,
	Member{Name: "value", Expression: Evaluated},
	Member{Name: "condition", Takes: Truth, Expression: Evaluated, Gives: Truth, Code: codeCondition},
	Member{Name: "copy", Takes: Object, Holds: outputLoop})}

// namespace is one element of the functions of a template.
var namespace = &Shape{Is: "a namespace of functions", Named: "namespace", Members: []Member{
	{Name: "namespace", Takes: Text, Expression: Verbatim, Required: true, Identifier: true},
	{Name: "members", Takes: Object, Required: true, Holds: &Shape{Is: "the functions", Entry: "function", Others: &Member{Takes: Object, Holds: function, Required: true, Identifier: true}}},
}}

// function is one function that a template defines. Its parameters have no
// defaults and its output has no condition. Bicep writes the description of a
// function into its metadata, in modules that are deployed every day, such as
// https://github.com/Azure/bicep-registry-modules/blob/main/avm/ptn/lz/sub-vending/main.json.
var function = &Shape{Is: "a function", Members: []Member{
	{Name: "metadata"},
	{Name: "parameters", Takes: List, Holds: &Shape{Is: "a parameter of a function", Named: "name",
		Members: with(typeMembers, Member{Name: "name", Takes: Text, Required: true})}},
	{Name: "output", Takes: Object, Required: true, Holds: &Shape{Is: "the output of a function",
		Members: with(typeMembers, Member{Name: "value", Expression: Evaluated, Required: true})}},
}}

var (
	loopName  = Member{Name: "name", Takes: Text, Expression: Evaluated, Gives: Text, Required: true}
	loopCount = Member{Name: "count", Expression: Evaluated, Gives: Integer, Required: true} // expansion says what it must be
	loopInput = Member{Name: "input", Expression: Evaluated, Required: true}
	loopMode  = Member{Name: "mode", Takes: Word, Code: CodeCopy, Words: []string{"Parallel", "Serial"}, Expression: Evaluated, Gives: Word}
	loopBatch = Member{Name: "batchSize", Takes: Integer, Expression: Evaluated, Gives: Integer}
)

// ResourceLoop is the copy loop of a resource, VariableLoop one of the
// variables, and OutputLoop that of an output. Loops of variables hold anything
// beside what they need; those of outputs have no name.
var (
	ResourceLoop = &Shape{Is: "a copy loop", Loop: true, Members: []Member{loopName, loopCount, loopMode, loopBatch, {Name: "input"}}}
	variableLoop = &Shape{Is: "a copy loop", Loop: true, Open: true, Members: []Member{loopName, loopCount, loopInput}}
	outputLoop   = &Shape{Is: "the copy loop of an output", Loop: true, Members: []Member{loopCount, loopInput, loopMode, loopBatch}}
)

var text = Member{Takes: Text, Expression: Evaluated, Gives: Text}

func (m Member) named(name string) Member {
	m.Name = name
	return m
}

func (m Member) required() Member {
	m.Required = true
	return m
}

// resourceMembers are the members of every resource. What a GET answers beside
// them, such as etag, is refused, and id only tolerated: see package expand.
var resourceMembers = []Member{
	{Name: "type", Takes: Text, Required: true},
	text.named("name").required(),
	text.named("apiVersion"), // required without an apiProfile: see [checker.resource]
	{Name: "condition", Takes: Truth, Expression: Evaluated, Gives: Truth, Deployed: true, Code: codeCondition},
	{Name: "copy", Takes: Object, Strict: true, Holds: ResourceLoop},
	{Name: "dependsOn", Takes: List},
	text.named("scope"),
	text.named("location"),
	text.named("kind"),
	text.named("managedBy"),
	{Name: "managedByExtended", Takes: List, Strict: true, Expression: Evaluated, Gives: List},
	{Name: "extendedLocation", Expression: Evaluated},
	{Name: "sku", Expression: Evaluated}, // anything, until the provider reads it
	{Name: "tags", Takes: NotText, Expression: Evaluated, Gives: NotText, Deployed: true},
	{Name: "zones", Takes: Zones, Expression: Evaluated, Gives: Zones, Deployed: true},
	{Name: "plan", Takes: Object, Expression: Evaluated, Gives: Object, Holds: plan, Deployed: true},
	{Name: "identity", Takes: Object, Expression: Evaluated, Gives: Object, Deployed: true},
	{Name: "placement", Takes: Object, Expression: Evaluated, Gives: Object, Holds: placement, Deployed: true},
	{Name: "id", Expression: Evaluated},
	{Name: "comments"},
	{Name: "metadata"},
	{Name: "symbolicName"},
	{Name: "@options"},
	{Name: "asserts", Takes: Object},
	{Name: "existing", Takes: Boolean, Since: Symbolic},
	{Name: "import", Takes: Text, Since: Symbolic},
	{Name: "extension", Takes: Text, Since: Symbolic},
}

var plan = &Shape{Is: "a plan", Members: []Member{
	text.named("name").required(), text.named("publisher"), text.named("product"), text.named("promotionCode"), text.named("version")}}

var placement = &Shape{Is: "a placement", Members: []Member{
	{Name: "zonePlacementPolicy", Expression: Evaluated}, {Name: "includeZones", Expression: Evaluated}, {Name: "excludeZones", Expression: Evaluated}}}

// Resource is a resource that is neither a nested deployment nor there already,
// Deployment a nested deployment, and Existing a resource that is there already
// and has only what tells which one it is.
var (
	Resource   = &Shape{Is: "a resource", Named: "name"}
	Deployment = &Shape{Is: "a nested deployment", Named: "name"}
	existing   = &Shape{Is: "an existing resource", Named: "name"}
	// extended is a resource of an extension: it has neither name nor version.
	extended = &Shape{Is: "an extension resource", Named: "name", Open: true}
)

const onlyElsewhere = "nested deployments and existing resources"

func init() { // resources hold resources
	children := Member{Name: "resources", Takes: Either, Holds: Resource}
	Resource.Members = with(resourceMembers, Member{Name: "properties", Expression: Evaluated}, children,
		Member{Name: "resourceGroup", Only: onlyElsewhere}, Member{Name: "subscriptionId", Only: onlyElsewhere})
	subscription := text.named("subscriptionId")
	subscription.Strict = true
	elsewhere := []Member{text.named("resourceGroup"), subscription}
	Deployment.Members = with(resourceMembers, append(elsewhere, children,
		Member{Name: "properties", Takes: Object, Expression: Evaluated, Gives: Object, Deployed: true})...)
	for _, m := range resourceMembers {
		switch m.Name {
		case "location", "kind", "managedBy", "managedByExtended", "extendedLocation", "sku", "tags", "zones", "plan", "identity", "placement":
		default:
			existing.Members = append(existing.Members, m)
		}
	}
	extended.Members = []Member{*Resource.Member("type"), *Resource.Member("condition"), *Resource.Member("copy"), *Resource.Member("dependsOn"),
		*Resource.Member("import"), *Resource.Member("extension")}
	existing.Members = append(existing.Members, append(elsewhere, Member{Name: "properties", Expression: Evaluated})...)
}

// InlineProperties are the properties of a nested deployment with a template of
// its own, and LinkedProperties those of one with a link: of the first the
// service reads the mode, of the second what 'parameters' is. They hold anything
// beside what is listed.
var (
	InlineProperties = &Shape{Is: "the nested deployment", Open: true, Members: with(propertyMembers, mode.required(), Member{Name: "parameters"})}
	LinkedProperties = &Shape{Is: "the nested deployment", Open: true, Members: with(propertyMembers,
		Member{Name: "parameters", Takes: Object, Expression: Evaluated, Gives: Object})}
)

// PropertiesOf is what the properties of a nested deployment hold.
func PropertiesOf(properties *jsonc.Object) *Shape {
	if given(properties.Get("template")) {
		return InlineProperties
	}
	return LinkedProperties
}

var mode = Member{Name: "mode", Takes: Word, Words: []string{"Incremental", "Complete"}, Expression: Evaluated, Gives: Word}

var propertyMembers = []Member{
	{Name: "template", Takes: Object, Expression: Evaluated, Gives: Object},
	{Name: "templateLink", Takes: Object, Expression: Evaluated, Gives: Object},
	{Name: "parametersLink", Takes: Object, Expression: Evaluated, Gives: Object},
	{Name: "debugSetting", Takes: Object, Expression: Evaluated, Gives: Object},
	{Name: "onErrorDeployment", Takes: Object, Expression: Evaluated, Gives: Object, Holds: &Shape{Is: "onErrorDeployment", Open: true,
		Members: []Member{text.named("type").required()}}},
	{Name: "outputs", Takes: Object, Expression: Evaluated, Gives: Object},
	{Name: "validationLevel", Takes: Word, Words: []string{"Provider", "ProviderNoRbac", "Template"}, Expression: Evaluated, Gives: Word},
	{Name: "expressionEvaluationOptions", Takes: Object, Holds: &Shape{Is: "expressionEvaluationOptions", Members: []Member{
		{Name: "scope", Takes: Word, Words: []string{"NotSpecified", "Outer", "Inner"}, Expression: Evaluated, Gives: Word, Strict: true}}}},
}
