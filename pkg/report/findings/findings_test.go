package findings

import (
	"bytes"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const templateText = `{
  "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
  "parameters": {
    "instanceCount": { "type": "int", "defaultValue": 60 },
    "adminPassword": { "type": "securestring", "defaultValue": "Correct-Horse-9" }
  },
  "resources": [
    {
      "name": "[concat('web', parameters('none'))]",
      "vhdContainers": [ "[concat('https://', variables('sa')[0], '.blob.core.windows.net/vhds')]" ]
    }
  ]
}
`

// sample is a result with one finding of every shape.
func sample() Result {
	f := source.NewFile("web/azuredeploy.json", []byte(templateText))
	p := source.NewFile("web/azuredeploy.parameters.json", []byte(`{ "parameters": { "instanceCount": { "value": 60 } } }`))
	broken := source.NewFile("evil\x1b[2J.json", nil)
	at := func(f *source.File, text string) source.Range {
		i := bytes.Index(f.Bytes(), []byte(text))
		return f.Range(i, i+len(text))
	}
	container := at(f, `"[concat('https://', variables('sa')[0], '.blob.core.windows.net/vhds')]"`)
	var secrets secret.Set
	secrets.AddRange(at(f, `"Correct-Horse-9"`))
	secrets.AddText("Correct-Horse-9")
	r := Result{
		Files: []File{
			{Path: "web/azuredeploy.json", Status: Checked, ParameterSets: 3, CheckedSets: 3},
			{Path: "package.json", Status: NotTemplate},
			{Path: "evil\x1b[2J.json", Status: Unreadable},
		},
		Secrets: &secrets,
		Findings: diag.List{
			{
				Code: "SS5001", Rule: "storage-account-spread", Severity: diag.Error, Subject: container,
				Summary: "60 instances share 1 storage account; the limit is 40",
				Detail:  "Spread the set over 2 accounts or more, their names beginning with different letters, so that the load is spread over the storage partitions too.",
				Pointer: "/resources/0/vhdContainers/0", Resource: "Microsoft.Compute/virtualMachineScaleSets/web",
				Guidance: "preview", Source: "preview guidance, 2015-06-15: no more than 40 VMs for each storage account",
				Help:         "https://example.org/storage",
				Related:      []diag.Related{{Range: container, Message: "the only entry of vhdContainers"}, {Range: at(f, `"vhdContainers"`), Message: "the list of containers"}},
				Trail:        []diag.Step{{Kind: diag.FileStep, Name: "instanceCount", Place: at(p, "60")}},
				Fixes:        []diag.Fix{{Message: "use two accounts", Edits: []diag.Edit{{Range: container, Text: "[]"}}}},
				ParameterSet: "web/azuredeploy.parameters.json",
			},
			{Code: "SS1008", Severity: diag.Error, Subject: at(f, "parameters('none')"), Summary: "parameter none is not defined"},
			{Code: "SS2007", Rule: "insecure-default", Severity: diag.Warning, Subject: at(f, `"Correct-Horse-9"`), Summary: `the secure parameter has the default "Correct-Horse-9"`},
			{Code: "SS4009", Rule: "hint", Severity: diag.Info, Subject: f.Range(strings.Index(templateText, "    {\n      \"name\"")+4, strings.LastIndex(templateText, "    }")+5), Summary: "a hint about a whole resource"},
			{Code: "SS4001", Severity: diag.Error, Subject: at(f, "60"), Summary: "silenced", Suppressed: &diag.Suppression{Kind: "comment", Reason: "staged rollout"}},
			{Code: "SS0001", Rule: "unreadable-file", Severity: diag.Error, Subject: broken.Range(0, 0), Summary: "the file cannot be read: permission denied\nreally"},
		},
	}
	return r
}

func TestReporters(t *testing.T) {
	tests := []struct {
		golden   string
		reporter Reporter
		result   func() Result // nil: sample
	}{
		{"sample.txt", Text{FixWith: "scaleset lint --fix"}, nil},
		{"sample-quiet.txt", Text{Quiet: true, Width: 60}, nil},
		{"sample-color.txt", Text{Color: true, Width: 120, FixWith: "scaleset lint --fix"}, nil},
		{"sample-suppressed.txt", Text{}, described},
		{"sample-links.txt", Text{Links: "/home/me/my project", FixWith: "scaleset lint --fix"}, described},
		{"sample.json", JSON{}, nil},
		{"sample-suppressed.json", JSON{}, described},
		{"sample-github.txt", GitHub{}, nil},
		{"sample-azure-devops.txt", AzureDevOps{}, nil},
		{"sample-gitlab.json", GitLab{}, nil},
		{"sample-checkstyle.xml", Checkstyle{}, nil},
		{"sample-junit.xml", JUnit{}, nil},
		{"sample.sarif", SARIF{}, nil},
		{"sample-suppressed.sarif", SARIF{}, described},
		{"sample.md", Markdown{}, described},
		{"sample.html", HTML{}, described},
	}
	for _, tt := range tests {
		t.Run(tt.golden, func(t *testing.T) {
			var b bytes.Buffer
			result := sample
			if tt.result != nil {
				result = tt.result
			}
			if err := tt.reporter.Report(&b, result()); err != nil {
				t.Fatal(err)
			}
			golden.Equal(t, "testdata/"+tt.golden, b.Bytes())
			if strings.Contains(b.String(), "Correct-Horse-9") {
				t.Error("the secret is printed")
			}
		})
	}
}

func TestSummary(t *testing.T) {
	tests := []struct {
		counts Counts
		want   string
	}{
		{Counts{}, "0 errors, 0 warnings in 0 templates"},
		{Counts{Files: 1, Errors: 1, ParameterSets: 1, CheckedSets: 1}, "1 error, 0 warnings in 1 template"},
		{Counts{Files: 1, Errors: 1, ParameterSets: 3, CheckedSets: 3}, "1 error, 0 warnings in 1 template (3 of 3 parameter sets checked)"},
		{Counts{Files: 2, Warnings: 1, Infos: 2, Suppressed: 3, ParameterSets: 2, CheckedSets: 1}, "0 errors, 1 warning, 2 info, 3 suppressed in 2 templates (1 of 2 parameter sets checked)"},
	}
	for _, tt := range tests {
		if got := tt.counts.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// failing is a writer that fails, as a full disk does.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

var errFull = &fullError{}

type fullError struct{}

func (*fullError) Error() string { return "no space left" }

func TestReportersGiveWriteErrors(t *testing.T) {
	for _, r := range []Reporter{Text{}, JSON{}, GitHub{}, AzureDevOps{}, GitLab{}, Checkstyle{}, JUnit{}, SARIF{}, Markdown{}, HTML{}} {
		if err := r.Report(failing{}, sample()); err == nil {
			t.Errorf("%T: no error", r)
		}
	}
}

func BenchmarkText(b *testing.B) {
	r := sample()
	b.ReportAllocs()
	for b.Loop() {
		if err := (Text{}).Report(new(bytes.Buffer), r); err != nil {
			b.Fatal(err)
		}
	}
}
