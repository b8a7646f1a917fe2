package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A service plays GitHub for the script of the action: the downloads of releases, and
// the comments of a pull request.
type service struct {
	*httptest.Server
	mu       sync.Mutex
	files    map[string][]byte // of releases, by path
	comments []map[string]any
	reject   bool // writes, as for a token of a fork
	requests []string
	tokens   map[string]bool
}

func newService(t *testing.T) *service {
	s := &service{files: map[string][]byte{}, tokens: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /releases/", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		text, ok := s.files[strings.TrimPrefix(r.URL.Path, "/releases/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(text)
	})
	api := func(pattern string, f func(*http.Request) (any, int)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.requests = append(s.requests, r.Method+" "+r.URL.Path)
			s.tokens[r.Header.Get("Authorization")] = true
			answer, code := f(r)
			w.WriteHeader(code)
			_ = json.NewEncoder(w).Encode(answer)
		})
	}
	api("GET /api/repos/o/r/issues/7/comments", func(*http.Request) (any, int) { return s.comments, 200 })
	api("POST /api/repos/o/r/issues/7/comments", func(r *http.Request) (any, int) {
		if s.reject {
			return map[string]string{"message": "Resource not accessible by integration"}, 403
		}
		s.comments = append(s.comments, map[string]any{"id": 100 + len(s.comments), "user": map[string]string{"type": "Bot"}, "body": body(t, r)})
		return s.comments[len(s.comments)-1], 201
	})
	api("PATCH /api/repos/o/r/issues/comments/{id}", func(r *http.Request) (any, int) {
		for _, c := range s.comments {
			if fmt.Sprint(c["id"]) == r.PathValue("id") {
				c["body"] = body(t, r)
				return c, 200
			}
		}
		return nil, 404
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func body(t *testing.T, r *http.Request) string {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	var comment struct{ Body string }
	if err := json.Unmarshal(text, &comment); err != nil {
		t.Errorf("the comment is not JSON: %v", err)
	}
	if n := len([]rune(comment.Body)); n > 65536 {
		t.Errorf("the comment has %d characters", n)
	}
	return comment.Body
}

// release adds a release with one archive.
func (s *service) release(version string, program []byte) (archive string) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	w := tar.NewWriter(z)
	_ = w.WriteHeader(&tar.Header{Name: "scaleset", Mode: 0o755, Size: int64(len(program))})
	_, _ = w.Write(program)
	_, _ = w.Close(), z.Close()
	archive = fmt.Sprintf("scaleset_%s_%s_%s.tar.gz", version, runtime.GOOS, runtime.GOARCH)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files["v"+version+"/"+archive] = packed.Bytes()
	s.files["v"+version+"/checksums.txt"] = fmt.Appendf(nil, "%064d  other.tar.gz\n%x  %s\n", 0, sha256.Sum256(packed.Bytes()), archive)
	return archive
}

// A runner runs the script in a checkout.
type runner struct {
	t         *testing.T
	root, dir string
	path      string // PATH
	temp      string
	env       map[string]string
}

func newRunner(t *testing.T, path string) *runner {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil || runtime.GOOS == "windows" {
		t.Skip("the script of the action needs bash")
	}
	for _, tool := range []string{"curl", "jq", "git", "tar"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("the script of the action needs %s", tool)
		}
	}
	r := &runner{t: t, root: repository(t), dir: t.TempDir(), temp: t.TempDir(), path: path}
	r.env = map[string]string{
		"GITHUB_ACTION_PATH": r.root, "GITHUB_REPOSITORY": "o/r", "RUNNER_TEMP": r.temp, "HOME": r.temp,
		"GITHUB_STEP_SUMMARY": filepath.Join(r.temp, "summary.md"), "GITHUB_OUTPUT": filepath.Join(r.temp, "output"), "GITHUB_EVENT_PATH": filepath.Join(r.temp, "event.json"),
		"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
	}
	return r
}

