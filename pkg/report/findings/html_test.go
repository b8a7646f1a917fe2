package findings

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// browser is a Chromium that runs without a window.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed")
	return ""
}

// The filter works in a browser, under the policy of the page itself: what it
// does not ask for is hidden, and the form, which is of no use without the script,
// is shown.
func TestHTMLFilter(t *testing.T) {
	chromium := browser(t)
	var b bytes.Buffer
	if err := (HTML{}).Report(&b, described()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "findings.html")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	open := regexp.MustCompile(`<(article|section|form|p id="none")([^>]*)>`)
	if testing.Short() {
		t.Skip("-short: two starts of a browser")
	}
	for filter, want := range map[string]string{ // what is shown, in the order of the page
		"WEB/azuredeploy 60": "form section article article",
		"nothing is <b>":     "form none",
		"SS4001":             "form section article",
	} {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		page := url.URL{Scheme: "file", Path: filepath.ToSlash(file), Fragment: filter}
		dom, err := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.String()).Output()
		if err != nil || len(dom) == 0 {
			t.Skipf("%s does not run here: %v", chromium, err)
		}
		var shown []string
		for _, m := range open.FindAllStringSubmatch(string(dom), -1) {
			if !strings.Contains(m[2], "hidden") {
				shown = append(shown, strings.TrimSuffix(strings.TrimPrefix(m[1], `p id="`), `"`))
			}
		}
		if got := strings.Join(shown, " "); got != want {
			t.Errorf("#%s: %s, want %s", filter, got, want)
		}
	}
}
