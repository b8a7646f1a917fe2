package scaffold

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/graph"
)

// Readme returns a page about the files that Write gives for the same options: what
// they are for, the picture of their resources, the parameters, and how they
// are deployed. The deployment is what they expand to.
func (s Scenario) Readme(o Options, d *expand.Deployment) []byte {
	var b bytes.Buffer
	preview := o.Era == guidance.Preview
	about := s.About
	if !preview {
		about = cmp.Or(s.Today, about)
	}
	fmt.Fprintf(&b, "# %s\n\n%s.\n\n%s\n\n", s.title(preview), capital(s.Summary), about)
	b.WriteString("```mermaid\n")
	_ = graphs.WriteMermaid(&b, graph.New(d, graph.Options{}), graphs.Mermaid{}) // a buffer takes everything
	b.WriteString("```\n\n")
	b.WriteString("Arrows point from a resource to what it refers to; dotted arrows are dependsOn without a reference.\n\n")
	parameterTable(&b, d)
	fmt.Fprintf(&b, "\n## Deploy\n\nPut your values in `azuredeploy.parameters.json`, then:\n\n")
	if preview {
		b.WriteString("    azure group deployment create --resource-group GROUP --template-file azuredeploy.json --parameters-file azuredeploy.parameters.json\n")
	} else {
		b.WriteString("    az deployment group create --resource-group GROUP --template-file azuredeploy.json --parameters @azuredeploy.parameters.json\n")
	}
	fmt.Fprintf(&b, "\n## Made with\n\n    %s\n", s.command(o))
	return b.Bytes()
}

func (s Scenario) title(preview bool) string {
	if preview {
		return s.Name + " (preview of 2015)"
	}
	return s.Name
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func parameterTable(b *bytes.Buffer, d *expand.Deployment) {
	b.WriteString("| parameter | what it is | default |\n| --- | --- | --- |\n")
	for _, p := range d.Parameters {
		standard := ""
		if p.Declared.Default != nil {
			standard = "`" + strings.NewReplacer("|", `\|`, "`", "'").Replace(render.Neutral(p.Declared.Default.Range().Text())) + "`"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", p.Declared.Name(), p.Declared.Description(), standard)
	}
}

// command returns the command line that writes the same files. People copy it, and an
// assistant may have taken a value from a text of someone else.
func (s Scenario) command(o Options) string {
	words := []string{"scaleset new", s.Name}
	text := func(flag, value string) {
		if value != "" {
			words = append(words, "--"+flag, render.ShellWord(value))
		}
	}
	count := func(flag string, value int) {
		if value != 0 {
			words = append(words, "--"+flag, fmt.Sprint(value))
		}
	}
	if o.Era != guidance.Auto {
		text("guidance", o.Era.String())
	}
	text("api-version", o.APIVersion)
	text("name", o.Name)
	count("capacity", o.Capacity)
	count("max", o.Maximum)
	count("sets", o.Sets)
	text("size", o.Size)
	text("image", o.Image)
	text("os", o.OS)
	text("zones", strings.Join(o.Zones, ","))
	text("vnet", o.Network.Name)
	text("subnet", o.Network.Subnet)
	text("vnet-group", o.Network.ResourceGroup)
	for _, flag := range []struct {
		name string
		on   bool
	}{{"minimal", o.Minimal}, {"hardened", o.Hardened}, {"flexible", o.Flexible}, {"bastion", o.Bastion}, {"app-gateway", o.AppGateway}} {
		if flag.on {
			words = append(words, "--"+flag.name)
		}
	}
	text("identity", o.Identity)
	return strings.Join(words, " ")
}
