package trail_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/app/cli"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

func TestSentence(t *testing.T) {
	tests := []struct {
		step diag.Step
		want string
	}{
		{diag.Step{}, ""},
		{diag.Step{Kind: diag.ParameterStep, Name: "count"}, "parameter count"},
		{diag.Step{Kind: diag.VariableStep, Name: "sizes"}, "variable sizes"},
		{diag.Step{Kind: diag.FunctionStep, Name: "my.up"}, "function my.up"},
		{diag.Step{Kind: diag.DefaultStep, Name: "count"}, "default of parameter count"},
		{diag.Step{Kind: diag.FileStep, Name: "count"}, "value of parameter count"},
		{diag.Step{Kind: diag.CallerStep, Name: "count"}, "--set count"},
		{diag.Step{Kind: diag.ArgumentStep, Name: "count", Deployment: "inner"}, "parameter count of nested deployment inner"},
		{diag.Step{Kind: diag.OutputStep, Name: "id", Deployment: "inner"}, "output id of nested deployment inner"},
		{diag.Step{Kind: diag.DeploymentStep, Name: "inner"}, "nested deployment inner"},
		{diag.Step{Kind: diag.CopyStep, Name: "disks", Index: 2}, "iteration 2 of copy loop 'disks'"},
		{diag.Step{Kind: diag.CopyStep, Index: 2}, "iteration 2 of the copy loop"},
		{diag.Step{Kind: diag.WrittenStep}, "written"},
		{diag.Step{Kind: diag.ExpressionStep}, "written as an expression"},
		{diag.Step{Kind: diag.EngineStep}, "added at expansion"},
		{diag.Step{Kind: diag.ComputedStep}, "computed"},
		{diag.Step{Kind: diag.ValueStep}, "value"},
	}
	for _, tt := range tests {
		if got := trail.Sentence(tt.step); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.step, got, tt.want)
		}
	}
}

// TestFindingsDoNotDependOnSentences lints the templates of all rules twice,
// the second time with another sentence for every step, and compares everything
// but the sentences.
func TestFindingsDoNotDependOnSentences(t *testing.T) {
	before, sentences := lint(t)
	if sentences < 300 {
		t.Fatalf("%d steps were printed, want 300 and more", sentences)
	}
	defer trail.Reword(func(diag.Step) string { return reworded })()
	after, _ := lint(t)
	if !bytes.Equal(before, after) {
		t.Errorf("findings (-before +after):\n%s", cmp.Diff(string(before), string(after)))
	}
}

const reworded = "somewhere else"

// lint returns the JSON of all findings without the sentences of the trails,
// and how many sentences there were.
func lint(t *testing.T) (text []byte, sentences int) {
	t.Helper()
	var out, problems bytes.Buffer
	app := &cli.App{In: &bytes.Buffer{}, Out: &out, Err: &problems, Dir: filepath.Join(golden.Root(t), "pkg", "check", "rules"),
		Getenv: func(string) string { return "" }, Now: time.Now, Version: "test"}
	if code := cli.Main(t.Context(), app, []string{"lint", "--format", "json", "--quiet", "."}); code != cli.ExitFindings {
		t.Fatalf("exit code %d: %s", code, problems.String())
	}
	var result map[string]any
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	for _, f := range result["findings"].([]any) {
		for _, s := range f.(map[string]any)["trail"].([]any) {
			if s.(map[string]any)["message"] != "" {
				sentences++
			}
			delete(s.(map[string]any), "message")
		}
	}
	text, err := json.MarshalIndent(result, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return text, sentences
}
