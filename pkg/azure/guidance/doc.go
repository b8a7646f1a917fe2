// Package guidance lists the documented facts about scale sets as data: each
// statement in our own words with its number, its era and API versions, its
// source, and how certain it is.
//
// It checks nothing. Rules list the statements that they check (lint.Rule has
// the IDs), and docs/guidance.md is generated from both.
//
//	s := guidance.Get(guidance.CustomImageMax)
//	fmt.Println(s.Limit, s.Unit, s.Link()) // 40 instances https://...
package guidance
