// Package test opens the page in Chromium and uses it as a person would: with the
// keyboard and the mouse, from a file, without a server. A message on the console,
// an error, a violation of the content security policy and a request to anything
// but the page itself fail every test.
//
//	go test .                        the page of ../dist, built before
//	go test . -screens DIR           writes a picture of each view to DIR
package test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var screens = flag.String("screens", "", "write a picture of each view to this folder")

// patience is how long a test may take; nothing in it waits for a fixed time.
const patience = 2 * time.Minute

// browser is the browser of all tests; its context is nil if none is installed.
var browser struct {
	ctx  context.Context
	stop context.CancelFunc
}

func TestMain(m *testing.M) {
	flag.Parse()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
		allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, stop := chromedp.NewContext(allocator)
		browser.ctx, browser.stop = ctx, func() { stop(); stopAllocator() }
		if err := chromedp.Do(ctx); err != nil { // starts it
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		break
	}
	code := m.Run()
	if browser.ctx != nil {
		browser.stop()
	}
	os.Exit(code)
}

// A tab is the page in a profile of its own.
type tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string
}

func (t *tab) problem(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.problems = append(t.problems, fmt.Sprintf(format, args...))
}

// open opens the page at a width, with light or dark colors, and waits for the
// findings of the first check.
func open(t *testing.T, width, height int, dark bool, fragment string) *tab {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("..", "dist", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("build the page first: %v", err)
	}
	if browser.ctx == nil {
		t.Skip("no Chromium or Chrome is installed")
	}
	ctx, cancel := chromedp.NewContext(browser.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	p := &tab{T: t, ctx: ctx}
	address := "file://" + filepath.ToSlash(file)
	err = chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			p.problem("exception: %s %s", e.ExceptionDetails.Text, e.ExceptionDetails.Exception.Description)
		case *runtime.EventConsoleAPICalled:
			for _, arg := range e.Args {
				p.problem("console.%s: %s %s", e.Type, arg.Value, arg.Description)
			}
		case *cdplog.EventEntryAdded: // violations of the policy are among them
			p.problem("%s %s: %s", e.Entry.Source, e.Entry.Level, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if url := e.Request.URL; url != address && !strings.HasPrefix(url, "blob:") && !strings.HasPrefix(url, "data:") {
				p.problem("a request to %.200s", url)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, text := range p.problems {
			t.Error(text)
		}
	})
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, cdplog.Enable, cdp.Empty{})
	call(p, runtime.Enable, cdp.Empty{})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(width), Height: int64(height), DeviceScaleFactor: 1, Mobile: width < 600})
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	p.do(chromedp.Navigate(address + fragment))
	p.until(`document.body.classList.contains('ready') && document.querySelector('#findings').dataset.worst !== undefined`)
	t.Log("milliseconds to", p.eval(`performance.getEntriesByType('mark').filter(m => ['library', 'findings'].includes(m.name)).slice(0, 2).map(m => m.name + ' ' + Math.round(m.startTime)).join(', ')`))
	return p
}

