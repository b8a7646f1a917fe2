package engine_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// BenchmarkAgainstJSON measures the check of all public templates with a scale
// set, every rule, with what lint releases released, against encoding/json reading the same files. The two take
// turns, so that what else the machine does costs both, and the ratios are
// those of the medians: x-json of the time of the processors, garbage
// collection included, x-json-wall of the time that went by.
func BenchmarkAgainstJSON(b *testing.B) {
	corpus := scaleSets(b)
	for _, jobs := range []int{1, runtime.GOMAXPROCS(0)} {
		b.Run(fmt.Sprintf("jobs=%d", jobs), func(b *testing.B) {
			var check, read turns
			b.ReportAllocs()
			for b.Loop() {
				read.take(func() { readJSON(b, corpus) })
				check.take(func() {
					bench(b, engine.Config{Files: engine.Folder(corpus), Rules: rules.All(), Jobs: jobs, FindingsOnly: true}, ".")
				})
			}
			b.ReportMetric(float64(median(check.spent))/float64(median(read.spent)), "x-json")
			b.ReportMetric(float64(median(check.wall))/float64(median(read.wall)), "x-json-wall")
			b.ReportMetric(float64(median(check.spent).Microseconds())/1000, "check-ms")
			b.ReportMetric(float64(median(read.spent).Microseconds())/1000, "json-ms")
		})
	}
}

// BenchmarkTemplates is how the time grows with the number of templates.
func BenchmarkTemplates(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			folder := b.TempDir()
			for i := range n {
				put(b, filepath.Join(folder, fmt.Sprintf("%04d", i)), manySets(4))
			}
			growth(b, folder, n, "template")
		})
	}
}

// BenchmarkResources is how the time grows with the resources of one template.
func BenchmarkResources(b *testing.B) {
	for _, n := range []int{10, 50, 100, 200, 400, 800} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			folder := b.TempDir()
			put(b, folder, manySets(n))
			growth(b, folder, n, "resource")
		})
	}
}

// put writes a template into a folder of its own.
func put(b *testing.B, folder, text string) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "azuredeploy.json"), []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}

// growth checks a folder and reports the time of the processors and the memory
// for one of n units.
func growth(b *testing.B, folder string, n int, unit string) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := spent()
	for b.Loop() {
		bench(b, engine.Config{Files: engine.Folder(folder), Rules: rules.All(), Jobs: 1}, ".")
	}
	runtime.ReadMemStats(&after)
	units := float64(b.N) * float64(n)
	b.ReportMetric(float64((spent()-start).Microseconds())/units, "µs/"+unit)
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/1024/units, "KB/"+unit)
}

// manySets is a template of n resources: scale sets, each with the network and
// the autoscale setting that it needs.
func manySets(n int) string {
	var text strings.Builder
	text.WriteString(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": {"prefix": {"type": "string", "defaultValue": "web"}, "key": {"type": "secureString"}, "count": {"type": "int", "defaultValue": 4}},
  "variables": {"location": "[resourceGroup().location]"}, "resources": [`)
	for i := range n {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(strings.ReplaceAll(units[i%len(units)], "#", fmt.Sprint(i/len(units))))
	}
	text.WriteString("]}\n")
	return text.String()
}

// units are the resources that manySets repeats; # is the number of the round.
var units = []string{`
    {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "[concat(parameters('prefix'), '-net-#')]", "location": "[variables('location')]",
     "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "nodes", "properties": {"addressPrefix": "10.0.0.0/22"}}]}}`, `
    {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-09-01", "name": "[concat(parameters('prefix'), '-set-#')]", "location": "[variables('location')]",
     "dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', concat(parameters('prefix'), '-net-#'))]"],
     "sku": {"name": "Standard_D2s_v5", "tier": "Standard", "capacity": "[parameters('count')]"},
     "properties": {"overprovision": false, "orchestrationMode": "Uniform", "upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {
       "storageProfile": {"osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}},
         "imageReference": {"publisher": "Canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2", "version": "latest"}},
       "osProfile": {"computerNamePrefix": "[concat(parameters('prefix'), '#')]", "adminUsername": "operator",
         "linuxConfiguration": {"disablePasswordAuthentication": true, "ssh": {"publicKeys": [{"path": "/home/operator/.ssh/authorized_keys", "keyData": "[parameters('key')]"}]}}},
       "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [
         {"name": "ip", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', concat(parameters('prefix'), '-net-#'), 'nodes')]"}}}]}}]}}}}`, `
    {"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2022-10-01", "name": "[concat(parameters('prefix'), '-scale-#')]", "location": "[variables('location')]",
     "dependsOn": ["[resourceId('Microsoft.Compute/virtualMachineScaleSets', concat(parameters('prefix'), '-set-#'))]"],
     "properties": {"enabled": true, "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', concat(parameters('prefix'), '-set-#'))]",
       "profiles": [{"name": "all day", "capacity": {"minimum": "2", "maximum": "10", "default": "2"}, "rules": [
         {"metricTrigger": {"metricName": "Percentage CPU", "metricResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', concat(parameters('prefix'), '-set-#'))]",
           "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT10M", "timeAggregation": "Average", "operator": "GreaterThan", "threshold": 70},
          "scaleAction": {"direction": "Increase", "type": "ChangeCount", "value": "1", "cooldown": "PT5M"}}]}]}}`,
}

// scaleSets is the folder of public templates with a scale set.
func scaleSets(b *testing.B) string {
	corpus := filepath.Join(golden.Root(b), "..", "shared", "corpus", "scale-sets")
	if _, err := os.Stat(corpus); err != nil {
		b.Skip("the collection of public templates is not beside the repository")
	}
	return corpus
}

// readJSON reads every JSON file of a folder as encoding/json does.
func readJSON(b *testing.B, folder string) {
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		var v any
		if err == nil && json.Unmarshal(text, &v) != nil {
			return nil // with comments, or broken: as far as it goes
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// started is when the process began, as far as this package can tell.
var started = time.Now()

// turns are how long one of two contestants took each time.
type turns struct{ spent, wall []time.Duration }

// take measures work on a clean heap: no run pays for the garbage of another.
func (t *turns) take(work func()) {
	runtime.GC()
	cpu, start := spent(), time.Now()
	work()
	t.wall = append(t.wall, time.Since(start))
	t.spent = append(t.spent, spent()-cpu)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
