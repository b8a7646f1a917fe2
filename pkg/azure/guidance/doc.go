// Package guidance holds what is documented about scale sets, as data: each
// statement in our own words with its number, the era and API versions it
// speaks about, its source, and how sure it is.
//
// It checks nothing. Rules name the statements that they check (lint.Rule has
// a list of IDs), and docs/guidance.md is generated from both.
//
//	s := guidance.Get(guidance.CustomImageMax)
//	fmt.Println(s.Limit, s.Unit, s.Link()) // 40 instances https://...
package guidance
