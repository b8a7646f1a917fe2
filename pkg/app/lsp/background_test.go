package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

// A wired client speaks with a server over a stream.
type wired struct {
	t    *testing.T
	conn *jsonrpc2.Conn

	mu   sync.Mutex
	told []string // methods of notifications with their parameters
}

// wire serves a client that announces the capabilities.
func wire(t *testing.T, s *server, initialize map[string]any) *wired {
	t.Helper()
	ours, theirs := net.Pipe()
	c := &wired{t: t}
	c.conn = jsonrpc2.NewConn(t.Context(), jsonrpc2.NewBufferedStream(ours, jsonrpc2.VSCodeObjectCodec{}), jsonrpc2.HandlerWithError(
		func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			text := r.Method
			if r.Params != nil {
				text += " " + string(*r.Params)
			}
			c.told = append(c.told, text)
			return nil, nil
		}))
	jsonrpc2.NewConn(t.Context(), newStream(theirs), s)
	go s.work()
	t.Cleanup(s.stop)
	c.call("initialize", initialize)
	c.notify("initialized", map[string]any{})
	return c
}

func (c *wired) call(method string, params any) json.RawMessage {
	c.t.Helper()
	var answer json.RawMessage
	if err := c.conn.Call(c.t.Context(), method, params, &answer); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
	return answer
}

func (c *wired) notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(c.t.Context(), method, params); err != nil {
		c.t.Fatal(err)
	}
}

// heard are the notifications and requests of a method so far.
func (c *wired) heard(method string) (all []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range c.told {
		if params, ok := strings.CutPrefix(text, method+" "); ok {
			all = append(all, params)
		}
	}
	return all
}

