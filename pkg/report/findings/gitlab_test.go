package findings

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"
)

// gitlabSchema says what GitLab wants of a report, in our words: each entry by
// app/validators/json_schemas/codeclimate.json of GitLab, which its parser
// (lib/gitlab/ci/parsers/codequality/code_climate.rb) holds every entry against
// and stops at the first that fails; the severities of
// lib/gitlab/ci/reports/codequality_reports.rb, where any other is "unknown"; a
// path that begins with a folder or a file of the repository, and the names and
// lines that
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
// requires beside.
const gitlabSchema = `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "array",
  "items": {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "additionalProperties": false,
    "properties": {
      "description": { "type": "string", "minLength": 1 },
      "check_name": { "type": "string", "minLength": 1 },
      "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
      "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
      "location": {
        "type": "object",
        "required": ["path", "lines"],
        "additionalProperties": false,
        "properties": {
          "path": { "type": "string", "not": { "pattern": "^\\./" } },
          "lines": {
            "type": "object",
            "required": ["begin"],
            "additionalProperties": false,
            "properties": { "begin": { "type": "integer", "minimum": 1 }, "end": { "type": "integer", "minimum": 1 } }
          }
        }
      }
    }
  }
}`

func TestGitLabIsValid(t *testing.T) {
	schema, err := gojsonschema.NewSchema(gojsonschema.NewStringLoader(gitlabSchema))
	if err != nil {
		t.Fatal(err)
	}
	faults := func(report []byte) []gojsonschema.ResultError {
		t.Helper()
		result, err := schema.Validate(gojsonschema.NewBytesLoader(report))
		if err != nil {
			t.Fatal(err)
		}
		return result.Errors()
	}
	for name, r := range map[string]Result{"sample": sample(), "nothing": {}, "twice": twice(), "hostile": hostileResult()} {
		var b bytes.Buffer
		if err := (GitLab{}).Report(&b, r); err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults(b.Bytes()) {
			if name == "hostile" && strings.HasSuffix(fault.Field(), ".description") {
				continue // no finding of ours says nothing; one of those does
			}
			t.Errorf("%s: %s", name, fault)
		}
		// GitLab keeps one entry for each fingerprint.
		var all []gitlabFinding
		if err := json.Unmarshal(b.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, f := range all {
			seen[f.Fingerprint] = true
		}
		if visible := len(r.visible()); len(seen) != visible {
			t.Errorf("%s: %d fingerprints of %d findings", name, len(seen), visible)
		}
		for old, wrong := range map[string]string{`"severity": "major"`: `"severity": "error"`, `"begin": 10`: `"begin": 0`, `"path": "web/`: `"path": "./web/`, `"check_name"`: `"checkName"`} {
			if name == "sample" && len(faults(bytes.Replace(b.Bytes(), []byte(old), []byte(wrong), 1))) == 0 {
				t.Errorf("the schema finds no fault with %s", wrong)
			}
		}
	}
}

// twice has every finding of the sample two times, on the same line.
func twice() Result {
	r := sample()
	r.Findings = append(r.Findings, sample().Findings...)
	return r
}
