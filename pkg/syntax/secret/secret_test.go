package secret_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestRedact(t *testing.T) {
	var s secret.Set
	for _, text := range []string{"hunter2", "hunter2-long", "abc", "password1!", "Password", "", "  "} {
		s.AddText(text)
	}
	tests := []struct{ name, in, want string }{
		{"in a sentence", "the password hunter2 is short", "the password <secure> is short"},
		{"longest first", "it is hunter2-long", "it is <secure>"},
		{"a short one between quotes", `"abc" and 'abc' of abcde`, `"<secure>" and '<secure>' of abcde`},
		{"a word of our sentences", "a Password is 'Password'", "a Password is '<secure>'"},
		{"nothing secret", "capacity 60", "capacity 60"},
		{"an empty text and a blank one", `"" and '  '`, `"" and '  '`},
	}
	for _, tt := range tests {
		if got := s.Redact(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	var none *secret.Set
	if got := none.Redact("hunter2"); got != "hunter2" {
		t.Errorf("a nil set changed the text to %q", got)
	}
}

// TestNamesOfFiles: a place is shown whatever is secret in the file; other values
// that hold the secret are not.
func TestNamesOfFiles(t *testing.T) {
	var own, all secret.Set
	own.About(source.NewFile("web_v1/azuredeploy.json", nil))
	own.AddText("web_v1/")
	all.Merge(&own)
	for in, want := range map[string]string{
		"web_v1/azuredeploy.json:12:5: error":      "web_v1/azuredeploy.json:12:5: error",
		"| web\\_v1/azuredeploy.json:12:5 |":       "| web\\_v1/azuredeploy.json:12:5 |",
		"# Review of web_v1/azuredeploy.json":      "# Review of web_v1/azuredeploy.json",
		"it is web_v1/azuredeploy.json.old":        "it is <secure>",
		"it is 'web_v1/'":                          "it is '<secure>'",
		"it is x/web_v1/azuredeploy.json:12:5:7:9": "it is <secure>",
	} {
		for name, s := range map[string]*secret.Set{"of the file": &own, "of the run": &all} {
			if got := s.Redact(in); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}

func TestWithin(t *testing.T) {
	f := source.NewFile("a.json", []byte(`{"a": "one", "b": "two"}`))
	other := source.NewFile("b.json", []byte(`{"a": "one", "b": "two"}`))
	var s, more secret.Set
	more.AddRange(f.Range(18, 23))
	s.AddRange(f.Range(6, 11))
	s.AddRange(f.Range(7, 9)) // inside the first
	s.AddRange(f.Range(6, 11))
	s.AddRange(source.Range{})
	s.Merge(&more)
	s.Merge(nil)
	texts := func(r source.Range) (got []string) {
		for _, h := range s.Within(r) {
			got = append(got, h.Text())
		}
		return got
	}
	if diff := cmp.Diff([]string{`"one"`, `"two"`}, texts(f.Range(0, f.Len()))); diff != "" {
		t.Errorf("whole file (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`ne"`}, texts(f.Range(8, 15))); diff != "" {
		t.Errorf("clipped (-want +got):\n%s", diff)
	}
	if got := texts(other.Range(0, other.Len())); got != nil {
		t.Errorf("secrets of another file: %q", got)
	}
}

// TestRedactLengths wants a secret of four bytes or more to be masked anywhere.
func TestRedactLengths(t *testing.T) {
	var s secret.Set
	for _, text := range []string{"w1yz-long", "w1yz", "a1cd", "a1cd", "q1s"} {
		s.AddText(text)
	}
	if got, want := s.Redact("in a1cd and w1yz and q1s and 'q1s' a1c w1yz-long"), "in <secure> and <secure> and q1s and '<secure>' a1c <secure>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := s.Redact(""); got != "" {
		t.Errorf("nothing becomes %s", got)
	}
}

// TestRedactWhole wants a value to be masked as a whole, and words of sentences
// and names to be left alone.
func TestRedactWhole(t *testing.T) {
	var s secret.Set
	for _, text := range []string{"S3cret", "Update", "short", `a"b1\c'd`, "<&>1", "x y1\nz"} {
		s.AddText(text)
	}
	tests := []struct{ in, want string }{
		{"the value S3cret! is not one", "the value <secure>! is not one"},
		{"'https://x/S3cret/y' and xS3crety", "'<secure>' and <secure>"},
		{"[concat('a', 'S3cret', 'b')]", "[concat('a', '<secure>', 'b')]"},
		{"lastUpdateTime is too short", "lastUpdateTime is too short"},
		{"'Update' and \"short\"", "'<secure>' and \"<secure>\""},
		{`{"p":"a\"b1\\c'd","q":1}`, `{"p":"<secure>","q":1}`},
		{`concat('a"b1\c''d')`, `concat('<secure>')`},
		{`"\u003c\u0026\u003e1"`, `"<secure>"`},
		{`"x y1\nz"`, `"<secure>"`},
		{"(S3cret).", "(<secure>)."},
	}
	for _, tt := range tests {
		if got := s.Redact(tt.in); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestForms(t *testing.T) {
	const c = "Zq7CanaryX9"
	for _, text := range []string{
		"https://x.blob.core.windows.net/c?sv=2020-08-04&se=2027-01-01&sig=" + c + "%2Babc%3D",
		"DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + c + "==;EndpointSuffix=core.windows.net",
		"Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=" + c,
		"BlobEndpoint=https://x/;SharedAccessSignature=sv=2020&sig=" + c,
		"Server=tcp:x.database.windows.net;User ID=me;Password=" + c + ";Encrypt=True",
		"Server=x;Uid=me;Pwd=" + c,
		"InstrumentationKey=" + c + ";IngestionEndpoint=https://x/",
		"-----BEGIN RSA PRIVATE KEY-----\n" + c + "\n-----END RSA PRIVATE KEY-----",
		"-----BEGIN PRIVATE KEY-----\\n" + c + "\\n-----END PRIVATE KEY-----",
		"-----BEGIN OPENSSH PRIVATE KEY-----\n" + c,
		"eyJhbGciOi" + c + ".eyJzdWIi" + c + "." + c,
		"ghp_" + c + c + c, "ghs_" + c + c, "github_pat_" + c + "_" + c, "glpat-" + c,
		"https://me:" + c + "@dev.azure.com/o/_git/r",
		"abc8Q~" + c + c + c,
		"Authorization: Bearer " + c + c,
		strings.Repeat("Zq7CanaryX", 8) + "Zq7Can==",
	} {
		got := (*secret.Set)(nil).Redact("the value '" + text + "' is long")
		if strings.Contains(got, c) || strings.Contains(got, "Zq7CanaryXZq7") || !strings.Contains(got, secret.Mask) {
			t.Errorf("%s: %s", text, got)
		}
	}
	for _, text := range []string{
		"https://x.blob.core.windows.net/c", "AccountKey=", "concat(';AccountKey=', listKeys(x, '2023-01-01').keys[0].value)", "Password=<password>", "Password={0};", "the password = wrong one",
		"-----BEGIN CERTIFICATE-----\nMIIC", "-----BEGIN PUBLIC KEY-----\nMIIC", "ssh-rsa AAAAB3NzaC1yc2E me@host", "git@github.com:o/r.git", "https://host:8080/path@2x", "sig", "ghost_writer_of_a_book",
		"echo $PASSWORD=$(cat f)", "https://{user}:{password}@host", "AccountKey=xxxxxxxxxxxx", "key=value", "partitionKey=abcdef",
	} {
		if got := (*secret.Set)(nil).Redact(text); got != text {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestFor wants the texts of one template not to be masked in output about
// another.
func TestFor(t *testing.T) {
	a, b, other := source.NewFile("a.json", []byte(`"S3cret"`)), source.NewFile("b.json", []byte(`"S3cret"`)), source.NewFile("c.json", nil)
	var one, two, all secret.Set
	one.About(a)
	one.AddText("S3cret")
	two.About(b)
	two.AddText("0ther-one")
	all.Merge(&one)
	all.Merge(&two)
	for _, tt := range []struct {
		file *source.File
		want string
	}{{a, "<secure> 0ther-one"}, {b, "S3cret <secure>"}, {other, "<secure> <secure>"}, {nil, "<secure> <secure>"}} {
		if got := all.For(tt.file).Redact("S3cret 0ther-one"); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
	if got := all.Within(a.Range(0, a.Len())); len(got) != 1 {
		t.Errorf("in the file itself: %v", got)
	}
	if got := all.Within(b.Range(0, b.Len())); len(got) != 0 {
		t.Errorf("in the other file: %v", got)
	}
}

// TestMergeTexts wants a merged set to mask the texts of both.
func TestMergeTexts(t *testing.T) {
	var a, b secret.Set
	a.AddText("first-one")
	b.AddText("other-one")
	b.AddText("first-one-long")
	a.Merge(&b)
	if got, want := a.Redact("first-one other-one first-one-long"), "<secure> <secure> <secure>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWithinNested wants nested ranges to be masked once, as a whole.
func TestWithinNested(t *testing.T) {
	f := source.NewFile("t.json", []byte("0123456789"))
	var s secret.Set
	for _, r := range []source.Range{f.Range(2, 4), f.Range(2, 6), f.Range(2, 4), f.Range(3, 8), f.Range(5, 5), {}} {
		s.AddRange(r)
	}
	if got := s.Within(f.Range(0, 10)); !slices.Equal(got, []source.Range{f.Range(2, 6), f.Range(6, 8)}) {
		t.Errorf("whole: %v", got)
	}
	if got := s.Within(f.Range(3, 7)); !slices.Equal(got, []source.Range{f.Range(3, 6), f.Range(6, 7)}) {
		t.Errorf("a part: %v", got)
	}
	if got := s.Within(f.Range(8, 10)); len(got) > 0 {
		t.Errorf("beside it: %v", got)
	}
	var none *secret.Set
	if got := none.Within(f.Range(0, 10)); len(got) > 0 {
		t.Errorf("no set: %v", got)
	}
}

// TestWithinFindsTexts wants a secret to be masked in a line even if its range
// was not registered, such as beside the property that contains it.
func TestWithinFindsTexts(t *testing.T) {
	f := source.NewFile("t.json", []byte(`{"a": "S3cret-value", "b": S3cret-value, "c": "no"}`))
	var s secret.Set
	s.AddRange(f.Range(6, 20))
	s.AddText("S3cret-value")
	s.AddText("no") // an ordinary word: not masked
	var got []string
	for _, r := range s.Within(f.Range(0, 51)) {
		got = append(got, r.Text())
	}
	if want := []string{`"S3cret-value"`, "S3cret-value"}; !slices.Equal(got, want) {
		t.Errorf("hidden: %q, want %q", got, want)
	}
}
