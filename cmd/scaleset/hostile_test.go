//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
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

func hostileProfile(profile string) string {
	return strings.Replace(hostileSet("web", "3", ""), `"virtualMachineProfile":{}`, `"virtualMachineProfile":{`+profile+`}`, 1)
}

func many(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return strings.Join(items, ",")
}

// A hostile is a folder with a template t.json that requires more than a
// machine has, or that refers to something outside the folder.
type hostile struct {
	text  string
	want  string            // the code of the expected finding; "" if there is none
	files map[string]string // other files of the folder
}

func hostileTemplates() map[string]func() hostile {
	one := func(want string, text ...string) func() hostile {
		return func() hostile { return hostile{text: hostileHead + strings.Join(text, ""), want: want} }
	}
	output := func(want, expression string) func() hostile {
		return one(want, `"resources":[],"outputs":{"o":{"type":"string","value":"[`+expression+`]"}}}`)
	}
	times := strings.Repeat
	number := func(format string) func(int) string { return func(i int) string { return fmt.Sprintf(format, i) } }
	plain := func(parameters string, want string) func() hostile {
		return func() hostile {
			text := hostileHead + `"parameters":{"p":{"type":"object","defaultValue":{}}},"resources":[` + hostileSet("web", "3", `,"tags":"[parameters('p')]"`) + `]}`
			return hostile{text: text, want: want, files: map[string]string{"t.parameters.json": parameters}}
		}
	}
	values := `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","contentVersion":"1.0.0.0","parameters":{`
	nested := func(inner string) string {
		return `{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d","properties":{"mode":"Incremental","template":` + hostileHead + `"resources":[` + inner + `]}}}`
	}
	chain := func(n int) string {
		before, after, _ := strings.Cut(nested("@"), "@")
		return times(before, n) + times(after, n)
	}
	linked := func(target string) string {
		return hostileHead + `"resources":[{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d","properties":{"mode":"Incremental","templateLink":{"relativePath":"` + target + `"}}}]}`
	}
	// layers returns members v0 to vN of an object, each from format and the
	// number of the previous one.
	layers := func(n int, foot, format string) string {
		all := `"v0":` + foot
		for i := 1; i <= n; i++ {
			all += fmt.Sprintf(`,"v%d":"[%s]"`, i, strings.ReplaceAll(format, "@", fmt.Sprintf("variables('v%d')", i-1)))
		}
		return all
	}
	return map[string]func() hostile{
		// More paths in a few kilobytes than can be walked.
		"paths to a name":     one("", `"variables":{`, layers(9, `""`, "concat("+times("@,", 15)+"@)"), `},"resources":[`, hostileSet("[concat('w',variables('v9'))]", "3", ""), `]}`),
		"paths to a default":  one("SS3003", `"parameters":{"p":{"type":"string","defaultValue":"x"}},"variables":{`, layers(30, `"[parameters('p')]"`, "take(concat(@,@,@),1)"), `},"resources":[`, strings.Replace(hostileSet("w", "3", ""), `"Manual"`, `"[variables('v30')]"`, 1), `]}`),
		"paths to a variable": one("", `"variables":{"s":"","v":"[variables('v40')]",`, layers(40, `""`, "concat(@,@)"), `},"resources":[`, hostileSet("[concat('w',variables('v40'))]", "3", ""), `]}`),
		// Syntax that cannot be parsed.
		"nesting, open":            one("SS0003", `"resources":`, times("[", 200000)),
		"nesting, closed":          one("SS0003", `"resources":[],"x":`, times(`{"a":`, 200000), "1", times("}", 200001)),
		"a string of 4 MB":         one("SS1018", `"variables":{"s":"`, times("a", 4<<20), `"},"resources":[`, hostileSet("[concat(variables('s'),variables('s'))]", "3", ""), `]}`),
		"a key of 4 MB":            one("", `"variables":{"`, times("k", 4<<20), `":1},"resources":[`, hostileSet("[variables('k')]", "3", ""), `],"outputs":{"`, times("o", 4<<20), `":{"type":"string","value":"[nope()]"}}}`),
		"a number of 1 MB":         one("", `"variables":{"n":`, times("9", 1<<20), `},"resources":[`, hostileSet("web", times("9", 1<<20), ""), `],"outputs":{"o":{"type":"int","value":"[add(variables('n'),1)]"},"p":{"type":"int","value":"[int(string(variables('n')))]"}}}`),
		"numbers beyond all":       one("", `"variables":{"n":1e999999999,"m":-1E+99999999999999999999,"z":1e-999999999},"resources":[`, hostileSet("[string(variables('n'))]", "1e999999999", ""), `]}`),
		"one name a million times": one("", `"variables":{`, times(`"a":1,`, 1_000_000), `"b":2},"resources":[]}`),
		"an open comment":          func() hostile { return hostile{text: times("/*", 500000)} },
		"zeros":                    func() hostile { return hostile{text: times("\x00", 100000)} },
		"zeros in names":           one("", `"resources":[`, hostileSet("a\x00b", "3", `,"ta\x00gs":{"\x00":"\u0000"}`), `]}`),
		"a BOM and UTF-16":         func() hostile { return hostile{text: "\xff\xfe" + times("{\x00\n\x00", 500000)} },
		"bytes that are not UTF-8": one("", `"resources":[],"x":"`, times("\xff\xc0\xaf\xed\xa0\x80", 300000), `"}`),
		"lone surrogates":          one("", `"variables":{"s":"`, times(`\ud800\udc00\ud800`, 100000), `"},"resources":[`, hostileSet("[substring(variables('s'),1,3)]", "3", ""), `]}`),
		"wrong kinds":              one("SS0003", `"resources":[`, times(`"a" `, 100000)),
		"a million elements":       one("", `"variables":{"a":[`, times("1,", 999_999), `1]},"resources":[],"outputs":{"o":{"type":"array","value":"[union(variables('a'),variables('a'))]"},"p":{"type":"int","value":"[length(variables('a'))]"}}}`),
		"a million empty objects":  one("SS0003", `"resources":[`, times("{},", 999_999), `{}]}`),

		// Expressions.
		"nested calls":               output("SS1003", times("concat(", 200000)+times(")", 200000)),
		"nested brackets":            output("SS1003", times("(", 100000)+"1"+times(")", 100000)),
		"100,000 arguments":          output("SS1003", "concat("+times("'a',", 100000)+"'a')"),
		"indexes without end":        one("", `"variables":{"a":[]},"resources":[],"outputs":{"o":{"type":"array","value":"[variables('a')`, times("[0]", 8000), `]"}}}`),
		"properties without end":     output("", "resourceGroup()"+times(".a", 12000)),
		"unknown values that grow":   one("", `"variables":{"v0":"[reference('x')]",`, many(60, number2(`"v%d":"[concat(variables('v%d'),variables('v%d'))]"`)), `},"resources":[],"outputs":{"o":{"type":"string","value":"[reference('x').a]"},"p":{"type":"string","value":"[concat(reference('x').y,reference('x').y)]"}}}`),
		"doubling":                   one("SS1018", `"variables":{"v0":"aaaaaaaaaa",`, many(60, number2(`"v%d":"[concat(variables('v%d'),variables('v%d'))]"`)), `},"resources":[`, hostileSet("[variables('v60')]", "[length(variables('v60'))]", ""), `]}`),
		"doubling of arrays":         one("SS0003", `"variables":{"v0":[1],`, many(60, number2(`"v%d":"[createArray(variables('v%d'),variables('v%d'))]"`)), `},"resources":[`, hostileSet("[string(variables('v60'))]", "[length(variables('v60'))]", ""), `]}`),
		"doubling of unknown values": one("", `"resources":[],"outputs":{"o":{"type":"string","value":"[reduce(range(0,60),reference('x').y,lambda('a','b',concat(lambdaVariables('a'),lambdaVariables('a'))))]"}}}`),
		"lambdas in lambdas":         output("SS0003", "map(range(0,10000),lambda('a',map(range(0,10000),lambda('b',map(range(0,10000),lambda('c',1))))))"),
		"a lambda that doubles":      output("SS1018", "reduce(range(0,1000),'aa',lambda('a','b',concat(lambdaVariables('a'),lambdaVariables('a'))))"),
		"a lambda that sorts":        output("", "sort(range(0,10000),lambda('a','b',less(lambdaVariables('b'),lambdaVariables('a'))))"),
		"wide formats":               one("", `"resources":[],"outputs":{"o":{"type":"string","value":"[format('{0,2000000000}',1)]"},"p":{"type":"string","value":"[padLeft('a',2000000000)]"},"q":{"type":"string","value":"[format('{0:D999999999}',1)]"},"r":{"type":"array","value":"[range(0,1000000000)]"}}}`),
		"replace, split and join":    one("", `"variables":{"s":"`, times("a", 1<<20), `"},"resources":[],"outputs":{"a":{"type":"string","value":"[replace(variables('s'),'a',variables('s'))]"},"b":{"type":"array","value":"[split(variables('s'),'a')]"},"c":{"type":"array","value":"[split(variables('s'),createArray('a','aa','b'))]"},"d":{"type":"string","value":"[join(split(variables('s'),'a'),variables('s'))]"},"e":{"type":"int","value":"[lastIndexOf(variables('s'),'ab')]"},"f":{"type":"string","value":"[replace(variables('s'),'','b')]"}}}`),
		"json() of a deep text":      one("", `"variables":{"s":"`, times("[", 500000), `"},"resources":[],"outputs":{"a":{"type":"array","value":"[json(variables('s'))]"},"b":{"type":"array","value":"[json(concat('{\"a\":',variables('s')))]"}}}`),
		"data and base64 in chains": one("", `"variables":{"v0":"`, times("x", 100000), `",`, many(30, func(i int) string {
			return fmt.Sprintf(`"v%d":"[base64(variables('v%d'))]","w%d":"[dataUri(variables('v%d'))]"`, i+1, i, i, i)
		}), `},"resources":[`, hostileSet("[variables('v30')]", "3", `,"tags":{"t":"[variables('w29')]"}`), `]}`),
		"large networks":        one("", `"resources":[],"outputs":{"a":{"type":"array","value":"[map(range(0,10000),lambda('i',cidrSubnet('::/0',128,lambdaVariables('i'))))]"},"b":{"type":"string","value":"[cidrSubnet('::/0',128,9223372036854775807)]"},"c":{"type":"string","value":"[cidrHost('::/0',9223372036854775807)]"}}}`),
		"mistakes":              one("SS0003", `"resources":[],"outputs":{`, many(20000, number2(`"o%d":{"type":"string","value":"[nope%d(]"}`)), `}}`),
		"a circle of variables": one("SS0003", `"variables":{`, many(5000, func(i int) string { return fmt.Sprintf(`"v%d":"[variables('v%d')]"`, i, (i+1)%5000) }), `},"resources":[`, hostileSet("[variables('v0')]", "3", ""), `]}`),

		// Loops, resources, deployments.
		"copies of copies":             one("SS0003", `"resources":[{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"[concat('a',copyIndex())]","copy":{"name":"c","count":800},"properties":{"copy":[{"name":"p","count":800,"input":{"x":"[copyIndex('p')]","y":"[copyIndex()]"}}]}}]}`),
		"copies within copies":         one("", `"resources":[{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"a","properties":`, times(`{"copy":[{"name":"p","count":2,"input":`, 200), "1", times("}]}", 200), `}]}`),
		"text by copies":               one("", `"variables":{"s":"`, times("a", 100000), `","copy":[{"name":"v","count":800,"input":"[variables('s')]"}]},"resources":[],"outputs":{"o":{"type":"string","value":"[string(variables('v'))]"}}}`),
		"parameters":                   one("SS0003", `"parameters":{`, many(100000, number(`"p%d":{"type":"securestring"}`)), `},"resources":[]}`),
		"variables":                    one("SS0003", `"variables":{`, many(100000, number2(`"v%d":"[concat('a',%d)]"`)), `},"resources":[`, hostileSet("web", "3", ""), `]}`),
		"outputs":                      one("", `"resources":[],"outputs":{`, many(50000, number(`"o%d":{"type":"string","value":"[resourceGroup().location]"}`)), `}}`),
		"sets":                         one("SS0003", `"resources":[`, many(3000, func(i int) string { return hostileSet(fmt.Sprintf("web%d", i), "3", "") }), `]}`),
		"resources":                    one("SS0003", `"resources":[`, many(100000, number(`{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"a%d"}`)), `]}`),
		"a resource of a million tags": one("", `"resources":[`, hostileSet("web", "3", `,"tags":{`+many(200000, number(`"t%d":"v"`))+`}`), `]}`),
		"dependencies":                 one("", `"resources":[`, hostileSet("web", "3", `,"dependsOn":[`+times(`"x",`, 999_999)+`"y"]`), `]}`),
		"a circle of dependencies": one("SS0003", `"resources":[`, many(50000, func(i int) string {
			return fmt.Sprintf(`{"type":"A.B/c","apiVersion":"2020-01-01","name":"a%d","dependsOn":["a%d"]}`, i, (i+1)%50000)
		}), `]}`),
		"everything depends on all": one("", `"resources":[`, many(150, func(i int) string {
			return fmt.Sprintf(`{"type":"A.B/c","apiVersion":"2020-01-01","name":"a%d","dependsOn":[%s]}`, i, many(i, number(`"a%d"`)))
		}), `]}`),
		"resources in resources":           one("", `"resources":[`, times(`{"type":"a/b","apiVersion":"2020-01-01","name":"a","resources":[`, 400), times("]}", 400), `]}`),
		"deployments in deployments":       one("SS0003", `"resources":[`, chain(300), `]}`),
		"10,000 deployments in each other": one("SS0003", `"resources":[`, chain(10000), `]}`),
		"10,000 deployments":               one("", `"resources":[`, many(10000, func(i int) string { return strings.Replace(nested(""), `"d"`, fmt.Sprintf(`"d%d"`, i), 1) }), `]}`),
		"a long type":                      one("", `"resources":[{"type":"`, times("A/", 200000), `","apiVersion":"2020-01-01","name":"a"}]}`),
		"a long name":                      one("", `"resources":[`, hostileSet(times("a/", 200000), "3", ""), `]}`),
		"a large capacity":                 one("", `"resources":[`, hostileSet("web", "2147483647", ""), `]}`),
		"zones without end":                one("", `"resources":[`, hostileSet("web", "1000", `,"zones":[`+many(90_000, number(`"%d"`))+`]`), `]}`),
		"functions of the template":        one("", `"functions":[{"namespace":"n","members":{`, many(20000, number(`"f%d":{"parameters":[{"name":"x","type":"string"}],"output":{"type":"string","value":"[concat(parameters('x'),parameters('x'))]"}}`)), `}}],"resources":[],"outputs":{"o":{"type":"string","value":"[n.f1(n.f2(n.f3('a')))]"}}}`),

		// Quadratic comparisons.
		"a chain of variables": one("SS0003", `"variables":{`, many(100000, func(i int) string { return fmt.Sprintf(`"v%d":"[variables('v%d')]"`, i+1, i) }), `},"resources":[]}`),
		"misspelled names": one("SS0003", `"variables":{`, many(1000, number(`"var%da":1`)), `},"resources":[],"outputs":{`,
			many(20000, number2(`"o%d":{"type":"int","value":"[variables('vra%db')]"}`)), `}}`),
		"misspelled properties": one("", `"variables":{"v":{`, many(1000, number(`"var%da":1`)), `}},"resources":[],"outputs":{`,
			many(20000, number2(`"o%d":{"type":"int","value":"[variables('v').vra%db]"}`)), `}}`),
		"misspelled functions": one("SS0003", `"variables":{`, many(20000, number2(`"v%d":"[cocnat%d(1)]"`)), `},"resources":[]}`),
		"misspelled types":     one("", `"resources":[`, many(9000, number2(`{"type":"Microsoft.Compuet/virtualMachines%d","apiVersion":"2020-01-01","name":"n%d"}`)), `]}`),
		"computed names": one("", `"parameters":{"q":{"type":"string"}},"variables":{`, many(30000, number(`"v%d":1`)), `},"resources":[],"outputs":{`,
			many(10000, number(`"o%d":{"type":"int","value":"[variables(concat('v',parameters('q')))]"}`)), `}}`),
		"unknown properties":  one("", `"resources":[`, hostileSet("web", "3", `,"plan":{`+many(50000, number(`"storageProfil%d":1`))+`}`), `]}`),
		"required, not there": one("", `"resources":[{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"n",`, many(50000, number(`"knd%d":1`)), `}]}`),
		"extensions that wait": one("", `"resources":[`, hostileProfile(`"extensionProfile":{"extensions":[`+many(200, func(i int) string {
			return fmt.Sprintf(`{"name":"e%d","properties":{"publisher":"P","type":"T","typeHandlerVersion":"1.0","provisionAfterExtensions":[%s]}}`, i, many(400, number(`"e%d"`)))
		})+`]}`), `]}`),
		"disks of one number": one("", `"resources":[`, hostileProfile(`"storageProfile":{"dataDisks":[`+many(20000, func(i int) string { return fmt.Sprintf(`{"lun":%d,"createOption":"Empty"}`, i%70) })+`]}`), `]}`),
		"subnets": one("", `"resources":[{"type":"Microsoft.Network/virtualNetworks","apiVersion":"2023-04-01","name":"n","location":"westus2","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/8"]},"subnets":[`,
			many(10000, func(i int) string {
				return fmt.Sprintf(`{"name":"s%d","properties":{"addressPrefix":"10.%d.%d.0/23"}}`, i, i/250, i%250)
			}), `]}}]}`),
		"rules of a firewall": one("", `"resources":[{"type":"Microsoft.Network/networkSecurityGroups","apiVersion":"2023-04-01","name":"n","location":"westus2","properties":{"securityRules":[`,
			many(8000, number2(`{"name":"r%d","properties":{"priority":100,"direction":"Inbound","access":"Allow","protocol":"Tcp","sourcePortRange":"*","destinationPortRange":"22-%d","sourceAddressPrefix":"*","destinationAddressPrefix":"*"}}`)), `]}}]}`),
		"rules of autoscale": one("", `"resources":[`, hostileSet("web", "3", ""), `,{"type":"Microsoft.Insights/autoscaleSettings","apiVersion":"2015-04-01","name":"as","location":"westus2","properties":{"enabled":true,`,
			`"targetResourceUri":"[resourceId('Microsoft.Compute/virtualMachineScaleSets','web')]","profiles":[{"name":"p","capacity":{"minimum":"1","maximum":"10","default":"1"},"rules":[`, many(5000, func(i int) string {
				return fmt.Sprintf(`{"metricTrigger":{"metricName":"Percentage CPU","metricResourceUri":"[resourceId('Microsoft.Compute/virtualMachineScaleSets','web')]","timeGrain":"PT1M","statistic":"Average","timeWindow":"PT5M",`+
					`"timeAggregation":"Average","operator":"%s","threshold":%d},"scaleAction":{"direction":"Increase","type":"ChangeCount","value":"1","cooldown":"PT1M"}}`, []string{"GreaterThan", "LessThan"}[i%2], i)
			}), `]}]}}]}`),
		"types that lead to each other": func() hostile {
			return hostile{text: strings.Replace(hostileHead, `"1.0.0.0",`, `"1.0.0.0","languageVersion":"2.0",`, 1) + `"definitions":{` + many(20000, func(i int) string {
				return fmt.Sprintf(`"d%d":{"$ref":"#/definitions/d%d"}`, i, i+1)
			}) + `},"parameters":{"p":{"$ref":"#/definitions/d0","defaultValue":{}}},"resources":{}}`}
		},

		// Other files.
		"a circle of links":        func() hostile { return hostile{text: linked("t.json"), want: "SS0003"} },
		"a link out of the folder": func() hostile { return hostile{text: linked("../../../../../../etc/passwd")} },
		"a link to a device":       func() hostile { return hostile{text: linked("/dev/zero")} },
		"a link into the same, many": func() hostile {
			return hostile{text: hostileHead + `"resources":[` + many(800, number(`{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d%d","properties":{"mode":"Incremental","templateLink":{"relativePath":"l.json"}}}`)) + `]}`,
				want: "SS0003", files: map[string]string{"l.json": hostileHead + `"resources":[` + many(500, number(`{"type":"A.B/c","apiVersion":"2020-01-01","name":"a%d"}`)) + `]}`}}
		},
		"parameters, nested":         plain(values+`"p":{"value":`+times(`{"a":`, 200000)+"1"+times("}", 200000)+`}}}`, "SS0003"),
		"parameters, a million":      plain(values+many(200000, number(`"q%d":{"value":1}`))+`}}`, ""),
		"parameters, a text of 4 MB": plain(values+`"p":{"value":{"a":"`+times("x", 4<<20)+`"}}}}`, ""),
		"parameters, a long list":    plain(values+`"p":{"value":{"a":[`+times("1,", 999_999)+`1]}}}}`, ""),
		"parameters, no JSON":        plain(times("\x00\xff{", 300000), ""),
	}
}

