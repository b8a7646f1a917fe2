// Package settings reads .scaleset.yaml, the settings of a project: which rules
// run and how severe they are, for all templates or for some paths; parameter
// files; what is suppressed, why and until when; and the values of flags.
//
//	guidance: current
//	fail-on: warning
//	rules:
//	  SS50*: off
//	  capacity-limit: warning
//	paths:
//	  - match: legacy/**
//	    guidance: preview
//	suppress:
//	  - rules: [SS4001]
//	    paths: [web/**]
//	    until: 2027-01-31
//	    reason: staged rollout
//
// A key that is not known is a mistake, as is a value of the wrong form; all
// mistakes of a file are reported together, each with its line and column. The
// package knows the form of the file, not the rules: its caller says which
// names exist.
package settings
