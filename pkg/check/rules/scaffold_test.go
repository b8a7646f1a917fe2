package rules_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/packs"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// checkScaffold checks the files of a scenario in memory, by all rules.
// instances, when not 0, takes the place of the capacity.
func checkScaffold(t *testing.T, files scaffold.Files, era guidance.Era, instances int) *engine.Result {
	t.Helper()
	var set map[string]string
	if instances != 0 {
		set = map[string]string{"instanceCount": strconv.Itoa(instances)}
	}
	return checkWith(t, files, lint.Options{Era: era}, set)
}

func checkWith(t *testing.T, files scaffold.Files, options lint.Options, set map[string]string) *engine.Result {
	t.Helper()
	options.Today = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	e, err := engine.New(engine.Config{
		Set:   set,
		Files: engine.Overlay{Texts: map[string][]byte{"azuredeploy.json": files.Template, "azuredeploy.parameters.json": files.Parameters}},
		Rules: rules.All(),
		Lint:  options,
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(context.Background(), []string{"azuredeploy.json"})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// variants are combinations of options; a scenario that cannot take one says
// so, and that is as good as clean files.
func variants() map[string]scaffold.Options {
	gallery := "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/images/providers/Microsoft.Compute/galleries/gallery/images/web/versions/1.0.0"
	hub := scaffold.Network{ResourceGroup: "network", Name: "hub", Subnet: "web"}
	return map[string]scaffold.Options{
		"as it comes":         {},
		"one instance":        {Capacity: 1},
		"a full group":        {Capacity: 100, Maximum: 100},
		"several groups":      {Capacity: 150, Maximum: 300},
		"the largest":         {Capacity: 1000, Maximum: 1000},
		"small and large":     {Capacity: 2, Maximum: 600},
		"a name":              {Name: "api-1"},
		"a size":              {Size: "Standard_D4as_v5"},
		"an old size":         {Size: "Standard_A2_v2"},
		"a generation 1 size": {Size: "Standard_D4_v3"},
		"an Arm64 size":       {Size: "Standard_D4ps_v5"},
		"windows":             {Image: "windows"},
		"debian":              {Image: "debian"},
		"windows by os":       {OS: "windows"},
		"a platform image":    {Image: "RedHat:RHEL:9-lvm-gen2:latest"},
		"a gallery image":     {Image: gallery},
		"a VHD":               {Image: "https://images.blob.core.windows.net/vhds/web.vhd"},
		"two zones":           {Zones: []string{"1", "2"}},
		"three zones, 300":    {Zones: []string{"1", "2", "3"}, Maximum: 300},
		"one zone":            {Zones: []string{"2"}},
		"existing network":    {Network: hub},
		"existing, no group":  {Network: scaffold.Network{Name: "hub", Subnet: "web"}},
		"zones in a hub":      {Network: hub, Zones: []string{"1", "2", "3"}, Maximum: 200},
		"three sets":          {Sets: 3},
		"twenty sets":         {Sets: 20, Capacity: 10, Maximum: 20},
		"2017-03-30":          {APIVersion: "2017-03-30"},
		"2018-10-01":          {APIVersion: "2018-10-01"},
		"2020-06-01":          {APIVersion: "2020-06-01"},
		"2021-03-01":          {APIVersion: "2021-03-01"},
		"2023-09-01":          {APIVersion: "2023-09-01"},
		"2018 and zones":      {APIVersion: "2018-10-01", Zones: []string{"1", "2", "3"}},
		"minimal":             {Minimal: true},
		"hardened":            {Hardened: true},
		"flexible":            {Flexible: true},
		"flexible, hardened":  {Flexible: true, Hardened: true, Capacity: 10, Maximum: 300},
		"flexible, windows":   {Flexible: true, OS: "windows"},
		"user identity":       {Identity: "user"},
		"no identity":         {Identity: "none", Flexible: true},
		"bastion":             {Bastion: true, Maximum: 1000},
		"gateway":             {AppGateway: true},
		"gateway, hardened":   {AppGateway: true, Hardened: true, Bastion: true, OS: "windows"},
		"gateway, minimal":    {AppGateway: true, Minimal: true, Flexible: true},
		"hardened in a hub":   {Hardened: true, Network: hub},
	}
}

// Every scenario in every variant is refused in words or comes out clean, down
// to hints, and laid out as fmt does.
func TestScenariosAreClean(t *testing.T) {
	for _, s := range scaffold.Scenarios() {
		for _, era := range erasOf(s) {
			for name, options := range variants() {
				options.Era = era
				t.Run(fmt.Sprintf("%s/%s/%s", s.Name, era, name), func(t *testing.T) {
					t.Parallel()
					files, err := s.Write(options)
					if err != nil {
						var rejected *scaffold.OptionError
						if name == "as it comes" || !errors.As(err, &rejected) {
							t.Error(err)
						}
						return
					}
					found := checkScaffold(t, files, era, 0).Findings
					if full := s.Defaults(options).Maximum; !found.HasErrors() {
						found = append(found, checkScaffold(t, files, era, full).Findings...)
					}
					if found.HasErrors() && mayBeRefused(name, era) {
						return
					}
					for _, d := range found {
						at := d.Subject.StartPosition()
						t.Errorf("%s:%d:%d: %s: %s [%s %s]", d.Subject.File.Path(), at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
					}
					for _, text := range [][]byte{files.Template, files.Parameters} {
						if tree := jsonc.Parse(source.NewFile("x.json", text)); string(jsonc.Format(tree, jsonc.Options{})) != string(text) {
							t.Error("fmt would change it")
						}
					}
				})
			}
		}
	}
}

// A hardened scale set passes the packs of security and resilience, down to
// warnings. Which hints it may have is listed.
func TestHardenedPassesPacks(t *testing.T) {
	hints := map[diag.Code]string{
		"SS7068": "some scenarios need Uniform orchestration",
		"SS4072": "predictive autoscale needs a week of metrics",
		"SS8141": "the subnet of an application gateway has another way out",
		"SS6063": "a public web front end is open on port 80",
		"SS4073": "not every system scales by itself",
		"SS8151": "diagnostic settings need a workspace, which an organisation has",
		"SS4124": "the agent needs a data collection rule, which an organisation has",
	}
	for _, s := range scaffold.Scenarios() {
		if s.Eras&guidance.Current == 0 || s.Name == "scale-only" {
			continue
		}
		for name, o := range map[string]scaffold.Options{
			"as it comes": {}, "flexible": {Flexible: true}, "windows": {OS: "windows"}, "gateway": {AppGateway: true}, "bastion": {Bastion: true}, "user identity": {Identity: "user"},
			"300": {Maximum: 300},
		} {
			o.Hardened = true
			files, err := s.Write(o)
			if err != nil {
				var rejected *scaffold.OptionError
				if name == "as it comes" || !errors.As(err, &rejected) {
					t.Errorf("%s, %s: %v", s.Name, name, err)
				}
				continue
			}
			for _, d := range checkWith(t, files, lint.Options{Packs: packs.Union([]string{"security", "resilience"}, rules.All())}, nil).Findings {
				if d.Severity > diag.Info || hints[d.Code] == "" {
					t.Errorf("%s, %s: %s: %s [%s]", s.Name, name, d.Severity, d.Summary, d.Code)
				}
			}
		}
	}
}

// mayBeRefused reports whether the rules may refuse a variant in an era: it asks
// for more instances than a set of the era has, or for a size that starts none of
// its images.
func mayBeRefused(variant string, era guidance.Era) bool {
	return era == guidance.Preview && slices.Contains([]string{"several groups", "the largest", "small and large", "an Arm64 size"}, variant)
}

func erasOf(s scaffold.Scenario) []guidance.Era {
	var eras []guidance.Era
	for _, era := range []guidance.Era{guidance.Preview, guidance.Current} {
		if era&s.Eras != 0 {
			eras = append(eras, era)
		}
	}
	return eras
}

//go:generate go test . -run TestExamplesAreFresh -update

// The folders examples/preview and examples/current hold every scenario as it
// comes out; go generate ./pkg/check/rules writes them.
func TestExamplesAreFresh(t *testing.T) {
	root := filepath.Join(golden.Root(t), "examples")
	for _, s := range scaffold.Scenarios() {
		for _, era := range erasOf(s) {
			options := scaffold.Options{Era: era}
			files, err := s.Write(options)
			if err != nil {
				t.Fatal(err)
			}
			result := checkScaffold(t, files, era, 0)
			dir := filepath.Join(root, era.String(), s.Name)
			golden.Equal(t, filepath.Join(dir, "azuredeploy.json"), files.Template)
			golden.Equal(t, filepath.Join(dir, "azuredeploy.parameters.json"), files.Parameters)
			golden.Equal(t, filepath.Join(dir, "README.md"), s.Readme(options, result.Templates[0].Runs[0].Deployment))
		}
	}
}
