//go:build unix

package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A hostileTree is a folder that requires more than a machine has: not because
// of one template, but because of the number of files or the files beside a
// template.
type hostileTree struct {
	files    map[string]string
	commands []string
	// want is a part of the output of the first command that says what was left
	// out; "" if nothing was.
	want string
	// git is a file that is committed and then removed.
	git string
}

func hostileTrees() map[string]func() hostileTree {
	times := strings.Repeat
	const parameterHead = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","contentVersion":"1.0.0.0","parameters":{`
	plain := hostileHead + `"resources":[` + hostileSet("web", "3", "") + `]}`
	small := hostileHead + `"resources":[]}`
	// copies returns n copies of a template in folders of 100.
	copies := func(n int, text string) map[string]string {
		all := map[string]string{}
		for i := range n {
			all[fmt.Sprintf("f%d/t%d.json", i/100, i)] = text
		}
		return all
	}
	with := func(all map[string]string, name, text string) map[string]string {
		all[name] = text
		return all
	}
	wrong := func(n int) string { // n findings of one code
		return hostileHead + `"resources":[],"outputs":{` + many(n, func(i int) string { return fmt.Sprintf(`"o%d":{"type":"string","value":"[nope%d()]"}`, i, i) }) + `}}`
	}
	busy := hostileHead + `"resources":[],"outputs":{"o":{"type":"string","value":"[string(map(range(0,10000),lambda('a',map(range(0,10000),lambda('b',1)))))]"}}}`
	accounts := func(prefix string) string {
		return hostileHead + `"resources":[` + many(9000, func(i int) string {
			return fmt.Sprintf(`{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"%s%d","location":"westus2","kind":"StorageV2","sku":{"name":"Standard_LRS"},"tags":{"t":"%d"}}`, prefix, i, i%7)
		}) + `]}`
	}
	links := func(n int, target string) string {
		return hostileHead + `"resources":[` + many(n, func(i int) string {
			return fmt.Sprintf(`{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d%d","properties":{"mode":"Incremental","templateLink":{"relativePath":"`+target+`"}}}`, i, i)
		}) + `]}`
	}
	return map[string]func() hostileTree{
		"patterns of .gitignore": func() hostileTree {
			return hostileTree{files: with(copies(2000, small), ".gitignore", times("a*b*c*d*[!x]*\n**/q?/**/z*\n", 30000)), commands: []string{"lint", "fmt --check"}}
		},
		"patterns of .gitignore in every folder": func() hostileTree {
			all := copies(2000, small)
			for i := range 20 {
				all[fmt.Sprintf("f%d/.gitignore", i)] = times("a*b*c*d*[!x]*\n", 5000)
			}
			return hostileTree{files: all, commands: []string{"lint"}}
		},
		"sections of .editorconfig": func() hostileTree {
			return hostileTree{files: with(copies(1000, small), ".editorconfig", times("[{a,b,c}*{d,e}*.x]\nindent_size=4\n", 500)), commands: []string{"fmt --check"}}
		},
		"sections of .editorconfig in every folder": func() hostileTree {
			all := map[string]string{}
			folder := ""
			for i := range 60 {
				folder += fmt.Sprintf("d%d/", i)
				all[folder+".editorconfig"] = times("[{a,b,c}*{d,e}*.x]\nindent_size=4\n", 500)
				all[folder+"t.json"] = small
			}
			return hostileTree{files: all, commands: []string{"fmt --check"}}
		},
		"asterisks in .editorconfig": func() hostileTree {
			return hostileTree{files: with(copies(2000, small), ".editorconfig", times("["+times("*", 990)+"]\nindent_size=4\n", 60)), commands: []string{"fmt --check"}, want: "more than 1000 asterisks"}
		},
		"as many asterisks in .editorconfig as there may be": func() hostileTree {
			return hostileTree{files: with(copies(2000, small), ".editorconfig", "["+times("*", 990)+"]\nindent_size=4\n"), commands: []string{"fmt --check"}}
		},
		"suppressions of the settings": func() hostileTree {
			all := map[string]string{".scaleset.yaml": "suppress:\n" + times("- {rules: SS1*, paths: '**/x*y*z', reason: r}\n", 2700)}
			for i := range 40 {
				all[fmt.Sprintf("t%d.json", i)] = wrong(1000)
			}
			return hostileTree{files: all, commands: []string{"lint --format json", "lint"}}
		},
		"excludes of the settings": func() hostileTree {
			return hostileTree{files: with(copies(2000, small), ".scaleset.yaml", "exclude:\n"+times("- '**/x*y*/**/z*'\n", 4600)), commands: []string{"lint"}}
		},
		"excludes with braces": func() hostileTree {
			return hostileTree{files: with(copies(100, small), ".scaleset.yaml", "exclude:\n"+times("- '{*,**,?}{*,**,?}{*,**,?}{*,**,?}{*,**,?}{*,**,?}zz'\n", 400)), commands: []string{"lint"}, want: "the patterns of the settings have more than 64 KB together"}
		},
		"excludes of long paths": func() hostileTree {
			all := map[string]string{".scaleset.yaml": "exclude:\n" + times("- '"+times("**/*", 10)+"b'\n", 1500)}
			for i := range 50 {
				all[times(times("a", 240)+"/", 14)+fmt.Sprintf("t%d.json", i)] = small
				all[times(times("a", 240)+"/", 4)+fmt.Sprintf("t%d.json", i)] = small
			}
			return hostileTree{files: all, commands: []string{"lint"}}
		},
		"long patterns of .gitignore": func() hostileTree {
			return hostileTree{files: with(copies(2000, small), ".gitignore", times(times("*a", 3000)+"b\n", 5000)), commands: []string{"lint"}, want: "128 KB"}
		},
		"paths of the settings": func() hostileTree {
			return hostileTree{files: with(copies(2000, small), ".scaleset.yaml", "paths:\n"+times("- {match: '**/x*y*/**/z*', rules: {SS1*: off}}\n", 2600)), commands: []string{"lint"}}
		},
		"wrong names in the settings": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": plain, ".scaleset.yaml": "rules:\n" + many2(5500, "  wrong-rule-%d: off\n")}, commands: []string{"lint"}, want: "more than 100 errors"}
		},
		"suppressions in a template": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": hostileHead + "\n" + times("// scaleset:ignore SS1001,SS2101 because\n\"a\":1,\n", 30_000) + `"resources":[]}`}, commands: []string{"lint --format json", "lint --diff"}}
		},
		"suppressions in metadata": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": hostileHead + `"parameters":{` + many(20000, func(i int) string {
				return fmt.Sprintf(`"p%d":{"type":"string","metadata":{"scaleset:ignore":"SS1001 because"}}`, i)
			}) + `},"resources":[]}`}, commands: []string{"lint --format json", "lint --diff"}}
		},
		"renamed resources": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": accounts("a"), "o.json": accounts("b")}, commands: []string{"diff o.json t.json", "diff o.json t.json --format json", "review t.json --against o.json", "review t.json --against o.json --format json", "plan o.json t.json"}}
		},
		"renamed scale sets": func() hostileTree {
			sets := func(prefix string) string {
				return hostileHead + `"resources":[` + many(3000, func(i int) string { return hostileSet(fmt.Sprint(prefix, i), "3", "") }) + `]}`
			}
			return hostileTree{files: map[string]string{"t.json": sets("a"), "o.json": sets("b")}, commands: []string{"diff o.json t.json", "review t.json --against o.json", "plan o.json t.json"}}
		},
		"instances": func() hostileTree {
			sets := func(size string, capacity int) string {
				return hostileHead + `"resources":[` + many(800, func(i int) string {
					return strings.Replace(hostileSet(fmt.Sprint("w", i), fmt.Sprint(capacity), ""), "Standard_A1", size, 1)
				}) + `]}`
			}
			return hostileTree{files: map[string]string{"t.json": sets("Standard_D2s_v3", 1000), "o.json": sets("Standard_D4s_v3", 900), "l.json": sets("Standard_D2s_v3", 1_000_000)}, commands: []string{
				"diff o.json t.json", "diff o.json t.json --format json", "review t.json --against o.json --format html", "plan o.json t.json --format html", "review l.json --against o.json", "plan o.json l.json"}, want: "100000"}
		},
		"a line of metrics": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": plain, "m.csv": "time," + times("a,", 40_000_000) + "b\n"}, commands: []string{"autoscale t.json --metrics m.csv"}}
		},
		"usages": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": plain, ".scaleset.yaml": "usage: u.json\n", "u.json": "[" + times(`{"name":{"value":"cores"},"currentValue":1,"limit":1},`, 1_500_000) + "{}]"}, commands: []string{"lint"}, want: "more than 5000000 values"}
		},
		"templates that take all steps": func() hostileTree {
			return hostileTree{files: copies(40, busy), commands: []string{"lint", "lint --format json"}}
		},
		"links of 3.9 MB": func() hostileTree {
			all := map[string]string{"t.json": links(100, "l%d.json")}
			for i := range 100 {
				all[fmt.Sprintf("l%d.json", i)] = strings.Replace(small, `"resources":[]`, `"variables":{"v":"`+times("x", 3_900_000)+`"},"resources":[]`, 1)
			}
			return hostileTree{files: all, commands: []string{"lint t.json", "expand t.json --format json", "lint", "review t.json", "diff t.json t.json"}}
		},
		"links to each other": func() hostileTree {
			all := map[string]string{}
			for i := range 30 {
				text := small
				if i < 29 {
					text = hostileHead + `"resources":[` + many(2, func(k int) string {
						return fmt.Sprintf(`{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d%d","properties":{"mode":"Incremental","templateLink":{"relativePath":"l%d.json"}}}`, k, i+1)
					}) + `]}`
				}
				all[fmt.Sprintf("l%d.json", i)] = text
			}
			return hostileTree{files: all, commands: []string{"lint", "lint l0.json", "expand l0.json", "review l0.json"}}
		},
		"parameter files": func() hostileTree {
			all := map[string]string{"t.json": hostileHead + `"parameters":{"p":{"type":"string"}},"resources":[` + many(100, func(i int) string { return hostileSet(fmt.Sprintf("[concat('w%d',parameters('p'))]", i), "3", "") }) + `]}`}
			for i := range 2000 {
				all[fmt.Sprintf("t.parameters.%d.json", i)] = parameterHead + fmt.Sprintf(`"p":{"value":"v%d"}}}`, i)
			}
			return hostileTree{files: all, commands: []string{"lint t.json", "lint t.json --format json"}, want: "SS0003"}
		},
		"comments": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": times("//\n", 10_000_000) + plain}, commands: []string{"lint t.json", "fmt --diff t.json", "fmt --check t.json", "lsp"}, want: "SS0003"}
		},
		"block comments": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": times("/**/", 8_000_000) + plain}, commands: []string{"lint t.json", "fmt --diff t.json", "fmt --check t.json", "lsp"}, want: "SS0003"}
		},
		"blank lines": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": times("\n", 32_000_000) + plain}, commands: []string{"lint t.json", "fmt --diff t.json", "lsp"}, want: "SS0003"}
		},
		"escapes": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": hostileHead + `"variables":{"v":"` + times(`\n`, 15_000_000) + `"},"resources":[]}`}, commands: []string{"lint t.json", "expand t.json", "fmt --diff t.json"}, want: "SS0003"}
		},
		"nested arrays": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": "[" + times(times("[", 990)+times("]", 990)+",", 90) + "1]"}, commands: []string{"fmt --diff t.json", "fmt --check t.json", "lsp"}}
		},
		"brackets in the place of lists": func() hostileTree {
			return hostileTree{files: map[string]string{"t.json": plain, "b.json": times("[", 7_000_000)}, commands: []string{
				"lint t.json --usage b.json", "simulate t.json --to 5 --instances b.json", "simulate t.json --to 5 --vmss b.json", "lint t.json --skus b.json --usage b.json", "lint t.json --baseline b.json", "autoscale t.json --metrics b.json", "diff b.json t.json", "lint t.json --parameters b.json"}, want: "nests deeper"}
		},
		"samples of metrics": func() hostileTree {
			return hostileTree{files: map[string]string{"m.csv": "time,value\n" + many2(1_000_000, "2026-01-01T00:00:00Z,%d\n"), "t.json": hostileHead + `"resources":[` + hostileSet("web", "3", "") + `,{"type":"Microsoft.Insights/autoscaleSettings","apiVersion":"2015-04-01","name":"as","location":"westus2","properties":{"enabled":true,` +
				`"targetResourceUri":"[resourceId('Microsoft.Compute/virtualMachineScaleSets','web')]","profiles":[{"name":"p","capacity":{"minimum":"1","maximum":"10","default":"1"},"rules":[` + many(10, func(i int) string {
				return fmt.Sprintf(`{"metricTrigger":{"metricName":"Percentage CPU","metricResourceUri":"[resourceId('Microsoft.Compute/virtualMachineScaleSets','web')]","timeGrain":"PT1M","statistic":"Average","timeWindow":"PT12H",`+
					`"timeAggregation":"Average","operator":"GreaterThan","threshold":%d},"scaleAction":{"direction":"Increase","type":"ChangeCount","value":"1","cooldown":"PT1M"}}`, i)
			}) + `]}]}}]}`}, commands: []string{"autoscale t.json --metrics m.csv"}}
		},
		"a large file of a revision": func() hostileTree {
			return hostileTree{files: map[string]string{"o.json": plain}, git: "t.json", commands: []string{"diff HEAD:t.json o.json"}, want: "33554432 bytes"}
		},
		"folders in folders": func() hostileTree {
			return hostileTree{files: map[string]string{times("d/", 600) + "t.json": plain, "t.json": plain}, commands: []string{"lint", "fmt --check"}}
		},
		"small templates": func() hostileTree {
			return hostileTree{files: copies(20000, small), commands: []string{"lint", "lint --format json"}}
		},
	}
}

