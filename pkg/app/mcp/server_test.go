package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// A session is a client and a server that are connected in memory.
func session(t *testing.T, config Config, roots ...string) *sdk.ClientSession {
	t.Helper()
	theirs, ours := sdk.NewInMemoryTransports()
	ctx, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	go func() { _ = NewServer(config).Run(ctx, ours) }()
	options := &sdk.ClientOptions{Capabilities: &sdk.ClientCapabilities{}}
	if roots != nil {
		//lint:ignore SA1019 clients still give roots
		options.Capabilities.RootsV2 = &sdk.RootCapabilities{}
	}
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, options)
	for _, root := range roots {
		//lint:ignore SA1019 clients still give roots
		client.AddRoots(&sdk.Root{URI: root})
	}
	s, err := client.Connect(ctx, theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// call returns the texts of the result of a call, and whether it is an error.
func call(t *testing.T, s *sdk.ClientSession, tool string, arguments any) (text string, isError bool) {
	t.Helper()
	r, err := s.CallTool(context.Background(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Content {
		text += c.(*sdk.TextContent).Text
	}
	return text, r.IsError
}

// reader is a tool that answers with the file that it is given.
var reader = Tool{
	Name: "read", Title: "Read", About: "Reads.",
	Inputs: []Input{
		{Name: "template", About: "A file", Kind: File, FileName: "template.json"},
		{Name: "other", About: "Another", Kind: File, FileName: "other.json"},
		{Name: "beside", About: "The name of a file next to it", Kind: Text},
		{Name: "count", About: "A number", Kind: Number},
		{Name: "mode", About: "A word", Kind: Text, Choices: []string{"one", "two"}},
		{Name: "zones", About: "Words", Kind: List},
		{Name: "set", About: "Values", Kind: Values},
		{Name: "all", About: "Everything", Kind: Switch},
	},
	Run: func(_ context.Context, c Call) Answer {
		name, _ := c.Values["template"].(string)
		if beside, ok := c.Values["beside"].(string); ok {
			name = beside
		}
		text, err := c.Files.ReadFile(name)
		if err != nil {
			return Answer{Problem: "refused: " + err.Error()}
		}
		document, _ := json.Marshal(map[string]any{"text": string(text)})
		return Answer{Texts: []string{name + "=" + string(text)}, Document: document}
	},
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func uri(name string) string {
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return "file://" + name
}

// TestPaths reads files below the folders of a session, in every way to name one, and
// nothing else: no name and no link leads out.
func TestPaths(t *testing.T) {
	top := t.TempDir()
	root, second := filepath.Join(top, "root"), filepath.Join(top, "second")
	write(t, filepath.Join(root, "a.json"), "A")
	write(t, filepath.Join(root, "in", "b.json"), "B")
	write(t, filepath.Join(second, "c.json"), "C")
	write(t, filepath.Join(top, "out", "secret.json"), "SECRET")
	write(t, filepath.Join(top, "root-like", "d.json"), "SECRET")
	links := map[string]string{"link.json": "../out/secret.json", "absolute.json": filepath.Join(top, "out", "secret.json"), "folder": "../out", "inside.json": "in/b.json"}
	for name, to := range links {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil && runtime.GOOS != "windows" {
			t.Fatal(err)
		}
	}
	s := session(t, Config{Tools: []Tool{reader}, Folders: []string{second}}, uri(root), "https://example.org/", "file://elsewhere/x", "file://")
	tests := []struct {
		arguments map[string]any
		want      string // in the answer
		isError   bool
	}{
		{map[string]any{"templatePath": "a.json"}, "a.json=A", false},
		{map[string]any{"templatePath": "./in/../in/b.json"}, "in/b.json=B", false},
		{map[string]any{"templatePath": filepath.Join(root, "in", "b.json")}, "in/b.json=B", false},
		{map[string]any{"templatePath": uri(filepath.Join(root, "a.json"))}, "a.json=A", false},
		{map[string]any{"templatePath": "c.json"}, "c.json=C", false},
		{map[string]any{"template": "text"}, "template.json=text", false},
		{map[string]any{"template": map[string]any{"x": 1}}, `template.json={"x":1}`, false},
		{map[string]any{"template": "text", "otherPath": "a.json", "beside": "a.json"}, "a.json=A", false},

		{map[string]any{"templatePath": "../out/secret.json"}, "is not below a folder of this session", true},
		{map[string]any{"templatePath": "in/../../out/secret.json"}, "is not below a folder of this session", true},
		{map[string]any{"templatePath": filepath.Join(top, "out", "secret.json")}, "is not below a folder of this session", true},
		{map[string]any{"templatePath": filepath.Join(top, "root-like", "d.json")}, "is not below a folder of this session", true},
		{map[string]any{"templatePath": uri(root) + "/../out/secret.json"}, "is not below a folder of this session", true},
		{map[string]any{"templatePath": uri(root) + "/%2e%2e/out/secret.json"}, "is not below a folder of this session", true},
		{map[string]any{"templatePath": "file://server/share/x.json"}, "is not the URI of a local file", true},
		{map[string]any{"templatePath": "https://example.org/a.json"}, "cannot be read", true},
		{map[string]any{"templatePath": "none.json"}, "cannot be read", true},
		{map[string]any{"templatePath": "-"}, "cannot be read", true},
		{map[string]any{"templatePath": "a.json\x00.json"}, "cannot be read", true},
		{map[string]any{"templatePath": ""}, "must be the path of a file", true},
		{map[string]any{"templatePath": 5}, "must be the path of a file", true},
		{map[string]any{"templatePath": "in"}, "it is a folder", true},
		{map[string]any{"templatePath": "a.json", "template": "{}"}, "cannot be combined", true},
		{map[string]any{"templatePath": "a.json", "otherPath": "c.json"}, "must be below the same folder", true},
		{map[string]any{"templatePath": "a.json", "beside": "../out/secret.json"}, "it is not below the folder", true},
		{map[string]any{"templatePath": "a.json", "beside": filepath.Join(top, "out", "secret.json")}, "it is not below the folder", true},
		{map[string]any{"template": "{}", "beside": "a.json"}, "does not exist", true},
	}
	if runtime.GOOS != "windows" {
		tests = append(tests, []struct {
			arguments map[string]any
			want      string
			isError   bool
		}{
			{map[string]any{"templatePath": "inside.json"}, "inside.json=B", false},
			{map[string]any{"templatePath": "link.json"}, "or a link leads out of it", true},
			{map[string]any{"templatePath": "absolute.json"}, "or a link leads out of it", true},
			{map[string]any{"templatePath": "folder/secret.json"}, "or a link leads out of it", true},
			{map[string]any{"templatePath": "a.json", "beside": "link.json"}, "refused", true},
			{map[string]any{"templatePath": "a.json", "beside": "folder/secret.json"}, "refused", true},
		}...)
	}
	for _, tt := range tests {
		text, isError := call(t, s, "read", tt.arguments)
		if !strings.Contains(text, tt.want) || isError != tt.isError || strings.Contains(text, "SECRET") {
			t.Errorf("%v: %v %s, want %v %s", tt.arguments, isError, text, tt.isError, tt.want)
		}
	}
}

// TestNoFolders uses a client without roots: texts are all that there is.
func TestNoFolders(t *testing.T) {
	s := session(t, Config{Tools: []Tool{reader}})
	if text, isError := call(t, s, "read", map[string]any{"templatePath": "/etc/hostname"}); !isError || !strings.Contains(text, "the client gives no roots; pass the text of the file instead, or start the server as: scaleset mcp FOLDER") {
		t.Errorf("got %v %s", isError, text)
	}
	if text, isError := call(t, s, "read", map[string]any{"template": "X"}); isError || text != "template.json=X" {
		t.Errorf("got %v %s", isError, text)
	}
}

// TestArguments passes arguments that are wrong, each with a message that says how to
// correct it.
func TestArguments(t *testing.T) {
	s := session(t, Config{Tools: []Tool{reader}})
	for _, tt := range []struct {
		arguments any
		want      string
	}{
		{map[string]any{"templat": "x"}, `read has no input "templat"; did you mean "template"?`},
		{map[string]any{"nothing like it at all": "x"}, `use one of: all, beside, count`},
		{map[string]any{strings.Repeat("x", 5000): "x"}, `xxx..."`},
		{map[string]any{"count": "many"}, "count must be a whole number"},
		{map[string]any{"count": 1.5}, "count must be a whole number"},
		{map[string]any{"mode": "three"}, `mode: unknown value "three"; use one of: one, two`},
		{map[string]any{"mode": true}, "mode must be a string"},
		{map[string]any{"zones": map[string]any{}}, "zones must be a list of strings or numbers"},
		{map[string]any{"set": "a=b"}, "set must be an object with a value for each name"},
		{map[string]any{"all": "yes"}, "all must be true or false"},
	} {
		text, isError := call(t, s, "read", tt.arguments)
		if !isError || !strings.Contains(text, tt.want) || len(text) > 300 {
			t.Errorf("%.80v: %v %s", tt.arguments, isError, text)
		}
	}
	if text, _ := call(t, s, "read", map[string]any{"template": "x", "mode": nil, "zones": 1, "beside": nil}); text != "template.json=x" {
		t.Errorf("null and single values: %s", text)
	}
}

// TestLimits stops calls that take too long, that are cancelled, that fail, and cuts
// results that are too large.
func TestLimits(t *testing.T) {
	// In a bubble the clock moves only when every goroutine waits: no machine is too slow.
	synctest.Test(t, testLimits)
}

func testLimits(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	started := make(chan struct{}, 10)
	tools := []Tool{
		{Name: "wait", Run: func(context.Context, Call) Answer {
			started <- struct{}{}
			<-release
			return Answer{}
		}},
		{Name: "obey", Run: func(ctx context.Context, _ Call) Answer {
			started <- struct{}{}
			<-ctx.Done()
			return Answer{Problem: "interrupted"}
		}},
		{Name: "panic", Run: func(context.Context, Call) Answer { panic("index out of range") }},
		{Name: "long", Run: func(context.Context, Call) Answer { return Answer{Texts: []string{strings.Repeat("ä", maxText)}} }},
		{Name: "large", Run: func(context.Context, Call) Answer {
			return Answer{Document: json.RawMessage(`"` + strings.Repeat("x", MaxDocument) + `"`)}
		}},
	}
	s := session(t, Config{Tools: tools, Timeout: 50 * time.Millisecond})
	for tool, want := range map[string]string{
		"wait": "wait was stopped after 50ms, the limit of a call", "obey": "obey was stopped after 50ms", "panic": "index out of range",
		"large": TooMuch,
	} {
		if text, isError := call(t, s, tool, nil); !isError || !strings.Contains(text, want) {
			t.Errorf("%s: %v %s", tool, isError, text)
		}
	}
	if text, isError := call(t, s, "long", nil); isError || !strings.Contains(text, "\n... 24000 more bytes are left out here") || len(text) > maxText+200 {
		t.Errorf("long: %v, %d bytes: %s", isError, len(text), text[len(text)-100:])
	}
	// The call that waits keeps its place, and the others work.
	if text, isError := call(t, s, "panic", nil); !isError || !strings.Contains(text, "index out of range") {
		t.Errorf("%v %s", isError, text)
	}

	s = session(t, Config{Tools: tools})
	ctx, cancel := context.WithCancel(context.Background())
	for len(started) > 0 {
		<-started
	}
	go func() {
		<-started
		cancel()
	}()
	if _, err := s.CallTool(ctx, &sdk.CallToolParams{Name: "obey"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled call: %v", err)
	}
}

// TestStream sends lines that are not messages between those that are: each is answered,
// and the session goes on. The end of the input waits for the answers.
func TestStream(t *testing.T) {
	slow := Tool{Name: "slow", Run: func(context.Context, Call) Answer {
		time.Sleep(30 * time.Millisecond)
		return Answer{Texts: []string{"at last"}}
	}}
	const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}` + "\n" +
		`{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n"
	in := io.MultiReader(strings.NewReader(initialize),
		strings.NewReader("{not json\n\n   \n[]\n5\n{}\n[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}]\n\xff\xfe\n"),
		strings.NewReader(`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"slow","arguments":{"x":"`),
		io.LimitReader(endless{}, maxMessage), strings.NewReader(`"}}}`+"\n"),
		strings.NewReader(`{"jsonrpc":"2.0","id":"three","method":"tools/call","params":{"name":"slow"}}`)) // no line break at the end
	var out bytes.Buffer
	if err := Serve(context.Background(), in, &out, Config{Tools: []Tool{slow}}); err != nil {
		t.Fatal(err)
	}
	var errorsSeen []string
	answered := map[string]bool{}
	for line := range strings.Lines(out.String()) {
		var m struct {
			ID    any
			Error *struct{ Message string }
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		answered[fmt.Sprint(m.ID)] = true
		if m.Error != nil {
			errorsSeen = append(errorsSeen, m.Error.Message)
		}
	}
	want := []string{
		"the line is not JSON; each message is one line",
		"batches are not answered; send each message in a line of its own",
		"the line is not a message of JSON-RPC 2.0", "the line is not a message of JSON-RPC 2.0",
		"batches are not answered; send each message in a line of its own",
		"the line is not JSON; each message is one line",
		errTooLong.Error(),
	}
	if strings.Join(errorsSeen, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(errorsSeen, "\n"), strings.Join(want, "\n"))
	}
	if !answered["1"] || !answered["three"] || !strings.Contains(out.String(), "at last") {
		t.Errorf("requests without an answer: %s", out.String())
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// FuzzStream sends any bytes: the server ends, and writes nothing but messages.
func FuzzStream(f *testing.F) {
	for _, text := range []string{"", "{", "{}\n", `{"jsonrpc":"2.0","id":1,"method":"ping"}` + "\n", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{"templatePath":"../x"}}}`, "[[[[", "\x00\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var out bytes.Buffer
		_ = Serve(context.Background(), bytes.NewReader(text), &out, Config{Tools: []Tool{reader}})
		for line := range strings.Lines(out.String()) {
			if !json.Valid([]byte(line)) {
				t.Fatalf("not a message: %q", line)
			}
		}
	})
}
