package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"
	"unicode/utf8"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// Config is what a server offers.
type Config struct {
	Version string
	Tools   []Tool
	// Folders are absolute paths of folders that may be read, besides those that the
	// client gives.
	Folders []string
	// Describe returns the schema of a resource type, "TYPE" or "TYPE@VERSION", as
	// JSON, for the resources. The error is for the client.
	Describe func(name string) ([]byte, error)
	// Timeout bounds a call; 0 is the default, 30 seconds.
	Timeout time.Duration
}

// The limits of a call.
const (
	defaultTimeout = 30 * time.Second
	// maxCalls is how many calls work at the same time; the others wait.
	maxCalls = 2
	// maxText is how many bytes of text an answer has. A client shows it to a model,
	// whose attention is short; the document has everything.
	maxText = 24_000
)

// MaxDocument is how many bytes a document has at most, and TooMuch the answer to a call
// whose result is larger.
const (
	MaxDocument = 4 << 20
	TooMuch     = "the result is larger than 4 MiB, the limit; pass a smaller template, or limit the result, as with maxFindings or setName"
)

// Serve answers one client on a stream until the stream or the context ends.
func Serve(ctx context.Context, in io.Reader, out io.Writer, config Config) error {
	s := newStream(in, out)
	transport := &sdk.IOTransport{Reader: s, Writer: s, MaxLineLength: maxMessage + 1}
	err := NewServer(config).Run(ctx, transport)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

const instructions = `scaleset checks and previews ARM JSON templates of Azure VM scale sets, offline: nothing is sent anywhere and nothing is written.
Give a template as text (template) or as a path below a folder of the session (templatePath). A parameter file next to a template that is given by its path is found.
Use lint after each edit of a template. Use diff and plan to tell what a change does to running instances, and simulate for a change of capacity. A finding has a code such as SS4001; explain has its page.
An error means that Azure rejects the deployment; a warning, that it deploys and causes trouble later. What depends on the subscription is unknown here, and the results say so.`

// NewServer returns the server for a transport of the caller's choice.
func NewServer(config Config) *sdk.Server {
	if config.Timeout == 0 {
		config.Timeout = defaultTimeout
	}
	s := &server{config: config, places: make(chan struct{}, maxCalls)}
	for _, name := range config.Folders {
		s.folders = append(s.folders, folder(filepath.Clean(name)))
	}
	server := sdk.NewServer(
		&sdk.Implementation{Name: "scaleset", Title: "scaleset: ARM templates of VM scale sets", Version: config.Version},
		&sdk.ServerOptions{Instructions: instructions, Capabilities: &sdk.ServerCapabilities{Completions: &sdk.CompletionCapabilities{}}, CompletionHandler: s.complete},
	)
	no := false
	for _, t := range config.Tools {
		tool := &sdk.Tool{
			Name: t.Name, Title: t.Title, Description: t.About, InputSchema: t.schema(),
			Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
		}
		if t.Output != nil {
			tool.OutputSchema = t.Output
		}
		server.AddTool(tool, s.handler(t))
	}
	s.addResources(server)
	s.addPrompts(server)
	return server
}

type server struct {
	config  Config
	folders []folder      // of the command line
	places  chan struct{} // one for each call that works
}

// handler answers the calls of a tool.
func (s *server) handler(t Tool) sdk.ToolHandler {
	return func(ctx context.Context, r *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		given, err := t.arguments(r.Params.Arguments)
		if err != nil {
			return rejected(err.Error()), nil
		}
		folders := s.folders
		if t.namesFiles(given) {
			asked, more := s.roots(r)
			if asked != nil {
				return asked, nil
			}
			folders = append(folders[:len(folders):len(folders)], more...)
		}
		call, err := t.call(given, folders)
		if err != nil {
			return rejected(err.Error()), nil
		}
		answer, err := s.run(ctx, t, call)
		if err != nil {
			return nil, err
		}
		return result(answer), nil
	}
}

// The SDK and the protocol deprecate roots from 2026-07-28 on, and keep them working
// for at least a year; the folders of the command line are what replaces them.

// rootsKey names the question for the roots of the client.
const rootsKey = "roots"

// roots returns the folders that the client gives. The result that it returns
// instead, if it is not nil, asks for them; the call then comes again.
func (s *server) roots(r *sdk.CallToolRequest) (*sdk.CallToolResult, []folder) {
	if answer, ok := r.Params.InputResponses[rootsKey]; ok {
		return nil, foldersOf(answer)
	}
	//lint:ignore SA1019 clients still give roots
	if c := r.ClientCapabilities(); c == nil || c.RootsV2 == nil {
		return nil, nil
	}
	//lint:ignore SA1019 clients still give roots
	return &sdk.CallToolResult{InputRequests: sdk.InputRequestMap{rootsKey: &sdk.ListRootsParams{}}}, nil
}

func foldersOf(answer sdk.InputResponse) (all []folder) {
	//lint:ignore SA1019 clients still give roots
	list, ok := answer.(*sdk.ListRootsResult)
	if !ok {
		return nil
	}
	for _, root := range list.Roots {
		if name, ok := localPath(root.URI); ok {
			all = append(all, folder(name))
		}
	}
	return all
}

// run runs a call within its limits. The error is that of the context of the call.
func (s *server) run(ctx context.Context, t Tool, call Call) (Answer, error) {
	limited, cancel := context.WithTimeout(ctx, s.config.Timeout)
	late := func() (Answer, error) {
		if err := ctx.Err(); err != nil {
			return Answer{}, err
		}
		return Answer{Problem: fmt.Sprintf("%s was stopped after %s, the limit of a call; pass a smaller template, or run scaleset %s in a terminal", t.Name, s.config.Timeout, t.Name)}, nil
	}
	// A call that fails after its limit failed because it obeyed: its own words would hide why.
	ended := func(answer Answer) (Answer, error) {
		obeyed := ctx.Err() != nil || errors.Is(limited.Err(), context.DeadlineExceeded)
		if obeyed && answer.Problem != "" {
			return late()
		}
		return answer, nil
	}
	select {
	case s.places <- struct{}{}:
	case <-limited.Done():
		cancel()
		return late()
	}
	done := make(chan Answer, 1)
	go func() {
		defer func() {
			if failed := recover(); failed != nil {
				done <- Answer{Problem: engine.NewDefect(failed).Error()}
			}
			cancel()
			<-s.places
		}()
		done <- t.Run(limited, call)
	}()
	select {
	case answer := <-done:
		return ended(answer)
	case <-limited.Done():
		select { // it may have ended first
		case answer := <-done:
			return ended(answer)
		default:
			return late()
		}
	}
}

// rejected returns the result of a call that has none, which a model can read and correct.
func rejected(why string) *sdk.CallToolResult {
	return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: cut(why)}}}
}

func result(a Answer) *sdk.CallToolResult {
	if a.Problem != "" {
		return rejected(a.Problem)
	}
	if len(a.Document) > MaxDocument {
		return rejected(TooMuch)
	}
	r := &sdk.CallToolResult{Content: []sdk.Content{}}
	for _, text := range a.Texts {
		r.Content = append(r.Content, &sdk.TextContent{Text: cut(text)})
	}
	if a.Document != nil {
		r.StructuredContent = json.RawMessage(a.Document)
	}
	return r
}

// cut shortens a text and says so.
func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + fmt.Sprintf("\n... %d more bytes are left out here; structuredContent has the whole result\n", len(text)-end)
}