func call[P, R any](t *tab, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(t.ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

func (t *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// until waits until an expression is true.
func (t *tab) until(expression string) {
	t.Helper()
	if _, err := chromedp.Run(t.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience/4))); err != nil {
		t.picture("failed")
		t.Fatalf("%s: %v; the page says:\n%s\n%s", expression, err, t.eval(`document.body.innerText`), strings.Join(t.problems, "\n"))
	}
}

// eval returns the text that an expression gives.
func (t *tab) eval(expression string) string {
	t.Helper()
	text, err := chromedp.Run(t.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// picture writes what is visible to the folder of -screens.
func (t *tab) picture(name string) {
	t.Helper()
	if *screens == "" {
		return
	}
	image, err := chromedp.Run(t.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(*screens, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(*screens, name+".png"), image, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// click clicks an element that is visible.
func (t *tab) click(selector string) {
	t.Helper()
	t.do(chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
}

// find selects a text with the search of the editor.
func (t *tab) find(text string) {
	t.Helper()
	t.click("#editor")
	t.do(chromedp.KeyEvent("f", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	t.until(`document.querySelector('.find-widget.visible') !== null`)
	t.do(chromedp.KeyEvent(text))
	t.until(`document.querySelector('.find-widget .matchesCount').textContent.includes(' of 1')`)
	t.do(chromedp.KeyEvent(kb.Escape))
}

const findings = `[...document.querySelectorAll('#list li')].map(li => li.dataset.code + ' ' + li.querySelector('.message').textContent).join('\n')`

// TestDefect types a defect, and wants the finding and the page of its rule.
func TestDefect(t *testing.T) {
	p := open(t, 1440, 900, false, "#example=rolling-upgrade")
	if got := p.eval(findings); got != "" {
		t.Fatalf("findings before the defect:\n%s", got)
	}
	p.do(chromedp.Click(chromedp.CSS("#editor")))
	p.do(chromedp.KeyEvent(kb.Home, chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(kb.End))
	p.do(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(`"outputz": { },`))
	p.until(`document.querySelector('#summary').textContent === '1 error' && ` + findings + `.includes('outputz')`)
	p.until(`document.querySelector('#editor .squiggly-error') !== null`)
	p.picture("defect")

	p.click(`#list li[data-code=SS2023] .code`)
	p.until(`document.querySelector('#rule').open`)
	if got := p.eval(`document.querySelector('#rule-body h1').textContent`); !strings.HasPrefix(got, "SS2023 ") {
		t.Errorf("the page of SS2023 has the title %q", got)
	}
	p.picture("rule")
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`!document.querySelector('#rule').open`)
}

// TestFix uses the fix of a finding.
func TestFix(t *testing.T) {
	p := open(t, 1440, 900, false, "#example=broken")
	p.until(findings + `.includes('overprovison')`)
	p.picture("findings")
	p.click(`#list li[data-code=SS3001] .actions`)
	p.until(`document.querySelector('.action-widget')?.textContent.includes('overprovision')`)
	p.picture("fixes")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(findings + `.includes('overprovison') === false`)
}

// TestHover points at an expression, and wants its value.
func TestHover(t *testing.T) {
	p := open(t, 1440, 900, false, "#example=rolling-upgrade")
	p.click(`#editor`)
	const at = `(r => r.x + 30 + ',' + (r.y + 8))([...document.querySelectorAll('#editor .view-line span span')].find(s => s.textContent.includes('resourceGroup')).getBoundingClientRect())`
	const shown = `document.querySelector('.monaco-hover:not(.hidden)')?.textContent.includes('resourceGroup') === true`
	for moved := 0.0; p.eval(shown) != "true"; moved++ {
		var x, y float64
		if _, err := fmt.Sscanf(p.eval(at), "%g,%g", &x, &y); err != nil {
			t.Fatal(err)
		}
		p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x+moved, y), chromedp.Sleep(time.Second))
		if moved == 20 {
			t.Fatal("no hover text appears")
		}
	}
	p.picture("hover")
}

// TestCompletion asks for the members of the empty object that it has typed.
func TestCompletion(t *testing.T) {
	p := open(t, 1440, 900, true, "#example=rolling-upgrade")
	p.do(chromedp.Click(chromedp.CSS("#editor")))
	p.do(chromedp.KeyEvent(kb.Home, chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(kb.End))
	p.do(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(`"`))
	p.until(`document.querySelector('.suggest-widget.visible') !== null && document.querySelector('.suggest-widget').textContent.includes('functions')`)
	p.picture("completion")
}

// TestSlider moves the slider with the keyboard, and reads which instances are added
// and removed.
func TestSlider(t *testing.T) {
	p := open(t, 1440, 900, false, "#example=linux-nat")
	chips := func(mark string) string {
		return p.eval(`[...document.querySelectorAll('#panel-capacity .grid .chip.` + mark + `')].map(c => c.dataset.name).sort().join(' ')`)
	}
	p.until(`document.querySelector('#panel-capacity .grid') !== null`)
	p.do(chromedp.Focus(chromedp.CSS("#from")), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent("20"))
	p.until(`document.querySelector('#panel-capacity h2')?.textContent.startsWith('web: 20 → ')`)
	p.do(chromedp.Focus(chromedp.CSS("#to")), chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(strings.Repeat(kb.ArrowRight, 18)))
	p.until(`document.querySelector('#panel-capacity h2')?.textContent === 'web: 20 → 18 instances'`)
	if got := chips("removed"); got != "web_18 web_19" {
		t.Errorf("to 18, removed: %s", got)
	}
	p.do(chromedp.KeyEvent(strings.Repeat(kb.ArrowRight, 4)))
	p.until(`document.querySelector('#panel-capacity h2')?.textContent === 'web: 20 → 22 instances'`)
	if got := chips("added"); got != "web_20 web_21" {
		t.Errorf("to 22, added: %s", got)
	}
	if got := p.eval(`document.querySelector('#change').textContent`); got != "Azure adds web_20 and web_21." {
		t.Errorf("the sentence is %q", got)
	}
	p.do(chromedp.KeyEvent(kb.End))
	p.until(`document.querySelector('#panel-capacity .callout.error') !== null`)
	p.picture("limit")
}

// TestPlan changes the size of the instances, and wants the batches that the change
// takes; with an unhealthy instance, fewer.
func TestPlan(t *testing.T) {
	p := open(t, 1440, 900, true, "#example=rolling-upgrade&view=plan")
	const title = `document.querySelector('#panel-plan h2')?.textContent`
	p.until(title + ` === 'web: 5 instances in 5 batches'`)
	p.do(chromedp.SetValue(chromedp.CSS("#kind"), "edits"))
	p.eval(`document.querySelector('#kind').dispatchEvent(new Event('change'))`)
	p.until(title + `?.includes('no instance')`)

	p.find("Standard_D2s_v5")
	p.do(chromedp.KeyEvent("Standard_D4s_v5"))
	p.until(title + ` === 'web: 5 instances in 5 batches' && document.querySelector('#panel-plan .lead')?.textContent === 'Rolling upgrade, redeploy: sku.name.'`)
	p.picture("plan-edit")

	p.click("#fail")
	p.until(title + ` === 'web: 1 instance in 1 batch'`)
	if got := p.eval(`document.querySelector('#panel-plan .callout').textContent`); !strings.Contains(got, "SS7910") {
		t.Errorf("the finding is %q", got)
	}
	p.picture("plan-stops")
}

// TestFailure lets two zones fail, one after the other.
func TestFailure(t *testing.T) {
	p := open(t, 1440, 900, false, "#example=zonal&view=failure")
	const title = `document.querySelector('#panel-failure h2')?.textContent`
	p.until(title + ` === '4 of 6 instances are left'`)
	p.click(`[data-loss="zone=2"]`)
	p.until(title + ` === '2 of 6 instances are left'`)
	if got := p.eval(`document.querySelectorAll('#panel-failure .grid .chip.lost').length`); got != "4" {
		t.Errorf("%s instances are drawn as lost", got)
	}
	p.picture("failure-zones")
}

// TestKeyboard walks from tab to tab with the arrow keys.
func TestKeyboard(t *testing.T) {
	p := open(t, 1440, 900, false, "")
	p.do(chromedp.Focus(chromedp.CSS("#tab-capacity")))
	for _, want := range []string{"failure", "plan", "review", "graph", "capacity"} {
		p.do(chromedp.KeyEvent(kb.ArrowRight))
		p.until(`document.activeElement.id === 'tab-` + want + `' && !document.querySelector('#panel-` + want + `').hidden`)
	}
}

// TestColors switches between light and dark colors, in the editor and in the review too.
func TestColors(t *testing.T) {
	p := open(t, 1440, 900, false, "#view=review")
	const colors = `[document.body, document.querySelector('.monaco-editor'), document.querySelector('#panel-review iframe').contentDocument.body].map(e => getComputedStyle(e).backgroundColor).join(' ')`
	p.until(`document.querySelector('#panel-review iframe')?.contentDocument.body?.childElementCount > 0`)
	light := p.eval(colors)
	p.click("#theme")
	p.until(colors + `.split(' rgb').every((c, i) => c !== '` + light + `'.split(' rgb')[i])`)
	p.picture("colors")
}

// TestNoConnections tries to send something, from the page and from a worker of it.
func TestNoConnections(t *testing.T) {
	p := open(t, 1440, 900, false, "")
	const try = `addEventListener('securitypolicyviolation', e => tell(e.effectiveDirective)); fetch('https://example.org/').catch(() => {});`
	for _, script := range []string{
		`(tell => { ` + try + ` })(d => { document.title = d; })`,
		`(w => { w.onmessage = e => { document.title = e.data; }; })(new Worker(URL.createObjectURL(new Blob([` + "`const tell = d => postMessage(d); " + try + "`" + `], { type: 'text/javascript' }))))`,
	} {
		p.eval(`document.title = ''`)
		p.eval(script)
		p.until(`document.title === 'connect-src'`)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems = nil // the violations that were wanted
}

// TestOpen opens files whose texts try to become markup and scripts, with a password in
// the parameter file, and wants neither in any view.
func TestOpen(t *testing.T) {
	const password = "Canary-4711-Zeta!"
	const hostile = `<img src=x onerror=\"document.body.dataset.hit=1\"><script>document.body.dataset.hit=2</script>`
	folder := filepath.Join("..", "..", "examples", "current", "windows-nat")
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	template := strings.Replace(read("azuredeploy.json"), `"resources": [`, `"outputs": { "`+hostile+`": { "type": "string", "value": "`+hostile+`" } }, "resources": [`, 1)
	template = strings.Replace(template, `"contentVersion": "1.0.0.0",`, `"contentVersion": "1.0.0.0", "`+hostile+`": 1,`, 1)
	parameters := regexp.MustCompile(`(?s)"reference": \{.*?\n {6}\}`).ReplaceAllString(read("azuredeploy.parameters.json"), `"value": "`+password+`"`)
	parameters = strings.Replace(parameters, `"application": "web"`, `"application": "`+hostile+`"`, 1)
	if !strings.Contains(parameters, password) || !strings.Contains(parameters, hostile) {
		t.Fatal("the example has changed")
	}
	var files []string
	for name, text := range map[string]string{"main.json": template, "main.parameters.json": parameters} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	p := open(t, 1440, 900, false, "")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), files))
	p.until(findings + `.includes('onerror') && document.querySelector('#example').selectedOptions[0].textContent === 'Your files'`)
	for _, view := range []string{"capacity", "failure", "plan", "review", "graph"} {
		p.click("#tab-" + view)
		p.until(`(e => e.querySelector('iframe')?.contentDocument.body?.childElementCount > 0 || e.querySelector('h2, .empty') !== null)(document.querySelector('#panel-` + view + `'))`)
		p.picture("hostile-" + view)
	}
	if got := p.eval(`document.body.dataset.hit + ' ' + document.querySelectorAll('img').length`); got != "undefined 0" {
		t.Errorf("a text became markup: %s", got)
	}
	const all = `[...document.querySelectorAll('#panels, #findings')].map(e => e.innerHTML + [...e.querySelectorAll('iframe')].map(f => f.srcdoc).join()).join()`
	if p.eval(all+`.includes('`+password+`')`) == "true" {
		t.Error("the password is in a view")
	}
	if p.eval(all+`.includes('Review of')`) != "true" {
		t.Error("the review is not among what was searched")
	}
}

// TestViews opens each view of each example, and wants a result or a reason.
func TestViews(t *testing.T) {
	p := open(t, 1440, 900, false, "")
	for _, name := range strings.Fields(p.eval(`[...document.querySelector('#example').options].map(o => o.value).join(' ')`)) {
		p.do(chromedp.SetValue(chromedp.CSS("#example"), name))
		p.eval(`document.querySelector('#example').dispatchEvent(new Event('change'))`)
		for _, view := range []string{"capacity", "failure", "plan", "review", "graph"} {
			p.click("#tab-" + view)
			p.until(`(e => e.querySelector('iframe')?.contentDocument.body?.childElementCount > 0 || e.querySelector('h2, .empty') !== null)(document.querySelector('#panel-` + view + `'))`)
		}
	}
}

// TestScreens looks at each view, wide and narrow, in light and dark colors.
func TestScreens(t *testing.T) {
	for _, s := range []struct {
		name          string
		width, height int
		dark          bool
	}{{"desktop-light", 1440, 900, false}, {"desktop-dark", 1440, 900, true}, {"phone-light", 390, 844, false}, {"phone-dark", 390, 844, true}} {
		t.Run(s.name, func(t *testing.T) {
			p := open(t, s.width, s.height, s.dark, "#example=rolling-upgrade")
			if s.width < 600 {
				p.until(`document.querySelector('#tab-edit').getAttribute('aria-selected') === 'true'`)
				p.picture(s.name + "-edit")
			}
			for _, view := range []string{"capacity", "failure", "plan", "review", "graph"} {
				p.click("#tab-" + view)
				p.until(`(e => e.querySelector('iframe')?.contentDocument.body?.childElementCount > 0 || e.querySelector('h2') !== null)(document.querySelector('#panel-` + view + `'))`)
				p.picture(s.name + "-" + view)
				if over := p.eval(`document.documentElement.scrollWidth > innerWidth`); over == "true" {
					t.Errorf("%s is wider than the window", view)
				}
			}
		})
	}
}
