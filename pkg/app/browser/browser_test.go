package browser_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/app/browser"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

const (
	template   = "azuredeploy.json"
	parameters = "azuredeploy.parameters.json"
)

// example returns the template and the parameter file of an example, by name.
func example(t *testing.T, name string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, file := range []string{template, parameters} {
		text, err := os.ReadFile(filepath.Join(golden.Root(t), "examples", filepath.FromSlash(name), file))
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	return texts
}

func TestRun(t *testing.T) {
	texts := example(t, "preview/linux-nat")
	for name, text := range example(t, "preview/linux-nat") {
		texts["deployed/"+name] = strings.Replace(text, "Standard_A1", "Standard_A2", 1)
	}
	for _, tt := range []struct {
		args string
		code int
		out  string // a part of it
	}{
		{"simulate azuredeploy.json --to 15 --format json", 0, `"removed": [`},
		{"simulate azuredeploy.json --lose fd=1 --format json", 0, `"lost"`},
		{"plan azuredeploy.json --reimage --format json", 0, `"batches"`},
		{"plan deployed/azuredeploy.json azuredeploy.json --format json", 0, `"version"`},
		{"review azuredeploy.json --format html --against deployed/azuredeploy.json", 0, "<!doctype html>"},
		{"graph azuredeploy.json", 0, "<svg"},
		{"lint azuredeploy.json --format json", 0, `"findings"`},
		{"explain SS4001", 0, "SS4001"},
		{"new load-balanced --zones 1,2,3 --output -", 0, "Microsoft.Compute/virtualMachineScaleSets"},
		{"graph elsewhere.json", 1, ""},
		{"simulate azuredeploy.json --to many", 2, ""},
	} {
		r := browser.Run(t.Context(), "1.0", texts, strings.Fields(tt.args)...)
		if r.Code != tt.code || !strings.Contains(r.Out, tt.out) || (tt.out == "") != (r.Out == "") {
			t.Errorf("%s: exit code %d, want %d\n%.300s\n%s", tt.args, r.Code, tt.code, r.Out, r.Err)
		}
	}
}

// A message of the protocol, as far as the tests look at it.
type message struct {
	ID     int
	Method string
	Params struct {
		URI         string
		Diagnostics []struct{ Code, Message string }
	}
	Result json.RawMessage
}

// TestServe opens both documents, and wants the findings of an editor.
func TestServe(t *testing.T) {
	got := make(chan message, 100)
	receive := browser.Serve(t.Context(), "1.0", []string{template, parameters}, func(text string) {
		var m message
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			t.Errorf("%v in %s", err, text)
		}
		got <- m
	})
	send := func(method string, id int, params any) {
		m := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if id > 0 {
			m["id"] = id
		}
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		receive(string(text))
	}
	uri := func(name string) string { return "file://" + browser.Folder + "/" + name }
	send("initialize", 1, map[string]any{"capabilities": map[string]any{}})
	if m := <-got; m.ID != 1 || !strings.Contains(string(m.Result), "hoverProvider") {
		t.Fatalf("initialize: %s", m.Result)
	}
	texts := example(t, "current/zonal")
	texts[parameters] = strings.Replace(texts[parameters], `"parameters": {`, `"parameters": { "stray": { "value": 1 },`, 1)
	for _, name := range []string{parameters, template} {
		send("textDocument/didOpen", 0, map[string]any{"textDocument": map[string]any{"uri": uri(name), "version": 1, "text": texts[name]}})
	}
	for m := range got {
		if m.Params.URI != uri(parameters) {
			continue
		}
		for _, d := range m.Params.Diagnostics {
			if strings.Contains(d.Message, "stray") {
				return // the template found its parameter file
			}
		}
	}
}
