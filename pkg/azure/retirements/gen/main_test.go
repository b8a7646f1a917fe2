package main

import (
	"os"
	"testing"
)

// TestFresh regenerates the table and compares it with the committed one.
func TestFresh(t *testing.T) {
	want, err := generate("../facts/retirements.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../retirements.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("retirements.txt is stale: go generate ./pkg/azure/retirements")
	}
}
