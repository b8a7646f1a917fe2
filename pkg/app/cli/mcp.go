//go:build !js

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	contracts "github.com/scaleset/scaleset/docs/json"
	"github.com/scaleset/scaleset/pkg/app/mcp"
	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/confine"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

const mcpLong = `Run a server for assistants on the standard input and output, over the Model Context
Protocol. Its tools check and preview templates as the commands do, and return the
same results: lint, expand, simulate, plan, diff, explain, schema and new.

A tool takes a template as text, or as a path below a folder that the client gives
(its roots) or below a FOLDER of the command line. Nothing else is read, no link leads
out of these folders, nothing is written, and secrets are hidden. docs/assistants.md
shows how to set up common clients.

A client starts it; it prints nothing on a terminal.`

// servers are the commands that a page in a browser has no use for. Without them it does
// not need the SDK and all of net/http.
func servers() []subcommand {
	return []subcommand{{"mcp", groupTool, func(app *App) *cobra.Command { return newMCPCmd(app, nil) }}}
}

type mcpOptions struct {
	app     *App
	Folders []string
}

func newMCPCmd(app *App, runF func(context.Context, *mcpOptions) error) *cobra.Command {
	opts := &mcpOptions{app: app}
	if runF == nil {
		runF = runMCP
	}
	return &cobra.Command{
		Use:     "mcp [FOLDER...]",
		Short:   "Run a server for assistants (Model Context Protocol)",
		Long:    mcpLong,
		Example: "  scaleset mcp\n  scaleset mcp ~/infrastructure",
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Folders = args
			return runF(cmd.Context(), opts)
		},
	}
}

func runMCP(ctx context.Context, o *mcpOptions) error {
	config := mcp.Config{Version: o.app.Version, Tools: o.app.tools(), Describe: describeType}
	for _, name := range o.Folders {
		at, err := filepath.Abs(o.app.path(name))
		if err != nil {
			return err
		}
		if info, err := os.Stat(at); err != nil || !info.IsDir() {
			return usagef("%s is not a folder; pass a folder that the tools may read", name)
		}
		config.Folders = append(config.Folders, at)
	}
	if err := mcp.Serve(ctx, o.app.In, o.app.unguarded(o.app.Out), config); err != nil {
		return fmt.Errorf("the session ended: %w", err)
	}
	return ctx.Err()
}

// describeType is the schema of a resource type, "TYPE" or "TYPE@VERSION", as JSON.
func describeType(name string) ([]byte, error) {
	name, version, _ := strings.Cut(name, "@")
	d, err := schema.Describe(name, version, "")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = printJSON(&b, schemaDocument{"1", d})
	return b.Bytes(), err
}

// A tool is a command as assistants see it. Each flag of the command is an input, is a
// file, or is withheld: a test compares the table with the flags.
type tool struct {
	command  string
	title    string
	about    string
	files    []fileInput
	words    []wordInput // arguments that are no files
	flags    []string
	withheld []string
	contract string // in docs/json; "" is that of the command
	// document returns the document where the command has no --format json; nil
	// elsewhere.
	document func(values map[string]any, written map[string][]byte) any
	// texts are the texts to show, when they are not what the command prints.
	texts func(written map[string][]byte) []string
}

// A fileInput is an input that is a file: an argument of the command, or the value of a
// flag.
type fileInput struct {
	name     string
	flag     string // "" for an argument
	fileName string // of its text
	about    string
	required bool
}

// A wordInput is an argument that is not a file.
type wordInput struct {
	name, about string
	choices     func() []string
	required    bool
}

// What all commands about templates have.
var (
	parametersInput = fileInput{name: "parameters", flag: "parameters", fileName: "parameters.json", about: "The parameter file; a template that is given by its path has the one next to it by default"}
	instancesInput  = fileInput{name: "instances", flag: "instances", fileName: "instances.json", about: "The existing instances: the output of az vmss list-instances --expand instanceView"}
	usageInput      = fileInput{name: "usage", flag: "usage", fileName: "usage.json", about: "The quota: the output of az vm list-usage"}
	skusInput       = fileInput{name: "skus", flag: "skus", fileName: "skus.json", about: "The sizes: the output of az vm list-skus"}
	pricesInput     = fileInput{name: "prices", flag: "prices", fileName: "prices.json", about: "Prices: a response of the Azure Retail Prices API"}
	oldInput        = fileInput{name: "old", fileName: "old.json", about: "The template that is deployed now, or the output of az vmss show", required: true}
	oldParameters   = fileInput{name: "oldParameters", flag: "old-parameters", fileName: "old-parameters.json", about: "The parameter file for old, if it is not that for the new template"}

	deploymentInputs = []string{"set", "resource-group", "location", "subscription-id", "tenant-id", "management-group", "deployment-name", "guidance"}
	// notForTools are the flags about streams, files to write and the terminal.
	notForTools = []string{"link-root", "format", "output", "force"}
)

