package grammar_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVersions checks members that depend on the languageVersion, on symbolic
// names, on the place of a resource, and on extensions.
func TestVersions(t *testing.T) {
	second := func(members string) string { return templateOf(`"languageVersion":"2.0",` + members) }
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"a child of a symbolic resource", second(`"resources":{"r":{"type":"a.b/c","apiVersion":"1","name":"n","resources":[]}}`), []string{
			`SS2027 ["resources"] a template with symbolic names cannot have 'resources' inside a resource`}},
		{"a loop of a child", resource(`"resources":[{"type":"d","apiVersion":"1","name":"m","copy":{"name":"x","count":2}}]`), []string{`SS2029 ["copy"] a resource inside another one cannot have a copy loop`}},
		{"an empty text for what a version has counts as none", templateOf(`"definitions":"","resources":[]`), nil},
		{"definitions need a version", templateOf(`"definitions":{"d":{"type":"string"}},"resources":[]`), []string{`SS2027 ["definitions"] 'definitions' needs "languageVersion": "2.0"`}},
		{"an extension that is not there", second(`"imports":{"kube":{"provider":"Kubernetes","version":"1.0.0"}},"resources":{"r":{"import":"kub","type":"core/Secret@v1","properties":{}}}`), []string{
			`SS2023 ["kub"] the template has no extension 'kub'`}},
		{"an extension in another case", second(`"imports":{"kube":{"provider":"Kubernetes","version":"1.0.0"}},"resources":{"r":{"import":"KUBE","type":"core/Secret@v1","properties":{}}}`), nil},
		{"a namespace that no expression can call", templateOf(`"functions":[{"namespace":"a-b","members":{}}],"resources":[]`), []string{`SS1101 ["a-b"] expressions cannot call a function named 'a-b'`}},
		{"a function that no expression can call", templateOf(`"functions":[{"namespace":"a","members":{"f g":{"output":{"type":"int","value":1}}}}],"resources":[]`), []string{`SS1101 ["f g"] expressions cannot call a function named 'f g'`}},
		{"a namespace by its number", templateOf(`"functions":[{"namespace":1.5,"members":{}}],"resources":[]`), []string{`SS1101 [1.5] expressions cannot call a function named '1.5'`}},
		{"an empty name", templateOf(`"parameters":{"":{"type":"int"}},"resources":[]`), []string{`SS2021 [""] a parameter has an empty name`}},
		{"null and an empty text for a parameter", templateOf(`"parameters":{"a":null,"b":""},"resources":[]`), []string{`SS2024 [null] the parameter 'a' must be an object, not null`, `SS2024 [""] the parameter 'b' must be an object, not a string`}},
		{"a version that is not text", templateOf(`"languageVersion":2,"resources":{}`), []string{`SS2027 [2] Azure does not support languageVersion 2`}},
	} {
		got := findings(tt.text, false)
		if len(got) == 0 {
			got = nil
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
