package lsp_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/app/lsp"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

// A capable editor announces capabilities, answers requests of the server, and
// keeps what it is told.
type capable struct {
	*editor
	told chan *jsonrpc2.Request
}

func connect(t *testing.T, folder string, initialize map[string]any, answers map[string]any) (*capable, string) {
	t.Helper()
	ours, theirs := net.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() {
		done <- lsp.Serve(ctx, theirs, lsp.Config{Engine: engine.Config{Files: engine.Folder(folder), Rules: rules.All()}})
	}()
	c := &capable{&editor{t: t}, make(chan *jsonrpc2.Request, 100)}
	c.conn = jsonrpc2.NewConn(ctx, jsonrpc2.NewBufferedStream(ours, jsonrpc2.VSCodeObjectCodec{}), jsonrpc2.HandlerWithError(
		func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
			c.told <- r
			return answers[r.Method], nil
		}))
	t.Cleanup(func() {
		c.call("shutdown", nil)
		_ = c.conn.Notify(ctx, "exit", nil)
		<-done
	})
	answer := c.call("initialize", initialize)
	c.notify("initialized", map[string]any{})
	return c, answer
}

// next is the next message of a method; others before it are skipped.
func (c *capable) next(method string) string {
	c.t.Helper()
	for {
		select {
		case r := <-c.told:
			if r.Method == method && r.Params == nil {
				return ""
			}
			if r.Method == method {
				return string(*r.Params)
			}
		case <-time.After(2 * time.Minute):
			c.t.Fatalf("%s does not arrive", method)
		}
	}
}

func (c *capable) open(uri, text string) {
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": text}})
}

