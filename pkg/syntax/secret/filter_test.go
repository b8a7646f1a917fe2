package secret

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFilteredAsFilter writes random documents in random parts through windows of
// all widths and wants what Filter makes of the whole.
func TestFilteredAsFilter(t *testing.T) {
	var s Set
	for _, text := range []string{"S3cret", "line-1\nline-2 x\nl3", "ends\n", "q1s", "two\r\nl1nes"} {
		s.AddText(text)
	}
	parts := []string{
		"S3cret", "line-1\nline-2 x\nl3", "ends\n", "two\r\nl1nes", "line-1\nline-2", "a b", "x", " ", "\"", "'", ",", "-", "\n", "\n", "\n", "\n  ", "é", "AccountKey=Zq7CanaryX9==;", "https://me:Zq7Canary@h",
		"-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----", "MIIC", "MIIC\nMIIC\n",
	}
	masks := 0
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		var doc, got bytes.Buffer
		f := newFilter(&s, &got, 1+r.IntN(60))
		for range r.IntN(40) {
			part := parts[r.IntN(len(parts))]
			doc.WriteString(part)
			if _, err := io.WriteString(f, part); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.flush(true); err != nil {
			t.Fatal(err)
		}
		want := string(s.Filter(doc.Bytes()))
		masks += strings.Count(want, Mask)
		if got.String() != want {
			t.Fatalf("seed %d: %q became\n%q, want\n%q", seed, doc.String(), got.String(), want)
		}
	}
	if masks < 4000 {
		t.Errorf("only %d masks were seen", masks)
	}
}

// TestFilteredIsBounded wants little to be kept of a document, even of a key that
// does not end.
func TestFilteredIsBounded(t *testing.T) {
	for _, line := range []string{"a line of a document\n", "MIIC\n", "S3cret-a\nS3cret-b"} {
		var s Set
		s.AddText("S3cret-a\nS3cret-b")
		f := newFilter(&s, io.Discard, window)
		fmt.Fprint(f, "-----BEGIN RSA PRIVATE KEY-----\n")
		most := 0
		for range 100_000 {
			fmt.Fprint(f, line)
			most = max(most, cap(f.buf))
		}
		if most > 4*window {
			t.Errorf("%q: %d bytes are kept", line, most)
		}
	}
}
