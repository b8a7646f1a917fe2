package findings

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A buildCommand is what a build service makes of a line of its log.
type buildCommand struct {
	Name       string
	Properties map[string]string
	Data       string
}

// githubCommands are those that a runner of GitHub knows: the classes of
// ActionCommandManager.cs that implement IActionCommandExtension, and
// stop-commands.
var githubCommands = []string{
	"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "internal-set-repo-path",
	"notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
}

// readGitHub reads a line as the runner does: first ActionCommand.TryParseV2,
// then TryParse, of src/Runner.Common/ActionCommand.cs in
// https://github.com/actions/runner (commit 258d6c857 of August 2026).
func readGitHub(line string) (buildCommand, error) {
	c, err := readWorkflowCommand(line)
	if err != nil {
		c, err = readBracketCommand(line)
	}
	return c, err
}

var errNoCommand = errors.New("no command")

func readWorkflowCommand(line string) (buildCommand, error) {
	rest, found := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	info, data, ended := strings.Cut(rest, "::")
	if !found || !ended {
		return buildCommand{}, errNoCommand
	}
	name, properties, _ := strings.Cut(info, " ")
	if !isGitHubCommand(name) {
		return buildCommand{}, errNoCommand
	}
	return buildCommand{
		Name: name, Data: unescape(data, "%0D", "\r", "%0A", "\n", "%25", "%"),
		Properties: readProperties(strings.TrimSpace(properties), ",", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%"),
	}, nil
}

func readBracketCommand(line string) (buildCommand, error) {
	_, rest, found := strings.Cut(line, "##[")
	info, data, ended := strings.Cut(rest, "]")
	name, properties, _ := strings.Cut(info, " ")
	if !found || !ended || !isGitHubCommand(name) {
		return buildCommand{}, errNoCommand
	}
	escapes := []string{"%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%"}
	return buildCommand{name, readProperties(properties, ";", escapes...), unescape(data, escapes...)}, nil
}

func isGitHubCommand(name string) bool {
	return slices.ContainsFunc(githubCommands, func(known string) bool { return strings.EqualFold(known, name) })
}

// readAzure reads a line as the agent of Azure Pipelines does: Command.TryParse
// of src/Microsoft.VisualStudio.Services.Agent/Command.cs and Unescape of
// CommandStringConvertor.cs in https://github.com/microsoft/azure-pipelines-agent
// (commit 42bde98be of August 2026), where DECODE_PERCENTS is true by default.
func readAzure(line string) (buildCommand, error) {
	_, rest, found := strings.Cut(line, "##vso[")
	info, data, ended := strings.Cut(rest, "]")
	name, properties, _ := strings.Cut(info, " ")
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '.' })
	if !found || !ended || len(words) != 2 {
		return buildCommand{}, errNoCommand
	}
	escapes := []string{"%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%AZP25", "%"}
	return buildCommand{name, readProperties(properties, ";", escapes...), unescape(data, escapes...)}, nil
}

func readProperties(text, separator string, escapes ...string) map[string]string {
	all := map[string]string{}
	for pair := range strings.SplitSeq(text, separator) {
		if key, v, ok := strings.Cut(pair, "="); ok && key != "" && v != "" {
			all[key] = unescape(v, escapes...)
		}
	}
	return all
}

// unescape replaces one escape after the other, as both services do.
func unescape(text string, escapes ...string) string {
	for i := 0; i < len(escapes); i += 2 {
		text = strings.ReplaceAll(text, escapes[i], escapes[i+1])
	}
	return text
}

// The readers know what the services document and test.
func TestReadersOfBuildLogs(t *testing.T) {
	tests := []struct {
		line string
		read func(string) (buildCommand, error)
		want buildCommand // no name: the line holds no command
	}{
		{"::error file=app.js,line=10,col=15::Something went%0Awrong", readGitHub, buildCommand{"error", map[string]string{"file": "app.js", "line": "10", "col": "15"}, "Something went\nwrong"}},
		{"  ::Warning title=a%2Cb%3Ac%25::::x", readGitHub, buildCommand{"Warning", map[string]string{"title": "a,b:c%"}, "::x"}},
		{"::endgroup::", readGitHub, buildCommand{"endgroup", map[string]string{}, ""}},
		{"done ##[set-output name=a;]b", readGitHub, buildCommand{"set-output", map[string]string{"name": "a"}, "b"}},
		{"x ::error::no", readGitHub, buildCommand{}},
		{"::nothing::no", readGitHub, buildCommand{}},
		{"::error no", readGitHub, buildCommand{}},
		{"##vso[task.logissue type=warning;sourcepath=a%5Db;linenumber=1]50%AZP25 used", readAzure, buildCommand{"task.logissue", map[string]string{"type": "warning", "sourcepath": "a]b", "linenumber": "1"}, "50% used"}},
		{"text ##vso[task.setvariable variable=x]y", readAzure, buildCommand{"task.setvariable", map[string]string{"variable": "x"}, "y"}},
		{"##vso[task]no", readAzure, buildCommand{}},
		{"##vso[task.x no", readAzure, buildCommand{}},
	}
	for _, tt := range tests {
		got, err := tt.read(tt.line)
		if (err != nil) != (tt.want.Name == "") {
			t.Errorf("%q: %v", tt.line, err)
		} else if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.line, diff)
		}
	}
}

