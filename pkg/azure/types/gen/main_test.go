package main

import (
	"os"
	"testing"
)

// TestFresh regenerates the table and compares it with the committed one.
func TestFresh(t *testing.T) {
	want, err := generate("../facts", "../../../../schemas/facts/resource-types.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../types.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("types.txt is stale: go generate ./pkg/azure/types")
	}
}
