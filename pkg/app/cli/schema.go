package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/schemas"
)

const schemaLong = `Show the properties of a resource type: their types, allowed values and limits, the
API versions that have them, and the API versions of the type.

Without an API version, the properties of all versions are shown. Names are
case-insensitive, and the provider can be omitted. Without a TYPE, the types that
have a schema are listed.`

const schemaExample = `  scaleset schema
  scaleset schema virtualMachineScaleSets
  scaleset schema virtualMachineScaleSets sku
  scaleset schema virtualMachineScaleSets@2017-03-30 properties.upgradePolicy`

type schemaOptions struct {
	app     *App
	Type    string // "" lists the types
	Version string // "" for all
	Path    string
	Format  string
}

func newSchemaCmd(app *App, runF func(*schemaOptions) error) *cobra.Command {
	opts := &schemaOptions{app: app}
	if runF == nil {
		runF = runSchema
	}
	cmd := &cobra.Command{
		Use:               "schema [TYPE[@VERSION] [PATH]]",
		Short:             "Show the properties of a resource type",
		Long:              schemaLong,
		Example:           schemaExample,
		ValidArgsFunction: completeSchema,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 2 {
				return usagef("%s takes a type and a path; remove %q", cmd.CommandPath(), args[2])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.Type, opts.Version, _ = strings.Cut(args[0], "@")
			}
			if len(args) > 1 {
				opts.Path = args[1]
			}
			return runF(opts)
		},
	}
	wordVar(cmd.Flags(), &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json")
	return cmd
}

// completeSchema completes a type, an API version after @, or the next name of a path.
func completeSchema(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp
	if len(args) == 0 {
		name, _, versioned := strings.Cut(typed, "@")
		if !versioned {
			return withPrefix(schemas.Types(), typed), directive
		}
		d, err := schema.Describe(name, "", "")
		if err != nil {
			return nil, directive
		}
		var list []string
		for _, v := range d.APIVersions {
			list = append(list, name+"@"+v)
		}
		return withPrefix(list, typed), directive
	}
	if len(args) > 1 {
		return nil, directive
	}
	parent := typed[:strings.LastIndex(typed, ".")+1]
	name, version, _ := strings.Cut(args[0], "@")
	d, err := schema.Describe(name, version, strings.TrimSuffix(parent, "."))
	if err != nil {
		return nil, directive
	}
	var list []string
	for _, p := range d.Properties {
		list = append(list, parent+p.Name)
	}
	return withPrefix(list, typed), directive | cobra.ShellCompDirectiveNoSpace
}

func withPrefix(names []string, prefix string) []string {
	var list []string
	for _, n := range names {
		if len(n) >= len(prefix) && strings.EqualFold(n[:len(prefix)], prefix) {
			list = append(list, n)
		}
	}
	return list
}

func runSchema(o *schemaOptions) error {
	if o.Type == "" {
		return o.printTypes()
	}
	d, err := schema.Describe(o.Type, o.Version, o.Path)
	if err != nil {
		return usagef("%w", err)
	}
	if o.Format == "json" {
		return printJSON(o.app.Out, schemaDocument{"1", d})
	}
	w := bufio.NewWriter(o.app.Out)
	printDescription(w, d)
	return w.Flush()
}

func (o *schemaOptions) printTypes() error {
	if o.Format == "json" {
		return printJSON(o.app.Out, typesDocument{"1", schemas.Types()})
	}
	_, err := fmt.Fprintln(o.app.Out, strings.Join(schemas.Types(), "\n"))
	return err
}

type schemaDocument struct {
	Version string `json:"version"`
	*schema.Description
}

type typesDocument struct {
	Version string   `json:"version"`
	Types   []string `json:"types"`
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func printDescription(w io.Writer, d *schema.Description) {
	head := strings.TrimSpace(d.Type + " " + d.APIVersion)
	if d.Path != "" {
		head += "  " + d.Path
	}
	fmt.Fprintln(w, head)
	if d.Note != "" {
		fmt.Fprintln(w, d.Note)
	}
	if d.Value != nil {
		fmt.Fprintln(w, "  "+strings.Join(shapeWords(d.Value), ", "))
	}
	printShapes(w, d)
	if d.Path == "" {
		printVersions(w, d.APIVersions)
	}
}

// printShapes prints the properties in two columns: names, and what they are.
func printShapes(w io.Writer, d *schema.Description) {
	width := 0
	for _, p := range d.Properties {
		width = max(width, len(p.Name))
	}
	for i, p := range d.Properties {
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "  %-*s  %s\n", width, p.Name, strings.Join(shapeWords(&p), ", "))
	}
}

// shapeWords describes a property in a few words.
func shapeWords(s *schema.Shape) []string {
	words := []string{s.Type}
	add := func(on bool, word string) {
		if on {
			words = append(words, word)
		}
	}
	add(s.Limits != "", s.Limits)
	add(s.Required, "required")
	add(s.ReadOnly, "read-only")
	add(s.Open, "further properties are free")
	add(len(s.Values) > 0, strings.Join(s.Values, " | "))
	add(true, "since "+s.Since)
	add(s.Until != "", "until "+s.Until)
	return words
}

func printVersions(w io.Writer, versions []string) {
	const inLine = 6 // fits 80 columns with previews among them
	fmt.Fprintf(w, "\nAPI versions (%d):\n", len(versions))
	for len(versions) > 0 {
		n := min(inLine, len(versions))
		fmt.Fprintln(w, "  "+strings.Join(versions[:n], " "))
		versions = versions[n:]
	}
}