// number2 returns items that contain their number, or twice their number or the
// previous one.
func number2(format string) func(int) string {
	return func(i int) string {
		if strings.Count(format, "%d") == 3 {
			return fmt.Sprintf(format, i+1, i, i)
		}
		return fmt.Sprintf(format, i, i)
	}
}

// hostileCommands are all commands that read a template. The first must report
// the finding.
var hostileCommands = []string{
	"lint t.json --format json", "expand t.json --format json", "simulate t.json --to 5",
	"lint t.json", "lint --diff t.json", "lint t.json --format sarif", "lint t.json --format html", "expand t.json", "expand t.json --format template",
	"simulate t.json --to 5,3 --format html", "diff t.json t.json", "diff o.json t.json --format json", "review t.json", "review t.json --format html --against o.json",
	"graph t.json", "graph t.json --format dot", "graph t.json --format mermaid", "trace t.json /resources/0/name", "trace t.json --who-uses s",
	"connect t.json", "autoscale t.json", "scale t.json --capacity 5 --yes", "fmt --check t.json", "fmt --diff t.json", "lsp",
}

// The limits are 2 seconds and 300 MB for a whole process. The time is
// processor time, and is checked only with -hostile, on an idle machine; a
// command that never ends is stopped by the time limit of go test. For slower
// machines, hostileTime is twice the limit.
const (
	hostileTime   = 4 * time.Second
	hostileMemory = 300 << 20
	hostileOutput = 64 << 20
)