// hostile are texts that want to be more than text in the log of a build.
var hostile = []string{
	"plain", "100% of a,b;c:d=e] [f", "%0A%0D%25%AZP25%3A%2C%5D%3B", "two\nlines\r\nof text", "a::b ::c::", "::error::x", "\t ::stop-commands::y", "::add-mask::z",
	"##vso[task.setvariable variable=PATH]/tmp", "x##vso[task.complete result=Succeeded;]", "##[add-path]/tmp", "a ##[set-env name=B;]c", "###[group]##vso##vso[a.b]",
	"\x1b[31mred\x1b[0m\x1b]8;;https://example.org\x1b\\", "\u202ereversed\u202c", "\u2028::error::after a line separator", "\u0085##vso[a.b]after another", "] ##vso[a.b]", "", " ", "ends with ##", "::",
}

// hostileResult has a finding for each pair of a hostile path and a hostile text.
func hostileResult() Result {
	var r Result
	for _, path := range hostile {
		for _, text := range hostile {
			f := source.NewFile(path, []byte("{\n  \"a\": \""+strings.NewReplacer("\n", "", "\r", "").Replace(text)+"\"\n}\n"))
			r.Findings = append(r.Findings, diag.Diagnostic{
				Code: "SS4001", Rule: "capacity-limit", Severity: diag.Severity(len(r.Findings) % 3), Subject: f.Range(4, 8), Summary: text, Detail: text,
				Pointer: text, Resource: text, Source: text, Help: text, ParameterSet: text, Guidance: text,
				Related: []diag.Related{{Range: f.Range(5, 6), Message: text}}, Trail: []diag.Step{{Kind: diag.ParameterStep, Name: text, Place: f.Range(0, 1)}},
				Fixes: []diag.Fix{{Message: text, Edits: []diag.Edit{{Range: f.Range(5, 6), Text: text}}}},
			})
		}
	}
	return r
}

func logLines(t *testing.T, reporter Reporter, r Result) []string {
	t.Helper()
	var b bytes.Buffer
	if err := reporter.Report(&b, r); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(strings.Lines(b.String()))
}

// A runner of GitHub reads each line of ours as the one annotation that it is
// meant to be, whatever the texts are.
func TestGitHubIsReadAsMeant(t *testing.T) {
	r := hostileResult()
	lines := logLines(t, GitHub{}, r)
	if len(lines) != len(r.Findings) {
		t.Fatalf("%d lines for %d findings", len(lines), len(r.Findings))
	}
	for i, line := range lines {
		d := &r.Findings[i]
		want := buildCommand{githubLevel(d.Severity), map[string]string{
			"file": render.Neutral(d.Subject.File.Path()), "line": "2", "col": "3", "endColumn": "7", "title": "SS4001 capacity-limit"}, message(d, r)}
		if want.Properties["file"] == "" {
			delete(want.Properties, "file")
		}
		got, err := readGitHub(strings.TrimSuffix(line, "\n"))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", line, err, diff)
		}
	}
}

// The agent of Azure Pipelines reads each error and warning of ours as the issue
// that it is meant to be, and hints as nothing.
func TestAzureDevOpsIsReadAsMeant(t *testing.T) {
	r := hostileResult()
	lines := logLines(t, AzureDevOps{}, r)
	if len(lines) != len(r.Findings) {
		t.Fatalf("%d lines for %d findings", len(lines), len(r.Findings))
	}
	for i, line := range lines {
		d := &r.Findings[i]
		got, err := readAzure(strings.TrimSuffix(line, "\n"))
		if d.Severity == diag.Info {
			if err == nil {
				t.Errorf("a command: %q", line)
			}
			continue
		}
		want := buildCommand{"task.logissue", map[string]string{
			"type": d.Severity.String(), "sourcepath": render.Neutral(d.Subject.File.Path()), "linenumber": strconv.Itoa(2), "columnnumber": "3", "code": "SS4001"}, message(d, r)}
		if want.Properties["sourcepath"] == "" {
			delete(want.Properties, "sourcepath")
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", line, err, diff)
		}
	}
}

// Every format may be what a step prints. Only those that are made of commands
// hold any.
func TestLogsHoldNoOtherCommands(t *testing.T) {
	for name, reporter := range map[string]Reporter{
		"text": Text{}, "narrow text": Text{Width: 40}, "json": JSON{}, "sarif": SARIF{}, "junit": JUnit{}, "checkstyle": Checkstyle{}, "gitlab": GitLab{}, "markdown": Markdown{}, "html": HTML{},
	} {
		for _, line := range logLines(t, reporter, hostileResult()) {
			if c, err := readGitHub(line); err == nil {
				t.Errorf("%s: GitHub obeys %s: %q", name, c.Name, line)
			}
			if c, err := readAzure(line); err == nil {
				t.Errorf("%s: Azure Pipelines obeys %s: %q", name, c.Name, line)
			}
		}
	}
}
