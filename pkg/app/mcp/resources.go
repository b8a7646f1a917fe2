package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/schemas"
)

// The URIs of the resources.
const (
	rulesURI   = "scaleset://rules"
	schemasURI = "scaleset://schemas"
)

func (s *server) addResources(server *sdk.Server) {
	const markdown, plain, asJSON = "text/markdown", "text/plain", "application/json"
	server.AddResource(&sdk.Resource{
		URI: rulesURI, Name: "rules", Title: "The rules", MIMEType: plain,
		Description: "Every code that a finding can have, with its name and what it reports, one a line",
	}, func(_ context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		var b strings.Builder
		for _, e := range catalog.All() {
			fmt.Fprintf(&b, "%s %s: %s\n", e.Code, e.Name, e.Summary)
		}
		return contents(r, plain, b.String()), nil
	})
	server.AddResource(&sdk.Resource{
		URI: schemasURI, Name: "schemas", Title: "The resource types", MIMEType: plain,
		Description: "The resource types that have a schema, one a line",
	}, func(_ context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		return contents(r, plain, strings.Join(schemas.Types(), "\n")+"\n"), nil
	})
	server.AddResourceTemplate(&sdk.ResourceTemplate{
		URITemplate: rulesURI + "/{code}", Name: "rule", Title: "The page of a rule", MIMEType: markdown,
		Description: "What a rule reports, a bad and a good example, why, and how to fix it; code is SS5001 or storage-account-spread",
	}, func(_ context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		found := catalog.Named(catalog.All(), strings.TrimPrefix(r.Params.URI, rulesURI+"/"))
		if len(found) == 0 {
			return nil, sdk.ResourceNotFoundError(r.Params.URI)
		}
		var b strings.Builder
		for _, e := range found {
			b.WriteString(e.Text())
		}
		return contents(r, markdown, b.String()), nil
	})
	server.AddResourceTemplate(&sdk.ResourceTemplate{
		URITemplate: schemasURI + "/{+type}", Name: "schema", Title: "The properties of a resource type", MIMEType: asJSON,
		Description: "Types, allowed values, limits and API versions of the properties; type is Microsoft.Compute/virtualMachineScaleSets, or has @2024-07-01 at the end",
	}, func(_ context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		text, err := s.config.Describe(strings.TrimPrefix(r.Params.URI, schemasURI+"/"))
		if err != nil {
			return nil, sdk.ResourceNotFoundError(r.Params.URI)
		}
		return contents(r, asJSON, string(text)), nil
	})
}

func contents(r *sdk.ReadResourceRequest, kind, text string) *sdk.ReadResourceResult {
	return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: r.Params.URI, MIMEType: kind, Text: text}}}
}

// maxCompletions is the largest number of values in a completion that the protocol
// allows.
const maxCompletions = 100

// complete completes the codes of rules and the resource types in the URIs of
// resources.
func (s *server) complete(_ context.Context, r *sdk.CompleteRequest) (*sdk.CompleteResult, error) {
	var names []string
	if r.Params.Ref != nil {
		switch r.Params.Ref.URI {
		case rulesURI + "/{code}":
			for _, e := range catalog.All() {
				names = append(names, string(e.Code))
			}
		case schemasURI + "/{+type}":
			names = schemas.Types()
		}
	}
	typed := strings.ToLower(r.Params.Argument.Value)
	values := []string{}
	for _, name := range names {
		if strings.HasPrefix(strings.ToLower(name), typed) {
			values = append(values, name)
		}
	}
	total := len(values)
	return &sdk.CompleteResult{Completion: sdk.CompletionResultDetails{Total: total, HasMore: total > maxCompletions, Values: values[:min(total, maxCompletions)]}}, nil
}

func (s *server) addPrompts(server *sdk.Server) {
	server.AddPrompt(&sdk.Prompt{
		Name: "review-change", Title: "Review a change of a template",
		Description: "What a change does to the running instances, and whether it is safe to deploy",
		Arguments: []*sdk.PromptArgument{
			{Name: "old", Description: "The path of the template that is deployed now", Required: true},
			{Name: "new", Description: "The path of the template to deploy", Required: true},
		},
	}, prompt("Review a change of an ARM template", `Review the change from the template at %[1]s to the template at %[2]s before it is deployed.

1. Call lint with templatePath %[2]s. Errors mean that Azure rejects the deployment.
2. Call diff with oldPath %[1]s and newPath %[2]s: it says for each change what Azure does with it.
3. Call plan with the same two paths: batches, duration, and how few instances are running at the worst moment.

Then write: a verdict in one sentence; what happens to the instances, with numbers; the findings that the change brings, each with its file, line and remedy; and what cannot be known without the subscription. Quote only what the tools report.`, "old", "new"))
	server.AddPrompt(&sdk.Prompt{
		Name: "change-capacity", Title: "Plan a change of capacity",
		Description: "Which instances a change of capacity adds or removes, and which limits it meets",
		Arguments: []*sdk.PromptArgument{
			{Name: "template", Description: "The path of the template", Required: true},
			{Name: "capacity", Description: "The new number of instances, or several, such as 10,+5,-50%", Required: true},
		},
	}, prompt("Plan a change of capacity", `Plan a change of capacity of the scale set in the template at %[1]s to %[2]s.

1. Call simulate with templatePath %[1]s and to %[2]s: which instances are added and removed, in which zones and fault domains.
2. Call simulate again with needs true, for the cores, addresses and ports that each capacity needs.
3. If a step has an error or a limit is exceeded, call explain with the code of the finding.

Then write: which instances are removed or added; whether the remaining instances are spread evenly, and how many are left after the loss of a zone or a fault domain; what is needed and whether it is enough; and which of these statements rest on assumptions, as the tool reports them.`, "template", "capacity"))
}

// prompt returns a prompt whose text has the arguments in their order, as JSON strings, so
// that no argument is taken for a part of the text.
func prompt(about, text string, names ...string) sdk.PromptHandler {
	return func(_ context.Context, r *sdk.GetPromptRequest) (*sdk.GetPromptResult, error) {
		var args []any
		for _, name := range names {
			value := r.Params.Arguments[name]
			if value == "" {
				return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "the prompt needs " + name}
			}
			quoted, err := json.Marshal(value)
			if err != nil {
				return nil, err
			}
			args = append(args, string(quoted))
		}
		return &sdk.GetPromptResult{Description: about, Messages: []*sdk.PromptMessage{{Role: "user", Content: &sdk.TextContent{Text: fmt.Sprintf(text, args...)}}}}, nil
	}
}
