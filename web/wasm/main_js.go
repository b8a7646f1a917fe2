// Command wasm is the library for the page of web: the commands and the language
// server, as functions of a Web Worker.
//
//	scaleset.run(args, texts, (code, out, err) => …)
//	const receive = scaleset.serve(names, message => …)
//
// args and names are arrays of strings, texts is an object of strings, and messages
// are JSON-RPC as text.
package main

import (
	"context"
	"syscall/js"

	"github.com/scaleset/scaleset/pkg/app/browser"
)

// version is set by the linker.
var version = "(devel)"

func main() {
	js.Global().Set("scaleset", map[string]any{
		"run":   js.FuncOf(run),
		"serve": js.FuncOf(serve),
	})
	select {} // the functions are called until the page is closed
}

// run answers later: a function that the page calls cannot wait.
func run(_ js.Value, args []js.Value) any {
	line, texts, done := list(args[0]), map[string]string{}, args[2]
	for _, name := range list(js.Global().Get("Object").Call("keys", args[1])) {
		texts[name] = args[1].Get(name).String()
	}
	go func() {
		r := browser.Run(context.Background(), version, texts, line...)
		done.Invoke(r.Code, r.Out, r.Err)
	}()
	return nil
}

func serve(_ js.Value, args []js.Value) any {
	send := args[1]
	receive := browser.Serve(context.Background(), version, list(args[0]), func(message string) { send.Invoke(message) })
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		receive(args[0].String())
		return nil
	})
}

func list(array js.Value) []string {
	all := make([]string, array.Length())
	for i := range all {
		all[i] = array.Index(i).String()
	}
	return all
}
