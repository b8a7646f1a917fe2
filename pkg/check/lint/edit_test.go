package lint

import "testing"

func TestAssumed(t *testing.T) {
	p := &Pass{Template: &Template{Assumed: []string{"made-up-resource-group", "00000000-0000-0000-0000-000000000000"}}}
	for text, want := range map[string]bool{
		"made-up-resource-group-vmss": true,
		"samadeupres":                 true,
		"MADEUPRESOURCEGROUP":         true,
		"sa00000000":                  true,
		"5gen-uniqusa":                true,
		"<your name>":                 true,
		"changemeplease":              true,
		"{provide-unique-name}":       true,
		"web####":                     true,
		"Your storage":                true,
		"made":                        false,
		"P{ssw0rd":                    false,
		"#!/bin/sh\necho ${HOME}":     false,
		"#!/bin/sh echo ${HOME}":      false,
		"#cloud-config {}":            false,
		`{"runcmd": ["ls"]}`:          false,
		"web-{environment}":           true,
		"web":                         false,
		"":                            false,
	} {
		if got := p.Assumed(text); got != want {
			t.Errorf("Assumed(%q) is %v", text, got)
		}
	}
	if (&Pass{Template: &Template{}}).Assumed("made-up-resource-group") {
		t.Error("nothing was assumed")
	}
}
