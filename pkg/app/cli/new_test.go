package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answer makes an App with input at its terminal.
func answer(t *testing.T, lines ...string) (app *App, out, errs func() string) {
	app, outs, all := testApp(t)
	app.In = strings.NewReader(strings.Join(lines, "\r") + "\r")
	app.InIsTerminal, app.ErrIsTerminal = true, true
	return app, outs.String, all.String
}

func TestNewAsks(t *testing.T) {
	tests := []struct {
		name    string
		args    []string
		answers []string
		code    int
		want    []string // in the files, or in the questions after a failure
	}{
		{"everything", nil, []string{"2", "shop", "5", "50", "Standard_D4s_v5"}, ExitClean,
			[]string{`"value": "shop"`, `"value": 5`, `"maxValue": 50`, `"Standard_D4s_v5"`, `"backendPort": 3389`}},
		{"by name, the rest as it comes", nil, []string{"LINUX-NAT", "", "", "", ""}, ExitClean, []string{`"value": "web"`, `"value": 3`, `"backendPort": 22`}},
		{"until it fits", nil, []string{"77", "linux-nat", "Web Servers", "web", "none", "4", "2", "8", ""}, ExitClean, []string{`"value": 4`, `"maxValue": 8`}},
		{"what is missing only", []string{"linux-nat", "--name", "api", "--size", "Standard_B2s", "--max", "9"}, []string{"7"}, ExitClean, []string{`"value": "api"`, `"value": 7`}},
		{"nothing with --yes", []string{"linux-nat", "--yes"}, nil, ExitClean, []string{`"value": "web"`}},
		{"broken off", nil, []string{"1", "\x03"}, ExitUsage, []string{"scaleset: cancelled; nothing was written"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			app, _, errs := answer(t, tt.answers...)
			if code := Main(context.Background(), app, append([]string{"new"}, tt.args...)); code != tt.code {
				t.Fatalf("exit code %d, want %d\n%s", code, tt.code, errs())
			}
			got := errs()
			if tt.code == ExitClean {
				template, err := os.ReadFile(filepath.Join(app.Dir, templateName))
				if err != nil {
					t.Fatal(err)
				}
				parameters, err := os.ReadFile(filepath.Join(app.Dir, parametersName))
				if err != nil {
					t.Fatal(err)
				}
				got = string(template) + string(parameters)
			}
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in\n%s", want, got)
				}
			}
		})
	}
}

// In a pipe nothing is asked.
func TestNewNeverAsksInAPipe(t *testing.T) {
	app, _, errs := testApp(t)
	app.In = strings.NewReader("linux-nat\r")
	if code := Main(context.Background(), app, []string{"new"}); code != ExitUsage {
		t.Errorf("exit code %d", code)
	}
	if diff := cmp.Diff("scaleset: scaleset new needs a scenario; scaleset new --list shows them\n", errs.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestConfirm(t *testing.T) {
	tests := []struct {
		answers string
		want    bool
	}{{"yes\r", true}, {"Y\r", true}, {"\r", false}, {"maybe\rno\r", false}}
	for _, tt := range tests {
		app, _, _ := testApp(t)
		app.In = strings.NewReader(tt.answers)
		i, err := app.interview()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := i.confirm("Really?"); err != nil || got != tt.want {
			t.Errorf("%q: %t, %v", tt.answers, got, err)
		}
		i.end()
	}
}