// toolTable lists the tools.
func toolTable() []tool {
	template := fileInput{name: "template", fileName: "template.json", about: "The template", required: true}
	optional := template
	optional.required = false
	newer := fileInput{name: "new", fileName: "new.json", about: "The template to deploy", required: true}
	older := oldInput
	older.required = false
	older.about += "; leave it out with reimage, osUpgrade or repairs"
	with := func(own ...string) []string { return slices.Concat(own, deploymentInputs) }
	without := func(own ...string) []string { return slices.Concat(own, notForTools) }
	return []tool{
		{
			command: "lint", title: "Check a template",
			about:    "Check an ARM template against the ARM language, the schema of each resource's API version, and Azure's documented guidance for scale sets. Use it after each edit. Findings have a place, a severity and a remedy.",
			files:    []fileInput{template, parametersInput, usageInput, skusInput},
			flags:    with("enable", "disable", "pack", "min-severity", "max-findings", "as-of", "all-values", "honor-peer-suppressions", "show-suppressed"),
			withheld: without("fail-on", "fix", "diff", "baseline", "write-baseline", "exclude", "verbose", "stdin-name"),
		},
		{
			command: "expand", title: "Expand a template",
			about:    "Show the resources of a template as they would be deployed, with every expression evaluated as far as it is known before the deployment.",
			files:    []fileInput{template, parametersInput},
			flags:    with(),
			withheld: without(),
		},
		{
			command: "simulate", title: "Preview a change of capacity",
			about: "Preview a series of capacity changes of a scale set: which instances are added and removed, in which zone and fault domain, what is left after a failure, and which limits the capacity exceeds. The scale set comes from a template, from a saved list of instances, or from the inputs alone (from and to).",
			files: []fileInput{optional, parametersInput, instancesInput,
				{name: "vmss", flag: "vmss", fileName: "vmss.json", about: "The model of the scale set: the output of az vmss show"}, usageInput, skusInput, pricesInput},
			flags: with("from", "to", "current", "set-name", "all", "model", "policy", "fault-domains", "update-domains", "zones", "zones-down", "zone-balance", "orchestration",
				"overprovision", "protect", "unhealthy", "deallocated", "prioritize-unhealthy", "priority-mix", "next-id", "explain", "needs", "lose", "max-rows"),
			withheld: without(),
		},
		{
			command: "plan", title: "Preview how a change rolls out",
			about: "Show how a change of a template rolls out over the running instances: batches, duration, the least number of running instances, and what stops it. Give old and new; or only new with reimage, osUpgrade or repairs.",
			files: []fileInput{older, newer, parametersInput, oldParameters, instancesInput, usageInput, skusInput, pricesInput},
			flags: with("reimage", "os-upgrade", "repairs", "from", "set-name", "minutes-per-instance", "unhealthy", "fail", "by-hand", "lose", "cancel", "min-running"),
			// A Terraform plan takes the place of both templates.
			withheld: without("fail-on", "terraform"),
		},
		{
			command: "diff", title: "Preview what a change does",
			about:    "Compare what two templates deploy: an offline what-if. For each change it says what Azure does with it: model only, in place, restart, reimage, or rejected.",
			files:    []fileInput{oldInput, newer, parametersInput, oldParameters, instancesInput, pricesInput},
			flags:    with("mode", "current"),
			withheld: without("fail-on"),
		},
		{
			command: "explain", title: "Explain a finding",
			about:    "Show the page of a rule: what it reports, a bad and a good example, why, and how to fix it.",
			words:    []wordInput{{name: "rule", about: "The code of a finding (SS4001), the name of a rule (capacity-limit) or the help link of a finding", required: true}},
			contract: "rules",
			document: func(values map[string]any, _ map[string][]byte) any {
				rule, _ := values["rule"].(string)
				return rulesDocument{Version: "1", Rules: catalog.Named(catalog.All(), rule)}
			},
		},
		{
			command: "schema", title: "Show the properties of a resource type",
			about: "Show the properties of a resource type: types, allowed values, limits, and the API versions that have them.",
			words: []wordInput{
				{name: "type", about: "The resource type, such as virtualMachineScaleSets or Microsoft.Network/loadBalancers, with @VERSION for one API version", required: true},
				{name: "property", about: "A path to start from, such as sku or properties.upgradePolicy"},
			},
			withheld: []string{"format"},
		},
		{
			command: "new", title: "Make a new template",
			about: "Make a template for a scenario, and its parameter file, and return them as text; nothing is written to disk. The template is checked first.",
			words: []wordInput{{name: "scenario", about: "The scenario: " + strings.Join(scenarios(), "; "), choices: scenarioNames, required: true}},
			flags: []string{"name", "capacity", "max", "sets", "size", "image", "os", "zones", "vnet", "subnet", "vnet-group", "guidance", "api-version", "minimal", "hardened", "flexible", "identity", "bastion", "app-gateway"},
			// A README has a picture; ask for the template alone.
			withheld: []string{"list", "output", "force", "yes", "readme"},
			document: func(values map[string]any, written map[string][]byte) any {
				d := newDocument{Version: "1", Files: []newFile{}}
				d.Scenario, _ = values["scenario"].(string)
				for _, name := range []string{templateName, parametersName} {
					d.Files = append(d.Files, newFile{name, string(written[name])})
				}
				return d
			},
			texts: func(written map[string][]byte) []string {
				return []string{templateName + ":\n" + string(written[templateName]), parametersName + ":\n" + string(written[parametersName])}
			},
		},
	}
}