var allHostile = flag.Bool("hostile", false, "run every command over every hostile template, and print what each takes")

// TestHostileTemplates wants each command to end in time, within its memory,
// with a finding, and without a failure message. Without -hostile each template
// is checked by lint and one other command, in turn.
func TestHostileTemplates(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs many processes")
	}
	all := hostileTemplates()
	names := slices.Sorted(maps.Keys(all))
	if *allHostile {
		fmt.Print("| template | MB | most time | most memory | most output |\n| --- | --- | --- | --- | --- |\n")
	}
	for n, name := range names {
		t.Run(name, func(t *testing.T) {
			h := all[name]()
			folder := t.TempDir()
			for file, text := range map[string]string{"t.json": h.text, "o.json": hostileHead + `"resources":[` + hostileSet("web", "3", "") + `]}`} {
				write(t, folder, file, text)
			}
			for file, text := range h.files {
				write(t, folder, file, text)
			}
			var slowest, largest, longest string
			var most struct {
				took   time.Duration
				peak   int64
				output int
			}
			for i, line := range hostileCommands {
				if others := len(hostileCommands) - 1; !*allHostile && i > 0 && i-1 != n%others {
					continue
				}
				r := hostileRun(t, folder, strings.Fields(line))
				out, errs, took, peak := r.out, r.errs, r.took, r.peak
				if r.code < 0 || r.code > 2 || strings.Contains(errs, "goroutine ") {
					t.Errorf("%s: exit code %d\n%.2000s", line, r.code, errs)
				}
				if i == 0 && !strings.Contains(out, h.want) {
					t.Errorf("%s: no finding %s", line, h.want)
				}
				if *allHostile && took > hostileTime {
					t.Errorf("%s: took %v", line, took)
				}
				if peak > hostileMemory {
					t.Errorf("%s: took %d MB", line, peak>>20)
				}
				if len(out)+len(errs) > hostileOutput {
					t.Errorf("%s: writes %d MB", line, (len(out)+len(errs))>>20)
				}
				if took > most.took {
					most.took, slowest = took, line
				}
				if peak > most.peak {
					most.peak, largest = peak, line
				}
				if len(out) > most.output {
					most.output, longest = len(out), line
				}
			}
			if *allHostile {
				fmt.Printf("| %s | %.1f | %.2f s `%s` | %d MB `%s` | %.1f MB `%s` |\n", name, float64(len(h.text))/1e6, most.took.Seconds(), slowest, most.peak>>20, largest, float64(most.output)/1e6, longest)
			}
		})
	}
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A ran is the result and the measurements of a process.
type ran struct {
	out, errs string
	code      int
	took      time.Duration // processor time
	peak      int64         // bytes in memory
}

