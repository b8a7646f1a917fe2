//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

const hostileHead = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",`

func hostileSet(name, capacity, more string) string {
	return `{"type":"Microsoft.Compute/virtualMachineScaleSets","apiVersion":"2023-03-01","name":"` + name + `","location":"westus2","sku":{"name":"Standard_A1","capacity":` +
		capacity + `}` + more + `,"properties":{"upgradePolicy":{"mode":"Manual"},"virtualMachineProfile":{}}}`
}

func many(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return strings.Join(items, ",")
}

// hostileTemplates ask for more than a machine has. want is the code of the
// finding that says so; "" where there is nothing to say.
func hostileTemplates() map[string]struct{ text, want string } {
	doubling := many(60, func(i int) string {
		return fmt.Sprintf(`"v%d":"[concat(variables('v%d'),variables('v%d'))]"`, i+1, i, i)
	})
	return map[string]struct{ text, want string }{
		"nesting, open":      {hostileHead + `"resources":` + strings.Repeat("[", 200000), "SS0003"},
		"nesting, closed":    {hostileHead + `"resources":[],"x":` + strings.Repeat(`{"a":`, 200000) + "1" + strings.Repeat("}", 200001), "SS0003"},
		"nested calls":       {hostileHead + `"resources":[],"outputs":{"o":{"type":"string","value":"[` + strings.Repeat("concat(", 200000) + strings.Repeat(")", 200000) + `]"}}}`, "SS1003"},
		"a string of 4 MB":   {hostileHead + `"variables":{"s":"` + strings.Repeat("a", 4<<20) + `"},"resources":[` + hostileSet("[concat(variables('s'),variables('s'))]", "3", "") + `]}`, "SS1018"},
		"doubling":           {hostileHead + `"variables":{"v0":"aaaaaaaaaa",` + doubling + `},"resources":[` + hostileSet("[variables('v60')]", "[length(variables('v60'))]", "") + `]}`, "SS1018"},
		"copies of copies":   {hostileHead + `"resources":[{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"[concat('a',copyIndex())]","copy":{"name":"c","count":800},"properties":{"copy":[{"name":"p","count":800,"input":{"x":"[copyIndex('p')]","y":"[copyIndex()]"}}]}}]}`, "SS0003"},
		"lambdas in lambdas": {hostileHead + `"resources":[],"outputs":{"o":{"type":"array","value":"[map(range(0,10000),lambda('a',map(range(0,10000),lambda('b',map(range(0,10000),lambda('c',1))))))]"}}}`, "SS0003"},
		"a circle of links":  {hostileHead + `"resources":[{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d","properties":{"mode":"Incremental","templateLink":{"relativePath":"t.json"}}}]}`, "SS0003"},
		"mistakes":           {hostileHead + `"resources":[],"outputs":{` + many(20000, func(i int) string { return fmt.Sprintf(`"o%d":{"type":"string","value":"[nope%d(]"}`, i, i) }) + `}}`, "SS0003"},
		"parameters":         {hostileHead + `"parameters":{` + many(10000, func(i int) string { return fmt.Sprintf(`"p%d":{"type":"securestring"}`, i) }) + `},"resources":[]}`, "SS0003"},
		"sets":               {hostileHead + `"resources":[` + many(3000, func(i int) string { return hostileSet(fmt.Sprintf("web%d", i), "3", "") }) + `]}`, "SS0003"},
		"wrong kinds":        {hostileHead + `"resources":[` + strings.Repeat(`"a" `, 100000), "SS0003"},
		"an open comment":    {strings.Repeat("/*", 500000), ""},
		"zeros":              {strings.Repeat("\x00", 100000), ""},
		"a long type":        {hostileHead + `"resources":[{"type":"` + strings.Repeat("A/", 200000) + `","apiVersion":"2020-01-01","name":"a"}]}`, ""},
		"wide formats":       {hostileHead + `"resources":[],"outputs":{"o":{"type":"string","value":"[format('{0,2000000000}',1)]"},"p":{"type":"string","value":"[padLeft('a',2000000000)]"},"q":{"type":"string","value":"[format('{0:D999999999}',1)]"}}}`, ""},
		"a large capacity":   {hostileHead + `"resources":[` + hostileSet("web", "2147483647", "") + `]}`, ""},
	}
}

// The promise is 2 seconds and 300 MB of a whole process. Time is that of the
// processors: the machine may be busy. Allowing for slower machines, a test
// wants less than twice of it.
const (
	hostileTime   = 4 * time.Second
	hostileMemory = 300 << 20
)

// TestHostileTemplates wants each command to end in time, within its memory,
// with a finding, and without a word of a failure.
func TestHostileTemplates(t *testing.T) {
	if testing.Short() {
		t.Skip("runs dozens of processes")
	}
	commands := [][]string{{"lint", "t.json", "--format", "json"}, {"expand", "t.json", "--format", "json"}, {"simulate", "t.json", "--to", "5"}}
	for name, c := range hostileTemplates() {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.WriteFile(filepath.Join(folder, "t.json"), []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			for i, args := range commands {
				out, errs, state := hostileRun(t, folder, args)
				if code := state.ExitCode(); code < 0 || code > 2 || strings.Contains(errs, "goroutine ") {
					t.Errorf("%s: exit code %d\n%.2000s", args[0], code, errs)
				}
				if i == 0 && !strings.Contains(out, c.want) {
					t.Errorf("%s: no finding %s", args[0], c.want)
				}
				if took := state.UserTime() + state.SystemTime(); took > hostileTime {
					t.Errorf("%s: took %v", args[0], took)
				}
				if peak := peakMemory(state); peak > hostileMemory {
					t.Errorf("%s: took %d MB", args[0], peak>>20)
				}
			}
		})
	}
}

func hostileRun(t *testing.T, folder string, args []string) (out, errs string, state *os.ProcessState) {
	var o, e strings.Builder
	cmd := exec.Command("scaleset", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, &o, &e
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState
}

// peakMemory is the largest resident set of a process in bytes; macOS counts
// in bytes, the others in kilobytes.
func peakMemory(state *os.ProcessState) int64 {
	peak := int64(state.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS != "darwin" {
		peak *= 1024
	}
	return peak
}
