package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestTerraform plans a Terraform plan: the instances of a new set, the batches
// of a changed one, and the guidance for a capacity that one placement group
// does not hold. No format shows what the plan marks as sensitive.
func TestTerraform(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(golden.Root(t), "cmd", "scaleset", "testdata", "questions", "tfplan.json"))
	if err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (string, int) {
		app, out, errs := testApp(t)
		if err := os.WriteFile(filepath.Join(app.Dir, "tfplan.json"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		code := Main(context.Background(), app, append([]string{"plan", "--terraform", "tfplan.json"}, args...))
		for _, secret := range []string{"Pa55-Terraform-Canary", "c2VjcmV0LWN1c3RvbS1kYXRh"} {
			if strings.Contains(out.String()+errs.String(), secret) {
				t.Errorf("%v: %q comes out", args, secret)
			}
		}
		return out.String(), code
	}
	for _, format := range canaryFormats["plan"] {
		if out, code := run("--format", format); code != ExitFindings || !strings.Contains(out, "web") {
			t.Errorf("%s: exit code %d: %s", format, code, out)
		}
	}
	out, _ := run("--format", "json")
	var plan struct {
		ScaleSet string
		Batches  []struct{ Instances []struct{ Name string } }
		Others   []struct {
			ScaleSet       string
			From, Capacity int
		}
		Terraform struct {
			Created []struct {
				ScaleSet  string
				Instances []struct{ Zone string }
			}
			Deleted, Replaced, Unknown, Unmapped []string
			Guidance                             []struct{ Code, Severity, Resource string }
		}
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err)
	}
	if plan.ScaleSet != "web" || len(plan.Batches) != 9 || plan.Batches[0].Instances[0].Name != "web_0" {
		t.Errorf("%s in %d batches", plan.ScaleSet, len(plan.Batches))
	}
	if len(plan.Others) != 1 || plan.Others[0].From != 4 || plan.Others[0].Capacity != 130 {
		t.Errorf("others: %+v", plan.Others)
	}
	tf := plan.Terraform
	if len(tf.Created) != 1 || tf.Created[0].ScaleSet != "api" || len(tf.Created[0].Instances) != 4 || tf.Created[0].Instances[1].Zone != "2" {
		t.Errorf("created: %+v", tf.Created)
	}
	if len(tf.Deleted) != 1 || len(tf.Replaced) != 1 || len(tf.Unknown) != 3 || len(tf.Unmapped) != 1 {
		t.Errorf("%+v", tf)
	}
	if len(tf.Guidance) != 1 || tf.Guidance[0].Code != "SS4001" || tf.Guidance[0].Severity != "error" || !strings.HasSuffix(tf.Guidance[0].Resource, "/batch") {
		t.Errorf("guidance: %+v", tf.Guidance)
	}
}
