package engine_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

// Options for one template that name no rule cost that template, with a message.
func TestWrongOptionsForTemplate(t *testing.T) {
	files := memory{"a.json": template(`"resources": []`), "b.json": template(`"resources": []`)}
	r, _ := check(t, engine.Config{Files: files, Rules: rules.All(), For: func(path string) engine.Local {
		if path == "a.json" {
			return engine.Local{Key: "a", Lint: lint.Options{Disable: []string{"capacity-limt"}}}
		}
		return engine.Local{}
	}}, "a.json", "b.json")
	if len(r.Failures) != 1 || !strings.HasPrefix(r.Failures[0].Error(), "the options for a.json: ") || !strings.Contains(r.Failures[0].Error(), "capacity-limit") {
		t.Errorf("got %v", r.Failures)
	}
	if len(r.Templates) != 1 || r.Templates[0].Path != "b.json" {
		t.Errorf("got %d templates", len(r.Templates))
	}
}
