package cli

import (
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// deploymentFlags lists the flags that describe the parameters and the deployment.
// Most commands have them, so their help shows them apart from their own flags.
var deploymentFlags = []string{
	"parameters", "set", "resource-group", "location", "subscription-id", "tenant-id",
	"management-group", "deployment-name", "link-root", "guidance",
}

// usageTemplate is cobra's template with the flags in three groups.
const usageTemplate = `Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}{{$cmds := .Commands}}{{range $group := .Groups}}

{{.Title}}{{range $cmds}}{{if and (eq .GroupID $group.ID) (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{end}}{{range flagGroups .}}

{{.Title}}:
{{.Usages}}{{end}}{{if .HasAvailableSubCommands}}

Run "{{.CommandPath}} COMMAND --help" for the flags and examples of a command.{{end}}
`

// addTemplateFuncs registers the functions of the template once: cobra keeps them in
// a map of the package.
var addTemplateFuncs = sync.OnceFunc(func() { cobra.AddTemplateFunc("flagGroups", flagGroups) })

// A flagGroup is a part of the flags of a command in its help.
type flagGroup struct {
	Title  string
	Usages string // the lines of pflag, without the last line break
}

// groupFlags sets the usage template of a command and of those below it.
func groupFlags(root *cobra.Command) {
	addTemplateFuncs()
	root.SetUsageTemplate(usageTemplate)
}

// leftOut annotates the flags that the help of a command leaves out: its text says
// where they are described. Shells still complete them, unlike hidden flags.
const leftOut = "scaleset_left_out"

// leaveOut leaves the flags that are declared so far out of the help.
func leaveOut(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) { f.Annotations = map[string][]string{leftOut: nil} })
}

// flagGroups returns the flags of a command in groups: its own, those about
// parameters and the deployment, and those of all commands.
func flagGroups(cmd *cobra.Command) (groups []flagGroup) {
	own, deployment := pflag.NewFlagSet("", pflag.ContinueOnError), pflag.NewFlagSet("", pflag.ContinueOnError)
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		_, out := f.Annotations[leftOut]
		switch {
		case out:
		case cmd.HasParent() && slices.Contains(deploymentFlags, f.Name):
			deployment.AddFlag(f)
		default:
			own.AddFlag(f)
		}
	})
	add := func(title string, flags *pflag.FlagSet) {
		if flags.HasAvailableFlags() {
			groups = append(groups, flagGroup{title, strings.TrimRight(flags.FlagUsages(), "\n")})
		}
	}
	add("Flags", own)
	add("Parameters and deployment", deployment)
	add("Global flags", cmd.InheritedFlags())
	return groups
}
