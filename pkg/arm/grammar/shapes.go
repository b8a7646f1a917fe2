package grammar

import "github.com/scaleset/scaleset/pkg/syntax/jsonc"

// The shapes of the language. Comments name only what differs from the
// documentation
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax).

// Template is the shape of a template: a file, or the template of a nested
// deployment.
var Template = &Shape{Kind: "a template", Members: []*Member{
	{Name: "$schema", Type: Text, Expression: Verbatim, Required: true},
	{Name: "contentVersion", Type: Text, Expression: Verbatim, Required: true}, // any text
	{Name: "apiProfile", Type: Text, Expression: Verbatim},
	{Name: "languageVersion", Type: Text, Expression: Verbatim},
	{Name: "metadata"},
	{Name: "definitions", Type: Object, Since: Types, Shape: &definitions},
	{Name: "imports", Type: Object, Shape: &extensions},
	{Name: "extensions", Type: Object, Shape: &extensions},
	{Name: "parameters", Type: Object, Shape: &Shape{Kind: "the parameters", Entry: "parameter", Others: &Member{Type: Object, Shape: &parameter, Required: true}}},
	{Name: "functions", Type: List, Shape: &namespace},
	{Name: "variables", Type: Object, Shape: &Shape{Kind: "the variables", Entry: "variable", Others: &Member{},
		Members: []*Member{{Name: "copy", Type: List, Shape: &variableLoop}}}},
	{Name: "resources", Type: ArrayOrObject, Shape: &resource, Required: true},
	{Name: "outputs", Type: Object, Shape: &Shape{Kind: "the outputs", Entry: "output", Others: &Member{Type: Object, Shape: &output, Required: true}}},
	{Name: "asserts", Type: Object},
}}

var extensions = Shape{Kind: "the extensions", Entry: "extension", Others: &Member{Type: Object}}

// typeNames are the types of parameters and outputs.
var typeNames = []string{"string", "securestring", "int", "bool", "object", "secureObject", "array"}

// typeMembers are the members of everything with a type: parameters, outputs,
// definitions.
var typeMembers = []*Member{
	{Name: "type", Type: Word, Words: typeNames, Code: CodeUnknownType},
	{Name: "$ref", Type: Text, Expression: Verbatim, Since: Types},
	{Name: "allowedValues", Type: List, Strict: true},
	{Name: "minLength", Type: Integer},
	{Name: "maxLength", Type: Integer},
	{Name: "minValue", Type: Integer},
	{Name: "maxValue", Type: Integer},
	{Name: "metadata"},
	{Name: "nullable", Type: Boolean, Since: Types},
	{Name: "properties", Type: Object, Since: Types, Shape: &definitions},
	{Name: "additionalProperties", Type: Schema, Since: Types, Shape: &definition},
	{Name: "items", Type: Schema, Since: Types, Shape: &definition},
	{Name: "prefixItems", Type: List, Since: Types, Shape: &definition},
	{Name: "discriminator", Type: Object, Strict: true, Since: Types, Shape: &discriminator},
	{Name: "validate", Since: validate},
}

// definition is the shape of a type that is not part of a parameter or output:
// a definition, or the type of a property or an item.
var definition, definitions, discriminator Shape

func init() { // types contain types
	definition = Shape{Kind: "a type", Members: typeMembers}
	definitions = Shape{Kind: "the types", Entry: "type", Others: &Member{Type: Object, Shape: &definition, Required: true}}
	discriminator = Shape{Kind: "a discriminator", Members: []*Member{
		{Name: "propertyName", Type: Text, Expression: Verbatim}, {Name: "mapping", Type: Object, Shape: &definitions}}}
}

func with(more []*Member, members ...*Member) []*Member { return append(members, more...) }

// parameter is the shape of a parameter. The type may be missing.
var parameter = Shape{Kind: "a parameter", Members: with(typeMembers, &Member{Name: "defaultValue", Expression: Evaluated})}

// Output is the shape of an output. The type may be missing.
var Output = &output

var output = Shape{Kind: "an output", Members: with(typeMembers,
	&Member{Name: "value", Expression: Evaluated},
	&Member{Name: "condition", Type: StrictBoolean, Expression: Evaluated, Result: StrictBoolean, Code: codeCondition},
	&Member{Name: "copy", Type: Object, Shape: &outputLoop})}

// namespace is the shape of an element of the functions of a template.
var namespace = Shape{Kind: "a namespace of functions", NameMember: "namespace", Members: []*Member{
	{Name: "namespace", Type: Text, Expression: Verbatim, Required: true, Identifier: true},
	{Name: "members", Type: Object, Required: true, Shape: &Shape{Kind: "the functions", Entry: "function", Others: &Member{Type: Object, Shape: &function, Required: true, Identifier: true}}},
}}