// many2 returns n lines from a format that uses their number.
func many2(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestHostileTrees is TestHostileTemplates for folders. Some of them are
// gigabytes; without -hostile, only the first command runs over small ones.
func TestHostileTrees(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs many processes")
	}
	all := hostileTrees()
	if *allHostile {
		fmt.Print("| folder | most time | most memory |\n| --- | --- | --- |\n")
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			h := all[name]()
			size := 0
			for _, text := range h.files {
				size += len(text)
			}
			if !*allHostile && (size > 8<<20 || len(h.files) > 200 || h.git != "") {
				t.Skip("runs with -hostile")
			}
			folder := t.TempDir()
			for file, text := range h.files {
				if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, file)), 0o755); err != nil {
					t.Fatal(err)
				}
				write(t, folder, file, text)
			}
			if h.git != "" {
				large := filepath.Join(folder, h.git)
				write(t, folder, h.git, "")
				if err := os.Truncate(large, 600<<20); err != nil {
					t.Fatal(err)
				}
				for _, line := range []string{"init -q", "add " + h.git, "-c user.name=x -c user.email=x@example.org commit -q -m x", "rm -q " + h.git} {
					cmd := exec.Command("git", strings.Fields(line)...)
					cmd.Dir = folder
					if out, err := cmd.CombinedOutput(); err != nil {
						t.Skipf("git: %s", out)
					}
				}
			}
			var most struct {
				took            time.Duration
				peak            int64
				slowest, larger string
			}
			for i, line := range h.commands {
				if !*allHostile && i > 0 {
					break
				}
				r := hostileRun(t, folder, strings.Fields(line))
				if r.code < 0 || r.code > 3 || r.code == 3 && !strings.Contains(r.errs, "the limit of this tool") && !strings.Contains(r.errs, "a plan covers at most") || strings.Contains(r.errs, "goroutine ") {
					t.Errorf("%s: exit code %d\n%.2000s", line, r.code, r.errs)
				}
				if i == 0 && !strings.Contains(r.out+r.errs, h.want) {
					t.Errorf("%s: nothing says %q: %.500s", line, h.want, r.out+r.errs)
				}
				if *allHostile && r.took > hostileTime {
					t.Errorf("%s: took %v", line, r.took)
				}
				if r.peak > hostileMemory {
					t.Errorf("%s: took %d MB", line, r.peak>>20)
				}
				if r.took > most.took {
					most.took, most.slowest = r.took, line
				}
				if r.peak > most.peak {
					most.peak, most.larger = r.peak, line
				}
			}
			if !*allHostile {
				return
			}
			fmt.Printf("| %s | %.2f s `%s` | %d MB `%s` |\n", name, most.took.Seconds(), most.slowest, most.peak>>20, most.larger)
		})
	}
}
