package main

import (
	"os"
	"testing"
)

// TestFresh regenerates the table and compares it with the committed one.
func TestFresh(t *testing.T) {
	want, err := generate("../facts/sizes.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../sizes.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("sizes.txt is stale: go generate ./pkg/azure/sizes")
	}
}