// function is the shape of a user function. Its parameters have no defaults and
// its output has no condition. Bicep writes the description of a function into
// its metadata, in modules that are deployed every day, such as
// https://github.com/Azure/bicep-registry-modules/blob/main/avm/ptn/lz/sub-vending/main.json.
var function = Shape{Kind: "a function", Members: []*Member{
	{Name: "metadata"},
	{Name: "parameters", Type: List, Shape: &Shape{Kind: "a parameter of a function", NameMember: "name",
		Members: with(typeMembers, &Member{Name: "name", Type: Text, Required: true})}},
	{Name: "output", Type: Object, Required: true, Shape: &Shape{Kind: "the output of a function",
		Members: with(typeMembers, &Member{Name: "value", Expression: Evaluated, Required: true})}},
}}

var (
	loopName  = Member{Name: "name", Type: Text, Expression: Evaluated, Result: Text, Required: true}
	loopCount = Member{Name: "count", Expression: Evaluated, Result: Integer, Required: true} // package expand checks its value
	loopInput = Member{Name: "input", Expression: Evaluated, Required: true}
	loopMode  = Member{Name: "mode", Type: Word, Code: CodeCopy, Words: []string{"Parallel", "Serial"}, Expression: Evaluated, Result: Word}
	loopBatch = Member{Name: "batchSize", Type: Integer, Expression: Evaluated, Result: Integer}
)

// ResourceLoop, VariableLoop and OutputLoop are the shapes of the copy loops of
// resources, variables and outputs. Loops of variables accept any other
// members; loops of outputs have no name.
var (
	ResourceLoop = &resourceLoop
	resourceLoop = Shape{Kind: "a copy loop", Loop: true, Members: []*Member{&loopName, &loopCount, &loopMode, &loopBatch, {Name: "input"}}}
	variableLoop = Shape{Kind: "a copy loop", Loop: true, Open: true, Members: []*Member{&loopName, &loopCount, &loopInput}}
	outputLoop   = Shape{Kind: "the copy loop of an output", Loop: true, Members: []*Member{&loopCount, &loopInput, &loopMode, &loopBatch}}
)

// resourceMembers are the members of every resource. Members that only GET
// returns, such as etag, are rejected, and id is tolerated: see package expand.
var resourceMembers = []*Member{
	{Name: "type", Type: Text, Required: true},
	{Name: "name", Type: Text, Expression: Evaluated, Result: Text, Required: true},
	{Name: "apiVersion", Type: Text, Expression: Evaluated, Result: Text}, // required without an apiProfile: see [checker.resource]
	{Name: "condition", Type: StrictBoolean, Expression: Evaluated, Result: StrictBoolean, Deployed: true, Code: codeCondition},
	{Name: "copy", Type: Object, Strict: true, Shape: &resourceLoop},
	{Name: "dependsOn", Type: List},
	{Name: "scope", Type: Text, Expression: Evaluated, Result: Text},
	{Name: "location", Type: Text, Expression: Evaluated, Result: Text},
	{Name: "kind", Type: Text, Expression: Evaluated, Result: Text},
	{Name: "managedBy", Type: Text, Expression: Evaluated, Result: Text},
	{Name: "managedByExtended", Type: List, Strict: true, Expression: Evaluated, Result: List},
	{Name: "extendedLocation", Expression: Evaluated},
	{Name: "sku", Expression: Evaluated}, // any value; the resource provider checks it
	{Name: "scale"},                      // null in the templates that Azure exported in 2016
	{Name: "tags", Type: NotText, Expression: Evaluated, Result: NotText, Deployed: true},
	{Name: "zones", Type: Zones, Expression: Evaluated, Result: Zones, Deployed: true},
	{Name: "plan", Type: Object, Expression: Evaluated, Result: Object, Shape: &plan, Deployed: true},
	{Name: "identity", Type: Object, Expression: Evaluated, Result: Object, Shape: &identity, Deployed: true},
	{Name: "placement", Type: Object, Expression: Evaluated, Result: Object, Shape: &placement, Deployed: true},
	{Name: "id", Expression: Evaluated},
	{Name: "comments", Type: Text, Expression: Verbatim},
	{Name: "metadata"},
	{Name: "symbolicName"},
	{Name: "@options"},
	{Name: "asserts", Type: Object},
	{Name: "existing", Type: Boolean, Since: Symbolic},
	{Name: "import", Type: Text, Since: Symbolic},
	{Name: "extension", Type: Text, Since: Symbolic},
}

var plan = Shape{Kind: "a plan", Members: []*Member{
	{Name: "name", Type: Text, Expression: Evaluated, Result: Text, Required: true}, {Name: "publisher", Type: Text, Expression: Evaluated, Result: Text}, {Name: "product", Type: Text, Expression: Evaluated, Result: Text}, {Name: "promotionCode", Type: Text, Expression: Evaluated, Result: Text}, {Name: "version", Type: Text, Expression: Evaluated, Result: Text}}}