// TestPositionEncoding asks for one name after characters of several bytes, in
// each encoding, and changes the text there.
func TestPositionEncoding(t *testing.T) {
	const line = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "variables": {"ü😀": 1, "name": "[variables('ü😀')]"}, "resources": []}`
	for _, tt := range []struct {
		offered  []string
		encoding string
		wide     int // how much the line is longer before the second ü, in units beside code points
		name     int // units of ü😀
	}{
		{nil, "utf-16", 1, 3},
		{[]string{"utf-16", "utf-8"}, "utf-16", 1, 3},
		{[]string{"utf-8", "utf-16"}, "utf-8", 4, 6},
		{[]string{"utf-32", "utf-16"}, "utf-32", 0, 2},
		{[]string{"ucs-2"}, "utf-16", 1, 3},
	} {
		c, answer := connect(t, t.TempDir(), map[string]any{"capabilities": map[string]any{"general": map[string]any{"positionEncodings": tt.offered}}}, nil)
		if !strings.Contains(answer, `"positionEncoding":"`+tt.encoding+`"`) {
			t.Errorf("%v: initialize answers %s", tt.offered, answer)
		}
		c.open(uri, line)
		runes := []rune(line)
		second := len([]rune(line[:strings.Index(line, "[variables('")])) + len("[variables('") + tt.wide
		at := map[string]any{"line": 0, "character": second}
		want := map[string]any{"line": 0.0, "character": float64(second)}
		end := map[string]any{"line": 0.0, "character": float64(second + tt.name)}
		var got []map[string]any
		raw := c.call("textDocument/documentHighlight", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at})
		if err := json.Unmarshal([]byte(raw), &got); err != nil || len(got) != 2 {
			t.Fatalf("%v: %s", tt.offered, raw)
		}
		if diff := cmp.Diff(map[string]any{"start": want, "end": end}, got[1]["range"]); diff != "" {
			t.Errorf("%v of %d characters (-want +got):\n%s", tt.offered, len(runes), diff)
		}
		// Write another name there, then one more variable of this name.
		c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 2}, "contentChanges": []any{
			map[string]any{"range": map[string]any{"start": want, "end": end}, "text": "name"},
		}})
		raw = c.call("textDocument/documentHighlight", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at})
		if strings.Count(raw, `"kind"`) != 2 || !strings.Contains(raw, `"end":{"line":0,"character":`+jsonText(second+4)+`}`) {
			t.Errorf("%v: after the change %s", tt.offered, raw)
		}
	}
}

// TestPullDiagnostics: an editor that pulls findings is sent none, is told when
// they have not changed, and to ask again when those of another document have.
func TestPullDiagnostics(t *testing.T) {
	c, _ := connect(t, t.TempDir(), map[string]any{"capabilities": map[string]any{
		"textDocument": map[string]any{"diagnostic": map[string]any{}}, "workspace": map[string]any{"diagnostics": map[string]any{"refreshSupport": true}},
	}}, nil)
	c.open(uri, text)
	type report struct {
		Kind, ResultID string
		Items          []struct{ Code string }
	}
	pull := func(previous string) (r report) {
		t.Helper()
		raw := c.call("textDocument/diagnostic", map[string]any{"textDocument": map[string]any{"uri": uri}, "previousResultId": previous})
		if err := json.Unmarshal([]byte(raw), &r); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		return r
	}
	first := pull("")
	if first.Kind != "full" || !slices.ContainsFunc(first.Items, func(i struct{ Code string }) bool { return i.Code == "SS3001" }) {
		t.Errorf("the misspelled capacity is not among %+v", first)
	}
	if again := pull(first.ResultID); again.Kind != "unchanged" || len(again.Items) != 0 {
		t.Errorf("nothing has changed, but the answer is %+v", again)
	}
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 2},
		"contentChanges": []any{map[string]any{"text": strings.Replace(text, "capcity", "capacity", 1)}}})
	if changed := pull(first.ResultID); changed.Kind != "full" || slices.ContainsFunc(changed.Items, func(i struct{ Code string }) bool { return i.Code == "SS3001" }) {
		t.Errorf("after the correction the answer is %+v", changed)
	}
	for len(c.told) > 0 {
		if r := <-c.told; r.Method == "textDocument/publishDiagnostics" {
			t.Errorf("findings are sent: %s", *r.Params)
		}
	}
}

// TestClientSettings: hints are off until the editor turns them on, by any of the
// three ways in which editors give settings.
func TestClientSettings(t *testing.T) {
	hints := func(c *capable) int {
		c.t.Helper()
		return strings.Count(c.call("textDocument/inlayHint", map[string]any{"textDocument": map[string]any{"uri": uri},
			"range": map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 99, "character": 0}}}), `"label"`)
	}
	on := map[string]any{"inlayHints": true}
	c, _ := connect(t, t.TempDir(), map[string]any{}, nil)
	c.open(uri, text)
	if n := hints(c); n != 0 {
		t.Errorf("%d hints, although nobody asked for them", n)
	}
	c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"scaleset": on}})
	if n := hints(c); n == 0 {
		t.Error("no hints after a change of the settings")
	}
	c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"scaleset": map[string]any{"inlayHints": "yes"}}})
	if n := hints(c); n == 0 {
		t.Error("settings that cannot be read turn the hints off")
	}
	c, _ = connect(t, t.TempDir(), map[string]any{"initializationOptions": on}, nil)
	c.open(uri, text)
	if n := hints(c); n == 0 {
		t.Error("no hints by the options of the start")
	}
	c, _ = connect(t, t.TempDir(), map[string]any{"capabilities": map[string]any{"workspace": map[string]any{"configuration": true, "inlayHint": map[string]any{"refreshSupport": true}}}},
		map[string]any{"workspace/configuration": []any{on}})
	c.open(uri, text)
	if asked := c.next("workspace/configuration"); !strings.Contains(asked, `"section":"scaleset"`) {
		t.Errorf("the settings are asked for by %s", asked)
	}
	c.next("workspace/inlayHint/refresh")
	if n := hints(c); n == 0 {
		t.Error("no hints by the answer of the editor")
	}
}

// TestWatchedFiles: the server asks for changes on disk, and checks what depends
// on a file that changes there.
func TestWatchedFiles(t *testing.T) {
	folder := t.TempDir()
	c, _ := connect(t, folder, map[string]any{"capabilities": map[string]any{"workspace": map[string]any{"didChangeWatchedFiles": map[string]any{"dynamicRegistration": true}}}}, nil)
	if registered := c.next("client/registerCapability"); !strings.Contains(registered, "workspace/didChangeWatchedFiles") || !strings.Contains(registered, "**/*.{json,jsonc}") {
		t.Errorf("registered is %s", registered)
	}
	at := "file://" + filepath.ToSlash(filepath.Join(folder, "azuredeploy.json"))
	c.open(at, text)
	hover := func() string {
		p := place("[parameters('count')]", 14)
		p["textDocument"] = map[string]any{"uri": at}
		return c.call("textDocument/hover", p)
	}
	if before := hover(); !strings.Contains(before, "`5`") {
		t.Errorf("the capacity is %s, want that of the default", before)
	}
	parameters := filepath.Join(folder, "azuredeploy.parameters.json")
	if err := os.WriteFile(parameters, []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"count": {"value": 9}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": "file://" + filepath.ToSlash(parameters), "type": 1}}})
	if after := hover(); !strings.Contains(after, "`9`") {
		t.Errorf("the capacity is %s, want that of the new parameter file", after)
	}
}

// TestWatchedFilesOfAnEditorThatPulls: it is told to ask again when a file on disk
// changes, also a settings file that is new.
func TestWatchedFilesOfAnEditorThatPulls(t *testing.T) {
	folder := t.TempDir()
	ours, theirs := net.Pipe()
	c := &capable{&editor{t: t}, make(chan *jsonrpc2.Request, 100)}
	load := func(folder string) (policy.Policy, error) { return policy.Load(folder, "") }
	go func() {
		_ = lsp.Serve(t.Context(), theirs, lsp.Config{Engine: engine.Config{Files: engine.Folder(""), Rules: rules.All()}, PolicyIn: load})
	}()
	c.conn = jsonrpc2.NewConn(t.Context(), jsonrpc2.NewBufferedStream(ours, jsonrpc2.VSCodeObjectCodec{}), jsonrpc2.HandlerWithError(
		func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
			c.told <- r
			return nil, nil
		}))
	root := "file://" + filepath.ToSlash(folder)
	c.call("initialize", map[string]any{"rootUri": root, "capabilities": map[string]any{
		"textDocument": map[string]any{"diagnostic": map[string]any{}}, "workspace": map[string]any{"diagnostics": map[string]any{"refreshSupport": true}},
	}})
	c.open(root+"/azuredeploy.json", text)
	document := map[string]any{"textDocument": map[string]any{"uri": root + "/azuredeploy.json"}}
	if before := c.call("textDocument/diagnostic", document); !strings.Contains(before, "SS3001") {
		t.Fatalf("the misspelled capacity is not in %s", before)
	}
	changed := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": root + "/" + name, "type": 1}}})
		c.next("workspace/diagnostic/refresh")
	}
	changed("azuredeploy.parameters.json", `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"count": {"value": 9}}}`)
	changed(settings.Name, "rules: { SS3001: info }\n")
	if after := c.call("textDocument/diagnostic", document); !strings.Contains(after, `"severity":3,"code":"SS3001"`) {
		t.Errorf("the settings make SS3001 an info, but %s", after)
	}
}

// TestTrace: a trace has the name of each message and how long it took, and no
// word of a document.
func TestTrace(t *testing.T) {
	c, _ := connect(t, t.TempDir(), map[string]any{"trace": "verbose"}, nil)
	c.open(uri, text)
	c.call("textDocument/hover", place("concat(", 2))
	var all []string
	for m := c.next("$/logTrace"); ; m = c.next("$/logTrace") {
		all = append(all, m)
		if strings.Contains(m, "textDocument/hover took ") {
			break
		}
	}
	if joined := strings.Join(all, "\n"); strings.Contains(joined, "hunter2") || strings.Contains(joined, "concat") || !strings.Contains(joined, `"verbose":"answered"`) ||
		!strings.Contains(joined, "check of azuredeploy.json took ") || !strings.Contains(joined, "1 parameter set, ") {
		t.Errorf("the trace is %s", joined)
	}
	c.notify("$/setTrace", map[string]any{"value": "off"})
	c.call("textDocument/hover", place("concat(", 2))
	c.call("textDocument/hover", place("concat(", 2))
	for len(c.told) > 0 {
		if r := <-c.told; r.Method == "$/logTrace" && !strings.Contains(string(*r.Params), "hover") {
			t.Errorf("after the trace is off: %s", *r.Params)
		}
	}
}

// TestFolderSettings: in each folder of the workspace its own settings hold.
func TestFolderSettings(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for dir, severity := range map[string]string{a: "info", b: "warning"} {
		if err := os.WriteFile(filepath.Join(dir, settings.Name), []byte("rules: { SS3001: "+severity+" }\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func(folder string) (policy.Policy, error) { return policy.Load(folder, "") }
	e := openWith(t, text, lsp.Config{
		Engine: engine.Config{Files: engine.Folder(t.TempDir()), Rules: rules.All()}, PolicyIn: load,
	})
	<-e.found
	for _, dir := range []string{a, b} {
		e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{"added": []any{map[string]any{"uri": "file://" + filepath.ToSlash(dir)}}}})
	}
	for dir, want := range map[string]float64{a: 3, b: 2} {
		e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "file://" + filepath.ToSlash(filepath.Join(dir, "x.json")), "version": 1, "text": text}})
		var got any
		for _, d := range <-e.found {
			if d["code"] == "SS3001" {
				got = d["severity"]
			}
		}
		if got != want {
			t.Errorf("the severity is %v, want %v", got, want)
		}
	}
}

// TestTokenDelta: what a delta changes in the tokens before is the tokens of the
// text as it is; a delta to an answer that is not the last one is all tokens.
func TestTokenDelta(t *testing.T) {
	type answer struct {
		ResultID string
		Data     []int
		Edits    []struct {
			Start, DeleteCount int
			Data               []int
		}
	}
	c, initialized := connect(t, t.TempDir(), map[string]any{}, nil)
	if !strings.Contains(initialized, `"full":{"delta":true}`) {
		t.Errorf("initialize answers %s", initialized)
	}
	document := map[string]any{"uri": uri}
	ask := func(method string, more map[string]any) (a answer) {
		t.Helper()
		more["textDocument"] = document
		raw := c.call("textDocument/semanticTokens/"+method, more)
		if err := json.Unmarshal([]byte(raw), &a); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		return a
	}
	c.open(uri, text)
	first := ask("full", map[string]any{})
	before := first
	for i, changed := range []string{
		text,
		strings.Replace(text, "concat(", "toUpper(concat(", 1),
		strings.Replace(text, "'web'", "'web', 'more'", 1),
		"\n\n" + text,
		"{",
		strings.Replace(text, "[parameters('count')]", "5", 1),
	} {
		c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": i + 2}, "contentChanges": []any{map[string]any{"text": changed}}})
		delta := ask("full/delta", map[string]any{"previousResultId": before.ResultID})
		data := slices.Clone(before.Data)
		for _, e := range delta.Edits {
			data = slices.Replace(data, e.Start, e.Start+e.DeleteCount, e.Data...)
		}
		if delta.Data != nil || i == 0 && len(delta.Edits) > 0 {
			t.Errorf("change %d: the delta is %+v", i, delta)
		}
		before = ask("full", map[string]any{})
		if diff := cmp.Diff(before.Data, data); diff != "" && len(before.Data)+len(data) > 0 {
			t.Errorf("change %d (-full +delta):\n%s", i, diff)
		}
	}
	if old := ask("full/delta", map[string]any{"previousResultId": first.ResultID}); len(old.Data) == 0 {
		t.Errorf("the delta to an old answer is %+v", old)
	}
}

// TestParameterSets: the values that are shown are those of the parameter file that
// the editor chooses, by its name; without a choice those of the first.
func TestParameterSets(t *testing.T) {
	folder := t.TempDir()
	for name, count := range map[string]string{"dev": "2", "prod": "30"} {
		parameters := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"count": {"value": ` + count + `}}}`
		if err := os.WriteFile(filepath.Join(folder, "azuredeploy.parameters."+name+".json"), []byte(parameters), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, _ := connect(t, folder, map[string]any{"initializationOptions": map[string]any{"inlayHints": true},
		"capabilities": map[string]any{"workspace": map[string]any{"codeLens": map[string]any{"refreshSupport": true}}}}, nil)
	at := "file://" + filepath.ToSlash(filepath.Join(folder, "azuredeploy.json"))
	c.open(at, strings.Replace(text, "capcity", "capacity", 1))
	document := map[string]any{"uri": at}
	for chosen, want := range map[string]string{"": "2", "azuredeploy.parameters.prod.json": "30", "azuredeploy.parameters.dev.json": "2", "other.json": "2"} {
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"scaleset": map[string]any{"inlayHints": true, "parameterFile": chosen}}})
		p := place("[parameters('count')]", 14)
		p["textDocument"] = document
		if hover := c.call("textDocument/hover", p); !strings.Contains(hover, "`"+want+"`") {
			t.Errorf("with %q the capacity is %s, want %s", chosen, hover, want)
		}
		if lens := c.call("textDocument/codeLens", map[string]any{"textDocument": document}); !strings.Contains(lens, `"title":"`+want+" instances") {
			t.Errorf("with %q the lens is %s, want %s", chosen, lens, want)
		}
		hints := c.call("textDocument/inlayHint", map[string]any{"textDocument": document, "range": map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 99, "character": 0}}})
		if !strings.Contains(hints, `"= `+want+`"`) {
			t.Errorf("with %q the hints are %s, want %s", chosen, hints, want)
		}
	}
	c.next("workspace/codeLens/refresh")
}
