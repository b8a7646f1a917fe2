//go:build unix

package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// BenchmarkProcessEdit edits a template of 150 KB in a process of the language
// server, one number at a time, until its findings arrive: medians of the
// processor time (cpu-ms) and the elapsed time (wall-ms) of an edit, the shortest
// one (best-ms), and the peak memory (MB) of the session.
func BenchmarkProcessEdit(b *testing.B) {
	const sets = 80
	program := filepath.Join(b.TempDir(), "scaleset")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, filepath.Join(golden.Root(b), "cmd", "scaleset"))
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(program, "lsp")
	cmd.Dir = b.TempDir()
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	answers := bufio.NewReader(out)
	say := func(method string, params any) {
		body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fmt.Fprintf(in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
			b.Fatal(err)
		}
	}
	await := func(version int) { // the findings of a version
		for {
			head, err := textproto.NewReader(answers).ReadMIMEHeader()
			if err != nil {
				b.Fatal(err)
			}
			n, _ := strconv.Atoi(head.Get("Content-Length"))
			body := make([]byte, n)
			if _, err := io.ReadFull(answers, body); err != nil {
				b.Fatal(err)
			}
			if bytes.Contains(body, fmt.Appendf(nil, `"version":%d,`, version)) {
				return
			}
		}
	}
	const uri = "file:///t.json"
	text := golden.LargeTemplate(sets)
	say("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": text}})
	await(1)
	var wall []time.Duration
	for n := 2; b.Loop(); n++ {
		at := golden.LargeTemplateCapacity(text, n%sets)
		line, column := strings.Count(text[:at], "\n"), at-strings.LastIndexByte(text[:at], '\n')-1
		digit := map[string]any{"text": strconv.Itoa(1 + n/sets%9), "range": map[string]any{
			"start": map[string]any{"line": line, "character": column}, "end": map[string]any{"line": line, "character": column + 1}}}
		start := time.Now()
		say("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": n}, "contentChanges": []any{digit}})
		await(n)
		wall = append(wall, time.Since(start))
	}
	say("exit", nil)
	_ = in.Close()
	_ = cmd.Wait() // the server ends without a shutdown
	slices.Sort(wall)
	spent := cmd.ProcessState.SystemTime() + cmd.ProcessState.UserTime()
	b.ReportMetric(float64(spent.Microseconds())/1000/float64(len(wall)), "cpu-ms")
	b.ReportMetric(float64(wall[len(wall)/2].Microseconds())/1000, "wall-ms")
	b.ReportMetric(float64(wall[0].Microseconds())/1000, "best-ms")
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		b.ReportMetric(float64(u.Maxrss)*1024/1e6, "MB")
	}
}