// identity is the shape of the identity of a resource. Azure reads its type
// before the resource provider does, and rejects an identity without one:
// https://github.com/Azure/bicep-types-az/issues/2007.
var identity = Shape{Kind: "an identity", Open: true, Members: []*Member{
	{Name: "type", Type: Word, Words: []string{"None", "SystemAssigned", "UserAssigned"}, Flags: true, Expression: Evaluated, Required: true}}}

var placement = Shape{Kind: "a placement", Members: []*Member{
	{Name: "zonePlacementPolicy", Expression: Evaluated}, {Name: "includeZones", Expression: Evaluated}, {Name: "excludeZones", Expression: Evaluated}}}

// Resource is the shape of a resource that is neither a nested deployment nor
// existing, Deployment that of a nested deployment, and Existing that of an
// existing resource, which has only the members that identify it.
var (
	Resource   = &resource
	Deployment = &deployment

	resource   = Shape{Kind: "a resource", NameMember: "name"}
	deployment = Shape{Kind: "a nested deployment", NameMember: "name"}
	existing   = Shape{Kind: "an existing resource", NameMember: "name"}
	// extended is the shape of a resource of an extension: it has neither name
	// nor version.
	extended = Shape{Kind: "an extension resource", NameMember: "name", Open: true}
)

const onlyElsewhere = "nested deployments and existing resources"

func init() { // resources contain resources
	children := &Member{Name: "resources", Type: ArrayOrObject, Shape: &resource}
	resource.Members = with(resourceMembers, &Member{Name: "properties", Expression: Evaluated}, children,
		&Member{Name: "resourceGroup", OnlyIn: onlyElsewhere}, &Member{Name: "subscriptionId", OnlyIn: onlyElsewhere})
	elsewhere := []*Member{{Name: "resourceGroup", Type: Text, Expression: Evaluated, Result: Text},
		{Name: "subscriptionId", Type: Text, Expression: Evaluated, Result: Text, Strict: true}}
	deployment.Members = with(resourceMembers, append(elsewhere, children,
		&Member{Name: "properties", Type: Object, Expression: Evaluated, Result: Object, Deployed: true})...)
	for _, m := range resourceMembers {
		switch m.Name {
		case "location", "kind", "managedBy", "managedByExtended", "extendedLocation", "sku", "tags", "zones", "plan", "identity", "placement":
		default:
			existing.Members = append(existing.Members, m)
		}
	}
	extended.Members = []*Member{resource.Member("type"), resource.Member("condition"), resource.Member("copy"), resource.Member("dependsOn"),
		resource.Member("import"), resource.Member("extension")}
	existing.Members = append(existing.Members, append(elsewhere, &Member{Name: "properties", Expression: Evaluated})...)
}

// InlineProperties and LinkedProperties are the shapes of the properties of a
// nested deployment with a template of its own and with a link. Azure reads the
// mode of the first and 'parameters' of the second. Both accept any other
// members.
var (
	InlineProperties = &Shape{Kind: "the nested deployment", Open: true, Members: with(propertyMembers, &Member{Name: "mode", Type: Word, Words: modes, Expression: Evaluated, Result: Word, Required: true}, &Member{Name: "parameters"})}
	LinkedProperties = &Shape{Kind: "the nested deployment", Open: true, Members: with(propertyMembers,
		&Member{Name: "parameters", Type: Object, Expression: Evaluated, Result: Object})}
)

// PropertiesOf returns the shape of the properties of a nested deployment.
func PropertiesOf(properties *jsonc.Object) *Shape {
	if isPresent(properties.Get("template")) {
		return InlineProperties
	}
	return LinkedProperties
}

var modes = []string{"Incremental", "Complete"}

var propertyMembers = []*Member{
	{Name: "template", Type: Object, Expression: Evaluated, Result: Object},
	{Name: "templateLink", Type: Object, Expression: Evaluated, Result: Object},
	{Name: "parametersLink", Type: Object, Expression: Evaluated, Result: Object},
	{Name: "debugSetting", Type: Object, Expression: Evaluated, Result: Object},
	{Name: "onErrorDeployment", Type: Object, Expression: Evaluated, Result: Object, Shape: &Shape{Kind: "onErrorDeployment", Open: true,
		Members: []*Member{{Name: "type", Type: Text, Expression: Evaluated, Result: Text, Required: true}}}},
	{Name: "outputs", Type: Object, Expression: Evaluated, Result: Object},
	{Name: "validationLevel", Type: Word, Words: []string{"Provider", "ProviderNoRbac", "Template"}, Expression: Evaluated, Result: Word},
	{Name: "expressionEvaluationOptions", Type: Object, Expression: Evaluated, Result: Object, Shape: &Shape{Kind: "expressionEvaluationOptions", Members: []*Member{
		{Name: "scope", Type: Word, Words: []string{"NotSpecified", "Outer", "Inner"}, Expression: Evaluated, Result: Word, Strict: true}}}},
}
