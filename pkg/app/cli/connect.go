package cli

import (
	"context"
	"io"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/report/connections"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

const connectLong = `Show how to connect to each instance of a scale set: through the ports of NAT pools
and NAT rules, jump boxes and bastions in the same network, public IP addresses of
instances, and load-balanced endpoints. Also show where the scale set is monitored.

Values in angle brackets are known only after deployment. Pass --resource-group,
--subscription-id, --location and the parameters to fill in more of them; a DNS
name, for example, consists of the label and the region.`

const connectExample = `  scaleset connect azuredeploy.json --resource-group web --location westeurope
  scaleset connect azuredeploy.json --format ssh-config >> ~/.ssh/config
  scaleset connect azuredeploy.json --rdp desktops`

type connectOptions struct {
	app *App
	templateOptions
	Template  string
	Instances string
	Format    string
	Output    string
	RDP       string
}

func newConnectCmd(app *App, runF func(context.Context, *connectOptions) error) *cobra.Command {
	opts := &connectOptions{app: app}
	if runF == nil {
		runF = runConnect
	}
	cmd := &cobra.Command{
		Use:     "connect TEMPLATE",
		Short:   "Show how to connect to each instance",
		Long:    connectLong,
		Example: connectExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.StringVar(&opts.Instances, "instances", "", "show the instances in `FILE`, saved from az vmss list-instances --expand instanceView")
	wordVar(f, &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "markdown", "ssh-config")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	f.StringVar(&opts.RDP, "rdp", "", "write a remote desktop (.rdp) file for each instance to `FOLDER`")
	return cmd
}

func runConnect(_ context.Context, o *connectOptions) error {
	out := output{o.Format, o.Output}
	t, run, err := o.loadOne(o.app, o.Template)
	if err != nil {
		return err
	}
	if run.Deployment.Diagnostics.HasErrors() {
		o.app.notice("the template or its parameters have errors, so some values are unknown; run scaleset lint")
	}
	known, err := o.loadKnown(o.app, o.Template, t)
	if err != nil {
		return err
	}
	var list *instances.State
	if o.Instances != "" {
		saved := &savedFiles{app: o.app, Instances: o.Instances}
		if list, err = saved.listed(); err != nil {
			return mistaken(err, flagsOfSimulate)
		}
	}
	sets := connect.New(vmss.New(run.Deployment), connect.Options{List: list, Known: func(r *expand.Resource) *expand.Resource {
		return counterpart(known.Resources, run.Deployment.Resources, r)
	}})
	if len(sets) == 0 {
		o.app.notice("%s deploys no scale set with a virtualMachineProfile", o.Template)
	}
	err = o.app.writeMasked(out, t.Secrets, func(w io.Writer) error { return writeConnect(w, o.Format, t.Path, sets, t.Secrets) })
	if err == nil && o.RDP != "" {
		err = o.writeDesktops(sets, t.Secrets)
	}
	return err
}

func writeConnect(w io.Writer, format, template string, sets []connect.Set, secrets *secret.Set) error {
	switch format {
	case "json":
		return connections.WriteJSON(w, template, sets, secrets)
	case "markdown":
		return connections.WriteMarkdown(w, sets, secrets)
	case "ssh-config":
		return connections.WriteSSHConfig(w, sets, secrets)
	}
	return connections.WriteText(w, sets, secrets)
}

// writeDesktops writes the remote desktop files.
func (o *connectOptions) writeDesktops(sets []connect.Set, secrets *secret.Set) error {
	desktops, unknown := connections.RemoteDesktops(sets, secrets)
	if unknown > 0 {
		o.app.notice("the addresses of %d instances are unknown, so no files were written for them; pass --resource-group, --subscription-id and --location", unknown)
	} else if len(desktops) == 0 {
		o.app.notice("no instance can be reached by remote desktop")
	}
	if len(desktops) == 0 {
		return nil
	}
	if err := o.app.makeFolder(o.app.path(o.RDP)); err != nil {
		return err
	}
	var files []atomicfile.File
	for _, d := range desktops {
		files = append(files, atomicfile.File{Name: filepath.Join(o.app.path(o.RDP), d.File), Text: d.Text})
	}
	if err := o.app.save(files...); err != nil {
		return err
	}
	o.app.notice("wrote %d files to %s", len(files), path.Clean(filepath.ToSlash(o.RDP)))
	return nil
}
