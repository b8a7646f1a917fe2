package main

import (
	"os"
	"slices"
	"testing"
)

// TestFresh regenerates the table and compares it with the committed one.
func TestFresh(t *testing.T) {
	want, err := generate("../facts")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../names.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("names.txt is stale: go generate ./pkg/azure/names")
	}
}

func TestPatterns(t *testing.T) {
	tests := []struct {
		pattern       string
		match, reject []string
	}{
		{`^[a-z]+$`, []string{`^[a-z]+$`}, nil},
		{`^.*$`, nil, nil},
		{`[a-z]*`, nil, nil},
		{`^(?=.{3,24}$)[a-z]+$`, []string{`^.{3,24}$`, `^[a-z]+$`}, nil},
		{`^(?!.*--)[a-z-]+$`, []string{`^[a-z-]+$`}, []string{`^(?:.*--)`}},
		{`^[a-z0-9](?!.*--)[a-z0-9-]{1,61}$`, []string{`^[a-z0-9][a-z0-9-]{1,61}$`}, []string{`^[a-z0-9](?:.*--)`}},
		{`^[^_\W][\w-._]{0,79}(?<![-.])$`, []string{`^[\pL\pN][\pL\pN_\-._]{0,79}$`}, []string{`(?:[-.])$`}},
		{`^([a-z]|(-(?!-))){1,61}$`, []string{`^([a-z]|-){1,61}$`}, []string{`--`}},
		{`^([a-z]|(\d(?!\d)))$`, nil, nil}, // cannot be converted
	}
	for _, tt := range tests {
		match, reject := patterns(tt.pattern)
		if !slices.Equal(match, tt.match) || !slices.Equal(reject, tt.reject) {
			t.Errorf("%s: %q and not %q, want %q and not %q", tt.pattern, match, reject, tt.match, tt.reject)
		}
	}
}