// await waits until something of a method holds a text.
func (c *wired) await(method, holds string) string {
	c.t.Helper()
	for range 12000 {
		all := c.heard(method)
		if i := slices.IndexFunc(all, func(text string) bool { return strings.Contains(text, holds) }); i >= 0 {
			return all[i]
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.t.Fatalf("no %s with %q: %q", method, holds, c.heard(method))
	return ""
}

// workspaceOf writes the files of a workspace, and serves it.
func workspaceOf(t *testing.T, files map[string]string) (s *server, folder string, initialize map[string]any) {
	t.Helper()
	folder = t.TempDir()
	for name, text := range files {
		write(t, folder, name, text)
	}
	s = newServer(t.Context(), Config{Engine: engine.Config{Files: engine.Folder(""), Rules: rules.All()}})
	return s, folder, map[string]any{"workspaceFolders": []any{map[string]any{"uri": uriOfPath(folder), "name": "w"}}}
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const (
	head     = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0"`
	headFile = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0"`
)

var workspaceFiles = map[string]string{
	"a.json":            `{` + head + `, "parameters": {"count": {"type": "int"}}, "resources": [], "outputs": {"n": {"type": "int", "value": "[parameters('cuont')]"}}}`,
	"a.parameters.json": `{` + headFile + `, "parameters": {"count": {"value": "three"}}}`,
	"clean.json":        `{` + head + `, "resources": []}`,
	"child.json":        `{` + head + `, "parameters": {"size": {"type": "int"}}, "resources": [], "outputs": {"n": {"type": "int", "value": "[parameters('siez')]"}}}`,
	"main.json": `{` + head + `, "resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "more",
		"properties": {"mode": "Incremental", "templateLink": {"relativePath": "child.json"}, "parameters": {"size": {"value": 3}}}}]}`,
	"package.json": `{"name": "not a template"}`,
}

type pulledReport struct {
	Items []struct {
		URI, Kind, ResultID string
		Version             *int
		Items               []struct{ Code, Message string }
	}
}

// pull is one workspace/diagnostic: kinds and codes by the name of the file, and the
// ids for the next.
func pullAll(t *testing.T, c *wired, previous map[string]string, more map[string]any) (kinds map[string]string, ids map[string]string) {
	t.Helper()
	list := []any{}
	for uri, id := range previous {
		list = append(list, map[string]any{"uri": uri, "value": id})
	}
	params := map[string]any{"previousResultIds": list}
	for k, v := range more {
		params[k] = v
	}
	return kindsOf(t, c.call("workspace/diagnostic", params))
}

func kindsOf(t *testing.T, raws ...json.RawMessage) (kinds map[string]string, ids map[string]string) {
	t.Helper()
	kinds, ids = map[string]string{}, map[string]string{}
	for _, raw := range raws {
		var r pulledReport
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		for _, item := range r.Items {
			text := item.Kind
			for _, d := range item.Items {
				text += " " + d.Code
			}
			kinds[filepath.Base(item.URI)], ids[item.URI] = text, item.ResultID
		}
	}
	return kinds, ids
}

// TestWorkspaceDiagnostics: all templates of the workspace and their parameter files
// are reported, a linked template as it is where it is linked; what has not changed
// is not checked again.
func TestWorkspaceDiagnostics(t *testing.T) {
	s, folder, initialize := workspaceOf(t, workspaceFiles)
	c := wire(t, s, initialize)
	first, ids := pullAll(t, c, nil, nil)
	want := map[string]string{"a.json": "full SS1016", "a.parameters.json": "full SS1031", "clean.json": "full", "child.json": "full SS1016", "main.json": "full"}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, _ := pullAll(t, c, ids, nil)
	for name, kind := range again {
		if kind != "unchanged" {
			t.Errorf("%s is %s although nothing has changed", name, kind)
		}
	}
	if len(again) != len(first) {
		t.Errorf("%d reports, then %d", len(first), len(again))
	}
	write(t, folder, "child.json", strings.Replace(workspaceFiles["child.json"], "siez", "size", 1))
	if err := os.Remove(filepath.Join(folder, "a.parameters.json")); err != nil {
		t.Fatal(err)
	}
	changed, _ := pullAll(t, c, ids, nil)
	for name, kind := range map[string]string{"child.json": "full", "main.json": "unchanged", "clean.json": "unchanged", "a.parameters.json": "full"} {
		if changed[name] != kind {
			t.Errorf("after a change %s is %q, want %q", name, changed[name], kind)
		}
	}
	if len(c.heard("textDocument/publishDiagnostics")) > 0 {
		t.Error("findings of files that are not open are sent")
	}

	// Partial results are the same reports, and the answer is empty.
	c.call("workspace/diagnostic", map[string]any{"previousResultIds": []any{}, "partialResultToken": "part"})
	var parts []json.RawMessage
	for _, text := range c.heard("$/progress") {
		var p struct {
			Token string
			Value json.RawMessage
		}
		if err := json.Unmarshal([]byte(text), &p); err != nil || p.Token != "part" {
			t.Fatalf("%v: %s", err, text)
		}
		parts = append(parts, p.Value)
	}
	inParts, _ := kindsOf(t, parts...)
	if inParts["child.json"] != "full" || !strings.HasPrefix(inParts["a.json"], "full SS") || len(parts) < 4 {
		t.Errorf("%d parts: %v", len(parts), inParts)
	}
}

// TestWorkspaceDiagnosticsOfOpenDocuments: the text of the editor counts, and its
// version is named.
func TestWorkspaceDiagnosticsOfOpenDocuments(t *testing.T) {
	s, folder, initialize := workspaceOf(t, workspaceFiles)
	initialize["capabilities"] = map[string]any{"textDocument": map[string]any{"diagnostic": map[string]any{}}}
	c := wire(t, s, initialize)
	at := uriOfPath(filepath.Join(folder, "clean.json"))
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": at, "version": 7, "text": workspaceFiles["child.json"]}})
	var r pulledReport
	if err := json.Unmarshal(c.call("workspace/diagnostic", map[string]any{"previousResultIds": []any{}}), &r); err != nil {
		t.Fatal(err)
	}
	for _, item := range r.Items {
		open := item.URI == at
		if open != (item.Version != nil && *item.Version == 7) || open && len(item.Items) == 0 {
			t.Errorf("%+v", item)
		}
	}
}

// TestWorkspaceDiagnosticsGiveWay: other requests are answered between the files of
// a check of the workspace, which can be cancelled.
func TestWorkspaceDiagnosticsGiveWay(t *testing.T) {
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("t%03d.json", i)] = workspaceFiles["a.json"]
	}
	s, _, initialize := workspaceOf(t, files)
	c := wire(t, s, initialize)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	id := jsonrpc2.ID{Str: "all", IsString: true}
	go func() {
		done <- c.conn.Call(ctx, "workspace/diagnostic", map[string]any{"previousResultIds": []any{}, "partialResultToken": "part"}, nil, jsonrpc2.PickID(id))
	}()
	c.await("$/progress", "t000.json")
	c.call("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": "file:///x.json"}, "position": position{}})
	if n := len(c.heard("$/progress")); n >= 300 {
		t.Errorf("the hover is answered after %d of 300 files", n)
	}
	c.notify("$/cancelRequest", map[string]any{"id": "all"})
	if err := <-done; err == nil || !strings.Contains(err.Error(), "-32800") {
		t.Errorf("a cancelled request answers %v", err)
	}
	cancel()
	if n := len(c.heard("$/progress")); n >= 300 {
		t.Errorf("%d of 300 files are checked although the request is cancelled", n)
	}

	// The button of the progress does the same.
	go func() {
		done <- c.conn.Call(t.Context(), "workspace/diagnostic", map[string]any{"previousResultIds": []any{}, "partialResultToken": "more", "workDoneToken": "work"}, nil)
	}()
	c.await("$/progress", `"more"`)
	c.notify("window/workDoneProgress/cancel", map[string]any{"token": "work"})
	if err := <-done; err == nil || !strings.Contains(err.Error(), "-32800") {
		t.Errorf("a request whose progress is cancelled answers %v", err)
	}
}