func (r *runner) run(env ...string) (out string, code int) {
	r.t.Helper()
	for _, name := range []string{"GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"} { // a new step
		os.Remove(r.env[name])
	}
	cmd := exec.Command("bash", filepath.Join(r.root, ".github", "action.sh"))
	cmd.Dir = r.dir
	cmd.Env = []string{"PATH=" + r.path}
	for name, value := range r.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Env = append(cmd.Env, env...)
	text, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		r.t.Fatal(err)
	}
	return string(text), cmd.ProcessState.ExitCode()
}

func (r *runner) read(name string) string {
	text, err := os.ReadFile(r.env[name])
	if err != nil {
		r.t.Fatal(err)
	}
	return string(text)
}

func (r *runner) write(name, text string) {
	r.t.Helper()
	at := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *runner) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit makes a commit of the whole folder.
func (r *runner) commit(message string) string {
	r.git("add", "-A")
	r.git("commit", "-q", "--allow-empty", "-m", message)
	return r.git("rev-parse", "HEAD")
}

// pull writes the event of a pull request.
func (r *runner) pull(base string) {
	r.t.Helper()
	text, err := json.Marshal(map[string]any{"pull_request": map[string]any{
		"number": 7, "title": "$(touch pwned) `touch pwned` ::stop-commands::x", "body": "::set-output name=x::y",
		"base": map[string]any{"sha": base, "ref": "main"}, "head": map[string]any{"ref": "a;touch${IFS}pwned;$(touch pwned)"},
	}})
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(r.env["GITHUB_EVENT_PATH"], text, 0o644); err != nil {
		r.t.Fatal(err)
	}
	r.env["GITHUB_EVENT_NAME"] = "pull_request"
}