// scenarios are the scenarios of new, each with its line.
func scenarios() (all []string) {
	for _, s := range scaffold.Scenarios() {
		all = append(all, s.Name+" ("+s.Summary+")")
	}
	return all
}

type newDocument struct {
	Version  string    `json:"version"`
	Scenario string    `json:"scenario"`
	Files    []newFile `json:"files"`
}

type newFile struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// tools are the commands as tools of a server.
func (app *App) tools() (all []mcp.Tool) {
	for _, t := range toolTable() {
		flags := app.flagsOf(t.command)
		offered := mcp.Tool{
			Name: t.command, Title: t.title, About: t.about, Output: t.schema(),
			Run: func(ctx context.Context, c mcp.Call) mcp.Answer { return app.runTool(ctx, t, c) },
		}
		for _, f := range t.files {
			offered.Inputs = append(offered.Inputs, mcp.Input{Name: f.name, About: f.about, Kind: mcp.File, FileName: f.fileName, Required: f.required})
		}
		for _, w := range t.words {
			in := mcp.Input{Name: w.name, About: w.about, Required: w.required}
			if w.choices != nil {
				in.Choices = w.choices()
			}
			offered.Inputs = append(offered.Inputs, in)
		}
		for _, name := range t.flags {
			offered.Inputs = append(offered.Inputs, inputOf(flags.Lookup(name)))
		}
		all = append(all, offered)
	}
	return all
}

// flagsOf are the flags of a command.
func (app *App) flagsOf(command string) *pflag.FlagSet {
	other := *app // commands bind their flags to the App that they are made for
	for _, c := range commands() {
		if c.name == command {
			return c.make(&other).Flags()
		}
	}
	panic("there is no command " + command)
}

// schema is the contract of a tool without its descriptions, which are most of it and
// are in docs/json: a client may show the list of tools to a model.
func (t tool) schema() json.RawMessage {
	name := t.contract
	if name == "" {
		name = t.command
	}
	var contract any
	if err := json.Unmarshal(contracts.Schema(name), &contract); err != nil {
		panic(err) // the contracts are ours
	}
	short, err := json.Marshal(undescribed(contract))
	if err != nil {
		panic(err)
	}
	return short
}

// undescribed is a schema without what is for people. A property of the name
// description has an object.
func undescribed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range []string{"description", "title"} {
			if _, ok := v[name].(string); ok {
				delete(v, name)
			}
		}
		for name, member := range v {
			v[name] = undescribed(member)
		}
	case []any:
		for i, item := range v {
			v[i] = undescribed(item)
		}
	}
	return v
}

// inputName is the name of a flag as an input: set-name is setName.
func inputName(flag string) string {
	parts := strings.Split(flag, "-")
	for i, p := range parts[1:] {
		parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, "")
}