// TestProgress: work that takes long is shown with a token of the editor or, if it
// can do that, with one of the server, which ends the work when it is cancelled.
func TestProgress(t *testing.T) {
	s, _, initialize := workspaceOf(t, workspaceFiles)
	s.patience = 0
	c := wire(t, s, initialize)
	kinds := func(token string) (all []string) {
		for _, text := range c.heard("$/progress") {
			var p struct {
				Token string
				Value progressValue
			}
			if json.Unmarshal([]byte(text), &p) == nil && p.Token == token {
				all = append(all, p.Value.Kind)
			}
		}
		return all
	}
	pullAll(t, c, nil, map[string]any{"workDoneToken": "mine"})
	if got := slices.Compact(kinds("mine")); !slices.Equal(got, []string{"begin", "report", "end"}) {
		t.Errorf("the progress of the editor's token is %q", got)
	}
	if text := c.await("$/progress", "begin"); !strings.Contains(text, "Checking the templates of the workspace") || !strings.Contains(text, `"cancellable":true`) {
		t.Errorf("it begins with %s", text)
	}
	pullAll(t, c, nil, nil)
	if created := c.heard("window/workDoneProgress/create"); len(created) > 0 {
		t.Errorf("an editor that shows no progress is asked to: %q", created)
	}

	var folder string
	s, folder, initialize = workspaceOf(t, map[string]string{"large.json": workspaceFiles["a.json"]})
	s.patience = 0
	initialize["capabilities"] = map[string]any{"window": map[string]any{"workDoneProgress": true}}
	c = wire(t, s, initialize)
	text := `{` + head + `, "variables": {"v": "x"}, "resources": [` + strings.TrimSuffix(strings.Repeat(`{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "[concat(variables('v'), 'y')]", "location": "westus2", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}},`, 700), ",") + `]}`
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uriOfPath(filepath.Join(folder, "large.json")), "version": 1, "text": text}})
	created := c.await("window/workDoneProgress/create", "scaleset-")
	c.await("textDocument/publishDiagnostics", `"version":1`)
	if c.await("$/progress", `"end"`); !slices.Equal(kinds("scaleset-1"), []string{"begin", "end"}) || !strings.Contains(created, "scaleset-1") {
		t.Errorf("created is %s, the progress is %q", created, kinds("scaleset-1"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.cancels) > 0 {
		t.Errorf("%d tokens are left", len(s.cancels))
	}
}