// tools is a PATH with the tools of a runner and without scaleset, and without Go unless
// it is asked for.
func tools(t *testing.T, more ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range append([]string{"bash", "sh", "curl", "jq", "git", "tar", "gzip", "unzip", "sha256sum", "shasum", "awk", "sed", "grep", "cut", "tr", "head", "cat", "cp", "rm", "mkdir", "mktemp", "wc", "uname", "env", "touch"}, more...) {
		if at, err := exec.LookPath(name); err == nil {
			if err := os.Symlink(at, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// program builds scaleset as a release does.
func program(t *testing.T) []byte {
	t.Helper()
	at := filepath.Join(t.TempDir(), "scaleset")
	build := exec.Command("go", "build", "-o", at, "./cmd/scaleset")
	build.Dir = repository(t)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestActionDownloads lets the script download a release: that of its own version, that
// of an input, that of a moving tag. It runs nothing whose checksum is another one, and
// nothing that the list of checksums does not name.
func TestActionDownloads(t *testing.T) {
	r := newRunner(t, tools(t))
	s := newService(t)
	r.env["SCALESET_RELEASES"] = s.URL + "/releases"
	fake := func(version string) []byte {
		return []byte("#!/bin/sh\necho \"version " + version + ": $*\"\n")
	}
	archive := s.release("9.8.7", fake("9.8.7"))
	s.release("9.9.0-rc.1", fake("9.9.0-rc.1"))
	r.write("a.json", "{}")
	fresh := func() { os.RemoveAll(filepath.Join(r.temp, "scaleset-bin")) }
	for _, tt := range []struct{ name, env, want string }{
		{"of the action", "ACTION_REF=v9.8.7", "version 9.8.7: lint --format github"},
		{"of the input", "INPUT_VERSION=v9.9.0-rc.1", "version 9.9.0-rc.1: lint"},
		{"without a v", "INPUT_VERSION=9.8.7", "version 9.8.7: lint"},
	} {
		fresh()
		out, code := r.run(tt.env)
		if code != 0 || !strings.Contains(out, tt.want) || !strings.Contains(out, "its checksum is that of the release") {
			t.Errorf("%s: exit code %d\n%s", tt.name, code, out)
		}
	}
	// A tag that moves: the CHANGELOG of the checkout of the action says its version.
	moved := t.TempDir()
	if err := os.MkdirAll(filepath.Join(moved, ".github"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(moved, "CHANGELOG.md"), []byte("# Changelog\n\n## 9.8.7 (2026-01-01)\n\n## 9.8.6\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	fresh()
	if out, code := r.run("ACTION_REF=v9", "GITHUB_ACTION_PATH="+moved); code != 0 || !strings.Contains(out, "version 9.8.7: lint") {
		t.Errorf("a moving tag: exit code %d\n%s", code, out)
	}
	// No release, and no Go: the remedy.
	for _, ref := range []string{"main", "v1.0.0", "v9.8.7;touch pwned", "$(touch pwned)", ""} {
		fresh()
		out, code := r.run("ACTION_REF=" + ref)
		if code != 3 || !strings.Contains(out, "::error title=scaleset::there is no released binary for this version of the action, and no Go to build one; use a released version") {
			t.Errorf("%q: exit code %d\n%s", ref, code, out)
		}
	}
	// Bytes that were changed, and an archive that nobody vouches for.
	good := s.files["v9.8.7/checksums.txt"]
	s.files["v9.8.7/checksums.txt"] = bytes.ReplaceAll(good, good[70:80], []byte("0000000000"))
	fresh()
	s.files["v9.8.7/"+archive] = append(slices.Clone(s.files["v9.8.7/"+archive]), 'x')
	if out, code := r.run("ACTION_REF=v9.8.7"); code != 3 || strings.Contains(out, "version 9.8.7: ") || !strings.Contains(out, "nothing was run") {
		t.Errorf("changed bytes: exit code %d\n%s", code, out)
	}
	s.files["v9.8.7/checksums.txt"] = []byte(fmt.Sprintf("%064d  other.tar.gz\n", 0))
	fresh()
	if out, code := r.run("ACTION_REF=v9.8.7"); code != 3 || strings.Contains(out, "version 9.8.7: ") || !strings.Contains(out, "does not list "+archive) {
		t.Errorf("not listed: exit code %d\n%s", code, out)
	}
	if names, _ := filepath.Glob(filepath.Join(r.dir, "pwned")); names != nil {
		t.Error("a version was run as a command")
	}
}

// TestActionReviews runs the script over a pull request, from the download of a release
// made of this source to the comment, with hostile names of files and branches.
func TestActionReviews(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the program")
	}
	r := newRunner(t, tools(t))
	s := newService(t)
	s.release("1.2.3", program(t))
	maps.Copy(r.env, map[string]string{
		"SCALESET_RELEASES": s.URL + "/releases", "GITHUB_API_URL": s.URL + "/api", "ACTION_REF": "v1.2.3",
		"INPUT_TOKEN": "secret-token", "INPUT_COMMENT": "true", "INPUT_NEW_ONLY": "true", "INPUT_ARGS": "--min-severity=warning",
	})
	template, err := os.ReadFile(filepath.Join(r.root, "examples", "current", "zonal", "azuredeploy.json"))
	if err != nil {
		t.Fatal(err)
	}
	parameters, err := os.ReadFile(filepath.Join(r.root, "examples", "current", "zonal", "azuredeploy.parameters.json"))
	if err != nil {
		t.Fatal(err)
	}
	hostile := []string{
		"$(touch pwned).json", "`touch pwned`.json", "a;touch pwned;.json", "-rf.json", "--help.json", "a b/c'd\"e.json", "x\n::error::forged\n.json",
		"::set-output name=x::y.json", "##[command]x.json", "a%0A::warning::forged.json", "<!-- scaleset review -->.json", "|table|.json", "[link](javascript:x).json",
	}
	r.git("init", "-q")
	r.write("web/azuredeploy.json", string(template))
	r.write("web/azuredeploy.parameters.json", string(parameters))
	r.write("old.json", brokenTemplate)
	r.write("package.json", `{"name": "x"}`)
	base := r.commit("base")
	r.pull(base)

	r.write("web/azuredeploy.parameters.json", strings.Replace(string(parameters), `"value": 6`, `"value": 9`, 1))
	r.write("package.json", `{"name": "y"}`)
	// A file in the place of the base: the change would not be seen.
	r.write(base+":web/azuredeploy.json", strings.Replace(string(template), `"westeurope"`, `"westus2"`, 1))
	r.write(base+":web/azuredeploy.parameters.json", strings.Replace(string(parameters), `"value": 6`, `"value": 9`, 1))
	for _, name := range hostile {
		r.write(name, strings.Replace(brokenTemplate, "[parameters('none')]", "[parameters('::error::forged')]", 1))
	}
	r.commit("$(touch pwned)")
	out, code := r.run()
	if code != 1 || strings.Count(out, "::error file=") != len(hostile) {
		t.Errorf("exit code %d, annotations for %d files\n%s", code, len(hostile), out)
	}
	if strings.Contains(out, "old.json") {
		t.Error("a finding that is not new is reported")
	}
	command := regexp.MustCompile(`(?m)^\s*(::|##\[)`)
	for _, at := range command.FindAllStringIndex(out, -1) {
		if line, _, _ := strings.Cut(out[at[0]:], "\n"); !strings.HasPrefix(strings.TrimSpace(line), "::error file=") {
			t.Errorf("a name of the pull request is a command of the log: %q", line)
		}
	}
	if len(s.comments) != 1 {
		t.Fatalf("%d comments\n%s", len(s.comments), out)
	}
	comment := s.comments[0]["body"].(string)
	for _, want := range []string{"<!-- scaleset review -->\n", "# Review of web/azuredeploy.json", "6 → 9"} {
		if !strings.Contains(comment, want) {
			t.Errorf("the comment has no %q", want)
		}
	}
	if strings.Contains(comment, "package.json") || strings.Count(comment, "<!-- scaleset review -->") != 1 {
		t.Errorf("the comment is %s", comment)
	}
	if summary := r.read("GITHUB_STEP_SUMMARY"); !strings.Contains(summary, "# Review of web/azuredeploy.json") || !strings.Contains(summary, "errors, 0 warnings") {
		t.Errorf("the summary is %s", summary)
	}
	if want := fmt.Sprintf("exit-code=1\nreviewed=%d\n", len(hostile)+2); r.read("GITHUB_OUTPUT") != want {
		t.Errorf("the outputs are %q, want %q", r.read("GITHUB_OUTPUT"), want)
	}
	if status := r.git("status", "--porcelain"); status != "" {
		t.Errorf("the checkout is changed: %s", status)
	}
	if len(s.tokens) != 1 || !s.tokens["Bearer secret-token"] || strings.Contains(out, "secret-token") {
		t.Errorf("the token: %v", s.tokens)
	}
	for _, dir := range []string{r.dir, r.temp, r.root} {
		if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
			t.Error("a name was run as a command")
		}
	}

	// The next push changes the comment; one of someone else with the marker stays.
	s.comments = append([]map[string]any{{"id": 1, "user": map[string]string{"type": "User"}, "body": "<!-- scaleset review -->\nforged"}}, s.comments...)
	for _, name := range hostile {
		if err := os.Remove(filepath.Join(r.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	r.commit("fewer")
	if out, code := r.run(); code != 0 || len(s.comments) != 2 || s.comments[0]["body"] != "<!-- scaleset review -->\nforged" || s.comments[1]["body"] == comment {
		t.Errorf("exit code %d, %d comments\n%s", code, len(s.comments), out)
	}

	// A fork: the comment is rejected, and the check is what counts.
	s.comments, s.reject = nil, true
	if out, code := r.run(); code != 0 || !strings.Contains(out, "::warning title=scaleset::the comment could not be written; the job needs the permission pull-requests: write") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	// A base that cannot be fetched, and a run that is not of a pull request.
	s.reject = false
	r.pull(strings.Repeat("0", 40))
	if out, code := r.run(); code != 1 || !strings.Contains(out, "::warning title=scaleset::the base of the pull request could not be fetched") || len(s.comments) != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	r.env["GITHUB_EVENT_NAME"] = "push"
	if out, code := r.run(); code != 1 || strings.Contains(out, "warning title") || len(s.comments) != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	// Many templates: the comment fits and says what is left out.
	for i := range 30 {
		r.write(fmt.Sprintf("many/t%02d.json", i), string(template))
		r.write(fmt.Sprintf("many/t%02d.parameters.json", i), string(parameters))
	}
	r.commit("many")
	r.pull(base)
	if out, code := r.run(); code != 0 || len(s.comments) != 1 || !regexp.MustCompile(`\n\d+ more changed templates are left out here; the summary of the job has the first 20\.\n$`).MatchString(s.comments[0]["body"].(string)) {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