func hostileRun(t *testing.T, folder string, args []string) ran {
	t.Helper()
	var o, e strings.Builder
	cmd := exec.Command("scaleset", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, &o, &e
	if args[0] == "lsp" {
		asks, ends := editorOf(t, folder)
		answered := &lastAnswer{Writer: &o, mark: fmt.Appendf(nil, `"id":%d`, len(editorMethods)), seen: make(chan struct{})}
		cmd.Stdin, cmd.Stdout = io.MultiReader(asks, answered, ends), answered
		cmd.WaitDelay = time.Second // a process that fails does not answer
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	peak := watchMemory(cmd.Process.Pid)
	_ = cmd.Wait()
	s := cmd.ProcessState
	return ran{o.String(), e.String(), s.ExitCode(), s.UserTime() + s.SystemTime(), peak(s)}
}

// watchMemory returns a function that returns the largest resident set in
// bytes.
//
// On Linux the value includes that of the process that started the program
// (setmax_mm_hiwater_rss in fs/exec.c), and ours is large; so the value of the
// program alone is polled. macOS reports bytes, others kilobytes.
func watchMemory(pid int) func(*os.ProcessState) int64 {
	if runtime.GOOS != "linux" {
		return func(s *os.ProcessState) int64 {
			peak := int64(s.SysUsage().(*syscall.Rusage).Maxrss)
			if runtime.GOOS != "darwin" {
				peak *= 1024
			}
			return peak
		}
	}
	done, last := make(chan struct{}), make(chan int64)
	go func() {
		var peak int64
		for {
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if strings.HasPrefix(string(status), "Name:\tscaleset\n") { // no longer the test itself
				if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
					var kb int64
					if _, err := fmt.Sscan(rest, &kb); err == nil {
						peak = max(peak, kb*1024)
					}
				}
			}
			select {
			case <-done:
				last <- peak
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func(*os.ProcessState) int64 { close(done); return <-last }
}

// lastAnswer is an empty stream that ends once a mark is written to it: an
// editor ends a session when it has its responses.
type lastAnswer struct {
	io.Writer
	mark    []byte
	written bytes.Buffer
	seen    chan struct{}
}

func (a *lastAnswer) Write(p []byte) (int, error) {
	if a.written.Write(p); a.mark != nil && bytes.Contains(a.written.Bytes(), a.mark) {
		a.mark = nil
		close(a.seen)
	}
	return a.Writer.Write(p)
}

func (a *lastAnswer) Read([]byte) (int, error) {
	<-a.seen
	return 0, io.EOF
}

// editorMethods are the requests of an editor about a template.
var editorMethods = []string{
	"textDocument/hover", "textDocument/completion", "textDocument/definition", "textDocument/codeAction", "textDocument/documentSymbol", "textDocument/formatting",
	"textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta", "textDocument/semanticTokens/range", "textDocument/inlayHint", "textDocument/codeLens",
	"textDocument/documentLink", "textDocument/foldingRange", "textDocument/selectionRange", "textDocument/references", "textDocument/documentHighlight",
	"textDocument/prepareRename", "textDocument/rename", "textDocument/signatureHelp", "textDocument/rangeFormatting", "textDocument/onTypeFormatting",
	"textDocument/diagnostic", "workspace/symbol",
}

// editorOf returns the messages of an editor that opens the template and sends
// requests about it, and those that end the session.
func editorOf(t *testing.T, folder string) (asks, ends io.Reader) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "t.json"))
	if err != nil {
		t.Fatal(err)
	}
	uri := "file://" + folder + "/t.json"
	document := map[string]any{"uri": uri, "version": 1}
	place := map[string]any{"line": 0, "character": 130}
	var said bytes.Buffer
	say := func(message map[string]any) {
		message["jsonrpc"] = "2.0"
		body, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&said, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	say(map[string]any{"id": 0, "method": "initialize", "params": map[string]any{}})
	say(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": string(text)}}})
	for i, method := range editorMethods {
		params := map[string]any{
			"textDocument": document, "position": place, "positions": []any{place}, "range": map[string]any{"start": place, "end": place}, "options": map[string]any{"tabSize": 2},
			"newName": "another", "ch": "}", "query": "a", "previousResultId": "1",
		}
		if method == "textDocument/inlayHint" {
			params["range"] = map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 1_000_000, "character": 0}}
		}
		say(map[string]any{"id": i + 1, "method": method, "params": params})
	}
	asks = strings.NewReader(said.String())
	said.Reset()
	say(map[string]any{"id": 9, "method": "shutdown"})
	say(map[string]any{"method": "exit"})
	return asks, strings.NewReader(said.String())
}