// inputOf is the input for a flag.
func inputOf(f *pflag.Flag) mcp.Input {
	_, about := pflag.UnquoteUsage(f)
	in := mcp.Input{Name: inputName(f.Name), About: sentence(flagNames(about)), Choices: wordsOf(f)}
	if f.Name == "set" {
		in.Kind, in.About = mcp.Values, "Values of parameters, by name"
		return in
	}
	switch f.Value.Type() {
	case "int":
		in.Kind = mcp.Number
	case "bool":
		in.Kind = mcp.Switch
	case "stringSlice", "stringArray":
		in.Kind = mcp.List
	}
	return in
}

// sentence begins with a capital letter.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// flagName is a flag in a sentence.
var flagName = lazy.Regexp{Text: `--([a-z]+(?:-[a-z]+)*)\b`}

// flagNames writes the flags in a text as inputs.
func flagNames(text string) string {
	return flagName.Get().ReplaceAllStringFunc(text, func(flag string) string { return inputName(strings.TrimPrefix(flag, "--")) })
}

// runTool runs the command of a tool: once for its document and once for its text. Both
// are what the command prints.
func (app *App) runTool(ctx context.Context, t tool, c mcp.Call) mcp.Answer {
	own, arguments := t.commandLine(c.Values)
	head := append([]string{t.command}, app.settingsOf(c)...)
	run := func(more ...string) (string, string, map[string][]byte, int, error) {
		return app.inMemory(ctx, c.Files, c.Folder, mcp.MaxDocument, slices.Concat(head, own, more, []string{"--"}, arguments))
	}
	text, notes, written, code, err := run()
	if err != nil {
		return mcp.Answer{Problem: mcp.TooMuch}
	}
	if code > ExitFindings || code == ExitFindings && text == "" {
		return mcp.Answer{Problem: t.problem(notes)}
	}
	answer := mcp.Answer{Texts: []string{text}}
	if t.texts != nil {
		answer.Texts = t.texts(written)
	}
	if notes = remarks(notes); notes != "" {
		answer.Texts = append(answer.Texts, notes)
	}
	if t.document != nil {
		document, err := json.Marshal(t.document(c.Values, written))
		if err != nil {
			return mcp.Answer{Problem: err.Error()}
		}
		answer.Document = document
		return answer
	}
	document, problem, _, code, err := run("--format=json")
	if err != nil {
		return mcp.Answer{Problem: mcp.TooMuch}
	}
	if code > ExitFindings || !json.Valid([]byte(document)) {
		return mcp.Answer{Problem: t.problem(problem)}
	}
	answer.Document = json.RawMessage(document)
	return answer
}

// settingsOf are the flags that say which settings hold: those of the folder that the
// client has given, never those above it.
func (app *App) settingsOf(c mcp.Call) []string {
	if c.Folder != "" {
		file := filepath.Join(c.Folder, settings.Name)
		if _, err := os.Lstat(file); err == nil {
			if _, err := confine.Below(c.Folder, file); err == nil {
				return []string{"--config=" + file}
			}
		}
	}
	return []string{"--no-settings"}
}

// commandLine returns the flags and the arguments for the inputs of a call.
func (t tool) commandLine(values map[string]any) (own, arguments []string) {
	add := func(flag, value string) { own = append(own, "--"+flag+"="+value) }
	for _, f := range t.files {
		name, given := values[f.name].(string)
		switch {
		case !given:
		case f.flag == "":
			arguments = append(arguments, name)
		default:
			add(f.flag, name)
		}
	}
	for _, w := range t.words {
		if text, given := values[w.name].(string); given {
			arguments = append(arguments, text)
		}
	}
	for _, flag := range t.flags {
		switch v := values[inputName(flag)].(type) {
		case string:
			add(flag, v)
		case int:
			add(flag, strconv.Itoa(v))
		case bool:
			add(flag, strconv.FormatBool(v))
		case []string:
			for _, item := range v {
				add(flag, item)
			}
		case map[string]json.RawMessage:
			for name, value := range v {
				add(flag, name+"="+string(value))
			}
		}
	}
	return own, arguments
}

// problem is what a command has printed about its failure, with its inputs instead of
// flags.
func (t tool) problem(printed string) string {
	text := remarks(printed)
	text = strings.ReplaceAll(text, "scaleset "+t.command+": ", "")
	if text == "" {
		return "the command failed without a message; please report it"
	}
	return flagNames(text)
}

// remarks are the lines of the standard error, without the name of the program.
func remarks(printed string) string {
	var b strings.Builder
	for line := range strings.Lines(printed) {
		b.WriteString(strings.TrimPrefix(line, "scaleset: "))
	}
	return strings.TrimSpace(b.String())
}
